"""Texts that are put together, in Chinese: words of the program around names and texts of the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dualuse.explore.layout import Network
from dualuse.explore.text import LANGUAGES, interface_texts
from dualuse.node import Node
from dualuse.said import TEXT, Said, phrases

_LABELS = ("label", "label_zh_hant", "label_zh_hans")


def phrased(texts: object, network: Network, glossary: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """English text -> [traditional, simplified], of every text that is put together from others.

    Args:
        texts: Values that hold such texts.
        network: What is drawn; it gives names.
        glossary: English texts of the record with their translations.
    """
    names = _names(network, glossary)
    told = {str(text): text.said(names) for text in phrases(texts)}
    return {english: [said.hant, said.hans] for english, said in told.items() if not said.one}


def _names(network: Network, glossary: Mapping[str, Sequence[str]]) -> Mapping[tuple[str, str], Said]:
    """Names of what is drawn and of kinds of events, and texts of the record, by kind and key."""
    words = [interface_texts()[language]["event_kind"] for language in LANGUAGES]
    names = {("event-kind", kind): Said(*(told[kind] for told in words)) for kind in words[0]}
    names |= {(TEXT, english): Said(english, *told) for english, told in glossary.items()}
    for node, data in network.nodes(data=True):
        said = Said(*(str(data[label] or data["label"]) for label in _LABELS))
        names |= {(data["kind"], Node.parse(node).key): said, (TEXT, said.en): said}
    return names
