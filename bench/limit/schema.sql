-- The limit's own tables: 10,000 products with 3 variants each and a card for each product, with
-- the columns and the lengths of text that a shop's answers have. Nothing here depends on ours,
-- so that a slow schema of ours cannot lower the limit.
CREATE TABLE cards (product_id uuid PRIMARY KEY, document text NOT NULL); -- its card's JSON
CREATE TABLE products (
    id uuid PRIMARY KEY, slug text NOT NULL UNIQUE, name text NOT NULL, description text NOT NULL,
    options jsonb NOT NULL, attributes jsonb NOT NULL
);
CREATE TABLE variants (
    id uuid PRIMARY KEY, product_id uuid NOT NULL REFERENCES products, sku text NOT NULL UNIQUE,
    name text NOT NULL, options jsonb NOT NULL, price bigint NOT NULL, available bigint NOT NULL
);
CREATE INDEX ON variants (product_id, id);
CREATE TABLE categories (id int PRIMARY KEY, slug text NOT NULL, name text NOT NULL);
CREATE TABLE product_categories (
    product_id uuid REFERENCES products, category_id int REFERENCES categories,
    PRIMARY KEY (product_id, category_id)
);
CREATE TABLE media (
    product_id uuid REFERENCES products, position int, url text NOT NULL, alt text NOT NULL,
    width int NOT NULL, height int NOT NULL, PRIMARY KEY (product_id, position)
);

CREATE FUNCTION pg_temp.key(kind int, n bigint) RETURNS uuid LANGUAGE sql AS
$$ SELECT ('0190' || lpad(kind::text, 4, '0') || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;

INSERT INTO categories SELECT i, 'category-' || i, 'Category ' || i FROM generate_series(1, 50) i;
INSERT INTO products
SELECT pg_temp.key(1, i), 'grand-walnut-chair-' || i, 'Grand Walnut Chair ' || i,
    repeat('A grand piece made of good walnut, ready for every day at home or at work. ', 3),
    '[{"name": "Size", "values": ["S", "M", "L"]}]', '{"Material": "Walnut"}'
FROM generate_series(1, 10000) i;
INSERT INTO variants
SELECT pg_temp.key(2, i * 3 + v), pg_temp.key(1, i), 'P' || i || '-' || (ARRAY['S', 'M', 'L'])[v],
    'Grand Walnut Chair ' || i || ', ' || (ARRAY['S', 'M', 'L'])[v],
    jsonb_build_object('Size', (ARRAY['S', 'M', 'L'])[v]), 1000 + i * 37 % 9000 + 100 * v, 1000000
FROM generate_series(1, 10000) i, generate_series(1, 3) v;
INSERT INTO product_categories
SELECT pg_temp.key(1, i), 1 + i % 50 FROM generate_series(1, 10000) i
UNION SELECT pg_temp.key(1, i), 1 + (i / 7) % 50 FROM generate_series(1, 10000) i;
INSERT INTO media
SELECT pg_temp.key(1, i), 1, '/media/products/' || i || '.webp', 'Grand Walnut Chair ' || i, 800, 800
FROM generate_series(1, 10000) i;
INSERT INTO cards
SELECT p.id, json_build_object('id', p.id, 'slug', p.slug, 'name', p.name, 'thumbnail', m.url,
    'price', (SELECT min(price) FROM variants WHERE product_id = p.id), 'in_stock', true)
FROM products p JOIN media m ON m.product_id = p.id;
