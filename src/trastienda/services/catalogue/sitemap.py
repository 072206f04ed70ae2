"""Which pages of the shop there are, for search engines."""

from trastienda.database.db import Reading, prepared

MOST = 50_000
"""The protocol of sitemaps allows no more addresses in one file."""
# Written here as XML: of 10,000 rows, Python would make it in three times the time. Slugs have
# nothing in them that XML or an address would want escaped.
_ENTRIES = prepared(f"""
    SELECT coalesce(string_agg('<url><loc>' || %(address)s::text || path || '</loc>'
        || coalesce('<lastmod>' || day || '</lastmod>', '') || '</url>', ''), '')
    FROM (
        (SELECT '/categories/' || slug AS path, NULL AS day FROM categories
        ORDER BY slug LIMIT 1000)
        UNION ALL
        (SELECT '/legal/' || kind, to_char(changed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
        FROM legal_pages ORDER BY kind)
        UNION ALL
        (SELECT '/products/' || products.slug,
            to_char(products.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
        FROM products
        WHERE products.published AND EXISTS (
            SELECT FROM cards WHERE cards.product_id = products.id)
        ORDER BY products.updated_at DESC, products.id LIMIT {MOST - 1001})
    ) AS pages
""")


async def entries(session: Reading, address: str) -> bytes:
    """Return the XML of the pages of categories, legal texts and products, with their last change.

    `address` is that of the shop, escaped for XML. The products that changed last come first.
    """
    return await _ENTRIES.document(session, address=address) or b""
