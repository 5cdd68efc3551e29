"""The goods end, after all work on them, with customers in Macau or Country Group D:5."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import says_so

D5_CUSTOMERS = Fact[bool](
    "d5_customers",
    "d5-customers",
    YesNo("no-d5-customers"),
    "Whether the goods end, after work on them, with customers in Macau or Country Group D:5.",
)

KIND = says_so(
    D5_CUSTOMERS,
    name="d5_customers",
    order=142,
    meaning="The goods end with customers in Macau or Country Group D:5",
    holds="it is stated that the goods end with customers in Macau or Country Group D:5",
)
