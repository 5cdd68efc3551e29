"""The item is the direct product of technology, software or a plant named in 15 CFR 734.9."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import says_so

DIRECT_PRODUCT = Fact[bool](
    "direct_product",
    "direct-product",
    YesNo("no-direct-product"),
    "Whether it is the direct product of technology, software or a plant named in 15 CFR 734.9.",
)

KIND = says_so(
    DIRECT_PRODUCT,
    name="direct_product",
    order=152,
    meaning="The item is the direct product of United States technology, software or plant",
    holds="the item is the direct product of technology, software or a plant named in 15 CFR 734.9",
    open_unless=True,
)
