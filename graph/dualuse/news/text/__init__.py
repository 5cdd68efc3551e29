"""A text before anything is looked for in it: what a file or a page holds, cut into passages, sentences and clauses.

Every later step works on the plain form made here, and every span it gives is an offset into the original.
"""
