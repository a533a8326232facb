"""What is SQLite's own: its files and locks, its catalogue, its words in statements."""
