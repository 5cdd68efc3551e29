"""What is done with a reading: shown as rows, put before a curator, taken into the ledger, scored by hand-coded tables.

Only ``ledger`` writes curated data, and only what a curator has accepted.
"""
