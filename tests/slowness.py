"""How long a test may wait: as long as on an idle machine, times what else the machine has to do."""

from __future__ import annotations

import os


def slowness() -> float:
    """1 on an idle machine, and 1 more for each process that waits for every core."""
    return 1 + os.getloadavg()[0] / (os.cpu_count() or 1)
