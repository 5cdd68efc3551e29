"""Take the shapes of countries into the package: world-atlas of npm, projected, simplified, and compressed.

    .venv/bin/python scripts/vendor_world.py

Needs npm and a network. The shapes are those of Natural Earth, 1:50,000,000, as world-atlas publishes them: whose
borders they draw, LICENSES.txt says. They are put on an equal-area map (Equal Earth) in whole units, and points that
hardly show are left out, each stretch of border once, so that neighbours still meet. What is written is the same bytes
each time.
"""

from __future__ import annotations

import csv
import gzip
import heapq
import json
import math
import tempfile
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from vendoring import install

PACKAGES = {
    "world-atlas": (
        "2.0.2",
        "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
    ),
    "i18n-iso-countries": (
        "7.14.0",
        "sha512-nXHJZYtNrfsi1UQbyRqm3Gou431elgLjKl//CYlnBGt5aTWdRPH1PiS2T/p/n8Q8LnqYqzQJik3Q7mkwvLokeg==",
    ),
}
"""The shapes; and the numbers of ISO 3166-1 by which they go."""
ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "graph" / "dualuse" / "explore" / "atlas"
WIDTH = 8000
"""Units across: one is some five kilometres."""
LEAST = 9.0
"""Area in square units of a triangle below which its middle point is left out."""
ISLAND = 12.0
"""Area of an island below which it is left out, unless it is the largest part of its country."""
SMALL = 700.0
"""Area of a country below which it is drawn as a dot too, for it could hardly be seen or hit."""
ANTARCTICA = "010"
UNNUMBERED = {"Kosovo": "XK"}
"""Shapes without a number that are a place of the record."""
DOTS = {
    "BQ": (-68.3, 12.2), "BV": (3.4, -54.4), "CC": (96.8, -12.2), "CX": (105.7, -10.5), "GF": (-53.1, 3.9),
    "GI": (-5.4, 36.1), "GP": (-61.6, 16.2), "MQ": (-61.0, 14.6), "RE": (55.5, -21.1), "SJ": (16.0, 78.5),
    "TK": (-171.8, -9.2), "TV": (179.2, -8.5), "UM": (166.6, 19.3), "XH": (38.5, 48.6), "XM": (34.3, 45.3),
    "XO": (37.8, 47.9), "YT": (45.2, -12.8),
}  # fmt: skip
"""About where those lie that have no shape of their own: longitude, latitude."""
REGIONS = {
    "europe": (-12, 34, 45, 71), "middle-east": (24, 11, 66, 43), "central-south-asia": (44, 4, 98, 54),
    "east-asia": (92, 17, 148, 52), "south-east-asia": (90, -12, 142, 27), "oceania": (110, -48, 179, 16),
    "africa": (-26, -36, 60, 38), "north-america": (-168, 13, -50, 78), "caribbean": (-93, 6, -57, 28),
    "south-america": (-84, -56, -33, 14),
}  # fmt: skip
"""What the page zooms to: west, south, east, north."""
_NOTICE = """The shapes are those of Natural Earth (naturalearthdata.com), 1:50,000,000, which is in the public domain.
It draws borders as they are held on the ground, and where that is disputed, by its own reading; the project takes no
position on any.

They come by way of world-atlas {version}, under this licence:

"""

Point = tuple[int, int]
Place = tuple[float, float]
"""Longitude and latitude; the longitude goes on beyond 180° where an outline crosses it."""


def main() -> None:
    """Write the folder anew."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shapes, iso = (install(folder, name, *pinned) for name, pinned in PACKAGES.items())
        atlas = json.loads((shapes / "countries-50m.json").read_text("utf-8"))
        codes = json.loads((iso / "codes.json").read_text("utf-8"))
        licence = (shapes / "LICENSE").read_text("utf-8")
    TARGET.mkdir(exist_ok=True)
    made = world(atlas, {number: alpha for alpha, _, number, _ in codes}, places())
    text = json.dumps(made, sort_keys=True, separators=(",", ":"))
    packed = bytearray(gzip.compress(text.encode(), 9, mtime=0))
    packed[9] = 255  # "operating system: unknown", which Python versions fill in differently
    (TARGET / "world.json.gz").write_bytes(packed)
    notice = _NOTICE.format(version=PACKAGES["world-atlas"][0]) + licence
    (TARGET / "LICENSES.txt").write_text(notice.rstrip() + "\n", "utf-8")


def places() -> list[str]:
    """Keys of the destinations on record."""
    with (ROOT / "data" / "places.csv").open(encoding="utf-8", newline="") as file:
        return [row["key"] for row in csv.DictReader(file)]


def world(atlas: dict[str, Any], numbers: dict[str, str], wanted: Sequence[str]) -> dict[str, Any]:
    """The map as the page reads it.

    Returns:
        ``size``: width and height; ``regions``: by name, left, top, width, height; ``arcs``: stretches of border as
        x, y and then steps; ``shapes``: by place, rings as numbers of arcs (``~n``: backwards); ``rest``: rings of what
        is no place of the record; ``dots``: by place, x, y.
    """
    lines = [simplified(arc) for arc in unrolled(atlas)]
    arcs = [[projected_point(*place) for place in line] for line in lines]
    shapes: dict[str, list[list[int]]] = {}
    rest: list[list[int]] = []
    for geometry in atlas["objects"]["countries"]["geometries"]:
        code = numbers.get(str(geometry.get("id", ""))) or UNNUMBERED.get(geometry["properties"]["name"], "")
        if geometry.get("id") == ANTARCTICA:
            continue
        rings = [cut for polygon in _polygons(geometry) for ring in polygon for cut in _cut(ring, lines, arcs)]
        kept = _worth(rings, arcs)
        if code in wanted:
            shapes.setdefault(code, []).extend(kept)
        else:
            rest += kept
    dots = {place: projected_point(*DOTS[place]) for place in wanted if place not in shapes and place in DOTS}
    for place, rings in shapes.items():
        largest = max(rings, key=lambda ring: _area(_points(ring, arcs)))
        points = _points(largest, arcs)
        if sum(_area(_points(ring, arcs)) for ring in rings) < SMALL:
            dots[place] = (
                round(sum(x for x, _ in points) / len(points)),
                round(sum(y for _, y in points) / len(points)),
            )
    used: list[list[int]] = []
    numbered: dict[int, int] = {}
    for ring in [*rest, *(ring for rings in shapes.values() for ring in rings)]:
        for arc in ring:
            number = max(arc, ~arc)
            if number not in numbered:
                numbered[number] = len(used)
                used.append(_steps(arcs[number]))

    def again(rings: list[list[int]]) -> list[list[int]]:
        return [[numbered[arc] if arc >= 0 else ~numbered[~arc] for arc in ring] for ring in rings]

    return {
        "arcs": used,
        "dots": {place: dots[place] for place in sorted(dots)},
        "regions": {name: _box(*bounds) for name, bounds in REGIONS.items()},
        "rest": again(rest),
        "shapes": {place: again(shapes[place]) for place in sorted(shapes)},
        "size": [WIDTH, _HEIGHT],
    }


def unrolled(atlas: dict[str, Any]) -> Iterable[list[Place]]:
    """Arcs of the atlas, out of its steps."""
    (kx, ky), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for steps in atlas["arcs"]:
        x = y = 0
        found: list[Place] = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            place = (x * kx + tx, y * ky + ty)
            found.append((_near(place[0], found[-1][0]), place[1]) if found else place)
        yield found


def _near(longitude: float, other: float) -> float:
    """A longitude, counted so that it lies near another."""
    return longitude - 360 * round((longitude - other) / 360)


def _cut(ring: list[int], lines: list[list[Place]], arcs: list[list[Point]]) -> Iterable[list[int]]:
    """A ring as it is; or, where it crosses 180°, what lies on either side, as arcs of its own."""
    round_: list[Place] = []
    for number in ring:
        for longitude, latitude in lines[number] if number >= 0 else lines[~number][::-1]:
            round_.append((_near(longitude, round_[-1][0]) if round_ else longitude, latitude))
    if all(abs(longitude) <= 180 for longitude, _ in round_):
        yield ring
        return
    for turn in (-360, 0, 360):
        kept = _side(_side([(x + turn, y) for x, y in round_], 1), -1)
        points = [projected_point(*place) for place in kept]
        if len(points) > 2 and _area(points) >= 1:
            arcs.append([*points, points[0]])
            yield [len(arcs) - 1]


def _side(places_: list[Place], sign: int) -> list[Place]:
    """The part of a ring where the longitude, times a sign, is at most 180 (Sutherland, Hodgman 1974)."""
    found: list[Place] = []
    for (ax, ay), (bx, by) in zip(places_, [*places_[1:], *places_[:1]], strict=True):
        if sign * ax <= 180:
            found.append((ax, ay))
        if (sign * ax <= 180) is not (sign * bx <= 180):
            found.append((sign * 180.0, ay + (by - ay) * (sign * 180 - ax) / (bx - ax)))
    return found


_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2


def _equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth (Šavrič, Patterson, Jenny 2018): a map on which equal areas are equal."""
    t = math.asin(_M * math.sin(math.radians(latitude)))
    t2, t6 = t * t, t**6
    bend = _A[0] + 3 * _A[1] * t2 + t6 * (7 * _A[2] + 9 * _A[3] * t2)
    return math.radians(longitude) * math.cos(t) / (_M * bend), t * (_A[0] + _A[1] * t2 + t6 * (_A[2] + _A[3] * t2))


_HALF = _equal_earth(180, 0)[0]
_SCALE = WIDTH / (2 * _HALF)
_TOP = _equal_earth(0, 84)[1]
_HEIGHT = round((_TOP - _equal_earth(0, -60)[1]) * _SCALE)
"""From 84° north to 60° south: nothing on record lies farther south but Antarctica, which no rule names."""


def projected_point(longitude: float, latitude: float) -> Point:
    """A point of the earth on the map."""
    x, y = _equal_earth(longitude, latitude)
    return round((x + _HALF) * _SCALE), round((_TOP - y) * _SCALE)


def _box(west: float, south: float, east: float, north: float) -> list[int]:
    corners = [projected_point(x, y) for x in (west, (west + east) / 2, east) for y in (south, 0, north)]
    inside = [(x, y) for x, y in corners if projected_point(0, north)[1] <= y <= projected_point(0, south)[1]]
    left, top = min(x for x, _ in inside), min(y for _, y in inside)
    return [left, top, max(x for x, _ in inside) - left, max(y for _, y in inside) - top]


def simplified(line: list[Place]) -> list[Place]:
    """A line without the points that hardly show, by the area of the triangle each makes (Visvalingam, Whyatt 1993)."""
    arc = [projected_point(*place) for place in line]
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    gone = [False] * len(arc)

    def weight(at: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = arc[before[at]], arc[at], arc[after[at]]
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    heap = [(weight(at), at) for at in range(1, len(arc) - 1)]
    heapq.heapify(heap)
    left, least = len(arc), 4 if arc[0] == arc[-1] else 2
    while heap and left > least:
        area, at = heapq.heappop(heap)
        if gone[at] or area != weight(at):
            continue
        if area >= LEAST:
            break
        gone[at], left = True, left - 1
        after[before[at]], before[after[at]] = after[at], before[at]
        for near in (before[at], after[at]):
            if 0 < near < len(arc) - 1:
                heapq.heappush(heap, (weight(near), near))
    return [place for place, away in zip(line, gone, strict=True) if not away]


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    arcs: Any = geometry.get("arcs", [])
    return [arcs] if geometry["type"] == "Polygon" else arcs


def _points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    found: list[Point] = []
    for number in ring:
        found += arcs[number] if number >= 0 else arcs[~number][::-1]
    return found


def _area(points: list[Point]) -> float:
    pairs = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def _worth(rings: list[list[int]], arcs: list[list[Point]]) -> list[list[int]]:
    """Rings that show, and the largest one whatever its size."""
    sized = sorted(((_area(_points(ring, arcs)), number) for number, ring in enumerate(rings)), reverse=True)
    return [rings[number] for place, (area, number) in enumerate(sized) if place == 0 or area >= ISLAND]


def _steps(points: list[Point]) -> list[int]:
    found = [*points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        found += [bx - ax, by - ay]
    return found


if __name__ == "__main__":
    main()
