"""The questions as methods, written out: what a reader of the code and a type checker see of them.

``methods.py`` is this text; a test compares them.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from textwrap import fill, indent

from dualuse import questions
from dualuse.questions.parameters import parameters
from dualuse.questions.question import Question
from dualuse.questions.schema import told_by

_HEAD = '''"""Every question as a method of the graph it is asked of. Written by scripts/regenerate: do not edit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
{imports}


class Methods:
    """The questions that a graph answers; see :mod:`dualuse.questions`."""

{methods}


def _graph(asked: Methods) -> Knowledge:
    """The graph that is asked."""
    from dualuse.knowledge import Knowledge

    if not isinstance(asked, Knowledge):
        raise TypeError("questions are methods of a Knowledge alone")
    return asked
'''
_METHOD = '''def {name}({parameters}) -> {answer}:
    """{help}
    """
    from {module} import QUESTION

    return QUESTION(_graph(self), {values})
'''


def methods_source() -> str:
    """The module ``dualuse.questions.methods`` as text."""
    imports = {("dualuse.knowledge", "Knowledge")}
    methods = []
    for name in questions.names():
        question = questions.find(name)
        if question is not None:
            written = _Written(question)
            methods.append(indent(written.method(), "    ", lambda line: bool(line.strip())).rstrip())
            imports |= written.imports
    return _HEAD.format(imports=_imports(imports), methods="\n\n".join(methods))


def _imports(needed: set[tuple[str, str]]) -> str:
    """Imports as the linter sorts them: the standard library, then ours."""
    groups = []
    for ours in (False, True):
        by_module: dict[str, set[str]] = {}
        for module, name in needed:
            if module.startswith("dualuse") is ours:
                by_module.setdefault(module, set()).add(name)
        lines = []
        for module, names in sorted(by_module.items()):
            plain = sorted(name for name in names if " as " not in name)
            lines += [f"    from {module} import {', '.join(plain)}"] if plain else []
            lines += [f"    from {module} import {name}" for name in sorted(names - set(plain))]
        groups.append("\n".join(lines))
    return "\n\n".join(groups)


class _Written:
    """One question as the text of a method, and the imports its types need."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._ask = question.ask
        self._name = question.name
        self._tree = ast.parse(inspect.getsource(sys.modules[question.ask.__module__]))
        self.imports: set[tuple[str, str]] = set()

    def method(self) -> str:
        """The method."""
        signature = inspect.signature(self._ask)
        given = list(signature.parameters.values())[1:]
        return _METHOD.format(
            name=self._name,
            module=self._ask.__module__,
            parameters=", ".join(["self", *self._parameters(given)]),
            answer=self._type(str(signature.return_annotation)),
            help=self._help(),
            values=f"{{{', '.join(map(_passed, given))}}}",
        )

    def _help(self) -> str:
        """The docstring, with what annotations say of the parameters that it does not tell of."""
        told = {each.name: each.how.help for each in parameters(self._ask)} | told_by(self._question)
        args = "".join(_entry(name, told[name]) for name in inspect.signature(self._ask).parameters if name in told)
        raises = (inspect.getdoc(self._ask) or "").partition("\nRaises:")[2]
        kept = f"{self._question.help}\n\nArgs:\n{args}" + (f"\nRaises:{raises}" if raises else "")
        return indent(kept.rstrip(), "    ", lambda line: bool(line.strip())).lstrip()

    def _parameters(self, given: list[inspect.Parameter]) -> Iterator[str]:
        starred = False
        for each in given:
            if each.kind is each.VAR_POSITIONAL:
                starred = True
                yield f"*{each.name}: {self._type(each.annotation)}"
                continue
            if each.kind is each.VAR_KEYWORD:
                yield f"**{each.name}: {self._type(each.annotation)}"
                continue
            if each.kind is each.KEYWORD_ONLY and not starred:
                starred = True
                yield "*"
            default = "" if each.default is each.empty else f" = {_default(each.default)}"
            yield f"{each.name}: {self._type(each.annotation)}{default}"

    def _type(self, annotation: str) -> str:
        """A type as it is written, without how it is given; its names are imported."""
        node = ast.parse(annotation, mode="eval").body
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Annotated":
            inner = node.slice
            node = inner.elts[0] if isinstance(inner, ast.Tuple) else inner
        return ast.unparse(_Renamed(self).visit(node))

    def name(self, name: str) -> str:
        """A name of the question's module, as another module writes it."""
        if name == "AsOf":
            self.imports.add(("datetime", "date"))
            return "date | str | None"
        if name == "InLens":
            self.imports.add(("dualuse.lens", "Lens"))
            return "Lens | str"
        for node in ast.walk(self._tree):
            if isinstance(node, ast.ImportFrom) and any(name in (part.asname, part.name) for part in node.names):
                self.imports.add((str(node.module), name))
                return name
            if isinstance(node, ast.ClassDef | ast.Assign) and name in _defined(node):
                self.imports.add((self._ask.__module__.rpartition(".")[0], f"{self._name} as {self._name}_"))
                return f"{self._name}_.{name}"
        return name


class _Renamed(ast.NodeTransformer):
    """Names of a type, as another module writes them."""

    def __init__(self, written: _Written) -> None:
        self._written = written

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.parse(self._written.name(node.id), mode="eval").body


def _entry(name: str, meaning: str) -> str:
    """What a docstring of a method says of a parameter, in lines of its width."""
    return fill(f"{name}: {meaning}", 112, initial_indent=" " * 4, subsequent_indent=" " * 8) + "\n"


def _defined(node: ast.ClassDef | ast.Assign) -> list[str]:
    if isinstance(node, ast.ClassDef):
        return [node.name]
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def _default(value: object) -> str:
    return repr(str(value)) if isinstance(value, str) else repr(value)


def _passed(given: inspect.Parameter) -> str:
    return f"**{given.name}" if given.kind is given.VAR_KEYWORD else f'"{given.name}": {given.name}'
