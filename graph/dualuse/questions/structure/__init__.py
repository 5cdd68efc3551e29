"""Show how supply and speech hang together, and where one party or place holds them."""

EXAMPLES = (
    "chokepoints --item 3A090.a --to products --as-of 2025-06-01",
    "communities --as-of 2025-06-01 --plot communities.svg",
)
