"""Second readings: facts on record that were read again in a text, and what came of it."""

from __future__ import annotations

import re
from typing import Annotated

from dualuse.dates import PartialDate
from dualuse.model.base import Around, Record, Text
from dualuse.model.fields import Form, Lit, Partial, Several, Thing, Val, record
from dualuse.model.values import RereadOutcome, RereadResolution, RereadRound, TextKind

RunningNumber = Annotated[str, Form("key", "keys", pattern=r"^r\d{5}$")]
"""An ``r`` and five digits, counted on; a number is never given again."""
ThingName = Annotated[
    str, Form("kind and key", pattern=r"^[a-z]+(?:-[a-z]+)*:[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$", max_length=160)
]
"""Kind and key with a colon between, as in its address."""

_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")


@record("rereading", "du:Rereading", table="rereadings", form="csv", noun="second reading")
class Rereading(Record):
    """A second reading of facts of one thing on record in one text, and what came of it."""

    key: RunningNumber
    """Running number: ``r00001``."""
    thing: Annotated[ThingName, Thing("du:readAgain")]
    """What was read again, by kind and key: ``threshold:3a090.a-1``, or the third event ``event:us-ear.3``."""
    fields: Annotated[tuple[Text, ...], Several(1), Lit("du:fieldRead")]
    """Fields of it that were read, each a fact; one that lies in a part as ``quotation.text``."""
    outcome: Annotated[RereadOutcome, Val("du:rereadOutcome", "reread-outcome")]
    """Whether the text bears the facts out."""
    read_on: Annotated[PartialDate, Partial("du:readOn")]
    """Day of the reading."""
    read_in: Annotated[Text | None, Lit("du:readIn")] = None
    """Address or citation of the text; blank: none was at hand."""
    text_kind: Annotated[TextKind | None, Val("du:textKind", "text-kind")] = None
    """How near the text is to what it tells of; blank: none was at hand."""
    recorded: Annotated[Text | None, Lit("du:recordedValue")] = None
    """Where it differs, what stood on record; blank: nothing stood there, or it does not differ."""
    found: Annotated[Text | None, Lit("du:foundValue")] = None
    """Where it differs, what the text says; blank: it does not differ."""
    resolution: Annotated[RereadResolution | None, Val("du:rereadResolution", "reread-resolution")] = None
    """What was done about a difference; blank: there is none."""
    note: Annotated[Text | None, Lit("rdfs:comment", "en")] = None
    """What a reader should know that no other field holds; of a difference that was kept, why."""
    round: Annotated[RereadRound, Val("du:rereadRound", "reread-round")]
    """How the facts were come by: chosen (the first round, judgements), or drawn by lot from what stood after mends."""

    def __post_init__(self) -> None:
        """Reject what does not fit together."""
        differs = self.outcome == "differs"
        if self.outcome != "not-at-hand" and (self.read_in is None or self.text_kind is None):
            raise ValueError("what was read was read in a text: give read_in and text_kind, or outcome not-at-hand")
        if differs and (self.found is None or self.resolution is None):
            raise ValueError("a difference needs what was found and its resolution")
        if differs and len(self.fields) != 1:
            raise ValueError("a difference is of one field; give each a row of its own")
        if not differs and (self.recorded or self.found or self.resolution):
            raise ValueError("recorded, found and resolution go with outcome differs alone")
        if self.resolution == "kept" and self.note is None:
            raise ValueError("what was kept in spite of a difference needs its reason in note")

    @property
    def false(self) -> bool:
        """Whether the record was wrong, or may have been: the difference was mended, or nobody has settled it."""
        return self.resolution in ("mended", "open")

    @property
    def short(self) -> bool:
        """Whether it was wrong only in what it left out: a blank, a list without an entry, a day less exact."""
        recorded, found = self.recorded or "", self.found or ""
        told, named = ({part.strip() for part in text.split("|")} - {""} for text in (recorded, found))
        dated = _DAY.fullmatch(found) is not None and found.startswith(f"{recorded}-")
        return self.false and (told < named or dated)

    def caption(self, around: Around) -> str:
        """What was read again, and when."""
        return f"second reading of {self.thing}, {self.read_on}"
