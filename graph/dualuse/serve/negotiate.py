"""Which form of an answer somebody would rather have: the ``Accept`` header against what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dualuse.store.base import RDF_FORMATS, RESULT_FORMATS

ROWS: Mapping[str, tuple[str, ...]] = {
    "json": (RESULT_FORMATS["json"].media_type, "application/json"),
    "xml": (RESULT_FORMATS["xml"].media_type, "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
"""Forms of rows and truths -> media types that ask for them; of what is as welcome, the first is given."""
TRIPLES: Mapping[str, tuple[str, ...]] = {
    "turtle": (RDF_FORMATS["turtle"].media_type, "application/x-turtle", "text/plain"),
    "ntriples": (RDF_FORMATS["ntriples"].media_type,),
    "jsonld": (RDF_FORMATS["jsonld"].media_type, "application/json"),
    "rdfxml": (RDF_FORMATS["rdfxml"].media_type, "application/xml", "text/xml"),
    "trig": (RDF_FORMATS["trig"].media_type,),
    "nquads": (RDF_FORMATS["nquads"].media_type,),
}
"""Forms of triples -> media types that ask for them."""
QUADS = {name: TRIPLES[name] for name in ("nquads", "trig", "jsonld")}
"""Forms of quads -> media types that ask for them."""


def media_type(form: str) -> str:
    """Media type under which a form is sent."""
    media = (ROWS.get(form) or TRIPLES[form])[0]
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def choose(accept: str, offered: Mapping[str, Sequence[str]]) -> str | None:
    """The form that is most welcome; the first of those offered that are as welcome; None if none is.

    Args:
        accept: The header, empty if there was none.
        offered: Forms, each with the media types that ask for it; a range such as ``text/*`` means the first alone.

    Example:
        >>> choose("text/csv, application/json;q=0.9", ROWS)
        'csv'
        >>> choose("image/png, text/*;q=0.1", ROWS)
        'csv'
    """
    ranges = _ranges(accept)
    welcome = {
        form: max(_quality(ranges, first), *(ranges.get(media, 0.0) for media in others), 0.0)
        for form, (first, *others) in offered.items()
    }
    best = max(welcome, key=lambda form: welcome[form])
    return best if welcome[best] > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    """Media ranges of a header with how welcome each is; whatever it is without a header."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media:
            found[media] = next((_number(each[2:]) for each in parameters if each.startswith("q=")), 1.0)
    return found or {"*/*": 1.0}


def _number(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


def _quality(ranges: Mapping[str, float], media: str) -> float:
    wider = (media, f"{media.partition('/')[0]}/*", "*/*")
    return next((ranges[each] for each in wider if each in ranges), 0.0)
