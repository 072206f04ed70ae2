"""Unsubscribing from reminders: a page for people, and one click for mail programs (RFC 8058)."""

from typing import Annotated

from litestar import Response, get, post
from litestar.params import QueryParameter

from trastienda.controllers.mail import mail
from trastienda.database.models.shared.text import Locale
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.pages import page
from trastienda.middlewares.requests.locale import Wanted
from trastienda.services.mail import consents

Token = Annotated[str, QueryParameter(min_length=1, max_length=600)]
POLICY = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}
ASK = {
    Locale.ENGLISH: ("No more reminders?", "We stop sending reminders to {}.", "Stop reminders"),
    Locale.SPANISH: ("¿Sin recordatorios?", "No enviaremos más recordatorios a {}.", "Parar"),
}
DONE = {
    Locale.ENGLISH: ("Done", "There will be no more reminders to {}."),
    Locale.SPANISH: ("Hecho", "No habrá más recordatorios para {}."),
}


@get(media_type="text/html")
async def show_unsubscribe(token: Token, locale: Wanted) -> Response[str]:
    """Show a page with a button. Opening it changes nothing, because scanners follow links."""
    title, text, button = ASK[locale]
    return _page(locale, title, text.format(consents.owner(token)), button)


@post(status_code=200, media_type="text/html")
async def unsubscribe(token: Token, locale: Wanted, context: RequestContext) -> Response[str]:
    """Stop reminders to an address. Repeating it changes nothing; the body is ignored."""
    await mail.unsubscribe(token, context)
    title, text = DONE[locale]
    return _page(locale, title, text.format(consents.owner(token)))


def _page(locale: Locale, title: str, text: str, button: str = "") -> Response[str]:
    facts = {"language": locale.value, "title": title, "text": text, "button": button}
    body = page("unsubscribe/page.html", **facts)
    return Response(body, media_type="text/html", headers=POLICY)
