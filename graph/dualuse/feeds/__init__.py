"""Lists that others publish, loaded as they are: each into a named graph of its own, beside the curated record.

A reader of a kind of feed yields :class:`~dualuse.feeds.entry.Entry`; :mod:`dualuse.feeds.loading` does the rest.
"""
