"""How an answer is shown: a table, CSV, Markdown, JSON, a page, a notebook."""
