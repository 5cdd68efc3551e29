"""Answer cards: one function a command, the same from Python and the command line."""
