"""The merchant's own wording of mails."""

from msgspec import to_builtins

from trastienda.database.db import transaction, use_case
from trastienda.database.models.mail.wording import MailWording
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.mail.mail import WordingDraft, WordingView
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.mail import wordings
from trastienda.services.mail.wordings import WordingNotFound


@use_case
async def put(name: str, locale: Locale, draft: WordingDraft, context: Context) -> WordingView:
    """Set the wording of a mail. Raise LetterNotFound, PlaceholderUnknown or WordingChanged."""
    wordings.check(wordings.by_name(name), draft)
    key = (channels.current().id, name, locale)
    async with transaction(context.once) as session:
        own, kind = await wordings.claim(session, key, context.seen), event_types.MAIL_WORDING
        event_type = kind.changed if own else kind.created
        texts = {field: text for field, text in to_builtins(draft).items() if text is not None}
        if own is None:
            own = MailWording(channel_id=key[0], mail=name, locale=locale.value, texts=texts)
            await wordings.add(session, own)
        else:
            own.texts, own.version = texts, own.version + 1
            await session.orm.flush()
        return await events.record(session, event_type, wordings.view(own), context)


@use_case
async def remove(name: str, locale: Locale, context: Context) -> None:
    """Return to the default wording. Raise LetterNotFound, WordingNotFound or WordingChanged."""
    key = (channels.current().id, wordings.by_name(name).name, locale)
    async with transaction(context.once) as session:
        own = await wordings.claim(session, key, context.seen)
        if own is None:
            raise WordingNotFound
        await session.orm.delete(own)
        await session.orm.flush()
        gone = event_types.MAIL_WORDING.deleted
        await events.record_deletion(session, gone, own.id, context)
