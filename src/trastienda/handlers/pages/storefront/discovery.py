"""What search engines ask for: which pages there are, and which are not for them."""

from xml.sax.saxutils import escape

from litestar import Response, get

from trastienda.database.db import reading
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.services.catalogue import sitemap

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
async def read_sitemap(request: AnyRequest) -> Response[bytes]:
    """List home, categories, legal pages and products, with the day of their last change."""
    address = escape(request.app.state["views"].address)
    async with reading() as session:
        entries = await sitemap.entries(session, address)
    text = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<url><loc>%s/</loc></url>%s</urlset>\n" % (address.encode(), entries)
    )
    return Response(text, media_type="application/xml", headers={"cache-control": HOUR})
