"""Cards made up for the tests of their pages, and the browser of the explorer's tests."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dualuse import questions
from dualuse.card import Card, Receipt, Unknown, Version
from dualuse.show.words import Said

HOSTILE = "</script><img src=x onerror=alert(1)>"
DAY = date(2025, 6, 1)
VERSION = Version("0.1.0", "9f2c4d7e" * 8, date(2026, 11, 22))
RULE = "us-ai-diffusion-ifr-2025-01"
NOTICE = "https://www.federalregister.gov/d/2025-00636"
LABELS = {
    ("place", "CH"): Said("Switzerland", "瑞士", "瑞士"),
    ("place", "PL"): Said("Poland", "波蘭", "波兰"),
    ("place", "US"): Said("United States", "美國", "美国"),
    ("group", "us-supp5a"): Said("Supplement No. 5, paragraph (a)", "第 5 號補充 (a) 段", "第 5 号补编 (a) 段"),
    ("instrument", RULE): Said(
        "Framework for Artificial Intelligence Diffusion", "人工智慧擴散框架", "人工智能扩散框架"
    ),
    ("organisation", "tsmc"): Said("TSMC", "台積電", "台积电"),
    ("product", "h100-sxm"): Said("H100 SXM", "H100 SXM", "H100 SXM"),
    ("event-kind", "effectiveness"): Said("effectiveness", "生效", "生效"),
}


def record(hint: Any, values: Any) -> Any:
    """Plain values as what a type hint says: an answer, its rows, and what they hold."""
    if get_origin(hint) in (Union, UnionType):
        return record(next(part for part in get_args(hint) if part is not NoneType), values) if values else values
    if get_origin(hint) is Sequence:
        return [record(get_args(hint)[0], value) for value in values]
    if not is_dataclass(hint):
        return values
    made: Any = hint
    hints = get_type_hints(made)
    keys = {part.metadata.get("key") or part.name: part.name for part in fields(made)}
    return made(**{keys[key]: record(hints[keys[key]], value) for key, value in values.items()})


def card(question: dict[str, Any], answer: dict[str, Any], **given: Any) -> Card[Any]:
    """A card with all its parts; its answer is of its command's class, or plain where there is no such command."""
    blank: dict[str, Any] = {"because": (), "unknown": (), "query": "", "lens": "codified", "as_of": DAY}
    tables = tuple(key for key, part in answer.items() if isinstance(part, list))
    known = questions.answered(question)
    typed = answer if known is None else record(known.answer, answer)
    return Card(question=question, answer=typed, dataset=VERSION, **{"tables": tables} | blank | given)


def receipt(kind: str, text: str, provision: str = "", source: str = NOTICE, confidence: str = "high") -> Receipt:
    """A line of evidence."""
    return Receipt(f"https://w3id.org/dualuse/id/{kind}", text, provision, source, confidence)


def check_card() -> Card[Any]:
    """A licence check that comes out as an exception."""
    question = {
        "command": "check",
        "quantity": 100,
        "to": "CH",
        "product": "h100-sxm",
        "parent_hq": "CH",
        "origin": "US",
    }
    answer = {
        "outcome": "licence-exception",
        "exception": "LPP",
        "review_policy": None,
        "requirements": [
            {
                "rule": "Worldwide requirement",
                "provision": "15 CFR 742.6(a)(6)",
                "result": "applies",
                "why": "it is 3a090",
            }
        ],
        "exceptions": [
            {
                "code": "NAC",
                "result": "fail",
                "failed": ["for data centres", "it meets 3A090.a"],
                "provision": "15 CFR 740.8",
            },
            {"code": "ACA", "result": "fail", "failed": ["for data centres"], "provision": "15 CFR 740.8"},
            {"code": "LPP", "result": "pass", "failed": [], "provision": "15 CFR 740.29(a)"},
        ],
        "quantities": {
            "tpp_per_unit": None,
            "tpp_total": 1583200.0,
            "allocation_share": 0.002,
            "h100_equivalents": None,
            "lpp_limit_units": None,
        },
        "duties": [],
    }
    because = (
        receipt("decision-rule/rs", "Worldwide requirement", "15 CFR 742.6(a)(6)"),
        receipt("decision-rule/nac", "Notified Advanced Computing (NAC)", "15 CFR 740.8", confidence="medium"),
        receipt("decision-rule/aca", "Advanced Computing Authorized (ACA)", "15 CFR 740.8"),
        receipt("decision-rule/lpp", "Low Processing Performance (LPP)", "15 CFR 740.29(a)", "javascript:alert(1)", ""),
    )
    unknown = (Unknown("what was received before", "taken as nothing"),)
    return card(question, answer, because=because, unknown=unknown, query="SELECT ?rule WHERE { ?rule a du:Rule }")


def status_card() -> Card[Any]:
    """A status with its timeline."""
    blank: dict[str, Any] = {"until": None, "by": None, "scope": [], "source": NOTICE}
    rows = [
        {"date": "2025-01-13", "event": "effectiveness", "effect": "binding", "text": "It took effect.", "past": True},
        {"date": "2025-05", "event": "announcement", "effect": "announced", "text": "To be rescinded.", "past": True},
        {"date": "2026-01-15", "event": "amendment", "effect": "binding", "text": "Rewritten.", "past": False},
    ]
    answer = {
        "in_short": "Enforced: not enforced since 2025-05-13; codified: in force since 2025-01-13.",
        "instrument": RULE,
        "title": "Framework",
        "status": "not-enforced",
        "codified": "in-force",
        "enforced": "not-enforced",
        "announced": "ended",
        "timeline": [r | blank for r in rows],
    }
    because = (
        receipt("event/e.2", "2025-05: To be rescinded."),
        receipt("event/e.1", "2025-01-13: It took effect.", "90 FR 4544"),
    )
    return card({"command": "status", "instrument": RULE, "provision": None}, answer, because=because, lens="enforced")


def why_card() -> Card[Any]:
    """Two paths to a company."""
    steps = ["Framework sets a cap [15 CFR 748.15]", "the cap reaches Taiwan", "Taiwan is the seat of TSMC"]
    answer = {
        "paths": [
            {"channel": "headquarters", "path": steps, "more_paths": 28},
            {"channel": "market", "path": steps[:2], "more_paths": 0},
        ]
    }
    because = (
        receipt("measure/cap", "Framework sets a cap", "15 CFR 748.15"),
        receipt("measure/cap", "the cap reaches Taiwan"),
    )
    return card(
        {"command": "why", "party": "organisation:tsmc", "measure": RULE, "all": False}, answer, because=because
    )


def whatif_card() -> Card[Any]:
    """A country moved."""
    answer = {
        "scenario": "https://w3id.org/dualuse/graph/scenario/PL",
        "places": [
            {"place": "PL", "name": "Poland", "tier_before": 2, "tier_after": 1, "left": [], "joined": ["us-supp5a"]},
        ],
        "exposures": [
            {
                "party": "TSMC",
                "id": "organisation:tsmc",
                "channel": "site",
                "through": "place:PL",
                "change": "changed",
                "before": ["us-residual"],
                "after": ["us-supp5a"],
            }
        ],
        "transactions": [
            {
                "transaction": "1",
                "before": "licence-required presumption-of-denial",
                "after": "licence-exception LPP",
            }
        ],
    }
    return card({"command": "whatif", "move": ["PL:us-supp5a"], "remove_exception": [], "by": RULE}, answer)


def count_card() -> Card[Any]:
    """Sizes of the tiers."""
    rows = [{"universe": "United Nations member states", "total": 193, "tier1": 18, "tier2": 152, "tier3": 23}]
    because = (receipt("group/un", "18 + 152 + 23 of 193 in United Nations member states"),)
    return card({"command": "groups", "count": True, "claimed": None}, {"counts": rows}, because=because, lens="")


CARDS = {"check": check_card, "status": status_card, "why": why_card, "whatif": whatif_card, "count": count_card}


def hostile(given: Card[Any]) -> Card[Any]:
    """The same card with markup in every text, keys of its own parts aside."""

    def spoil(part: Any) -> Any:
        if isinstance(part, str):
            return f"{part}{HOSTILE}"
        if isinstance(part, dict):
            return {key: spoil(inner) for key, inner in part.items()}
        return [spoil(inner) for inner in part] if isinstance(part, list) else part

    return replace(
        given,
        question={"command": given.question["command"]}
        | {k: spoil(v) for k, v in given.question.items() if k != "command"},
        answer=record(type(given.answer), spoil(given.plain)),
        because=tuple(Receipt(*(spoil(text) for text in vars(each).values())) for each in given.because),
        unknown=(Unknown(HOSTILE, HOSTILE),),
        query=HOSTILE,
        lens=HOSTILE,
        dataset=Version(HOSTILE, HOSTILE, VERSION.known_on),
    )
