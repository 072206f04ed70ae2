"""The merchant's own wording of mails."""

from uuid import UUID

import msgspec
from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.mail.wording import MailWording
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.mail.mail import LetterView, WordingDraft, WordingView
from trastienda.services.mail import mails
from trastienda.services.mail.sent import LetterNotFound
from trastienda.services.mail.table import MAILS, Mail, placeholders
from trastienda.services.shared.records import Refusal, translated

_TEXTS = prepared("""
    SELECT texts FROM letter_wordings
    WHERE channel_id = %(channel)s AND letter = %(mail)s AND locale = %(locale)s
""")
Key = tuple[UUID, str, Locale]
"""Channel id, name of the mail, and language."""


def by_name(name: str) -> Mail:
    """Return the mail of this name. Raise LetterNotFound."""
    if found := MAILS.get(name):
        return found
    raise LetterNotFound


def check(about: Mail, draft: WordingDraft) -> None:
    """Raise PlaceholderUnknown for a placeholder that this mail does not have."""
    for field in mails.FIELDS:
        text = getattr(draft, field) or ""
        if (name := mails.unknown_placeholder(about, text)) is not None:
            known = placeholders(about)
            raise PlaceholderUnknown(pointer=f"/{field}", placeholder=name, known=known)


async def find(session: Reading, key: Key) -> MailWording | None:
    """Return the merchant's wording, or None."""
    channel_id, name, locale = key
    query = select(MailWording).where(
        MailWording.channel_id == channel_id,
        MailWording.mail == name,
        MailWording.locale == locale.value,
    )
    return await session.orm.scalar(query)


async def claim(session: Session, key: Key, seen: int | None) -> MailWording | None:
    """Lock the merchant's wording, if there is one, for a change. Raise WordingChanged."""
    found = await find(session, key)
    if found is not None:
        await session.orm.refresh(found, with_for_update=True)
    if seen is not None and (found is None or seen != found.version):
        raise WordingChanged(version=found.version if found else 0)
    return found


async def add(session: Session, wording: MailWording) -> None:
    """Save a new wording. Raise WordingChanged if another one was saved at the same time."""
    session.orm.add(wording)
    with translated(_REFUSALS):
        await session.orm.flush()


async def read(session: Reading, key: Key) -> WordingView:
    """Return the merchant's wording. Raise WordingNotFound if there is none."""
    if found := await find(session, key):
        return view(found)
    raise WordingNotFound


async def all_mails(session: Reading, channel_id: UUID) -> list[LetterView]:
    """List every mail with the channel's wordings of it."""
    query = select(MailWording).where(MailWording.channel_id == channel_id)
    own = [view(it) for it in await session.orm.scalars(query.order_by(MailWording.id))]
    return [
        LetterView(
            name=mail.name,
            event=mail.event,
            audience=mail.audience,
            kind=mail.kind,
            fields=list(mails.FIELDS),
            placeholders=placeholders(mail),
            wordings=[wording for wording in own if wording.letter == mail.name],
        )
        for mail in MAILS.values()
    ]


def view(wording: MailWording) -> WordingView:
    """Return the view of a wording."""
    return WordingView(
        id=wording.id,
        letter=wording.mail,
        locale=Locale(wording.locale),
        version=wording.version,
        **wording.texts,
    )


async def draft(session: Reading, key: Key) -> WordingDraft | None:
    """Return the merchant's wording for writing a mail, or None if there is none."""
    channel_id, name, locale = key
    row = await _TEXTS.row(session, channel=channel_id, mail=name, locale=locale.value)
    return msgspec.convert(row[0], WordingDraft) if row else None


class WordingNotFound(NotFound):
    """This letter has no words of your own in this language."""


class WordingChanged(Stale):
    """The words of this letter have changed since you read them."""


class PlaceholderUnknown(Invalid):
    """There is no such placeholder in this letter."""


_REFUSALS = {"uq_letter_wordings_channel_id_letter_locale": Refusal(WordingChanged)}
