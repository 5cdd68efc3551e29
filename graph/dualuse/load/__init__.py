"""Read curated files into records, gathering every problem with its file, line and key."""
