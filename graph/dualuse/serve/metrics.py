"""What the server counts, as text that Prometheus reads.

Written by hand: four kinds of figures and one format of lines, for which a library of its own would be one more thing
to install, with a registry that all of a process share.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the classes of seconds."""

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts of requests, and of the seconds they took."""

    def __init__(self) -> None:
        self.requests: Counter[Labels] = Counter()
        self._classes: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self._seconds: dict[str, float] = defaultdict(float)

    def count(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        self.requests[("route", route), ("method", method), ("status", str(status))] += 1
        self._classes[route][bisect_left(BOUNDS, seconds)] += 1
        self._seconds[route] += seconds

    def text(self, gauges: Mapping[str, tuple[str, float]], killed: Mapping[str, int]) -> str:
        """All of it in the text format.

        Args:
            gauges: Name -> what it means, and how much it is now.
            killed: Why processes were killed -> how many.
        """
        lines = [
            *_family("dualuse_requests_total", "counter", "Requests answered.", self.requests.items()),
            *_head("dualuse_request_seconds", "histogram", "Seconds from a request to its answer."),
            *self._histogram(),
            *_family(
                *("dualuse_killed_total", "counter", "Processes killed at work."),
                [((("why", why),), number) for why, number in killed.items()],
            ),
        ]
        for name, (meaning, number) in sorted(gauges.items()):
            lines += _family(name, "gauge", meaning, [((), number)])
        return "".join(f"{line}\n" for line in lines)

    def _histogram(self) -> Iterator[str]:
        for route, classes in sorted(self._classes.items()):
            total = 0
            for bound, number in zip((*map(str, BOUNDS), "+Inf"), classes, strict=True):
                total += number
                yield _line("dualuse_request_seconds_bucket", (("route", route), ("le", bound)), total)
            yield _line("dualuse_request_seconds_sum", (("route", route),), round(self._seconds[route], 6))
            yield _line("dualuse_request_seconds_count", (("route", route),), total)


def _family(name: str, kind: str, meaning: str, values: Iterable[tuple[Labels, float]]) -> Iterator[str]:
    yield from _head(name, kind, meaning)
    for labels, number in sorted(values):
        yield _line(name, labels, number)


def _head(name: str, kind: str, meaning: str) -> tuple[str, str]:
    return f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"


def _line(name: str, labels: Labels, number: float) -> str:
    told = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels)
    return f"{name}{{{told}}} {number}" if told else f"{name} {number}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
