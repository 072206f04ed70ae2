"""What search engines ask for: which pages there are, and which are not for them."""

from xml.sax.saxutils import escape

from litestar import Response, get

from trastienda.database.db import reading
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.services.catalogue import sitemap
from trastienda.services.catalogue.sitemap import SitePage

HOUR = "public, max-age=3600"
NOT_FOR_ROBOTS = (
    "/account", "/admin", "/cart", "/checkout", "/draft-orders/", "/gift-card", "/login",
    "/orders/", "/register", "/v1/", "/verify",
)  # fmt: skip


@get(media_type="text/plain")
async def read_robots(request: AnyRequest) -> Response[str]:
    """Say which pages are not for search engines, and where the list of the others is."""
    address = request.app.state["views"].address
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {address}/sitemap.xml", ""]
    text = "\n".join(lines)
    return Response(text, media_type="text/plain", headers={"cache-control": HOUR})


@get(media_type="application/xml")
async def read_sitemap(request: AnyRequest) -> Response[str]:
    """List home, categories, legal pages and products, with the day of their last change."""
    address = request.app.state["views"].address
    async with reading() as session:
        pages = await sitemap.pages(session)
    home = f"<url><loc>{escape(address)}/</loc></url>"
    entries = [home, *(_entry(address, it) for it in pages)]
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        f"{''.join(entries)}</urlset>\n"
    )
    return Response(text, media_type="application/xml", headers={"cache-control": HOUR})


def _entry(address: str, page: SitePage) -> str:
    changed = f"<lastmod>{page.changed_at:%Y-%m-%d}</lastmod>" if page.changed_at else ""
    return f"<url><loc>{escape(address + page.path)}</loc>{changed}</url>"
