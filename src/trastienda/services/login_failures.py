"""Progressive delay: who fails often waits longer, on all nodes alike."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import NamedTuple

from trastienda.database.db import Reading, Session, prepared
from trastienda.errors import TooMany
from trastienda.services import tokens

DELAY = prepared("SELECT max(blocked_until) FROM login_failures WHERE key = ANY(%(keys)s)")

# Counting starts again after a quiet hour.
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

FORGET = prepared("DELETE FROM login_failures WHERE key = %(key)s")

SWEEP = prepared("""
    DELETE FROM login_failures WHERE key IN (
        SELECT key FROM login_failures WHERE last_at < %(before)s
        LIMIT %(most)s FOR UPDATE SKIP LOCKED)
""")


class SlowDown(TooMany):
    """There were too many attempts; wait a little before the next."""


class Limit(NamedTuple):
    """The failure number `free` makes one wait 1 s, each later one twice as long, up to `most`."""

    key: bytes
    free: int
    most: float


def account(email: str) -> Limit:
    """Limit guesses at one account. The wait stays short: others can make its owner wait too."""
    return Limit(tokens.digest(f"account {email}"), free=5, most=300.0)


def address(client: str) -> Limit:
    """Limit guesses from one network address, behind which there may be a whole office."""
    return Limit(tokens.digest(f"address {client}"), free=20, most=900.0)


def of_login(email: str, client: str | None) -> list[Limit]:
    return [account(email), address(client)] if client else []


def of_registration(email: str, client: str | None) -> list[Limit]:
    """Limit how much mail an address gets about registering, and how much somebody causes."""
    if client is None:
        return []
    return [
        Limit(tokens.digest(f"registration {email}"), free=3, most=900.0),
        Limit(tokens.digest(f"registering {client}"), free=20, most=900.0),
    ]


def of_coupon(cart_id: str, client: str | None) -> list[Limit]:
    """Limit guesses at codes: short ones must not be found out by trying them all."""
    if client is None:
        return []
    return [
        Limit(tokens.digest(f"coupons of {cart_id}"), free=10, most=300.0),
        Limit(tokens.digest(f"coupons from {client}"), free=20, most=900.0),
    ]


def of_reminder(client: str | None) -> list[Limit]:
    """Limit to how many addresses somebody has us write."""
    if client is None:
        return []
    return [Limit(tokens.digest(f"reminding {client}"), free=20, most=900.0)]


async def refuse(session: Reading, limits: Sequence[Limit], now: datetime) -> None:
    """Raise SlowDown while any of `limits` has to wait."""
    if not limits:
        return
    row = await DELAY.row(session, keys=[limit.key for limit in limits])
    if row is not None and row[0] is not None and row[0] > now:
        raise SlowDown(retry_after=ceil((row[0] - now).total_seconds()))


async def record(session: Session, limits: Sequence[Limit], now: datetime) -> None:
    for limit in limits:
        await RECORD(session, now=now, **limit._asdict())


async def forget(session: Session, limit: Limit) -> None:
    await FORGET(session, key=limit.key)


async def sweep(session: Session, before: datetime, most: int) -> int:
    """Forget at most so many that have been quiet since then; return how many."""
    return await SWEEP(session, before=before, most=most)
