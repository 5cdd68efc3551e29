"""The scripts of the page, put in order by what each says it imports.

Each file begins with the lines ``import { name } from "./other.js";`` of an ES module. The page is one file without
modules, so the lines are read here, held against what the other file defines at its top level, and taken out; the files
then stand one after another, each behind all it imports, and share their names with each other and with nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from dualuse.errors import InstallationError
from dualuse.explore.inline import template_text

_IMPORT = re.compile(r'^import \{\s*([\w,\s]+?),?\s*\} from "\./(\w+\.js)";\n?', re.MULTILINE)
_COMMENT = re.compile(r"^ */\*.*?\*/\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \n]+", re.MULTILINE)
_DEFINED = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Script:
    """A script of ours.

    Args:
        imports: File -> names taken from it.
        defines: Names at its top level.
        body: Its text without the imports.
    """

    imports: dict[str, tuple[str, ...]]
    defines: frozenset[str]
    body: str


def read_script(text: str) -> Script:
    """Read what a script imports and defines.

    Example:
        >>> read_script('import { say, word } from "./words.js";').imports
        {'words.js': ('say', 'word')}
    """
    imports = {file: tuple(re.findall(r"\w+", names)) for names, file in _IMPORT.findall(text)}
    body = _IMPORT.sub("", text)
    return Script(imports, frozenset(_DEFINED.findall(body)), body)


@dataclass
class _Order:
    """Scripts as they are reached from the first one, each after those it imports."""

    read: Callable[[str], str]
    done: dict[str, Script] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)

    def _text(self, name: str, path: tuple[str, ...]) -> str:
        try:
            return self.read(name)
        except FileNotFoundError:
            raise InstallationError(f"{' -> '.join((*path, name))}: there is no such script") from None

    def add(self, name: str, path: tuple[str, ...]) -> Script:
        """Put a script and all it imports in order."""
        if name in path:
            raise InstallationError(f"scripts of the page import one another: {' -> '.join((*path, name))}")
        if name not in self.done:
            script = read_script(self._text(name, path))
            for file, names in sorted(script.imports.items()):
                missing = sorted(set(names) - self.add(file, (*path, name)).defines)
                if missing:
                    raise InstallationError(
                        f"{name} imports {', '.join(missing)} from {file}, which does not define it"
                    )
            for defined in sorted(script.defines):
                if self.owners.setdefault(defined, name) != name:
                    raise InstallationError(f"{name} and {self.owners[defined]} both define {defined}")
            self.done[name] = script
        return self.done[name]


def ordered(first: str, read: Callable[[str], str] = template_text) -> dict[str, Script]:
    """The script a page begins with and all it needs, each behind what it imports.

    Args:
        first: Its file.
        read: Gives the text of a file.

    Raises:
        InstallationError: scripts import one another in a circle, import what is not there, or define one name twice.
    """
    order = _Order(read)
    order.add(first, ())
    return order.done


def read_of(package: str) -> Callable[[str], str]:
    """Reads the scripts of a package, and those of the explorer where it has none of the name."""

    def read(name: str) -> str:
        try:
            return template_text(name, package)
        except FileNotFoundError:
            return template_text(name)

    return read


@cache
def joined(first: str, package: str = "dualuse.explore") -> str:
    """The scripts of a page as one function, without the comments and the indents that only we read."""
    whole = "\n".join(script.body for script in ordered(first, read_of(package)).values())
    return '(() => {\n"use strict";\n' + _INDENT.sub("", _COMMENT.sub("", whole)) + "})();\n"
