"""Databases being read: opened read-only, described, read in pages and chunks; never written."""
