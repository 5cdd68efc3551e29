"""Tables of customers: which column is what, and each row as a customer, read in a stream."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from dualuse.errors import UsageError
from dualuse.screening.screener import Customer
from dualuse.sheets import Line, read_lines

ROLES: Mapping[str, str] = {
    "name": "name|customer|customer name|company|company name|party|party name|consignee|end user|account|account name|"
    "entity|entity name|organisation|organization|supplier|vendor|buyer|legal name|名称|名稱|公司|公司名称|公司名稱|"
    "客户|客戶|客户名称|客戶名稱|企业名称|наименование|название",
    "id": "id|customer id|number|no|key|customer no|customer number|account id|编号|編號",
    "country": "country|country code|place|destination|nation|国家|國家|国别|страна",
    "address": "address|addresses|street|location|地址|адрес",
    "identifiers": "identifiers|identifier|lei|registration number|registration no|company number|tax id|tax number|"
    "duns|vat|vat number|passport|id number|统一社会信用代码|inn|инн|ogrn",
    "owners": "owners|owner|shareholders|shareholder|ubo|股东|股東",
}
"""What a column can be -> names by which it is known."""
_SEVERAL = ("address", "identifiers", "owners")
_CHUNK = 1 << 20


class Customers:
    """A table of customers; it can be gone through again, each time read in a stream.

    Args:
        path: CSV with any separator, a workbook, or Parquet.
        columns: What columns are, as ``name=Firma``, where their names do not say so.

    Raises:
        UsageError: it is no table, no column is the name, or a column named is not there.
    """

    def __init__(self, path: Path, columns: Sequence[str] = ()) -> None:
        if not path.is_file():
            raise UsageError(f"{path}: no such file")
        self.path = path
        self._given = dict(_given(each) for each in columns)
        header = next(self._lines(), (0, []))[1]
        self._roles = self._told(header)

    def _lines(self) -> Iterator[Line]:
        given = {_bare(name) for name in self._given.values()}
        return read_lines(self.path, lambda name: _bare(name) in _known() or _bare(name) in given)

    def _told(self, header: Sequence[str]) -> list[str]:
        """What each column is; blank for those that are not read."""
        bare = [_bare(name) for name in header]
        roles = [_known().get(name, "") for name in bare]
        for role, name in self._given.items():
            if _bare(name) not in bare:
                shown = ", ".join(name for name in header if name) or "none"
                raise UsageError(f"{self.path}: --column {role}={name}: no such column; there are: {shown}")
            roles = ["" if each == role else each for each in roles]
            roles[bare.index(_bare(name))] = role
        for role in ROLES:
            if role not in _SEVERAL and roles.count(role) > 1:
                first = roles.index(role)
                roles = [each if each != role or at == first else "" for at, each in enumerate(roles)]
        if "name" not in roles:
            shown = ", ".join(name for name in header if name) or "none"
            raise UsageError(
                f"{self.path}: no column is the name of the customer; there are: {shown}. "
                "Say which: --column name=COLUMN"
            )
        return roles

    def sha256(self) -> str:
        """Digest of the file."""
        digest = hashlib.sha256()
        with self.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def __iter__(self) -> Iterator[Customer]:
        """Yield each row; one in which every cell is blank is a row too, of nobody."""
        lines = self._lines()
        next(lines, None)
        for line, cells in lines:
            told: dict[str, list[str]] = {}
            for role, cell in zip(self._roles, cells, strict=False):
                if role and cell.strip():
                    told.setdefault(role, []).append(cell.strip())
            yield Customer(line, **{role: "; ".join(texts) for role, texts in {"name": [""], **told}.items()})


def _given(text: str) -> tuple[str, str]:
    role, sign, name = text.partition("=")
    if not sign or role.strip() not in ROLES or not name.strip():
        raise UsageError(f"--column {text!r}: write ROLE=COLUMN; roles: {', '.join(ROLES)}")
    return role.strip(), name.strip()


def _bare(name: str) -> str:
    return re.sub(r"[\s_./\u2010-\u2015-]+", "", unicodedata.normalize("NFKC", name).casefold())


@cache
def _known() -> dict[str, str]:
    return {_bare(name): role for role, names in ROLES.items() for name in names.split("|")}
