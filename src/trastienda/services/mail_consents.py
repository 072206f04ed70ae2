"""Who wants letters that they did not cause, and how they say that they want no more."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Invalid
from trastienda.schemas.event import EventType
from trastienda.schemas.letter import ConsentView
from trastienda.schemas.terms import Terms
from trastienda.services import events, tokens
from trastienda.services.event_types import MAIL_CONSENT_GRANTED, MAIL_CONSENT_WITHDRAWN
from trastienda.services.users import normalised

PURPOSE = "unsubscribe"
_SAY = prepared("""
    INSERT INTO mail_consents (id, email, granted, changed_at)
    VALUES (%(id)s, %(email)s, %(granted)s, %(now)s)
    ON CONFLICT (email) DO UPDATE SET granted = excluded.granted, changed_at = excluded.changed_at
    WHERE mail_consents.granted <> excluded.granted AND %(proven)s
    RETURNING id
""")
_GRANTED = prepared("SELECT FROM mail_consents WHERE email = %(email)s AND granted")


async def allowed(session: Reading, email: str) -> bool:
    """Say whether the owner of an address has asked for reminders, and not unsubscribed since."""
    return await _GRANTED.row(session, email=normalised(email)) is not None


async def grant(session: Session, email: str, terms: Terms, *, proven: bool) -> None:
    """Write down that the owner of an address wants reminders, and tell if that is news.

    Who has unsubscribed has done so for good, unless it is `proven` that the owner says this:
    anybody can type an address.
    """
    await _say(session, email, MAIL_CONSENT_GRANTED, terms, proven=proven)


async def withdraw(session: Session, email: str, terms: Terms) -> None:
    """Write down that the owner of an address wants no reminders, and tell if that is news."""
    await _say(session, email, MAIL_CONSENT_WITHDRAWN, terms, proven=True)


async def _say(
    session: Session, email: str, what: EventType, terms: Terms, *, proven: bool
) -> None:
    address, now, granted = normalised(email), terms.asked_at, what is MAIL_CONSENT_GRANTED
    said = {"email": address, "granted": granted, "proven": proven}
    row = await _SAY.row(session, id=uuid7(), **said, now=now)
    if row:
        view = ConsentView(id=row[0], email=address, granted=granted, changed_at=now)
        await events.append(session, what, view.id, view, terms)


def link(api: str, email: str) -> str:
    """Give the address of the page where the owner of `email` unsubscribes."""
    name = urlsafe_b64encode(normalised(email).encode()).rstrip(b"=").decode()
    return f"{api}/v1/unsubscribe?token={name}.{tokens.sign(PURPOSE, name)}"


def owner(token: str) -> str:
    """Return whose token it is; it never expires. Raise UnsubscribeLinkWrong."""
    name, _, signature = token.partition(".")
    if not tokens.verify(PURPOSE, name, signature):
        raise UnsubscribeLinkWrong
    return urlsafe_b64decode(name + "=" * (-len(name) % 4)).decode()


class UnsubscribeLinkWrong(Invalid):
    """This link is not complete; follow the one in the letter."""
