"""Members of staff in front of the admin's pages, with and without the rights to use them."""

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_member_of_staff

from trastienda.database.models.accounts.user import Role


async def a_desk(shop: ASGIApp, role: Role = Role.OWNER, language: str = "en") -> AsyncClient:
    """Log in a member of staff whose browser asks for pages; only its forms carry the token."""
    browser = await a_member_of_staff(shop, role)
    del browser.headers["X-CSRF-Token"]
    browser.headers.update({"Accept": "text/html", "Accept-Language": language})
    return browser
