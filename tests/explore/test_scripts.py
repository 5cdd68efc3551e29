"""Scripts of the page say what they import, and the page puts them in order by it."""

import re
from importlib.resources import files

import pytest

from dualuse.errors import InstallationError
from dualuse.explore.inline import template_text
from dualuse.explore.scripts import ordered, read_script

FIRST = ("canvas_renderer.js",)
NAMES = sorted(
    file.name
    for file in (files("dualuse.explore") / "templates").iterdir()
    if file.name.endswith(".js") and file.name != "network.js"
)
"""Scripts of the explorer; ``network.js`` stands alone on the page of pyvis."""

SCRIPTS = {name: read_script(template_text(name)) for name in NAMES}
OWNER = {defined: name for name, script in SCRIPTS.items() for defined in script.defines}

TOKEN = re.compile(
    r"""(?P<skip>/\*.*?\*/|//[^\n]*|\s+)|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
    r"""|(?P<word>[A-Za-z_$][\w$]*)|(?P<number>\d[\w.]*)|(?P<sign>\?\.|\.\.\.|.)""",
    re.DOTALL,
)
PATTERN = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")


def tokens(text: str) -> list[str]:
    """Words and signs of a script; comments left out, texts and patterns as ``""``, blanks of templates as code."""
    found: list[str] = [""]
    inside: list[str] = []
    place = 0
    while place < len(text):
        if inside and inside[-1] == "`":
            stop = re.compile(r"(?:\\.|(?!\$\{|`).)*", re.DOTALL).match(text, place)
            assert stop is not None
            ends = text[stop.end()] == "`"
            inside.pop() if ends else inside.append("${")
            found.append('""')
            place = stop.end() + (1 if ends else 2)
            continue
        divides = re.match(r"[\w$)\]]", found[-1][-1:]) and found[-1] != "return"
        pattern = None if divides or text.startswith(("//", "/*"), place) else PATTERN.match(text, place)
        if pattern is not None:
            found.append('""')
            place = pattern.end()
            continue
        match = TOKEN.match(text, place)
        assert match is not None
        place = match.end()
        sign = match[0]
        if sign == "`" or (sign == "{" and inside):
            inside.append(sign)
        elif sign == "}" and inside:
            inside.pop()
        if match.lastgroup != "skip":
            found.append('""' if match.lastgroup == "text" else sign)
    return found[1:]


def used(text: str) -> set[str]:
    """Names a script uses: not what follows a point, and not the names of properties."""
    found = ["", *tokens(text), ""]
    return {
        token
        for before, token, after in zip(found, found[1:], found[2:], strict=False)
        if re.match(r"[A-Za-z_$]", token) and before not in (".", "?.") and not (after == ":" and before in ("{", ","))
    }


def test_names_in_texts_and_properties_are_no_uses() -> None:
    text = 'say(`${word(model, "no")} at`, { of: at_, said: x.kindOf }, /draw/g); // make\nreturn a / b / find;'
    assert used(text) == {"say", "word", "model", "at_", "x", "return", "a", "b", "find"}


def test_no_two_scripts_define_one_name() -> None:
    assert len(OWNER) == sum(len(script.defines) for script in SCRIPTS.values())
    assert len(OWNER) > 250


@pytest.mark.parametrize("name", NAMES)
def test_a_script_imports_what_it_uses_and_nothing_else(name: str) -> None:
    script = SCRIPTS[name]
    wanted: dict[str, set[str]] = {}
    for word in used(script.body) & OWNER.keys() - script.defines:
        wanted.setdefault(OWNER[word], set()).add(word)
    assert {file: set(names) for file, names in script.imports.items()} == wanted
    assert not re.search(r"^import\b", script.body, re.MULTILINE), "an import that cannot be read"


@pytest.mark.parametrize("first", FIRST)
def test_each_script_stands_behind_what_it_imports(first: str) -> None:
    order = list(ordered(first))
    assert order[-1] == first
    assert set(order) == {*NAMES} - {*FIRST} | {first}
    for place, name in enumerate(order):
        assert set(SCRIPTS[name].imports) <= set(order[:place])


@pytest.mark.parametrize(
    ("scripts", "message"),
    [
        ({"b.js": 'import { a } from "./a.js";'}, r"import one another: a\.js -> b\.js -> a\.js"),
        ({"b.js": "const c = 1;"}, r"a\.js imports b from b\.js, which does not define it"),
        ({"b.js": "const b = 1;\nconst a = 2;"}, r"a\.js and b\.js both define a"),
        ({}, r"a\.js -> b\.js: there is no such script"),
    ],
)
def test_what_cannot_be_put_in_order_is_refused(scripts: dict[str, str], message: str) -> None:
    every = {"a.js": 'import { b } from "./b.js";\nconst a = b;', **scripts}

    def read(name: str) -> str:
        if name not in every:
            raise FileNotFoundError(name)
        return every[name]

    with pytest.raises(InstallationError, match=message):
        ordered("a.js", read)
