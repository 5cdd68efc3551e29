"""What tests ask a server with."""

from __future__ import annotations

RULE = "us-ai-diffusion-ifr-2025-01"
PAGE = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
"""What a browser asks with."""
