"""The curated record held against what a feed says: what agrees, what differs, and what is in one of the two alone."""
