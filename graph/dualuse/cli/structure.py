"""``structure``: a command a question of that group."""

from __future__ import annotations

from dualuse.cli.commands import Group

structure = Group(
    "structure",
    help="""Show how supply and speech hang together, and where one party or place holds them.

    \b
    Example:
      dualuse structure chokepoints --item 3A090.a --to products --as-of 2025-06-01
      dualuse structure communities --as-of 2025-06-01 --plot communities.svg
    """,
)
