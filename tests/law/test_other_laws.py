"""Transactions under other laws than that of the United States: one law at a time; nothing unmodelled is cleared."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dualuse.errors import UnknownNameError, UsageError
from dualuse.knowledge import Knowledge
from dualuse.law.asked import Asked, resolve
from dualuse.law.decide import Decision, decide
from dualuse.law.settling import Settling
from dualuse.law.transaction import UNION
from dualuse.questions.check import QUESTION, check
from dualuse.questions.parts.under import order_of
from dualuse.questions.question import Teller
from dualuse.show.labels import read_labels

ORDERS = ("CN", "EU", "JP", "KR", "MY", "NL", "TW")


def judge(knowledge: Knowledge, order: str, item: str, to: str, day: str, **known: Any) -> Decision:
    world = knowledge.law_under(order)
    asked = Asked(item, 1, to, **{"hq": to, **known})
    return decide(resolve(knowledge.names, asked, date.fromisoformat(day), "codified", world.home), world)


def test_every_rule_and_every_part_left_out_is_of_one_law(knowledge: Knowledge) -> None:
    book = knowledge.laws.rules
    assert knowledge.laws.orders == ("US", *ORDERS)
    assert {len(book.orders[rule.instrument]) for rule in book.rules} == {1}
    own = [book.under((order,)) for order in knowledge.laws.orders]
    assert sum(len(each.rules) for each in own) == len(book.rules)
    assert sum(len(each.not_modelled) for each in own) == len(book.not_modelled)
    assert all(each.not_modelled for each in own)
    for order, each in zip(knowledge.laws.orders, own, strict=True):
        keys = {rule.node.key for rule in each.rules}
        for rule in each.rules:
            assert {*rule.applies_to, *rule.displaces} <= keys, rule.node.key
            assert order == "US" or rule.node.key.startswith(f"{order.lower()}-")


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("item", ["H100 SXM", "3b001", "ear99"])
def test_what_no_rule_of_a_law_names_is_not_cleared(knowledge: Knowledge, order: str, item: str) -> None:
    found = judge(knowledge, order, item, "CH", "2026-03-02", **{"from": "FR" if order == UNION else order})
    assert found.outcome == "indeterminate"
    assert {part.behind.node.key.partition("-")[2] for part in found.barred} == {"unreached-items"}


@pytest.mark.parametrize("order", ORDERS)
def test_what_leaves_from_elsewhere_is_not_cleared(knowledge: Knowledge, order: str) -> None:
    """Brokering, transit and what a law says of things passed on abroad are not modelled."""
    world = knowledge.law_under(order)
    for item in world.items:
        for origin, to in (("GB", "US"), ("SG", "IN"), ("GB", "GB"), ("SG", "CN")):
            for day in ("2025-10-20", "2026-02-20"):
                found = judge(knowledge, order, item, to, day, **{"from": origin})
                assert found.outcome in {"indeterminate", "licence-required"}, (item, origin, to, day)


@pytest.mark.parametrize("place", ["AX", "GF", "GP", "MC", "MF", "MQ", "RE", "YT"])
def test_the_customs_territory_of_the_union_is_wider_than_its_members(knowledge: Knowledge, place: str) -> None:
    assert judge(knowledge, "NL", "nl-3b1001", place, "2024-01-05").outcome == "no-licence-required"
    assert judge(knowledge, "EU", "eu-annex-i", place, "2025-06-02", **{"from": "FR"}).outcome == "indeterminate"
    away = judge(knowledge, "EU", "eu-annex-i", "CN", "2025-06-02", **{"from": place})
    assert away.outcome == ("indeterminate" if place == "MC" else "licence-required")


@pytest.mark.parametrize("day", ["2025-11-07", "2025-11-08", "2026-02-20", "2026-11-10", "2026-11-11"])
@pytest.mark.parametrize("lens", ["codified", "enforced", "announced"])
def test_no_stay_clears_what_leaves_china(knowledge: Knowledge, day: str, lens: str) -> None:
    """What an announcement that is stayed names, another list may hold as well."""
    world = knowledge.law_under("CN")
    for item in world.items:
        asked = Asked(item, 1, "US", hq="US", exporter="Nexperia")
        found = decide(resolve(knowledge.names, asked, date.fromisoformat(day), lens, "CN"), world)
        assert found.outcome in {"indeterminate", "licence-required"}, item


def test_the_law_of_the_union_counts_in_its_members(knowledge: Knowledge) -> None:
    for order in ("NL", "FR"):
        assert judge(knowledge, order, "eu-annex-i", "CN", "2025-06-02").outcome == "licence-required"
    assert judge(knowledge, "FR", "nl-3b1001", "CN", "2025-06-02").outcome == "indeterminate"
    assert judge(knowledge, "NL", "nl-3b1001", "GB", "2025-06-02").outcome == "licence-required"


def test_places_are_taken_as_they_are(knowledge: Knowledge) -> None:
    assert knowledge.law.resolve("HK", date(2025, 6, 2)) == ("CN",)
    assert knowledge.law_under("NL").resolve("HK", date(2025, 6, 2)) == ("HK",)
    assert judge(knowledge, "CN", "cn-gallium", "HK", "2025-06-02").outcome == "licence-required"


def test_an_item_is_on_the_list_while_the_announcement_counts_that_put_it_there(knowledge: Knowledge) -> None:
    def listed(item: str, day: str) -> object:
        world = knowledge.law_under("CN")
        case = resolve(knowledge.names, Asked(item, 1, "US"), date.fromisoformat(day), "codified", "CN")
        return world.classification(case)["cn-dual-use-list"]

    assert [listed("cn-gallium", day) for day in ("2023-07-31", "2023-08-01")] == [False, True]
    assert [listed("cn-batteries", day) for day in ("2025-11-06", "2025-11-20", "2026-12-01")] == [False, False, None]


@pytest.mark.parametrize(
    ("given", "order"),
    [("cn", "CN"), ("China", "CN"), ("MOFCOM", "CN"), ("Netherlands", "NL"), ("EU", "EU"), ("European Union", "EU")],
)
def test_whose_law_can_be_named(knowledge: Knowledge, given: str, order: str) -> None:
    assert order_of(knowledge, given) == order


def test_a_law_that_is_not_on_record_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="no rule of the law of BR is on record; known: US, CN, EU"):
        check(knowledge, "cn-gallium", 1, "US", under="Brazil")
    with pytest.raises(UsageError, match="--under 'NVIDIA' names no place and no authority of one"):
        order_of(knowledge, "NVIDIA")
    with pytest.raises(UnknownNameError):
        order_of(knowledge, "Atlantis")


def test_lists_of_other_laws_settle_nothing(knowledge: Knowledge) -> None:
    for order, own in (("US", "entity-list"), ("CN", "cn-control-list")):
        world = knowledge.law_under(order)
        case = resolve(knowledge.names, Asked("h20", 1, "CH"), date(2025, 6, 2), "codified", world.home)
        asked = {each.fact.name: each for each in Settling(world).questions(case, decide(case, world))}
        values = {lead.value for lead in asked["listed"].leads}
        assert own in values
        assert all(str(value).startswith("cn-") for value in values) is (order == "CN")


def test_places_that_a_rule_names_settle_where_it_leaves_from(knowledge: Knowledge) -> None:
    world = knowledge.law_under("EU")
    case = resolve(knowledge.names, Asked("eu-annex-i", 1, "CN"), date(2025, 6, 2), "codified", world.home)
    (question,) = Settling(world).questions(case, decide(case, world))
    assert (question.fact.name, question.open) == ("origin", True)
    assert {(lead.value, lead.decision.outcome, lead.others) for lead in question.leads} == {
        ("AT", "licence-required", 33),
        ("CH", "indeterminate", len(world.places.tiers) - 35),
    }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("CN", "cn-gallium", "US", "2025-06-02"), "policy-of-denial"),
        (("CN", "cn-gallium", "US", "2025-11-20"), "it may be stricter than what is on record"),
        (("CN", "cn-gallium", "US", "2023-06-01"), "Control of items that no rule here names on the day"),
        (("NL", "nl-duv-1970i-1980i", "CN", "2024-10-01"), "case-by-case"),
        (("JP", "jp-23-items", "CN", "2024-10-01"), "the general licence for 42 named countries and regions"),
    ],
)
def test_the_answer_speaks_of_its_own_law(knowledge: Knowledge, asked: tuple[str, str, str, str], said: str) -> None:
    order, item, to, day = asked
    card = check(knowledge, item, 1, to, under=order, as_of=day, hq=to)
    told = f"{card.answer} {card.because} {card.unknown}"
    assert said in told
    assert card.question["under"] == order
    for word in ("EAR99", "BIS", "part 744", "742.6", "Entity List"):
        assert word not in told, word


def test_the_sentence_says_whose_law(knowledge: Knowledge) -> None:
    card = check(knowledge, "cn-gallium", 1, "US", under="CN", as_of="2025-06-02")
    said = QUESTION.sentence(Teller(card, read_labels(knowledge.store, card))).said
    assert said.en.startswith("Under the law of China: what does it take to ship 1")
    assert said.hans.startswith("依中国法律：从中国运送")
