"""The page as text: offline, escaped, hashed, small, and the same byte for byte."""

import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from dualuse.errors import UnknownNameError, UsageError
from dualuse.explore.page import render_page
from dualuse.explore.payload import unpack
from dualuse.explore.view import View
from dualuse.network.frame import frame_of, set_frame

from .conftest import DATASET, Network, empty_network, node

HOSTILE = "</script><img src=x onerror=alert(1)>"


class Page(HTMLParser):
    """Tags with their attributes, and the text of scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inline: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem is not None:
            self.inline.append((self.cdata_elem, self.tags[-1][1], data))


def policy(text: str) -> dict[str, list[str]]:
    """The content security policy, directive by directive."""
    tags = [attributes for tag, attributes in Page(text).tags if tag == "meta"]
    content = next(tag["content"] for tag in tags if tag.get("http-equiv") == "Content-Security-Policy")
    assert content is not None
    return {part.split()[0]: part.split()[1:] for part in content.split(";")}


def payload(text: str) -> dict[str, object]:
    packed = next(data for tag, attributes, data in Page(text).inline if attributes.get("id") == "payload")
    return unpack(packed)


@pytest.fixture(scope="module")
def page(sample: Network) -> str:
    return render_page(sample, View("Who is affected?", "By the AI Diffusion rule"))


def test_twice_the_same_bytes(sample: Network, page: str) -> None:
    assert render_page(sample, View("Who is affected?", "By the AI Diffusion rule")) == page


def test_the_same_bytes_in_another_process() -> None:
    program = (
        "import hashlib; from tests.explore.conftest import generate\n"
        "from dualuse.explore.page import render_page; from dualuse.explore.view import View\n"
        "for size in (60, 2100):\n"
        "    print(hashlib.sha256(render_page(generate(size), View('T')).encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            text=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(found) == 1


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    for tag, attributes in Page(page).tags:
        for name in ("src", "href", "action", "data", "srcset", "poster", "background"):
            value = attributes.get(name) or ""
            assert not re.match(r"(?i)\s*(https?:|//|data:|javascript:)", value), (tag, name, value)
    style = next(data for tag, _, data in Page(page).inline if tag == "style")
    assert "url(" not in style
    assert "@import" not in style


def test_the_policy_names_every_script_and_nothing_else(page: str) -> None:
    rules = policy(page)
    assert rules["default-src"] == rules["connect-src"] == ["'none'"]
    assert rules["img-src"] == ["data:", "blob:"]

    def hashes(wanted: str) -> list[str]:
        texts = [data for tag, attributes, data in Page(page).inline if tag == wanted and "type" not in attributes]
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        return sorted(f"'sha256-{digest}'" for digest in digests)

    assert sorted(rules["script-src"]) == hashes("script")
    assert rules["style-src"] == hashes("style")


def test_the_first_screen_says_what_it_is(page: str) -> None:
    for text in ("Who is affected?", "By the AI Diffusion rule", "2025-05-15", "codified", "dualuse 0.1.0"):
        assert text in page
    assert "Information, not legal advice" in page


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_the_page_opens_in_a_language(sample: Network, language: str) -> None:
    assert f'<html lang="{language}">' in render_page(sample, View("T"), language=language)


def test_data_cannot_become_markup() -> None:
    network = empty_network()
    network.add_node("place:x", **node(kind="place", label=HOSTILE, label_zh_hant=HOSTILE))
    set_frame(network, replace(frame_of(network), dataset=replace(DATASET, version=HOSTILE)))
    text = render_page(network, View(HOSTILE, HOSTILE))
    assert HOSTILE not in text
    assert not [tag for tag, _ in Page(text).tags if tag == "img"]
    assert text.count("</script>") == 2


def test_our_scripts_never_parse_data_as_markup() -> None:
    for file in (files("dualuse.explore") / "templates").iterdir():
        if file.name.endswith(".js"):
            text = file.read_text(encoding="utf-8")
            for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
                assert word not in text, (file.name, word)
            assert "</script" not in text
            assert "<!--" not in text


def test_no_script_of_ours_is_longer_than_a_module_may_be() -> None:
    for file in (files("dualuse.explore") / "templates").iterdir():
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file.name


def test_a_thousand_nodes_stay_small(generated: Callable[[int], Network]) -> None:
    text = render_page(generated(1000), View("T"))
    assert len(text.encode()) < 450_000


def test_the_focus_is_passed_on(sample: Network) -> None:
    assert payload(render_page(sample, View("T", focus="place:CH")))["focus"] == "place:CH"


def test_an_unknown_focus_lists_near_names(sample: Network) -> None:
    with pytest.raises(UnknownNameError, match=r"organisation:nvidea.*Nearest: organisation:nvidia"):
        render_page(sample, View("T", focus="organisation:nvidea"))


def test_an_unknown_language_is_refused(sample: Network) -> None:
    with pytest.raises(UsageError, match="klingon"):
        render_page(sample, View("T"), language="klingon")


def test_an_empty_network_gives_a_page() -> None:
    assert payload(render_page(empty_network(), View("T")))["examples"] == []
