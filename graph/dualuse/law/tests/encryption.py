"""The conditions of licence exception ENC are met, where an item needs them too."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import says_so

ENCRYPTION = Fact[bool](
    "encryption_conditions", "enc", YesNo("no-enc"), "Whether the conditions of licence exception ENC are met as well."
)

KIND = says_so(
    ENCRYPTION,
    name="encryption",
    order=145,
    meaning="The conditions of licence exception ENC (15 CFR 740.17) are met as well",
    holds="it was stated that the conditions of ENC are met as well",
)
