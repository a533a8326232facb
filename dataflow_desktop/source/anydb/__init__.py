"""Databases of any other kind that SQLAlchemy has a dialect for: what all share, and nothing guessed."""
