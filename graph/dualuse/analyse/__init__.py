"""One module a question; each a pure function over a network."""
