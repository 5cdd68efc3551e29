"""Each test a rule may put, once true, once false, and once unknown where it can be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dualuse.build import Built
from dualuse.dates import PartialDate
from dualuse.errors import CuratedDataError, StoreError, UsageError
from dualuse.law import tests
from dualuse.law.finding import explain, holds, is_steady, left_of
from dualuse.law.kinds import COMBINATIONS, Things, facts, kinds, stated
from dualuse.law.rules import read_rules
from dualuse.law.transaction import Transaction, World
from dualuse.law.truth import Truth, negate
from dualuse.load.curated import read_curated
from dualuse.model.fields import fields_of
from dualuse.model.rules import Condition
from dualuse.shipments import columns
from dualuse.store import MemoryStore

DAY = date(2025, 6, 1)
D5, FRIENDS, AMD = frozenset({"us-d5"}), frozenset({"us-supp5a"}), frozenset({"amd"})


def question(operator: str, *expects: str, **given: Any) -> Condition:
    """A test of a kind, or several combined, that asks for something."""
    several = next(field for field in fields_of(Condition) if field.name == operator).many is not None
    asked: Any = given.pop("operands", None) or given.pop("asked", None) or (expects if several else expects[0])
    return Condition(says="it is so", **{operator: asked}, **given)


def shipped(**known: Any) -> Transaction:
    core = {name: known.pop(name) for name in ("to", "product", "item") if name in known}
    return Transaction(DAY, "codified", 10, core.pop("to", "CH"), **core, facts=tuple(stated(known).items()))


CASES: list[tuple[str, Condition, dict[str, Any], Truth]] = [
    ("item", question("item", "3a090.a"), {"product": "h100-sxm"}, True),
    ("item", question("item", "3a090.a"), {"product": "h20"}, False),
    ("item", question("item", "3a090.a"), {"item": "3a090"}, None),
    ("item", question("item", "3a090.a", "4e091"), {"item": "4e091"}, True),
    ("product", question("product", "h20"), {"product": "h20"}, True),
    ("product", question("product", "h20"), {"product": "h100-sxm"}, False),
    ("product", question("product", "h20"), {"item": "3a090.a"}, False),
    ("product", question("product", "h100-sxm"), {"item": "3a090.a"}, None),
    ("product", question("product", "mi308"), {"item": "3a090.b"}, None),
    ("made_in", question("made_in", "CN"), {"made_in": "CN"}, True),
    ("made_in", question("made_in", "CN"), {"made_in": "JP"}, False),
    ("made_in", question("made_in", "CN"), {}, None),
    ("consignee", question("consignee", "CN"), {"consignee_hq": "CN", "parent_hq": "US"}, True),
    ("consignee", question("consignee", "CN"), {"consignee_hq": "JP", "parent_hq": "CN"}, False),
    ("consignee", question("consignee", "CN"), {"parent_hq": "CN"}, None),
    ("place", question("place", "CN"), {"to": "HK"}, True),
    ("place", question("place", "CN"), {"to": "MO"}, False),
    ("destination", question("destination", "us-d5"), {"to": "HK"}, True),
    ("destination", question("destination", "us-d5"), {"to": "MO"}, False),
    ("destination", question("destination", "us-d5"), {"to": "ET"}, None),
    ("destination", question("destination", "us-supp5a"), {"to": "PR"}, True),
    ("headquarters", question("headquarters", "us-d5"), {"consignee_hq": "CH", "parent_hq": "CN"}, True),
    ("headquarters", question("headquarters", "us-d5"), {"consignee_hq": "CN"}, True),
    ("headquarters", question("headquarters", "us-d5"), {"consignee_hq": "CH", "parent_hq": "CH"}, False),
    ("headquarters", question("headquarters", "us-d5"), {"consignee_hq": "CH"}, None),
    ("headquarters_all", question("headquarters_all", "us-supp5a"), {"consignee_hq": "GB", "parent_hq": "US"}, True),
    ("headquarters_all", question("headquarters_all", "us-supp5a"), {"consignee_hq": "CH"}, False),
    ("headquarters_all", question("headquarters_all", "us-supp5a"), {"parent_hq": "CH"}, False),
    ("headquarters_all", question("headquarters_all", "us-supp5a"), {"consignee_hq": "GB"}, None),
    ("origin", question("origin", "US"), {"origin": "US"}, True),
    ("origin", question("origin", "US"), {"origin": "SG"}, False),
    ("origin", question("origin", "US"), {}, None),
    ("exporter", question("exporter", "amd"), {"exporter": "amd"}, True),
    ("exporter", question("exporter", "amd"), {"exporter": "nvidia"}, False),
    ("exporter", question("exporter", "amd"), {}, None),
    ("end_use", question("end_use", "research"), {"end_use": "research"}, True),
    ("end_use", question("end_use", "research"), {"end_use": "other"}, False),
    ("end_use", question("end_use", "research"), {}, False),
    ("data_centre", question("data_centre", "yes"), {"product": "h100-sxm"}, True),
    ("data_centre", question("data_centre", "no"), {"product": "h100-sxm"}, False),
    ("data_centre", question("data_centre", "yes"), {"item": "3a090.a"}, None),
    ("data_centre", question("data_centre", "yes"), {"item": "3a090.a", "data_centre": True}, True),
    ("data_centre", question("data_centre", "yes"), {"product": "h100-sxm", "data_centre": False}, True),
    ("foreign_made", question("foreign_made", "yes"), {"foreign_made": True}, True),
    ("foreign_made", question("foreign_made", "yes"), {}, False),
    ("direct_product", question("direct_product", "yes"), {"direct_product": True}, True),
    ("direct_product", question("direct_product", "yes"), {"direct_product": False}, False),
    ("direct_product", question("direct_product", "yes"), {}, None),
    ("us_part", question("us_part", "yes"), {"us_part": True}, True),
    ("us_part", question("us_part", "yes"), {"us_part": False}, False),
    ("us_part", question("us_part", "yes"), {}, None),
    ("designed_by", question("designed_by", "biren"), {"product": "br100"}, True),
    ("designed_by", question("designed_by", "biren"), {"product": "h100-sxm"}, False),
    ("designed_by", question("designed_by", "biren"), {"item": "3a090.a"}, False),
    ("addressee", question("addressee", "amd"), {"exporter": "amd"}, True),
    ("addressee", question("addressee", "amd"), {"exporter": "intel"}, False),
    ("addressee", question("addressee", "amd"), {}, False),
    ("end_use_place", question("end_use_place", "CN"), {"end_use_in": "HK"}, True),
    ("end_use_place", question("end_use_place", "CN"), {"end_use_in": "JP"}, False),
    ("end_use_place", question("end_use_place", "CN"), {}, None),
    ("end_use_group", question("end_use_group", "us-d5"), {"end_use_in": "CN"}, True),
    ("end_use_group", question("end_use_group", "us-d5"), {"end_use_in": "JP"}, False),
    ("end_use_group", question("end_use_group", "us-d5"), {}, None),
    ("d5_customers", question("d5_customers", "yes"), {"d5_customers": True}, True),
    ("d5_customers", question("d5_customers", "yes"), {"d5_customers": False}, False),
    ("d5_customers", question("d5_customers", "yes"), {}, False),
    ("deemed", question("deemed", "yes"), {"deemed": True}, True),
    ("deemed", question("deemed", "yes"), {}, False),
    ("band", question("band", "lower"), {"band": "lower"}, True),
    ("band", question("band", "lower"), {"band": "upper"}, False),
    ("band", question("band", "lower"), {}, None),
    ("designer", question("designer", "approved"), {"designer": "approved"}, True),
    ("designer", question("designer", "approved"), {}, False),
    ("packager", question("packager", "approved-osat"), {"packager": "approved-osat"}, True),
    ("packager", question("packager", "approved-osat"), {"packager": "other"}, False),
    ("number", question("number", "transistors", below=30.0), {"transistors": 29.9}, True),
    ("number", question("number", "us-content", at_most=25.0), {"us_content": 26.0}, False),
    ("number", question("number", "us-content", at_most=25.0), {}, None),
    ("encryption", question("encryption", "yes"), {"encryption_conditions": True}, True),
    ("encryption", question("encryption", "yes"), {}, False),
    ("listed", question("listed", "entity-list"), {"listed": "entity-list"}, True),
    ("listed", question("listed", "entity-list"), {"listed": "unverified-list"}, False),
    ("listed", question("listed", "entity-list"), {}, False),
    ("entry_policy", question("entry_policy", "case-by-case"), {"entry_policy": "case-by-case"}, True),
    ("entry_policy", question("entry_policy", "case-by-case"), {"entry_policy": "policy-of-denial"}, False),
    ("entry_policy", question("entry_policy", "case-by-case"), {}, False),
    ("packaging", question("packaging", "eligible-site"), {"packaging": "eligible-site"}, True),
    ("packaging", question("packaging", "eligible-site"), {}, False),
    ("us_market", question("us_market", "yes"), {"us_market": True}, True),
    ("us_market", question("us_market", "yes"), {"us_market": False}, False),
    ("us_market", question("us_market", "yes"), {}, False),
    ("foreign_equal", question("foreign_equal", "yes"), {"foreign_equal": True}, True),
    ("foreign_equal", question("foreign_equal", "yes"), {"foreign_equal": False}, False),
    ("foreign_equal", question("foreign_equal", "yes"), {}, False),
    ("transfer", question("transfer", "in-country"), {"origin": "CN", "to": "HK"}, True),
    ("transfer", question("transfer", "in-country"), {"origin": "US"}, False),
    ("transfer", question("transfer", "in-country"), {}, None),
    ("validated_end_user", question("validated_end_user", "national"), {"validated_end_user": "national"}, True),
    ("validated_end_user", question("validated_end_user", "national"), {"validated_end_user": "universal"}, False),
    ("validated_end_user", question("validated_end_user", "national"), {}, False),
    ("private_sector", question("private_sector", "yes"), {"private_sector": True}, True),
    ("private_sector", question("private_sector", "yes"), {"private_sector": False}, False),
    ("private_sector", question("private_sector", "yes"), {}, None),
    ("number", question("number", "tpp-per-unit", at_least=15_832.0), {"product": "h100-sxm"}, True),
    ("number", question("number", "tpp-per-unit", below=15_832.0), {"product": "h100-sxm"}, False),
    ("number", question("number", "tpp-total", at_most=158_320.0), {"product": "h100-sxm"}, True),
    ("number", question("number", "tpp-total", at_most=158_319.0), {"product": "h100-sxm"}, False),
    (
        "number",
        question("number", "tpp-year", at_most=158_320.0),
        {"product": "h100-sxm", "already_received": 1.0},
        False,
    ),
    ("number", question("number", "performance-density", at_least=5.92), {"product": "h20"}, False),
    ("number", question("number", "memory-bandwidth", below=6_500.0), {"product": "h200-sxm"}, True),
    ("number", question("number", "tpp-per-unit", below=1.0), {"item": "3a090.a"}, None),
    ("between", question("between", asked=(PartialDate("2025-06-01"), PartialDate("2025-06-02"))), {}, True),
    ("between", question("between", asked=(PartialDate("2025-05-01"), PartialDate("2025-06-01"))), {}, False),
    ("between", question("between", asked=(PartialDate("2025-06"), PartialDate("2025-07"))), {}, None),
]


@pytest.mark.parametrize(("operator", "test", "known", "expected"), CASES)
def test_operator(world: World, operator: str, test: Condition, known: dict[str, Any], expected: Truth) -> None:
    transaction = shipped(**known)
    found = explain(test, transaction, world)
    assert test.operator == operator
    assert found.truth is holds(test, transaction, world) is expected
    assert found.words.startswith("it is so")


GOODS: tuple[dict[str, Any], ...] = (
    *({"product": chip} for chip in ("h100-sxm", "h20", "a800-sxm-80", "ascend-910b1", "mi308")),
    *({"item": item} for item in ("3a090.a", "3a090.c", "4a003.z", "4e001", "3b001", "5a992.z")),
)


@pytest.mark.parametrize("goods", GOODS, ids=lambda goods: next(iter(goods.values())))
def test_what_is_left_once_the_goods_are_known(world: World, goods: dict[str, Any]) -> None:
    """Whoever ships them, however many, and wherever to, what is left of a rule's test holds as the whole does."""
    ways: tuple[tuple[str, int, dict[str, Any]], ...] = (
        ("CN", 1, {}),
        ("ET", 10, {"hq": "CN", "exporter": "intel", "band": "upper", "already_received": 1.0}),
        ("NL", 5_000, {"hq": "NL", "end_use": "supercomputer", "foreign_made": True, "private_sector": True}),
    )
    settled = 0
    for day in (date(2022, 12, 1), date(2024, 6, 3), DAY, date(2026, 8, 3)):
        some = Transaction(day, "codified", 10, "CH", **goods)
        left = [(rule.when, left_of(rule.when, some, world)) for rule in world.rules.rules]
        settled += sum(isinstance(test, bool) for _, test in left)
        for to, quantity, known in ways:
            transaction = Transaction(day, "enforced", quantity, to, **goods, facts=tuple(stated(known).items()))
            for whole, rest in left:
                found = rest if isinstance(rest, bool) else holds(rest, transaction, world)
                assert found is holds(whole, transaction, world), (whole.says, transaction)
                if is_steady(whole):
                    assert found is holds(whole, transaction.of_units(10_000_000), world), "of any quantity alike"
    assert settled > 100


def leaf(world: World, truth: Truth) -> tuple[Condition, Transaction]:
    """A question whose answer is this, all three of one transaction."""
    asked = {True: question("place", "CH"), False: question("place", "CN"), None: question("exporter", "amd")}
    return asked[truth], shipped()


@pytest.mark.parametrize("operator", ["all", "any", "none"])
@pytest.mark.parametrize("first", [True, False, None])
@pytest.mark.parametrize("second", [True, False, None])
def test_combinations(world: World, operator: str, first: Truth, second: Truth) -> None:
    """The quick way and the way that explains give the same, and name what decides."""
    operands = tuple(leaf(world, truth)[0] for truth in (first, second))
    test, transaction = question(operator, operands=operands), shipped()
    expected: dict[str, Callable[[list[Truth]], Truth]] = {
        "all": lambda t: False if False in t else None if None in t else True,
        "any": lambda t: True if True in t else None if None in t else False,
        "none": lambda t: False if True in t else None if None in t else True,
    }
    found = explain(test, transaction, world)
    assert found.truth is holds(test, transaction, world) is expected[operator]([first, second])
    decisive = list(found.decisive(found.truth))
    assert decisive
    sought = negate(found.truth) if operator == "none" else found.truth
    assert {each.truth for each in decisive} == {sought}
    assert all(each.refused is (operator == "none") for each in decisive)


def test_what_must_not_be_is_told_so(world: World) -> None:
    found = explain(question("none", operands=(question("place", "CH"),)), shipped(), world)
    assert [each.words for each in found.decisive(False)] == ["must not be: it is so (CH)"]


def test_every_kind_is_tried_and_explained() -> None:
    """Every module of the package is a kind by its name, and this file tries it."""
    modules = {path.stem for path in Path(tests.__path__[0]).glob("[a-z]*.py")}
    assert modules == set(kinds()) == {case[0] for case in CASES}
    orders = [kind.order for kind in kinds().values()]
    assert orders == sorted(set(orders))
    assert all(kind.holds and kind.meaning.endswith(".") for kind in kinds().values())


def test_every_kind_is_a_field_and_every_fact_an_option_and_a_column() -> None:
    from dualuse.cli.commands import command
    from dualuse.questions.check import QUESTION

    assert set(kinds()) <= {field.name for field in fields_of(Condition)}
    assert set(facts()) <= {option.removeprefix("--") for each in command(QUESTION).params for option in each.opts}
    assert set(facts()) <= set(columns())


def test_facts_are_known_by_option_and_by_name() -> None:
    assert stated({"veu": "national", "parent_hq": "CH", "from": "US"}) == stated(
        {"origin": "US", "hq": "CH", "validated_end_user": "national"}
    )
    with pytest.raises(UsageError, match="no fact 'end_user' is asked of a transaction; nearest: end-use"):
        stated({"end_user": "me"})


REFERRING = {name: kind.form for name, kind in kinds().items() if isinstance(kind.form, Things)}


@pytest.mark.parametrize("name", REFERRING)
def test_a_key_that_no_table_has_is_refused_in_every_kind_that_refers(data_copy: Path, name: str) -> None:
    table = REFERRING[name].table
    key = "ZZ" if table == "places" else "zz"
    file = data_copy / "rules" / "exc-lpp.yml"
    head, _, rest = file.read_text("utf-8").partition("when:\n")
    file.write_text(f"{head}when:\n  {name}:\n    - {key}\n  says: it is so\n{rest[rest.index('code:') :]}", "utf-8")
    with pytest.raises(CuratedDataError, match=f"rules/exc-lpp.yml:10: when.{name}.0: '{key}' is not in {table}"):
        read_curated(data_copy)


def test_a_test_that_only_another_version_knows_is_told(built: Built) -> None:
    store = MemoryStore()
    store.replace(built.store.nquads().replace(b'operator> "transfer"', b'operator> "teleport"'))
    with pytest.raises(StoreError, match=r"puts a test 'teleport' that is not known here; known: .*transfer"):
        read_rules(store)


def test_every_rule_uses_known_operators(world: World) -> None:
    def operators(test: Condition) -> set[str]:
        return {test.operator}.union(*(operators(operand) for operand in test.operands))

    used = set().union(*(operators(rule.when) for rule in world.rules.rules))
    assert used <= set(kinds()) | set(COMBINATIONS)
    assert len(used) >= 14
