"""The look at every link sees what is wrong, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from docsite.links import faults
from docsite.make import SiteError, make


def write(top: Path, name: str, body: str) -> None:
    path = top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<!doctype html><title>x</title>{body}", "utf-8")


def test_what_holds_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path, "a.html", '<p id="x"><a href="b/c.html#y">c</a> <a href="#x">x</a> <a href="https://a.b/#c">o</a></p>')
    write(tmp_path, "b/c.html", '<p id="y"><a href="../a.html">a</a> <a href="../a.html#">top</a></p>')
    assert list(faults(tmp_path)) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ('<a href="none.html">x</a>', "none.html leads nowhere"),
        ('<a href="../out.html">x</a>', "../out.html leads nowhere"),
        ('<a href="#none">x</a>', "#none: no such anchor"),
        ('<a href="a.html#none">x</a>', "a.html#none: no such anchor"),
        ('<p id="x"></p><p id="x"></p>', "the anchor x stands twice"),
        ('<script src="https://cdn.example/x.js"></script>', "loads https://cdn.example/x.js"),
        ('<link rel="stylesheet" href="//fonts.example/x.css">', "loads //fonts.example/x.css"),
        ('<img src="none.png">', "none.png leads nowhere"),
    ],
)
def test_what_is_wrong_is_told(tmp_path: Path, body: str, fault: str) -> None:
    write(tmp_path, "a.html", body)
    assert list(faults(tmp_path)) == [f"a.html: {fault}"]


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(SiteError, match="holds something that is no site"):
        make(tmp_path)
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"
