"""No more reminders: a page for people, and one click for mail programs (RFC 8058)."""

from html import escape
from typing import Annotated

from litestar import Response, get, post
from litestar.params import QueryParameter

from trastienda.controllers import mail
from trastienda.database.models.text import Locale
from trastienda.handlers.terms import Asked
from trastienda.middlewares.locale import Wanted
from trastienda.services import mail_consents

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
STYLE = (
    "body{font:16px/1.5 'Helvetica Neue',Helvetica,Arial,sans-serif;color:#26231f;"
    "background:#f3f1ec;margin:0;padding:10vh 20px}main{max-width:420px;margin:auto;"
    "background:#fff;border:1px solid #e4dfd5;border-radius:12px;padding:32px}h1{margin-top:0;"
    "font-size:24px}button{font:inherit;font-weight:bold;color:#fff;background:#1f5f4a;border:0;"
    "border-radius:8px;padding:12px 24px}p{overflow-wrap:anywhere}"
)


@get(media_type="text/html")
async def show_unsubscribe(token: Token, locale: Wanted) -> Response[str]:
    """Show a page with a button; looking at it changes nothing, as scanners follow links."""
    title, text, button = ASK[locale]
    form = f'<form method="post"><button>{escape(button)}</button></form>'
    return _page(locale, title, text.format(escape(mail_consents.owner(token))), form)


@post(status_code=200, media_type="text/html")
async def unsubscribe(token: Token, locale: Wanted, terms: Asked) -> Response[str]:
    """Want no more reminders; again changes nothing. What is in the body does not matter."""
    await mail.unsubscribe(token, terms)
    title, text = DONE[locale]
    return _page(locale, title, text.format(escape(mail_consents.owner(token))))


def _page(locale: Locale, title: str, text: str, form: str = "") -> Response[str]:
    """Make a small page; `text` and `form` are HTML."""
    page = (
        f'<!doctype html><html lang="{locale.value}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f"<main><h1>{escape(title)}</h1><p>{text}</p>{form}</main></html>"
    )
    return Response(page, media_type="text/html", headers=POLICY)
