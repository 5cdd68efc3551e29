"""Text from elsewhere, made harmless for what shows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dualuse.harmless import in_xml, no_formula, no_markup

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")


def shown(markdown: str) -> str:
    """Text that a reader of a list of one entry sees."""
    tokens = MARKDOWN.parse(f"* said: {markdown}")
    (inline,) = (token for token in tokens if token.type == "inline")
    assert inline.children is not None
    assert {child.type for child in inline.children} <= {"text", "text_special"}, markdown
    return "".join(child.content for child in inline.children)


@given(st.text(alphabet=st.sampled_from("ab1. \\`*_{}[]()<>#+-!|~&;=:/\"'@")))
def test_markdown_shows_what_was_said(text: str) -> None:
    assert shown(f"x{no_markup(text)}x") == f"said: x{text}x"


@pytest.mark.parametrize("text", ["# a", "- a", "+ a", "= a", "> a", "1. a", "1) a", "  # a", "| a |", "```", "~~~"])
def test_what_begins_a_line_is_text(text: str) -> None:
    tokens = [token.type for token in MARKDOWN.parse(no_markup(text))]
    assert tokens == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize("text", ["plain", "https://a.b/c_d?x=1&y=2", "AT&T", "15 CFR 740.29(a)", "a-b", "輝達"])
def test_what_is_no_markup_stays(text: str) -> None:
    assert no_markup(text) == text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠a"])
def test_a_formula_is_text(text: str) -> None:
    assert no_formula(text) == f"'{text}"


def test_line_ends_are_of_one_kind() -> None:
    assert (no_formula("a\r\nb\rc"), no_formula("\r=1")) == ("a\nb\nc", "'\n=1")


def test_characters_that_no_xml_holds() -> None:
    assert in_xml("a\x00\x1b\ufffe\ud800b\n輝達\U0001f600") == "a����b\n輝達\U0001f600"
