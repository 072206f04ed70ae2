"""The letter about something that happened, as a job writes it after the commit."""

from email.message import EmailMessage
from uuid import UUID

from trastienda.database.db import Session, transaction, use_case, utcnow
from trastienda.database.models.text import Locale
from trastienda.services import channels, events, letters, verifications
from trastienda.services.letters import House, Occasion


@use_case
async def write(event_id: UUID, house: House) -> EmailMessage | None:
    """Write the letter about an event; None when there is nothing to say (any more).

    About a registration it makes the token, so writing it again makes the one before void.
    """
    async with transaction() as session:
        event = await events.by_id(session, event_id)
        if event is None:
            return None
        await channels.refresh(session)
        locale = Locale(event.data.get("locale", channels.current().locale))
        occasion = Occasion(event_id, event.at, locale, channels.current().name, house)
        if event.type in letters.OF_ORDERS:
            return letters.about_order(event.type, event.data, occasion)
        if event.type == letters.WEBHOOK_DISABLED:
            return letters.webhook_disabled(event.data, occasion)
        token = await _token(session, event.data)
        if token is not None:
            return letters.verify(event.data["email"], token, occasion)
        if event.type == letters.REPEATED:
            return letters.known_already(event.data["email"], occasion)
        return None


async def _token(session: Session, data: dict[str, str]) -> str | None:
    return await verifications.issue(session, UUID(data["verification"]), utcnow())
