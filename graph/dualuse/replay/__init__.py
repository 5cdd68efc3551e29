"""A saved answer, proved: whether it is as it was written, and whether the same comes out when it is asked again.

A card carries a sum of all it says. The sum tells a card that was changed by accident or by a careless hand from one
that was not; it does not tell who made it, for anybody can make another. What proves an answer is to ask it again.
"""

from dualuse.replay.again import ask_again
from dualuse.replay.differences import Difference, differences
from dualuse.replay.saved import Saved, read_saved

__all__ = ["Difference", "Saved", "ask_again", "differences", "read_saved"]
