"""Statements as a database of the Discourse Network Analyzer 3 (``.dna``, an SQLite file), written and read.

The database holds documents with text; a statement marks a part of one and says who takes what side on what concept. A
document stands for a statement of the record here, and each measure and ground of it for a statement there.
"""
