"""Values that the rules still look for here."""

from dualuse.model.values import Bearer, ReviewPolicy

__all__ = ["Bearer", "ReviewPolicy"]
