"""The merchant's own words in letters."""

from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.letter_wording import LetterWording
from trastienda.database.models.text import Locale
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.letter import LetterView, WordingDraft, WordingView
from trastienda.services import letters
from trastienda.services.letter_table import LETTERS, Letter, placeholders
from trastienda.services.sent_letters import LetterNotFound

_TEXTS = prepared("""
    SELECT texts FROM letter_wordings
    WHERE channel_id = %(channel)s AND letter = %(letter)s AND locale = %(locale)s
""")
Which = tuple[UUID, str, Locale]
"""Channel, letter and language."""


def letter(name: str) -> Letter:
    """Return a letter. Raise LetterNotFound."""
    if found := LETTERS.get(name):
        return found
    raise LetterNotFound


def check(about: Letter, draft: WordingDraft) -> None:
    """Raise PlaceholderUnknown for a name that means nothing in this letter."""
    for field in letters.FIELDS:
        text = getattr(draft, field) or ""
        if (name := letters.unknown_placeholder(about, text)) is not None:
            known = placeholders(about)
            raise PlaceholderUnknown(pointer=f"/{field}", placeholder=name, known=known)


async def find(session: Reading, which: Which) -> LetterWording | None:
    channel_id, name, locale = which
    query = select(LetterWording).where(
        LetterWording.channel_id == channel_id,
        LetterWording.letter == name,
        LetterWording.locale == locale.value,
    )
    return await session.orm.scalar(query)


async def claim(session: Session, which: Which, seen: int | None) -> LetterWording | None:
    """Lock the channel's words for a change, if there are any. Raise WordingChanged."""
    found = await find(session, which)
    if found is not None:
        await session.orm.refresh(found, with_for_update=True)
    if seen is not None and (found is None or seen != found.version):
        raise WordingChanged(version=found.version if found else 0)
    return found


async def add(session: Session, wording: LetterWording) -> None:
    """Write words down. Raise WordingChanged when somebody else has just done so."""
    session.orm.add(wording)
    try:
        await session.orm.flush()
    except IntegrityError as refusal:  # uq_letter_wordings_…: the only one
        raise WordingChanged from refusal


async def read(session: Reading, which: Which) -> WordingView:
    """Return the merchant's words. Raise WordingNotFound while they are ours."""
    if found := await find(session, which):
        return view(found)
    raise WordingNotFound


async def all_letters(session: Reading, channel_id: UUID) -> list[LetterView]:
    """List every letter, with what the merchant says in it."""
    query = select(LetterWording).where(LetterWording.channel_id == channel_id)
    own = [view(it) for it in await session.orm.scalars(query.order_by(LetterWording.id))]
    return [
        LetterView(
            name=it.name,
            event=it.event,
            audience=it.audience,
            kind=it.kind,
            fields=list(letters.FIELDS),
            placeholders=placeholders(it),
            wordings=[each for each in own if each.letter == it.name],
        )
        for it in LETTERS.values()
    ]


def view(wording: LetterWording) -> WordingView:
    return WordingView(
        id=wording.id,
        letter=wording.letter,
        locale=Locale(wording.locale),
        version=wording.version,
        **wording.texts,
    )


async def draft(session: Reading, which: Which) -> WordingDraft | None:
    """Return what the merchant says, None where all words are ours."""
    channel_id, name, locale = which
    row = await _TEXTS.row(session, channel=channel_id, letter=name, locale=locale.value)
    return msgspec.convert(row[0], WordingDraft) if row else None


class WordingNotFound(NotFound):
    """This letter has no words of your own in this language."""


class WordingChanged(Stale):
    """The words of this letter have changed since you read them."""


class PlaceholderUnknown(Invalid):
    """There is no such placeholder in this letter."""
