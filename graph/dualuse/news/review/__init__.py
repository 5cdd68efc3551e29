"""What is done with a reading: put before a curator, taken into the ledger, scored by hand-coded tables.

Only ``ledger`` writes curated data, and only what a curator has accepted.
"""
