"""What merchants say in letters in words of their own."""

from msgspec import to_builtins

from trastienda.database.db import transaction, use_case
from trastienda.database.models.letter_wording import LetterWording
from trastienda.database.models.text import Locale
from trastienda.schemas.letter import WordingDraft, WordingView
from trastienda.schemas.terms import Terms
from trastienda.services import channels, event_types, events, wordings
from trastienda.services.wordings import WordingNotFound


@use_case
async def put(name: str, locale: Locale, draft: WordingDraft, terms: Terms) -> WordingView:
    """Say it so from now on. Raise LetterNotFound, PlaceholderUnknown or WordingChanged."""
    wordings.check(wordings.letter(name), draft)
    which = (channels.current().id, name, locale)
    async with transaction(terms.once) as session:
        own, kind = await wordings.claim(session, which, terms.seen), event_types.LETTER_WORDING
        what = kind.changed if own else kind.created
        texts = {field: text for field, text in to_builtins(draft).items() if text is not None}
        if own is None:
            own = LetterWording(channel_id=which[0], letter=name, locale=locale.value, texts=texts)
            await wordings.add(session, own)
        else:
            own.texts, own.version = texts, own.version + 1
            await session.orm.flush()
        return await events.tell(session, what, wordings.view(own), terms)


@use_case
async def remove(name: str, locale: Locale, terms: Terms) -> None:
    """Say it in our words again. Raise LetterNotFound, WordingNotFound or WordingChanged."""
    which = (channels.current().id, wordings.letter(name).name, locale)
    async with transaction(terms.once) as session:
        own = await wordings.claim(session, which, terms.seen)
        if own is None:
            raise WordingNotFound
        await session.orm.delete(own)
        await session.orm.flush()
        gone = event_types.LETTER_WORDING.deleted
        await events.tell_gone(session, gone, own.id, terms)
