"""Whose words a passage gives: verbs of saying, how far they reach, and which side a speaker takes.

What is said is left to ``claims``; here it is only told who answers for it.
"""
