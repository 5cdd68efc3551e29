"""Ways to work out the same verdicts: plain Python, numpy, compiled loops on one machine, Spark beyond it.

Each engine is imported only when it is chosen, for each but the plain one needs a package of its own. What a verdict
means and how it is told stands outside, in ``outcome`` and ``explain``; no engine may answer otherwise than another.
"""
