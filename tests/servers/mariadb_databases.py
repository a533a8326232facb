"""What the tests put into databases of MariaDB."""

PRODUCTS = """
CREATE TABLE products (
    id INT PRIMARY KEY, name VARCHAR(100) NOT NULL, category VARCHAR(50), price DECIMAL(10, 2), quantity INT,
    seen TIMESTAMP(6) NULL
);
SET time_zone = '+00:00';
INSERT INTO products
SELECT seq, CONCAT('Tool ', seq, IF(seq % 7 = 0, ', "fine"', '')),
       CASE seq % 5 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE CONCAT('category ', seq % 5) END,
       seq * 0.37, seq % 100, TIMESTAMP '2020-01-01 00:00:00' + INTERVAL seq * 1.5 SECOND
FROM seq_1_to_{rows};
"""
"""The rows that `server_exports.products_csv` has; what percent signs may be in it are no parameters."""
