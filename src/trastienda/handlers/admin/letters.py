"""What letters look like, and the merchant's own words in them."""

from enum import StrEnum
from typing import Annotated

from litestar import Response, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from trastienda.controllers import wordings
from trastienda.database.db import reading, utcnow
from trastienda.database.models.text import Locale
from trastienda.handlers.answers import versioned
from trastienda.handlers.terms import Asked
from trastienda.middlewares.locale import Wanted
from trastienda.schemas.letter import LetterList, WordingDraft, WordingView
from trastienda.services import channels, letters, mail_consents
from trastienda.services import wordings as wordings_on_record
from trastienda.services.letter_table import House
from trastienda.services.letters import Occasion

SEALED = {
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
    "x-frame-options": "SAMEORIGIN",
}
"""A letter is looked at: it runs nothing, loads nothing, sends nothing."""


class Part(StrEnum):
    HTML = "html"
    TEXT = "text"


WantedPart = Annotated[Part, QueryParameter(description="Which of the two parts of the letter.")]


@get()
async def list_letters() -> LetterList:
    """List the letters that the shop writes, and what you say in them in words of your own."""
    async with reading() as session:
        return LetterList(await wordings_on_record.all_letters(session, channels.current().id))


@get(media_type="text/html")
async def preview_letter(
    name: FromPath[str],
    house: NamedDependency[House],
    locale: Wanted,
    part: WantedPart = Part.HTML,
) -> Response[str]:
    """Show a letter with your words and invented data, as HTML or as text (`?part=text`)."""
    letter, channel = wordings_on_record.letter(name), channels.current()
    async with reading() as session:
        own = await wordings_on_record.draft(session, (channel.id, name, locale))
    to = "ana@example.com"
    reminds = letter.kind == "reminder"
    occasion = Occasion(
        message_id="preview",
        at=utcnow(),
        to=to,
        locale=locale,
        shop=channel.name,
        house=house,
        wording=own,
        unsubscribe=mail_consents.link(house.api, to) if reminds else None,
    )
    shown = letters.parts(letter, letter.about.sample, occasion)
    if part is Part.TEXT:
        text = f"{shown.subject}\n\n{shown.text}"
        return Response(text, media_type="text/plain", headers=SEALED)
    return Response(shown.html, media_type="text/html", headers=SEALED)


@get()
async def get_wording(name: FromPath[str], language: FromPath[Locale]) -> Response[WordingView]:
    """Read your own words for a letter in a language."""
    which = (channels.current().id, wordings_on_record.letter(name).name, language)
    async with reading() as session:
        return versioned(await wordings_on_record.read(session, which))


@put()
async def put_wording(
    terms: Asked, name: FromPath[str], language: FromPath[Locale], data: JSONBody[WordingDraft]
) -> Response[WordingView]:
    """Put a letter into words of your own; what you leave out, we say."""
    return versioned(await wordings.put(name, language, data, terms))


@delete()
async def delete_wording(terms: Asked, name: FromPath[str], language: FromPath[Locale]) -> None:
    """Say it in our words again."""
    await wordings.remove(name, language, terms)
