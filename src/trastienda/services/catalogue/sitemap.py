"""Which pages of the shop there are, for search engines."""

from datetime import datetime
from typing import NamedTuple

from trastienda.database.db import Reading, prepared

MOST = 50_000
"""The protocol of sitemaps allows no more addresses in one file."""
_PAGES = prepared(f"""
    (SELECT '/categories/' || slug, NULL::timestamptz FROM categories ORDER BY slug LIMIT 1000)
    UNION ALL
    (SELECT '/legal/' || kind, changed_at FROM legal_pages ORDER BY kind)
    UNION ALL
    (SELECT '/products/' || products.slug, products.updated_at FROM products
    WHERE products.published AND EXISTS (
        SELECT FROM cards WHERE cards.product_id = products.id)
    ORDER BY products.updated_at DESC, products.id LIMIT {MOST - 1001})
""")


class SitePage(NamedTuple):
    path: str
    changed_at: datetime | None


async def pages(session: Reading) -> list[SitePage]:
    """List the pages of categories, legal texts and products for sale, those changed last first."""
    return [SitePage(*row) for row in await _PAGES.rows(session)]
