"""Names: one thing, many names; a wrong or ambiguous one says what is near."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualuse.build import Built
from dualuse.errors import UnknownNameError
from dualuse.knowledge import Knowledge
from dualuse.law.items import read_control_list
from dualuse.names import Names, Table, fold
from dualuse.namespaces import thing
from dualuse.query.library import names as query_names
from dualuse.store import MemoryStore
from dualuse.store.base import Row

TABLE = Table(
    by_kind={
        "place": {
            "ch": {"CH": -1},
            "switzerland": {"CH": 1},
            "same": {"KP": 1},
            "korea": {"KR": 2, "KP": 2},
            "kr": {"KR": -1},
        },
        "organisation": {"nvidia": {"nvidia": 1}, "ch": {"swiss-co": 2}, "same": {"first": 1, "second": 2}},
    },
    shown={("place", "CH"): "Switzerland", ("place", "KR"): "South Korea", ("place", "KP"): "North Korea"},
)
SMALL = Names(MemoryStore(), TABLE)


@given(st.text())
def test_fold_is_stable(text: str) -> None:
    once = fold(text)
    assert fold(f"  {text}\t") == once
    assert "  " not in once


@pytest.mark.parametrize("name", ["ＮＶＩＤＩＡ", "nvidia", " NVIDIA ", "Nvidia"])
def test_fold_width_case_and_space(name: str) -> None:
    assert fold(name) == "nvidia"


def test_best_rank_wins() -> None:
    assert SMALL.find("organisation", "Same") == thing("organisation", "first")


def test_ambiguous_lists_the_keys() -> None:
    with pytest.raises(UnknownNameError) as caught:
        SMALL.find("place", "Korea")
    assert str(caught.value) == (
        "place 'Korea' is ambiguous: KP (North Korea), KR (South Korea). Use one of these keys."
    )


def test_unknown_lists_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        SMALL.find("place", "Switzerlnd")
    assert str(caught.value) == "no place 'Switzerlnd' in the graph. Nearest: CH (Switzerland)."
    with pytest.raises(UnknownNameError, match=r"Nearest: KP \(North Korea\), KR \(South Korea\)"):
        SMALL.find("place", "kore")


def test_unknown_with_nothing_near_names_a_command_that_exists() -> None:
    with pytest.raises(UnknownNameError, match="List them: dualuse query things --param kind=place"):
        SMALL.find("place", "輝達")
    assert "things" in query_names()


@pytest.mark.parametrize("name", ["", "  ", "\u3000"])
def test_empty_name(name: str) -> None:
    with pytest.raises(UnknownNameError, match="an empty name means nothing; give the key or the name of place"):
        SMALL.find("place", name)
    with pytest.raises(UnknownNameError, match="of organisation or place"):
        SMALL.find_any(("organisation", "place"), name)


def test_find_any() -> None:
    assert SMALL.find_any(("organisation", "place"), "NVIDIA") == ("organisation", "nvidia")
    with pytest.raises(UnknownNameError, match="'Same' is ambiguous: organisation first; place KP"):
        SMALL.find_any(("organisation", "place"), "Same")
    with pytest.raises(UnknownNameError, match=r"no organisation or place 'Nvidea' in the graph\..*nvidia"):
        SMALL.find_any(("organisation", "place"), "Nvidea")


@pytest.mark.parametrize("name", ["輝達", "英伟达", "NVIDIA", "nvidia", "NVDA", "nvda", "ｎｖｉｄｉａ"])
def test_every_name_of_a_company(knowledge: Knowledge, name: str) -> None:
    assert knowledge.names.find("organisation", name) == thing("organisation", "nvidia")


@pytest.mark.parametrize("name", ["CH", "ch", "CHE", "Switzerland", "瑞士", " switzerland "])
def test_every_name_of_a_place(knowledge: Knowledge, name: str) -> None:
    assert knowledge.names.key("place", name) == "CH"


@pytest.mark.parametrize(
    ("kind", "name", "key"),
    [
        ("place", "TWN", "TW"),
        ("place", "HKG", "HK"),
        ("instrument", "AI Diffusion Rule", "us-ai-diffusion-ifr-2025-01"),
        ("instrument", "AI擴散規則", "us-ai-diffusion-ifr-2025-01"),
        ("item", "3A090", "3a090"),
        ("product", "NVIDIA H100 PCIe 80GB", "h100-pcie"),
    ],
)
def test_codes_titles_and_aliases(knowledge: Knowledge, kind: str, name: str, key: str) -> None:
    assert knowledge.names.key(kind, name) == key


def test_every_key_finds_itself(built: Built, knowledge: Knowledge) -> None:
    checked = 0
    kinds = {"places": "place", "organisations": "organisation", "instruments": "instrument", "products": "product"}
    for table, kind in kinds.items():
        for key in built.curated.tables[table]:
            assert knowledge.names.key(kind, key) == key
            checked += 1
    assert checked > 500


def test_every_place_by_its_three_names_and_code(built: Built, knowledge: Knowledge) -> None:
    places = built.curated.tables["places"]
    assert len(places) >= 249
    wrong = []
    for key, place in places.items():
        for name in (place.iso3, place.name_en, place.name_zh_hant, place.name_zh_hans):
            try:
                found = knowledge.names.key("place", name)
            except UnknownNameError as error:
                wrong.append(str(error))
                continue
            if found != key:
                wrong.append(f"{name} finds {found}, not {key}")
    assert wrong == []


class Counting(MemoryStore):
    """A store that counts the rows it gives."""

    rows = 0

    def select(self, query: str) -> list[Row]:
        found = super().select(query)
        self.rows += len(found)
        return found


def test_a_key_is_found_without_reading_every_name(built: Built) -> None:
    store = Counting(built.store.store)
    names = Names(store)
    assert [names.key("place", name) for name in ("CH", "ch", " ＣＨ ")] == ["CH"] * 3
    assert names.label("place", "CH") == "Switzerland"
    assert store.rows < 20
    assert names.key("place", "瑞士") == "CH"
    assert 1000 < store.rows < 3000  # the names of places, and of nothing else


def test_one_by_one_or_all_at_once_names_are_the_same(built: Built) -> None:
    every = Names(built.store)
    assert len(every.shown) > 1500
    one_by_one = Names(built.store)
    for kind, key in sorted(every.shown):
        if len(one_by_one._known) > 30:
            one_by_one = Names(built.store)
        assert one_by_one.label(kind, key) == every.label(kind, key) == every.shown[kind, key]
        assert one_by_one.key(kind, key) == key


@pytest.mark.parametrize(("name", "meant"), [("arm", ("organisation", "arm")), ("MU", ("place", "MU")), ("EC", None)])
def test_a_key_goes_before_any_name(built: Built, name: str, meant: tuple[str, str] | None) -> None:
    """Arm is also the code of Armenia, MU also the ticker of Micron; EC is the key of two things."""
    one_by_one, every = Names(built.store), Names(built.store)
    assert every.shown
    assert SMALL.find_any(("organisation", "place"), "ch") == ("place", "CH")
    for names in (one_by_one, every):
        if meant is not None:
            assert names.find_any(("organisation", "place"), name) == meant
        else:
            with pytest.raises(UnknownNameError, match="ambiguous"):
                names.find_any(("organisation", "place"), name)


def test_many_keys_make_it_read_every_name_of_their_kind_once(built: Built) -> None:
    store = Counting(built.store.store)
    names = Names(store)
    places = sorted(key for kind, key in Names(built.store).shown if kind == "place")
    assert [names.key("place", place) for place in places] == places
    once = store.rows
    assert [names.label("place", place) for place in places] != places
    assert store.rows == once


ISO = Path(__file__).with_name("iso-3166-names.csv")
"""Short and official names of ISO 3166-1, with the keys of their entries."""
WITH_BRACKETS = {
    "Congo (the Democratic Republic of the)": "CD",
    "Korea (the Republic of)": "KR",
    "Korea (the Democratic People’s Republic of)": "KP",
    "Iran (Islamic Republic of)": "IR",
    "Netherlands (Kingdom of the)": "NL",
    "Falkland Islands (the) [Malvinas]": "FK",
    "Taiwan (Province of China)": "TW",
    "Virgin Islands (U.S.)": "VI",
    "Virgin Islands (British)": "VG",
    "Tanzania, the United Republic of": "TZ",
    "Russian Federation (the)": "RU",
    "the Netherlands": "NL",
    "Cote d’Ivoire": "CI",
    "Saint Barthelemy": "BL",
    "St. Lucia": "LC",
    "Curacao": "CW",
    "Sao Tome & Principe": "ST",
}


def test_names_of_iso_3166(knowledge: Knowledge) -> None:
    with ISO.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    named = [(row["key"], name) for row in rows for name in (row["name"], row["official"]) if name]
    assert (len(rows), len(named)) == (249, 422)
    named.remove(("CG", "Congo"))
    assert [name for key, name in named if knowledge.names.key("place", name) != key] == []


@pytest.mark.parametrize(("name", "key"), WITH_BRACKETS.items())
def test_names_as_the_maintainers_of_the_standard_write_them(knowledge: Knowledge, name: str, key: str) -> None:
    assert knowledge.names.key("place", name) == key


@pytest.mark.parametrize("name", ["Congo", "Congo (the)"])
def test_congo_alone_is_two_places(knowledge: Knowledge, name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"ambiguous: CD \(.*\), CG \("):
        knowledge.names.key("place", name)


@pytest.mark.parametrize("name", ["RTX PRO 6000", "rtx pro 6000 blackwell", "RTX PRO"])
def test_a_name_of_two_chips_is_ambiguous(knowledge: Knowledge, name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"ambiguous: rtxpro6000-se \(.*\), rtxpro6000-ws \("):
        knowledge.names.find_any(("product", "item"), name)


def test_a_short_name_hides_no_chip_of_another_use(knowledge: Knowledge, built: Built) -> None:
    """A chip may be called by the start of another's name only where both are meant for data centres, or neither."""
    chips = read_control_list(built.store).chips
    known = knowledge.names.by_kind["product"]
    begun = [(name, other) for name in known for other in known if other.startswith(f"{name} ")]
    assert len(begun) > 10
    for name, other in begun:
        apart = {chips[key].data_centre for key in known[other]} - {chips[key].data_centre for key in known[name]}
        assert not apart, f"{name!r} is also the start of {other!r}: give it to both, and it is ambiguous"
