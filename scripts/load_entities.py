"""Made-up entities of FollowTheMoney, as many as asked for, in the shape of those that OpenSanctions publishes.

Persons, seats and companies have the fields, old ids and numbers of values of the samples; who owns, directs and is
listed is linked to one of those before it. One in fifty is large, as those are that stand on many lists.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from screening_names import names

_COUNTRIES = ("ve", "ru", "cn", "ir", "us", "kp", "sy", "by", "mm", "hk", "ae", "suhh")
_LISTS = ("ve_asamblea_nacional", "us_ofac_sdn", "us_trade_csl", "eu_fsf", "gb_fcdo_sanctions", "ua_war_sanctions")
_OTHER = ("Владимир Николаевич", "上海微電子", "تنظيم القاعدة", "Saúl Antonio Ortega", 'OOO "Роga"')
_KINDS = ("Person",) * 9 + ("Occupancy",) * 5 + ("Company",) * 3 + ("Ownership", "Directorship", "Sanction")
_MANY = 50
_NAMES = 20_000


def write_entities(file: Path, count: int) -> None:
    """Write entities as lines of JSON, the same for each number of them."""
    with file.open("w", encoding="utf-8", newline="") as out:
        for each in entities(count):
            out.write(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n")


def entities(count: int) -> Iterator[dict[str, Any]]:
    """Entities, the first of them a person."""
    dice = random.Random(11)  # noqa: S311 - not for secrets
    called = list(names(_NAMES))
    for number in range(count):
        schema = dice.choice(_KINDS) if number else "Person"
        old = [f"ve-asamblea-{dice.getrandbits(160):040x}" for _ in range(dice.choice((0, 0, 1, 2)))]
        said = _said(dice, schema, number, called)
        if schema in ("Person", "Company") and dice.randrange(_MANY) == 0:
            said["alias"] = [dice.choice(called) for _ in range(40)]
            old = [f"evpo-{dice.getrandbits(128):032x}" for _ in range(15)]
        yield {
            "id": _id(number),
            "caption": (said.get("name") or [schema])[0],
            "schema": schema,
            "referents": old,
            "datasets": [dice.choice(_LISTS)],
            "first_seen": "2024-01-30T20:02:45",
            "last_seen": "2025-11-18T14:26:02",
            "last_change": f"2025-{dice.randint(1, 12):02}-12T10:01:54",
            "properties": {name: list(dict.fromkeys(values)) for name, values in said.items()},
            "target": schema in ("Person", "Company"),
        }


def _said(dice: random.Random, schema: str, number: int, called: list[str]) -> dict[str, list[str]]:
    """What is said of an entity, each property with its values."""

    def before() -> list[str]:
        return [_id(dice.randrange(max(1, number)))]

    def day() -> list[str]:
        return [f"{dice.randint(1940, 2025)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"]

    match schema:
        case "Person" | "Company":
            name = dice.choice(called)
            said = {"name": [name], "country": [dice.choice(_COUNTRIES)], "topics": ["role.pep"]}
            said["sourceUrl"] = [f"https://www.asambleanacional.gob.ve/diputado/{number}"]
            if dice.random() < 0.3:
                said["name"].append(f"{dice.choice(_OTHER)} {number}")
            if dice.random() < 0.2:
                said["birthDate" if schema == "Person" else "incorporationDate"] = day()
                said["idNumber" if schema == "Person" else "registrationNumber"] = [f"V-{number}"]
            if dice.random() < 0.1:
                said["notes"] = [f'Listed with others; "{name}"\nsee the notice of {day()[0]}.']
            return said
        case "Occupancy":
            return {"holder": before(), "post": before(), "status": ["current"]}
        case "Ownership":
            share = [f"{dice.randint(1, 100)}"]
            return {"owner": before(), "asset": before(), "percentage": share, "startDate": day()}
        case "Directorship":
            return {"director": before(), "organization": before(), "role": ["Director"]}
        case _:
            act = {"authority": ["Bureau of Industry and Security"], "programId": ["US-BIS-EL"]}
            return {"entity": before(), "listingDate": day(), "reason": ["§ 744.21 of the EAR"], **act}


def _id(number: int) -> str:
    """The id of an entity: a part of it as short and as mixed as those of OpenSanctions."""
    return f"NK-{number * 2654435761 % (1 << 32):08x}{number:014x}"
