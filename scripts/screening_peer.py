"""nomenklatura beside dualuse: run by a Python that has nomenklatura installed; it needs nothing of dualuse.

Reads a task as JSON from the file named first, and writes what came of it as JSON: *pairs* (name sought, names of
a party, whether a person) to be scored by each of some algorithms, or *names* and *queries* to be matched behind the
package's own index.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BEST = 5
"""How many of the best are looked at for a name sought."""


def entity(key: str, names: list[str], person: bool) -> Any:
    """An entity of FollowTheMoney with nothing but names."""
    from followthemoney import ValueEntity

    schema = "Person" if person else "Company"
    told = {"id": key, "schema": schema, "caption": names[0], "datasets": ["list"], "properties": {"name": names}}
    return ValueEntity.from_dict(told)


def score(pairs: list[tuple[str, list[str], bool]], algorithms: list[str]) -> dict[str, Any]:
    """Score each pair with each algorithm; ids differ, since names are remembered by id."""
    from nomenklatura.matching import get_algorithm

    found = {}
    for name in algorithms:
        algorithm: Any = get_algorithm(name)
        config = algorithm.default_config()
        start = time.perf_counter()
        scores = [
            algorithm.compare(entity(f"q{n}", [sought], person), entity(f"c{n}", names, person), config).score
            for n, (sought, names, person) in enumerate(pairs)
        ]
        found[name] = {"scores": scores, "seconds": time.perf_counter() - start}
    return found


def is_person(name: str) -> bool:
    """Whether a name is written as that of a person: the family name first, and a comma."""
    return "," in name and " Co" not in name


class Names:
    """A view of names alone, as the index reads one."""

    def __init__(self, names: list[str]) -> None:
        self._names = names

    def entities(self, **_: Any) -> Iterator[Any]:
        """Each name as an entity."""
        for number, name in enumerate(self._names):
            yield entity(f"n{number}", [name], is_person(name))


def match(names: list[str], queries: list[str], algorithm: str) -> dict[str, Any]:
    """Match queries behind the index: the seconds that it took to build, and to find and score what it proposes."""
    from nomenklatura.blocker.index import Index
    from nomenklatura.matching import get_algorithm

    scorer: Any = get_algorithm(algorithm)
    config = scorer.default_config()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        view: Any = Names(names)
        index: Any = Index(view, Path(folder))
        index.build()
        built = time.perf_counter() - start
        scores: dict[str, list[tuple[float, int]]] = {}
        start, compared = time.perf_counter(), 0
        sought = {f"q{n}": entity(f"q{n}", [name], is_person(name)) for n, name in enumerate(queries)}
        for key, proposed in index.match_entities(sought.values()):
            for other, _ in proposed:
                number = int(str(other)[1:])
                candidate = entity(str(other), [names[number]], is_person(names[number]))
                scores.setdefault(str(key), []).append(
                    (scorer.compare(sought[str(key)], candidate, config).score, number)
                )
                compared += 1
        best = {key: sorted(found, reverse=True)[:BEST] for key, found in scores.items()}
        return {"build": built, "seconds": time.perf_counter() - start, "compared": compared, "best": best}


def main() -> None:
    """Do the task of a file."""
    task = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    if "pairs" in task:
        found = score(task["pairs"], task["algorithms"])
    else:
        found = match(task["names"], task["queries"], task["algorithm"])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
