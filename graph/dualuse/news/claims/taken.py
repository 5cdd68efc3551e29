"""Claims that somebody takes a side, or asks for something: made from what was heard, not from words alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dualuse.news.claims.candidates import Claim
from dualuse.news.claims.parts import Sentence
from dualuse.news.lexicon.entries import Rule
from dualuse.news.speech.scene import Speaker
from dualuse.news.speech.segments import Heard

_NAMED = ("person", "named")
"""Kinds of voice that take a side under the name that the text gives them alone."""
_LEAST_ASKED = 3


@dataclass(frozen=True)
class Made:
    """A claim as made, the words that made it, and whose it is where that is not whoever speaks."""

    claim: Claim
    match: tuple[int, int]
    voice: Speaker | None = None


def taken(
    rule: Rule, base: Claim, sentence: Sentence, heard: Heard, clause: tuple[int, int], eases: bool
) -> Made | None:
    """What somebody takes a side on, or asks for.

    Args:
        rule: The rule, whose ``take`` is ``holder`` or ``asked``.
        base: The claim so far.
        sentence: Its sentence.
        heard: What is said in the passage.
        clause: The clause.
        eases: Whether the text is about a measure that ends or eases another.
    """
    return _held(base, sentence, clause, eases) if rule.take == "holder" else _asked(base, heard, clause)


def _held(base: Claim, sentence: Sentence, clause: tuple[int, int], eases: bool) -> Made | None:
    """A side taken, and whose it is."""
    for cue in sentence.cues:
        if cue.lifted and not eases:
            continue
        named = cue.holder is not None or cue.voice.kind in _NAMED
        if cue.start == clause[0] and cue.value in base.value.split(" ") and named:
            kind, key = ("", "") if cue.holder is None else (cue.holder.kind, cue.holder.key)
            held = replace(base, value=cue.value, made_by=f"{base.made_by}.{cue.rule}")
            held = replace(held, modality="denied", polarity="negated") if cue.denied else held
            held = replace(held, person=key) if kind == "person" else replace(held, party=key)
            return Made(held, (cue.at, cue.at + len(cue.words)), cue.voice)
    return None


def _asked(base: Claim, heard: Heard, clause: tuple[int, int]) -> Made | None:
    """What somebody asks of another, told by a Chinese verb."""
    for verb in heard.placed[1].over(*clause):
        if verb.act != "ask" or verb.text.isascii() or not verb.speaker.known:
            continue
        if clause[0] <= verb.start < clause[1] and clause[1] - verb.end > _LEAST_ASKED:
            return Made(base, (verb.start, verb.end), verb.speaker)
    return None
