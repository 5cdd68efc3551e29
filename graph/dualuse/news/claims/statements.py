"""Candidate statements: one for each voice and side in a passage, with its grounds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dualuse.news.claims.candidates import Statement
from dualuse.news.claims.parts import Part
from dualuse.news.find.mentions import Mention
from dualuse.news.lexicon.facts import Facts
from dualuse.news.speech.stance import Cue
from dualuse.news.text.passages import Text

_NAMED = ("person", "named", "organisation")
_STATE = frozenset({"government", "regulator"})
_OURS = re.compile(r"我们|我国|我方|本国|\b[Ww]e\b|\b[Oo]ur\b")
_MOST_HAN, _MOST_WORDS = 40, 15


def stated(text: Text, part: Part, instrument: str, facts: Facts) -> Iterator[Statement]:
    """Statements of a passage, one for each side taken by someone the graph knows or the text names."""
    day = "" if part.written is None else part.written.isoformat()
    for sentence in part.sentences:
        for cue in sentence.cues:
            speaker = cue.voice
            organisation = speaker.organisation or _organisation(cue, facts)
            if cue.denied or not (organisation or speaker.kind in _NAMED):
                continue
            named = [m.key for m in sentence.mentions if m.kind == "instrument" and m.key]
            measure = next(iter(named), instrument)
            if cue.told == "own" and not _is_maker(organisation, measure, text.plain[cue.start : cue.end], facts):
                continue
            words = cue.stance == "opposes" and cue.told == "words" and cue.words.isascii()
            if words and _is_issuer(organisation, measure, facts):
                continue  # who made it does not oppose it: the words are of what it ends
            other = cue.told == "words" and _of_another(cue, measure, sentence.mentions, facts)
            about = tuple(dict.fromkeys(named)) or ((instrument,) if instrument and not other else ())
            if cue.lifted:
                if not _eases(instrument, facts):
                    continue
                about = (instrument,)  # the side is taken on what ends another, which alone is named
            elif cue.decided and not _eases(measure, facts):
                continue  # what is decided may be the end of the measure
            elif cue.restricts and measure in facts.instruments and facts.instruments[measure].relaxes:
                continue  # what is said of restrictions is not said of their end
            quote = part.heard.quoted(cue.start, cue.end)
            kept = "" if quote is None else _kept(quote.text, part.passage.language)
            yield Statement(
                passage=part.passage.number,
                start=cue.start - part.passage.start,
                end=cue.end - part.passage.start,
                date=day,
                organisation=organisation,
                stance=cue.stance,
                made_by=f"stance.{cue.rule}",
                confidence="medium" if named else "low",
                speaker=speaker.person,
                speaker_label="" if speaker.person else speaker.label,
                instruments=about,
                grounds=cue.grounds,
                reporter=speaker.reporter,
                quotation=kept,
                language=part.passage.language if kept else "",
            )


def _eases(instrument: str, facts: Facts) -> bool:
    """Whether an instrument ends or eases another."""
    return instrument in facts.instruments and facts.instruments[instrument].eases


def _of_another(cue: Cue, instrument: str, mentions: Iterable[Mention], facts: Facts) -> bool:
    """Whether what is said is said of a place that the measure is not of."""
    entry = facts.instruments.get(instrument)
    before = [m for m in mentions if cue.start <= m.start < cue.at and m.kind in ("place", "organisation")]
    named = [m.key if m.kind == "place" else _seat(m.key, facts) for m in before]
    places = [place for place in named if place]
    return entry is not None and bool(places) and not set(places) & set(entry.places)


def _seat(organisation: str, facts: Facts) -> str:
    """Where a government or an authority is; nowhere for others, who make no measures."""
    return facts.seats.get(organisation, "") if facts.types.get(organisation, set()) & _STATE else ""


def _is_maker(organisation: str, instrument: str, words: str, facts: Facts) -> bool:
    """Whether a body issued an instrument, or governs the place that did; or speaks of its own where none is known."""
    entry = facts.instruments.get(instrument)
    state = bool(facts.types.get(organisation, set()) & _STATE)
    if entry is None:
        ours = _OURS.search(words) is not None or ("中方" in words and facts.seats.get(organisation) == "CN")
        return state and ours
    return organisation in entry.issuers or (state and facts.seats.get(organisation) in entry.places)


def _is_issuer(organisation: str, instrument: str, facts: Facts) -> bool:
    """Whether a body issued an instrument, or that which did is a part of it."""
    entry = facts.instruments.get(instrument)
    issuers = set() if entry is None else set(entry.issuers)
    return bool(organisation) and organisation in issuers | {facts.parents.get(issuer, "") for issuer in issuers}


def grouped(found: Iterable[Iterable[Statement]]) -> list[Statement]:
    """Statements, those of one voice and one side in one passage as one, with all their grounds."""
    merged: dict[tuple[int, str, str, str], Statement] = {}
    for statement in (entry for entries in found for entry in entries):
        key = (
            statement.passage,
            statement.organisation or statement.speaker_label,
            statement.speaker,
            statement.stance,
        )
        known = merged.get(key)
        if known is None:
            merged[key] = statement
        else:
            grounds = tuple(dict.fromkeys((*known.grounds, *statement.grounds)))
            quotation = known.quotation or statement.quotation
            merged[key] = replace(
                known, grounds=grounds, quotation=quotation, language=known.language or statement.language
            )
    return sorted(merged.values())


def _organisation(cue: Cue, facts: Facts) -> str:
    if cue.holder is None:
        return ""
    kind, key = cue.holder.kind, cue.holder.key
    if kind == "organisation":
        return key
    return facts.government(key) if kind in ("place", "group") else facts.organisation_of(key)


def _kept(words: str, language: str) -> str:
    """Words of a direct quotation, if they are few enough to be kept; a paraphrase never gets here."""
    short = len(words.split()) <= _MOST_WORDS if language == "en" else len(words) <= _MOST_HAN
    return words if short else ""
