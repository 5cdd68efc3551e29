"""Read single values of feeds of ownership: partial dates, exact numbers, shares and their bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dualuse.dates import PartialDate
from dualuse.feeds.entry import Said, exact

_DATE = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?=[T ]|$)", re.ASCII)
_NUMBER = r"(?:\d{1,3}(?:[, ]\d{3})+|\d+)(?:\.\d+)?"
_PLAIN = re.compile(_NUMBER, re.ASCII)
_COMMA = re.compile(r"\d{1,3},\d{1,2}", re.ASCII)
_SHARE = re.compile(rf"({_NUMBER})\s*%?(?:\s*(?:-|–|to)\s*({_NUMBER})\s*%?)?", re.ASCII)
_WHOLE = Decimal(100)


def date_of(text: str) -> PartialDate | None:
    """The day, month or year that a value names; of a moment, its day as it stands.

    Example:
        >>> date_of("2024-03").edtf, date_of("2020-01-01T10:00:00Z").edtf, date_of("2024-02-30")
        ('2024-03', '2020-01-01', None)
    """
    found = _DATE.match(text.strip())
    try:
        return PartialDate(found[1]) if found else None
    except ValueError:
        return None


def number_of(text: str) -> Decimal | None:
    """The number that a value is; None if it is none.

    Example:
        >>> number_of("1,000"), number_of("260.52"), number_of("about 5")
        (Decimal('1000'), Decimal('260.52'), None)
    """
    found = _PLAIN.fullmatch(text.strip())
    return Decimal(re.sub("[, ]", "", found[0])) if found else None


@dataclass(frozen=True)
class Share:
    """A share in per cent: exact if both bounds are one number; None for a bound that is not known."""

    least: Decimal | None
    most: Decimal | None
    above: bool = False
    """Whether it is more than ``least``, not ``least`` itself."""
    below: bool = False
    """Whether it is less than ``most``, not ``most`` itself."""

    @property
    def can_be(self) -> bool:
        """Whether there is such a share."""
        bounds = [bound for bound in (self.least, self.most) if bound is not None]
        return bool(bounds) and bounds == sorted(bounds) and all(0 <= bound <= _WHOLE for bound in bounds)

    def says(self) -> Iterator[Said]:
        """The share, and its bounds: those that do not belong to it as the facets of XML Schema that mean it."""
        if self.least is not None and self.least == self.most:
            yield exact("ftm:percentage", self.least)
        if self.least is not None:
            yield exact("schema:minValue", self.least)
            if self.above:
                yield exact("xsd:minExclusive", self.least)
        if self.most is not None:
            yield exact("schema:maxValue", self.most)
            if self.below:
                yield exact("xsd:maxExclusive", self.most)


def share_of(text: str) -> Share | None:
    """The share that a value names; None if it names none.

    Example:
        >>> share_of("8.15%").least, share_of("25-50").most, share_of("200"), share_of("50,5").least
        (Decimal('8.15'), Decimal('50'), None, Decimal('50.5'))
    """
    text = text.strip()
    if _COMMA.fullmatch(text.removesuffix("%").strip()):
        text = text.replace(",", ".")
    found = _SHARE.fullmatch(text)
    if not found:
        return None
    least = number_of(found[1])
    share = Share(least, number_of(found[2]) if found[2] else least)
    return share if share.can_be else None
