"""Claims and statements: pointers into documents, what conflicts with what, and who stood where; pure functions."""
