"""What is PostgreSQL's own: sessions and their loss, its catalogue, its types and words in statements."""
