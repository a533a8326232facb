"""Threads and signals between the window and the program below it; QtCore only, no decisions."""
