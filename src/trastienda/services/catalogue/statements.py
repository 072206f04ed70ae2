"""SQL that several statements about the catalogue share."""

PRODUCT_CATEGORIES_SQL = """
    category_ancestry AS (
        SELECT product_categories.product_id, categories.id, categories.parent_id
        FROM product_categories
        JOIN categories ON categories.id = product_categories.category_id
        WHERE product_categories.product_id = ANY (%(products)s)
        UNION
        SELECT category_ancestry.product_id, categories.id, categories.parent_id
        FROM category_ancestry JOIN categories ON categories.id = category_ancestry.parent_id
    ), product_category_ids AS (
        SELECT product_id, array_agg(id) AS category_ids FROM category_ancestry GROUP BY product_id
    )
"""
"""CTEs for WITH RECURSIVE: the categories of each of `products`, with all their parents.

`category_ancestry` has one row per product and category, `product_category_ids` one row per
product with the ids of all of them.
"""
PICTURE_SQL = """
    coalesce(media_id, product_media.id) AS id, url, coalesce(alt ->> {locale}, '') AS alt, width,
    height, coalesce(sources, '[]') AS sources
"""
"""The columns of a picture of a product, as pages and cards show it in the language `locale`."""
