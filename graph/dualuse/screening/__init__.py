"""Names held against lists of restricted parties: how a name is read, the index, the lists, what a match rests on."""
