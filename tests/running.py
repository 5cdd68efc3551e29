"""What the fixtures that run the command line hand to a test."""

from __future__ import annotations

from collections.abc import Callable
from subprocess import CompletedProcess

Run = Callable[..., CompletedProcess[str]]
"""Takes the arguments, as text or paths, and perhaps ``stdin``."""
