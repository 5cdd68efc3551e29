"""What the fork server reads before it forks: all that answering needs, and the graph if it is laid out."""

from dualuse.serve import answers, held, worker

__all__ = ["answers", "worker"]

held.hold()
