"""Categories, and the tree they form."""

from trastienda.database.db import Reading, prepared
from trastienda.database.models.text import Locale

# Walks the tree from the top and writes each shelf down before those inside it. How deep the next
# one stands says how many brackets close after this one.
_TREE = prepared("""
    WITH RECURSIVE walk AS (
        SELECT categories.id, categories.slug, texts.name, 1 AS depth,
            ARRAY[(categories.position, texts.sort_key, categories.id)] AS path
        FROM categories JOIN category_texts AS texts
            ON texts.category_id = categories.id AND texts.locale = %(locale)s
        WHERE categories.parent_id IS NULL
        UNION ALL
        SELECT categories.id, categories.slug, texts.name, walk.depth + 1,
            walk.path || (categories.position, texts.sort_key, categories.id)
        FROM walk JOIN categories ON categories.parent_id = walk.id
        JOIN category_texts AS texts
            ON texts.category_id = categories.id AND texts.locale = %(locale)s
    ), line AS (
        SELECT slug, name, depth, row_number() OVER tree AS n, lead(depth) OVER tree AS next_depth
        FROM walk WINDOW tree AS (ORDER BY path)
    )
    SELECT '{"items":[' || coalesce(string_agg(
        '{"slug":' || to_json(slug) || ',"name":' || to_json(name) || ',"children":['
        || repeat(']}', depth + 1 - coalesce(next_depth, 1))
        || CASE WHEN next_depth <= depth THEN ',' ELSE '' END, '' ORDER BY n), '') || ']}'
    FROM line
""")


async def tree(session: Reading, locale: Locale) -> bytes:
    """Return the JSON of all categories, nested."""
    return await _TREE.document(session, locale=locale.value) or b""
