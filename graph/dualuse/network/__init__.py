"""The graph on a day and under a lens, as a typed networkx ``MultiDiGraph``.

Nodes are ``kind:key``. Node attributes: ``kind``, ``label``, ``label_zh_hant``, ``label_zh_hans``, ``aliases``,
``iri``, ``types``, ``tier``, ``confidence``, ``stance``, ``status`` (of instruments), ``facts``, ``sources``.
Edge attributes: ``kind``, ``relation`` (finer where the record is: ``manufactures-for``, ``invests-in``),
``channel``, ``label``, ``text``, ``valid_from``, ``valid_to``, ``dated`` (it holds over a time: without a start, none
is on record), ``seen`` (when a source first shows it), ``confidence``, ``iri`` (of the node behind it),
``provision``, ``sources`` (keys of the registry, the strongest first), and ``min``, ``max``, ``unit``, ``period``
where a magnitude is sourced. Dates are as written, to the day, the month or the year. On a day, an edge is
``certain`` if it holds whichever day they mean, and not if it may; ``tier`` of a place is ``unknown`` where that turns
on such a date.
"""

from __future__ import annotations

from dualuse.network.frame import Frame, frame_of
from dualuse.network.known import known
from dualuse.network.project import PROJECTIONS, Network, project

__all__ = ["PROJECTIONS", "Frame", "Network", "frame_of", "known", "project"]
