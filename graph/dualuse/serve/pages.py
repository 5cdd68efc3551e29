"""Pages of the server, of one look with the answers: no script unless one is named, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any

from dualuse import __version__
from dualuse.card import Version
from dualuse.explore.inline import Hashed, environment, hashed, template_text
from dualuse.show.html.palette import shared_css

_PACKAGE = "dualuse.serve"
WHOLE = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""Policy of a page that has one of its own in it."""
FRAMED = "frame-ancestors *; base-uri 'none'; form-action 'none'"
"""The same for a page that others may show in theirs: it holds nothing of its reader, and a click does nothing."""


@cache
def style() -> Hashed:
    """The stylesheet."""
    return hashed(shared_css() + template_text("pages.css", _PACKAGE))


def policy(scripts: str = "'none'", styles: str = "", more: str = "") -> str:
    """Content security policy of a page.

    Args:
        scripts: Where scripts come from.
        styles: Where styles come from, beside the stylesheet.
        more: Other directives.
    """
    return (
        f"default-src 'none'; script-src {scripts}; style-src '{style().sha256}'{styles}; img-src 'self' data:; "
        f"base-uri 'none'; form-action 'self'; frame-ancestors 'none'{more}"
    )


def render(template: str, dataset: Version, **values: Any) -> bytes:
    """A page.

    Args:
        template: Name of its template.
        dataset: What is served.
        values: What the template shows.
    """
    page = environment(_PACKAGE).get_template(template)
    return page.render(dataset=dataset, engine=__version__, style=style(), **values).encode()
