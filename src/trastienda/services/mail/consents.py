"""Consent to reminders, and the links by which it is withdrawn."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Invalid
from trastienda.schemas.events.event import EventType
from trastienda.schemas.mail.mail import ConsentView
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts.users import normalised
from trastienda.services.events import events
from trastienda.services.events.types import MAIL_CONSENT_GRANTED, MAIL_CONSENT_WITHDRAWN
from trastienda.services.shared import tokens

PURPOSE = "unsubscribe"
_SET = prepared("""
    INSERT INTO mail_consents (id, email, granted, changed_at)
    VALUES (%(id)s, %(email)s, %(granted)s, %(now)s)
    ON CONFLICT (email) DO UPDATE SET granted = excluded.granted, changed_at = excluded.changed_at
    WHERE mail_consents.granted <> excluded.granted AND %(proven)s
    RETURNING id
""")
_GRANTED = prepared("SELECT FROM mail_consents WHERE email = %(email)s AND granted")


async def allowed(session: Reading, email: str) -> bool:
    """Say whether the owner of an address has agreed to reminders and not unsubscribed since."""
    return await _GRANTED.row(session, email=normalised(email)) is not None


async def grant(session: Session, email: str, context: Context, *, proven: bool) -> None:
    """Record consent to reminders, and an event if that is a change.

    Whoever has unsubscribed stays so unless it is `proven` that the owner of the address consents:
    anybody can type an address into a form.
    """
    await _set(session, email, MAIL_CONSENT_GRANTED, context, proven=proven)


async def withdraw(session: Session, email: str, context: Context) -> None:
    """Record that consent was withdrawn, and an event if that is a change."""
    await _set(session, email, MAIL_CONSENT_WITHDRAWN, context, proven=True)


async def _set(
    session: Session, email: str, event_type: EventType, context: Context, *, proven: bool
) -> None:
    address, now, granted = normalised(email), context.asked_at, event_type is MAIL_CONSENT_GRANTED
    values = {"email": address, "granted": granted, "proven": proven}
    row = await _SET.row(session, id=uuid7(), **values, now=now)
    if row:
        view = ConsentView(id=row[0], email=address, granted=granted, changed_at=now)
        await events.append(session, event_type, view.id, view, context)


def link(api: str, email: str) -> str:
    """Return the link to the page where the owner of `email` unsubscribes."""
    name = urlsafe_b64encode(normalised(email).encode()).rstrip(b"=").decode()
    return f"{api}/v1/unsubscribe?token={name}.{tokens.sign(PURPOSE, name)}"


def owner(token: str) -> str:
    """Return the address that a token is for; tokens do not expire. Raise UnsubscribeLinkWrong."""
    name, _, signature = token.partition(".")
    if not tokens.verify(PURPOSE, name, signature):
        raise UnsubscribeLinkWrong
    return urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()


class UnsubscribeLinkWrong(Invalid):
    """This link is not complete; follow the one in the letter."""
