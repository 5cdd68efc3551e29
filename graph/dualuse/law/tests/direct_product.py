"""The item is the direct product of technology, software or a plant named in 15 CFR 734.9."""

from dualuse.law.facts import Fact, YesNo
from dualuse.law.kinds import Kind, Words

DIRECT_PRODUCT = Fact[bool](
    "direct_product",
    "direct-product",
    YesNo("no-direct-product"),
    "Whether it is the direct product of technology, software or a plant named in 15 CFR 734.9.",
)

KIND = Kind(
    name="direct_product",
    order=152,
    form=Words(("yes",)),
    meaning="The item is the direct product of United States technology, software or plant; unknown unless stated.",
    check=lambda test, transaction, world: DIRECT_PRODUCT.of(transaction),
    say=lambda test, transaction, world, truth: {
        True: "it is one",
        False: "it is none",
        None: "whether it is one is not known",
    }[truth],
    holds="the item is the direct product of technology, software or a plant named in 15 CFR 734.9",
    unknown="it was not stated",
    facts=(DIRECT_PRODUCT,),
)
