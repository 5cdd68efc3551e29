"""The conditions of licence exception ENC are met, where an item needs them too."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import Kind, Words

ENCRYPTION = Fact[bool](
    "encryption_conditions", "enc", YesNo("no-enc"), "Whether the conditions of licence exception ENC are met as well."
)

KIND = Kind(
    name="encryption",
    order=145,
    form=Words(("yes",)),
    meaning="The conditions of licence exception ENC (15 CFR 740.17) are met as well; not so unless stated.",
    check=lambda test, transaction, world: bool(ENCRYPTION.of(transaction)),
    say=lambda test, transaction, world, truth: "stated" if truth else "it was not stated",
    holds="it was stated that the conditions of ENC are met as well",
    unknown="never: unless stated it fails",
    facts=(ENCRYPTION,),
)
