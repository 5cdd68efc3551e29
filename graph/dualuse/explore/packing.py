"""Text as one line that a page carries and unpacks in the browser: compressed, the same bytes every time."""

from __future__ import annotations

import base64
import gzip


def pack_text(text: str) -> str:
    """Compress a text to one line of base64; the same text always gives the same line."""
    packed = bytearray(gzip.compress(text.encode(), 9, mtime=0))
    packed[9] = 255  # "operating system: unknown", which Python versions fill in differently
    return base64.b64encode(packed).decode("ascii")


def unpack_text(line: str) -> str:
    """Read back what ``pack_text`` wrote.

    Example:
        >>> unpack_text(pack_text("輝達"))
        '輝達'
    """
    return gzip.decompress(base64.b64decode(line)).decode()
