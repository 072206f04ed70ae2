"""Delays after failures, counted in the database, so the same on all nodes.

There are two kinds: a `Limit` doubles the wait with each failure; a `Rate` allows a burst and then
one attempt in so many seconds, which limits the attempts in a day.
"""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import TooMany
from trastienda.services.shared import tokens

DELAY = prepared("SELECT max(blocked_until) FROM login_failures WHERE key = ANY(%(keys)s)")

# The count starts again after a quiet hour.
RECORD = prepared("""
    INSERT INTO login_failures AS seen (key, failures, last_at, blocked_until)
    VALUES (%(key)s, 1, %(now)s, %(now)s)
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN seen.last_at < %(now)s - interval '1 hour' THEN 1
                        ELSE seen.failures + 1 END,
        last_at = %(now)s,
        blocked_until = CASE
            WHEN seen.last_at < %(now)s - interval '1 hour' OR seen.failures + 1 < %(free)s
                THEN %(now)s
            ELSE %(now)s + make_interval(secs =>
                least(%(most)s, power(2, least(seen.failures + 1 - %(free)s, 20))))
        END
""")

FIRST = prepared("""
    INSERT INTO login_failures (key, failures, last_at, blocked_until)
    VALUES (%(key)s, 1, %(now)s, %(now)s) ON CONFLICT (key) DO NOTHING
""")

_TURN = prepared("SELECT pg_advisory_xact_lock(hashtextextended(encode(%(key)s::bytea, 'hex'), 0))")

FORGET = prepared("DELETE FROM login_failures WHERE key = ANY(%(keys)s)")

# Each failure moves the time forward by the interval (the generic cell rate algorithm). A quiet
# period gives back the attempts it would have allowed, up to the burst.
MOVE_ON = prepared("""
    INSERT INTO login_failures AS seen (key, failures, last_at, blocked_until)
    VALUES (%(key)s, 1, %(now)s, %(now)s::timestamptz
        + make_interval(secs => %(every)s::float8 * (2 - %(burst)s::int)))
    ON CONFLICT (key) DO UPDATE SET
        failures = seen.failures + 1,
        last_at = %(now)s,
        blocked_until = make_interval(secs => %(every)s::float8) + greatest(seen.blocked_until,
            %(now)s::timestamptz + make_interval(secs => %(every)s::float8 * (1 - %(burst)s::int)))
""")

SWEEP = prepared("""
    DELETE FROM login_failures WHERE key = ANY (ARRAY(
        SELECT key FROM login_failures WHERE last_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED))
""")


class SlowDown(TooMany):
    """There were too many attempts; wait a little before the next."""


class Limit(NamedTuple):
    """Failure number `free` causes a wait of 1 s, each further one doubles it, up to `most`."""

    key: bytes
    free: int
    most: float


class Rate(NamedTuple):
    """`burst` failures at once, then one in `every` seconds.

    That is at most `burst + 86_400 / every` in 24 hours. The row is deleted after a quiet day, so
    `burst * every` has to be less than a day.
    """

    key: bytes
    burst: int
    every: float


def for_login(email: str, client: str | None) -> list[Limit | Rate]:
    """Limit guesses from one client at one account, from one client, and at one account.

    The last is the only one in which others' guesses count. It is generous, because it also delays
    the owner on a new device.
    """
    if client is None:
        return []
    return [
        for_pair(email, client),
        Limit(tokens.digest(f"address {client}"), free=20, most=900.0),
        Rate(tokens.digest(f"account {email}"), burst=100, every=300.0),
    ]


def for_pair(email: str, client: str) -> Limit:
    """Limit guesses from one network address at one account."""
    return Limit(tokens.digest(f"account {email} from {client}"), free=5, most=300.0)


def for_device(nonce: str) -> Rate:
    """Limit guesses with one device cookie: the browser may be a thief's."""
    return Rate(tokens.digest(f"device {nonce}"), burst=10, every=900.0)


def for_registration(email: str, client: str | None) -> list[Limit | Rate]:
    """Limit the mails about registering to one address, and those that one client causes."""
    if client is None:
        return []
    return [
        Limit(tokens.digest(f"registration {email}"), free=3, most=900.0),
        Limit(tokens.digest(f"registering {client}"), free=20, most=900.0),
    ]


def for_password(email: str, session_id: UUID | None, client: str | None) -> list[Limit | Rate]:
    """Limit guesses at the current password by somebody who is logged in, and may be a thief.

    Only guesses in the session itself count, beside those of its client, so that strangers cannot
    keep the owner from changing a password.
    """
    if client is None:
        return []
    return [
        for_pair(email, client),
        Rate(tokens.digest(f"password in {session_id}"), burst=10, every=900.0),
    ]


def for_password_reset(email: str, client: str | None) -> list[Limit | Rate]:
    """Limit the requests for new passwords, for one address and from one client."""
    if client is None:
        return []
    return [
        Limit(tokens.digest(f"password resets of {email}"), free=3, most=900.0),
        Limit(tokens.digest(f"password resets from {client}"), free=20, most=900.0),
    ]


def for_coupon(cart_id: str, client: str | None, user_id: UUID | None) -> list[Limit | Rate]:
    """Limit guesses at coupon codes, which may be short."""
    if client is None:
        return []
    limits: list[Limit | Rate] = [
        Limit(tokens.digest(f"coupons of {cart_id}"), free=10, most=300.0),
        Limit(tokens.digest(f"coupons from {client}"), free=20, most=900.0),
    ]
    if user_id is not None:
        limits.append(Limit(tokens.digest(f"coupons by {user_id}"), free=20, most=900.0))
    return limits


STRANGERS_COUPONS = Rate(tokens.digest("coupons"), burst=600, every=30.0)
"""What all visitors who are not logged in may guess together, over all addresses and carts."""


def for_gift_card(cart_id: str, client: str | None, user_id: UUID | None) -> list[Limit | Rate]:
    """Limit guesses at codes of gift cards."""
    holder = for_gift_card_holder(client, user_id)
    of_cart = Limit(tokens.digest(f"gift cards of {cart_id}"), free=10, most=900.0)
    return [of_cart, *holder] if holder else []


def for_gift_card_holder(client: str | None, user_id: UUID | None) -> list[Limit | Rate]:
    """Limit guesses at codes of gift cards without a cart, which count with those in carts."""
    if client is None:
        return []
    limits: list[Limit | Rate] = [
        Limit(tokens.digest(f"gift cards from {client}"), free=20, most=3_600.0)
    ]
    if user_id is not None:
        limits.append(Limit(tokens.digest(f"gift cards by {user_id}"), free=20, most=3_600.0))
    return limits


STRANGERS_GIFT_CARDS = Rate(tokens.digest("gift cards"), burst=600, every=30.0)
"""The same for gift cards."""


def for_reminder(client: str | None) -> list[Limit | Rate]:
    """Limit the number of addresses to which one client can cause reminders."""
    if client is None:
        return []
    return [Limit(tokens.digest(f"reminding {client}"), free=20, most=900.0)]


def for_order_link(email: str, client: str | None) -> list[Limit | Rate]:
    """Limit the requests for new links to orders, for one address and from one client."""
    if client is None:
        return []
    return [
        Limit(tokens.digest(f"order links of {email.lower()}"), free=3, most=900.0),
        Limit(tokens.digest(f"order links from {client}"), free=20, most=900.0),
    ]


async def take_turns(session: Session, limits: Sequence[Limit | Rate]) -> None:
    """Wait until no other transaction is between its check of these limits and its count."""
    for key in sorted(limit.key for limit in limits):
        await _TURN(session, key=key)


async def refuse(session: Reading, limits: Sequence[Limit | Rate], now: datetime) -> None:
    """Raise SlowDown if any of `limits` has to wait."""
    if wait := await seconds(session, limits, now):
        raise SlowDown(retry_after=wait)


async def seconds(session: Reading, limits: Sequence[Limit | Rate], now: datetime) -> int:
    """Return the seconds that the next attempt has to wait, 0 for none."""
    if not limits:
        return 0
    row = await DELAY.row(session, keys=[limit.key for limit in limits])
    until: datetime | None = row[0] if row else None
    return ceil((until - now).total_seconds()) if until and until > now else 0


async def record(session: Session, limits: Sequence[Limit | Rate], now: datetime) -> None:
    """Count a failure. All callers pass the kinds in the same order, as the rows are locked."""
    for limit in limits:
        statement = RECORD if isinstance(limit, Limit) else MOVE_ON
        await statement(session, now=now, **limit._asdict())


async def record_code(
    session: Session, code: str, now: datetime, shared: Rate = STRANGERS_COUPONS
) -> None:
    """Count a code that does not exist among all strangers' guesses, at most once a day.

    A misprint in an advertisement that hundreds type in is one guess.
    """
    kind = "coupon" if shared is STRANGERS_COUPONS else "gift card"
    if await FIRST(session, key=tokens.digest(f"{kind} {code}"), now=now):
        await record(session, [shared], now)


async def forget(session: Session, limits: Sequence[Limit | Rate]) -> None:
    """Delete the counts of these limits, after a success."""
    await FORGET(session, keys=[limit.key for limit in limits])


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Delete at most `most` counts that have been quiet since then; return how many."""
    return await SWEEP(session, before=before, most=most)
