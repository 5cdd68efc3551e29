"""Addresses of sources: which may become links, and how they are shown short."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_REGISTER = re.compile(r"https://www\.federalregister\.gov/documents/\d{4}/\d\d/\d\d/([\w-]+)/[^/]+")
"""A document of the Federal Register, which has a short address too."""


def web_address(text: str) -> str | None:
    """An address that may become a link: https, with a host; nothing else is ever one.

    Example:
        >>> web_address("javascript:alert(1)") is None
        True
    """
    if not text.startswith("https://") or any(sign.isspace() or sign in "<>\"'\\" for sign in text):
        return None
    try:
        host = urlsplit(text).hostname
    except ValueError:
        return None
    return text if host else None


def shorter(address: str) -> str:
    """Another address of the same document, where one is known that is shorter.

    Example:
        >>> shorter("https://www.federalregister.gov/documents/2025/01/15/2025-00636/framework-for-diffusion")
        'https://www.federalregister.gov/d/2025-00636'
    """
    found = _REGISTER.fullmatch(address)
    return address if found is None else f"https://www.federalregister.gov/d/{found[1]}"


def readable(address: str) -> str:
    """An address as people read it beside its link: without the parts that say little.

    Example:
        >>> readable("https://www.ecfr.gov/current/appendix-Supplement%20No.%201")
        'ecfr.gov/current/appendix-Supplement No. 1'
    """
    return unquote(address.removeprefix("https://").removeprefix("www.").rstrip("/"))
