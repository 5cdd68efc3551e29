"""What the reader knows before it reads: the patterns of ``data/news``, and the names and facts of the graph.

Nothing here looks at a text; it is made ready once, and every text is read against it.
"""
