"""Addresses of questions worth a look: for people on the page of the questions, for programs in their document."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "affected": ("by=us-ai-diffusion-ifr-2025-01&as_of=2025-06-01",),
    "changes": ("from=2025-01-01&to=2025-06-01&kind=event",),
    "check": ("item=H100+SXM&quantity=2000&to=CH&hq=CH&as_of=2025-05-15",),
    "chips": ("to=CH&to=AE&as_of=2025-05-15",),
    "claims": ("about=us-ai-diffusion-ifr-2025-01",),
    "groups": ("places=CH&places=HK&as_of=2025-01-13",),
    "holders": ("party=Huawei",),
    "owned": ("parties=Huawei",),
    "said": ("about=us-ai-diffusion-ifr-2025-01&stance=opposes",),
    "status": ("instrument=us-ai-diffusion-ifr-2025-01&as_of=2025-06-01&lens=enforced", "record=true"),
    "whatif": ("move=PL:supp5a&as_of=2025-02-01",),
    "why": ("party=NVIDIA&measure=us-ai-diffusion-ifr-2025-01&as_of=2025-02-01",),
}
"""Question -> queries of addresses worth a look."""


def examples_of(question: str, parameter: str) -> list[str | list[str]]:
    """Values of a parameter in the examples of a question, each once; those that are given several times as lists."""
    found: list[str | list[str]] = []
    for query in EXAMPLES.get(question, ()):
        values = parse_qs(query).get(parameter, [])
        told = values if len(values) > 1 else "".join(values)
        if values and told not in found:
            found.append(told)
    return found
