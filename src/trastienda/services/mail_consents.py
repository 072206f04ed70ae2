"""Who wants letters that they did not cause, and how they say that they want no more."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import Invalid
from trastienda.services import tokens
from trastienda.services.users import normalised

PURPOSE = "unsubscribe"
_SAY = prepared("""
    INSERT INTO mail_consents (email, granted, changed_at)
    VALUES (%(email)s, %(granted)s, %(now)s)
    ON CONFLICT (email) DO UPDATE SET granted = excluded.granted, changed_at = excluded.changed_at
    WHERE mail_consents.granted <> excluded.granted
""")
_GRANTED = prepared("SELECT FROM mail_consents WHERE email = %(email)s AND granted")


async def allowed(session: Reading, email: str) -> bool:
    """Say whether the owner of an address has asked for reminders, and not unsubscribed since."""
    return await _GRANTED.row(session, email=normalised(email)) is not None


async def grant(session: Session, email: str, now: datetime) -> None:
    """Write down that the owner of an address wants reminders."""
    await _SAY(session, email=normalised(email), granted=True, now=now)


async def withdraw(session: Session, email: str, now: datetime) -> None:
    """Write down that the owner of an address wants no reminders; again changes nothing."""
    await _SAY(session, email=normalised(email), granted=False, now=now)


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
