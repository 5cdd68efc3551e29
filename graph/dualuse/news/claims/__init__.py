"""From what was found and who said it to what a reader proposes: candidate claims and statements.

A candidate names the rule that made it and how sure it is; nothing here enters the ledger without a curator.
"""
