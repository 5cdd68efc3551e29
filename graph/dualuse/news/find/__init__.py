"""What stands in a text: names, numbers, quantities, dates, outlets, and which passages matter at all.

Each module finds one kind of thing and says where; what it means that they stand together is left to ``speech`` and
``claims``.
"""
