"""Score the news reader on texts coded by hand, per language and with intervals: ``scripts/bench news --gold DIR``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from benching import show

from dualuse.news.reader import Reader
from dualuse.news.review.coded import read_coded
from dualuse.news.review.hold import KINDS, hold
from dualuse.news.review.tally import Count, Held, interval

CONFIDENCE = ("high", "medium", "low")


def score_folder(reader: Reader, folder: Path, half: str, misses: str) -> None:
    """Print the figures of a folder, and what is not right of a kind; of blind texts figures alone."""
    held = [hold(coded, reader) for coded in read_coded(folder, half)]
    languages = sorted({one.coded.language for one in held})
    sets = {language: [one for one in held if one.coded.language == language] for language in languages}
    sets |= {"all": held} if len(languages) > 1 else {}
    named = half or "both halves"
    for language, texts in sets.items():
        on, off = ([one for one in texts if one.coded.relevant is right] for right in (True, False))
        passed = [f"{sum(one.read for one in part)} of {len(part)}" for part in (on, off)]
        gate = f"{passed[0]} on topic read, {passed[1]} off"
        columns = ("kind", "coded", "made", "recall", "95 %", "precision", "95 %", "of those judged")
        show(f"{folder.name}, {named}, {language}: {gate}", columns, (_row(kind, texts) for kind in KINDS))
    _confidence(sets)
    for miss in (miss for one in held if one.coded.half != "blind" for miss in one.missed):
        if miss.kind == misses:
            print(f"{miss.text}: {'missing' if miss.missing else 'wrong'}: {miss.what}")


def _row(kind: str, texts: Sequence[Held]) -> tuple[str, ...]:
    counts = [one.counts[kind] for one in texts]
    total = sum(counts, Count())
    shares: tuple[Callable[[Count], float | None], ...] = (lambda c: c.recall, lambda c: c.precision)
    cells = [cell for share in shares for cell in (_share(share(total)), _range(interval(counts, share)))]
    return (kind, str(total.coded), str(total.made), *cells, _share(total.judged))


def _confidence(sets: dict[str, list[Held]]) -> None:
    """Claims by the confidence given: of those judged, how many are right; and how many say the opposite."""
    rows = []
    for language, texts in sets.items():
        for key in CONFIDENCE:
            counts = [one.confidence.get(key, Count()) for one in texts]
            total = sum(counts, Count())
            limits = _range(interval(counts, lambda c: c.judged))
            turned = sum(one.opposite.get(key, 0) for one in texts)
            judged = str(total.right + total.wrong)
            rows.append((language, key, str(total.made), judged, _share(total.judged), limits, str(turned)))
    traps = [sum((one.traps for one in texts), Count()) for texts in sets.values()][-1]
    warned = f"Of {traps.coded} warnings a machine can tell {traps.made}; {traps.wrong} of these claims were made."
    columns = ("language", "confidence", "made", "judged", "right", "95 %", "of opposite meaning")
    show("Claims with claimant, by the confidence given", columns, rows, warned, left=("language", "confidence"))


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _range(limits: tuple[float, float] | None) -> str:
    return "" if limits is None else f"{limits[0]:.2f}-{limits[1]:.2f}"
