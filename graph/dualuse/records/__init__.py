"""Curated records: one frozen model per kind of row, which forbids unknown keys."""
