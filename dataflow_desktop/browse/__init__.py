"""The table's brain in row numbers: what is known, what to ask next, how a value looks."""
