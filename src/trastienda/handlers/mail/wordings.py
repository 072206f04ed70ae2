"""Previews of mails, and the merchant's own wording."""

from enum import StrEnum
from typing import Annotated

from litestar import Response, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers.mail import wordings
from trastienda.database.db import reading, utcnow
from trastienda.database.models.shared.text import Locale
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.middlewares.requests.locale import Wanted
from trastienda.schemas.mail.mail import LetterList, WordingDraft, WordingView
from trastienda.services.channels import channels
from trastienda.services.mail import consents, mails
from trastienda.services.mail import wordings as wordings_on_record
from trastienda.services.mail.mails import Envelope
from trastienda.services.mail.rendering import MailSettings

SEALED = {
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "x-frame-options": "SAMEORIGIN",
}
"""A preview runs no script, loads nothing and submits nothing."""


class Part(StrEnum):
    HTML = "html"
    TEXT = "text"


WantedPart = Annotated[Part, QueryParameter(description="Which of the two parts of the letter.")]


@get()
async def list_letters() -> LetterList:
    """List the letters that the shop writes, with your own wording of each."""
    async with reading() as session:
        return LetterList(await wordings_on_record.all_mails(session, channels.current().id))


@get(media_type="text/html", opt={"also": ["text/plain"]})
async def preview_letter(
    name: FromPath[str],
    mail_settings: NamedDependency[MailSettings],
    locale: Wanted,
    part: WantedPart = Part.HTML,
) -> Response[str]:
    """Show a letter with your words and invented data, as HTML or as text (`?part=text`)."""
    mail, channel = wordings_on_record.by_name(name), channels.current()
    async with reading() as session:
        own = await wordings_on_record.draft(session, (channel.id, name, locale))
    to = "ana@example.com"
    reminds = mail.kind == "reminder"
    envelope = Envelope(
        message_id="preview",
        at=utcnow(),
        to=to,
        locale=locale,
        shop=channel.name,
        mail_settings=mail_settings,
        wording=own,
        unsubscribe=consents.link(mail_settings.api, to) if reminds else None,
    )
    shown = mails.render(mail, mail.about.sample, envelope)
    if part is Part.TEXT:
        text = f"{shown.subject}\n\n{shown.text}"
        return Response(text, media_type="text/plain", headers=SEALED)
    return Response(shown.html, media_type="text/html", headers=SEALED)


@get()
async def get_wording(name: FromPath[str], language: FromPath[Locale]) -> Response[WordingView]:
    """Read your own wording of a letter in a language."""
    key = (channels.current().id, wordings_on_record.by_name(name).name, language)
    async with reading() as session:
        return versioned(await wordings_on_record.read(session, key))


@put()
async def put_wording(
    context: RequestContext,
    name: FromPath[str],
    language: FromPath[Locale],
    data: JSONBody[WordingDraft],
) -> Response[WordingView]:
    """Set your own wording of a letter; fields that you leave out keep the default text."""
    return versioned(await wordings.put(name, language, data, context))


@delete()
async def delete_wording(
    context: RequestContext, name: FromPath[str], language: FromPath[Locale]
) -> None:
    """Remove your own wording, so that the letter has the default texts again."""
    await wordings.remove(name, language, context)
