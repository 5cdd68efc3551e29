"""Hold a reading against the record and the law: what in a text is new, what agrees, what contradicts them."""
