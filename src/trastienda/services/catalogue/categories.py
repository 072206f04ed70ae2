"""The tree of categories, as the shop shows it."""

from trastienda.database.db import Reading, prepared
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.category import CategoryView

# Walks the tree from the top and writes each category before its subcategories. The depth of the
# next one tells how many brackets close after this one.
_TREE = prepared("""
    WITH RECURSIVE nested AS (
        SELECT categories.id, categories.slug, texts.name, 1 AS depth,
            ARRAY[(categories.position, texts.sort_key, categories.id)] AS path
        FROM categories JOIN category_texts AS texts
            ON texts.category_id = categories.id AND texts.locale = %(locale)s
        WHERE categories.parent_id IS NULL
        UNION ALL
        SELECT categories.id, categories.slug, texts.name, nested.depth + 1,
            nested.path || (categories.position, texts.sort_key, categories.id)
        FROM nested JOIN categories ON categories.parent_id = nested.id
        JOIN category_texts AS texts
            ON texts.category_id = categories.id AND texts.locale = %(locale)s
    ), numbered AS (
        SELECT slug, name, depth, row_number() OVER tree AS n, lead(depth) OVER tree AS next_depth
        FROM nested WINDOW tree AS (ORDER BY path)
    )
    SELECT '{"items":[' || coalesce(string_agg(
        '{"slug":' || to_json(slug) || ',"name":' || to_json(name) || ',"children":['
        || repeat(']}', depth + 1 - coalesce(next_depth, 1))
        || CASE WHEN next_depth <= depth THEN ',' ELSE '' END, '' ORDER BY n), '') || ']}'
    FROM numbered
""")

_ROWS = prepared("""
    SELECT categories.id, categories.parent_id, categories.slug, texts.name
    FROM categories JOIN category_texts AS texts
        ON texts.category_id = categories.id AND texts.locale = %(locale)s
    ORDER BY categories.position, texts.sort_key, categories.id
""")


async def nested(session: Reading, locale: Locale) -> list[CategoryView]:
    """Return all categories, nested, as every page of the storefront needs them.

    For PostgreSQL this is a quarter of the work of writing the document of `tree`.
    """
    rows = await _ROWS.rows(session, locale=locale.value)
    views = {id_: CategoryView(slug, name, []) for id_, _, slug, name in rows}
    topmost: list[CategoryView] = []
    for id_, parent_id, _, _ in rows:
        if parent_id is None:
            topmost.append(views[id_])
        elif parent_id in views:
            views[parent_id].children.append(views[id_])
    return topmost


async def tree(session: Reading, locale: Locale) -> bytes:
    """Return the JSON of all categories, nested."""
    return await _TREE.document(session, locale=locale.value) or b""
