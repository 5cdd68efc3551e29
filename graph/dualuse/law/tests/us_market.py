"""The chip was on sale in the United States on the day the policy of January 2026 was published."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import Kind, Words

US_MARKET = Fact[bool](
    "us_market", "us-market", YesNo("not-us-market"), "Whether the chip was on sale in the United States on 2026-01-15."
)

KIND = Kind(
    name="us_market",
    order=147,
    form=Words(("yes",)),
    meaning="The chip was on sale in the United States on 15 January 2026; not so unless stated.",
    check=lambda test, transaction, world: bool(US_MARKET.of(transaction)),
    say=lambda test, transaction, world, truth: "stated" if truth else "it was not stated",
    holds="the chip is stated to have been on sale in the United States on 15 January 2026",
    unknown="never: unless stated it fails",
    facts=(US_MARKET,),
)
