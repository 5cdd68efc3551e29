"""Pages of the Python interface, from docstrings and signatures, by Sphinx's autodoc."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator

from dualuse import questions

_FENCE = "```"
_METHODS = ("day", "network", "query", "sparql", "hints", "dataset", "names", "version", "places", "law", "law_under")
_HEAD = """# {title}

{text}

"""


def pages() -> Iterator[tuple[str, str]]:
    """Path and Markdown of each page."""
    yield "api/index.md", _index()
    yield "api/knowledge.md", _knowledge()
    yield "api/card.md", _card()
    for name in questions.names():
        yield f"api/{name}.md", _question(name)


def _rst(*lines: str) -> str:
    return "\n".join([f"{_FENCE}{{eval-rst}}", *lines, _FENCE, ""])


def _index() -> str:
    text = "`dualuse.open()` gives a graph; each question is a method of it, and answers with a card."
    listed = "\n".join(f"* [{name}]({name}.md)" for name in questions.names())
    made = _rst(".. autofunction:: dualuse.open", "", ".. autofunction:: dualuse.to_pyvis")
    more = "The graph itself: [Knowledge](knowledge.md). Every answer: [Card](card.md)."
    each = "Questions, each with its method and the attributes of its answer:"
    return f"{_HEAD.format(title='In Python', text=text)}{made}\n{more}\n\n{each}\n\n{listed}\n"


def _knowledge() -> str:
    text = "An open graph. Its questions have pages of their own."
    made = _rst(
        ".. autoclass:: dualuse.knowledge.Knowledge",
        f"   :members: {', '.join(_METHODS)}",
    )
    return _HEAD.format(title="The graph", text=text) + made


def _card() -> str:
    text = "What every question answers with: the answer, its receipts, and what is not known."
    lines = []
    for name in ("Card", "Receipt", "Unknown", "Version"):
        lines += [f".. autoclass:: dualuse.card.{name}", "   :members:", ""]
    return _HEAD.format(title="Cards", text=text) + _rst(*lines)


def _question(name: str) -> str:
    question = questions.find(name)
    if question is None:
        raise LookupError(name)
    lines = [f".. automethod:: dualuse.questions.methods.Methods.{name}", ""]
    for made in _answers(question.answer):
        lines += [
            f".. autoclass:: {made.__module__}.{made.__qualname__}",
            "   :members:",
            "   :undoc-members:",
            "   :exclude-members: seen",
            "",
        ]
    answered = f'<a href="../questions/{name}.html">An example, answered</a>'
    text = f"`k.{name}(…)`, on the command line `dualuse {question.command}`. {answered}."
    return _HEAD.format(title=name, text=text) + _rst(*lines)


def _answers(answer: type) -> list[type]:
    """The class of an answer, and those of its rows that stand in the same module."""
    module = inspect.getmodule(answer)
    others = [
        made
        for _, made in inspect.getmembers(module, inspect.isclass)
        if dataclasses.is_dataclass(made)
        and made.__module__ == answer.__module__
        and not made.__name__.startswith("_")
        and made is not answer
    ]
    return [answer, *sorted(others, key=lambda made: inspect.getsourcelines(made)[1])]
