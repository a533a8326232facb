"""What is MySQL's and MariaDB's own: sessions, their catalogue, their types and words in statements."""
