"""One HTML file: shell, data and renderer in it, nothing fetched, nothing run that is not named by its hash."""

from __future__ import annotations

from difflib import get_close_matches

from dualuse.errors import UnknownNameError
from dualuse.explore.checks import check_network
from dualuse.explore.guide import read_guide
from dualuse.explore.inline import environment, hashed, packed_atlas, template_text
from dualuse.explore.layout import Network, arrange
from dualuse.explore.payload import build_payload, pack
from dualuse.explore.scripts import joined
from dualuse.explore.text import LANGUAGES, check_language, interface_texts
from dualuse.explore.view import View

_STYLES = ("shell.css", "views.css", "landing.css", "compare.css", "narrow.css", "low.css")

VIEWS = ("start", "network", "map", "world", "matrix", "timeline", "compare", "conflicts", "entries", "links")
"""Views in the order of their tabs; the page hides those it has nothing for."""


def render_page(network: Network, view: View, *, language: str = "en") -> str:
    """Render a network as one offline page to explore it.

    It opens without a network connection, and says its date, lens, dataset and sources.

    Args:
        network: Typed network of ``dualuse.network``; it is not changed.
        view: What the page is about and where it opens.
        language: Language the page opens in: ``en``, ``zh-Hant`` or ``zh-Hans``. The reader can change it.

    Returns:
        HTML text; write it as UTF-8. The same arguments give the same text, byte for byte.

    Raises:
        UsageError: the language is unknown, or the network lacks what the page must show.
        UnknownNameError: *focus* is not a node; the message lists near ones.

    Example:
        >>> page = render_page(network, View("Who is affected?"))  # doctest: +SKIP
    """
    check_language(language)
    check_network(network)
    _check_focus(network, view.focus)
    texts = interface_texts()
    document = build_payload(
        network,
        arrange(network),
        view,
        texts=texts,
        guide=read_guide(network, view.story) if view.history else None,
    )
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            about=document["about"],
            atlas=packed_atlas() if view.history else "",
            language=language,
            languages=LANGUAGES,
            payload=pack(document),
            script=hashed(joined("canvas_renderer.js")),
            style=hashed("".join(template_text(name) for name in _STYLES)),
            text=texts[language],
            texts=texts,
            views=VIEWS,
        )
    )


def _check_focus(network: Network, focus: str | None) -> None:
    """Refuse a focus that is not in the network."""
    if focus is None or focus in network:
        return
    near = get_close_matches(focus, sorted(network), n=3, cutoff=0.4)
    hint = f"Nearest: {', '.join(near)}." if near else "Node names have the form kind:key, such as place:CH."
    raise UnknownNameError(f"focus {focus!r} is not a node of this network. {hint}")
