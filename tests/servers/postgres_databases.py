"""What the tests put into databases of PostgreSQL."""

PRODUCTS = """
CREATE TABLE products (
    id integer PRIMARY KEY, name text NOT NULL, category text, price numeric(10, 2), quantity integer,
    seen timestamp with time zone
);
INSERT INTO products
SELECT g, 'Tool ' || g || CASE WHEN g % 7 = 0 THEN ', "fine"' ELSE '' END,
       CASE WHEN g % 5 = 0 THEN NULL WHEN g % 5 = 1 THEN '' ELSE 'category ' || g % 5 END,
       g * 0.37, g % 100, timestamptz '2020-01-01 00:00:00+00' + g * interval '1.5 seconds'
FROM generate_series(1, {rows}) g;
ANALYZE products;
"""
