"""The chip was on sale in the United States on the day the policy of January 2026 was published."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import says_so

US_MARKET = Fact[bool](
    "us_market", "us-market", YesNo("not-us-market"), "Whether the chip was on sale in the United States on 2026-01-15."
)

KIND = says_so(
    US_MARKET,
    name="us_market",
    order=147,
    meaning="The chip was on sale in the United States on 15 January 2026",
    holds="the chip is stated to have been on sale in the United States on 15 January 2026",
)
