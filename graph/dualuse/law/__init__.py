"""The law in time: status of instruments, groups and tiers of places."""
