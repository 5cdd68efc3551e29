"""An item made abroad holds a United States part for which there is no floor of content (15 CFR 734.4(a), (b))."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import says_so

US_PART = Fact[bool](
    "us_part",
    "us-part",
    YesNo("no-us-part"),
    "Whether an item made abroad holds a United States part with no floor: an integrated circuit, or encryption.",
)

KIND = says_so(
    US_PART,
    name="us_part",
    order=149,
    meaning="The item holds a United States integrated circuit, or encryption, that counts at any content",
    holds="the item made abroad holds a United States part that counts at any content (15 CFR 734.4(a), (b))",
    open_unless=True,
)
