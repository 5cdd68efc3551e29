"""Translations: of texts that stand in the record, with the figures of the English, in the terms of the glossary."""

import csv
import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from dualuse.build import Built
from dualuse.errors import CuratedDataError
from dualuse.load.curated import read_curated
from dualuse.model.fidelity import differing
from dualuse.model.read import read
from dualuse.model.translations import Translation
from dualuse.validate import check_translations

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "translations"
SIMPLIFIED = frozenset("们这说对时国会经过动开实现关机进电业东车长门问间见观视语请诉许证论设计认让议记讲评识译训讯")
"""Characters of the simplified script alone."""
TRADITIONAL = frozenset("們這說對時國會經過動開實現關機進電業東車長門問間見觀視語請訴許證論設計認讓議記講評識譯訓訊")


@cache
def rows() -> list[dict[str, str]]:
    texts = [path.read_text("utf-8") for path in sorted(FOLDER.glob("*.csv"))]
    found = [row for text in texts for row in csv.DictReader(io.StringIO(text))]
    assert len(found) > 250
    return found


@cache
def glossary() -> list[dict[str, str]]:
    with (ROOT / "ontology" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


@cache
def terms(script: str, other: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Terms of one script, the longest first, and what the other calls them, where the two differ."""
    pairs = {row[script]: row[other] for row in glossary() if row[script] != row[other]}
    return re.compile("|".join(sorted(map(re.escape, pairs), key=len, reverse=True))), pairs


# -- what they are of -------------------------------------------------------------------------------------------------


def hold(data: Path, *lines: str) -> None:
    """Let the table hold these lines alone."""
    for path in (data / "translations").glob("*.csv"):
        path.unlink()
    (data / "translations" / "some.csv").write_text("\n".join(["key,en,zh_hant,zh_hans", *lines, ""]), "utf-8")


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (
            ["some-1,BIS issued it.,BIS 發布。,BIS发布。", "some-2,BIS issued it.,BIS 發布。,BIS发布。"],
            "some.csv:3: some-2: 'BIS issued it.' is translated at translations/some.csv:2 already; keep one",
        ),
        (["some-1,Amended by 89 FR 96790.,經 89 FR 96790 修正。,经89 FR 97690修正。"], "zh_hans lacks 89 FR 96790"),
        (["some-1,BIS issued it.,BIS 於 2025 年發布。,BIS发布。"], "zh_hant has 2025, which the English text has not"),
    ],
)
def test_what_does_not_fit_is_told(data_copy: Path, lines: list[str], message: str) -> None:
    hold(data_copy, *lines)
    with pytest.raises(CuratedDataError) as caught:
        read_curated(data_copy)
    assert message in str(caught.value)


def test_a_translation_of_what_is_no_longer_there_is_found(built: Built) -> None:
    lost = Translation(key="some-1", en="The licence was taken back in part by now.", zh_hant="甲", zh_hans="甲")
    tables = built.curated.tables
    stale = replace(built, curated=replace(built.curated, tables=tables | {"translations": {"some-1": lost}}))
    (finding,) = check_translations(stale)
    assert str(finding).startswith(
        "translations: some-1: no field of the record has 'The licence was taken back in part"
    )
    assert "Is it now" in finding.message
    assert check_translations(built) == []


def test_they_are_read_back(built: Built) -> None:
    found = {each.en: (each.zh_hant, each.zh_hans) for each in read(built.store, Translation)}
    assert found == {row["en"]: (row["zh_hant"], row["zh_hans"]) for row in rows()}


# -- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "chinese", "told"),
    [
        ("USD 1.5bn on 5 May 2025", "2025 年 5 月 5 日，15 億美元", ([], [])),
        ("more than 400,000 chips", "逾 40 萬顆晶片", ([], [])),
        ("three firms and both laws", "3 家公司與 2 部法律", ([], [])),
        ("10 firms", "十家公司", ([], [])),
        ("120 days", "150 天", (["120"], ["150"])),
        ("13 January", "1 月 12 日", (["13"], ["12"])),
        ("USD 1.5bn", "1.5 億美元", (["1500000000"], ["150000000"])),
        ("under 15 CFR 740.27(a)(3).", "依 15 CFR 740.27(a)(2)。", (["15 CFR 740.27(a)(3)", "3"], ["2"])),
        ("of ECCN 3A090.a.", "屬 ECCN 3A090.b。", (["3A090.a"], [])),
    ],
)
def test_figures_are_held_against_the_english(english: str, chinese: str, told: tuple[list[str], list[str]]) -> None:
    assert differing(english, chinese) == told


# -- terms ------------------------------------------------------------------------------------------------------------


def strangers(text: str, script: str, other: str) -> list[str]:
    """What a text of one script has of the other: its terms, where they are not also its own, and its characters."""
    known, _ = terms(script, other)
    pattern, _ = terms(other, script)
    own = known.sub("", text)
    alone = TRADITIONAL if other == "zh_hant" else SIMPLIFIED
    return [*pattern.findall(own), *(sign for sign in own if sign in alone)]


def test_a_term_of_the_other_script_is_found() -> None:
    assert strangers("輝達的芯片", "zh_hant", "zh_hans") == ["芯片"]
    assert strangers("英伟达的晶片", "zh_hans", "zh_hant") == ["晶片"]
    assert strangers("輝達說了", "zh_hans", "zh_hant") == ["輝達", "說"]
    assert strangers("輝達的晶片", "zh_hant", "zh_hans") == []


@pytest.mark.parametrize(("script", "other"), [("zh_hant", "zh_hans"), ("zh_hans", "zh_hant")])
def test_they_keep_to_the_glossary(script: str, other: str) -> None:
    assert [(row["key"], found) for row in rows() if (found := strangers(row[script], script, other))] == []


def test_both_scripts_have_the_same_terms() -> None:
    pattern, pairs = terms("zh_hant", "zh_hans")
    lacking = [
        (row["key"], term)
        for row in rows()
        for term in set(pattern.findall(row["zh_hant"]))
        if pairs[term] not in row["zh_hans"]
    ]
    assert lacking == []


def test_the_glossary_is_in_order_and_says_a_term_once() -> None:
    named = [row["en"].casefold() for row in glossary()]
    assert named == sorted(set(named))
    assert all(row["zh_hant"] and row["zh_hans"] for row in glossary())
    assert len(named) > 100
