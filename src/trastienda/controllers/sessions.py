from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, NoReturn
from uuid import UUID

from trastienda.database.db import reading, transaction, use_case
from trastienda.errors import Unauthenticated
from trastienda.schemas.session import Credentials
from trastienda.schemas.visitor import Visitor
from trastienda.services import keys, login_failures, passwords, sessions, users
from trastienda.services.login_failures import Limit


class Browser(NamedTuple):
    """What we know of who sends a log-in: the session to replace, where from, with what.

    `client` is the network address to count failures of, or None where limits are off.
    """

    client: str | None = None
    token: str | None = None
    user_agent: str = ""


class Started(NamedTuple):
    token: str
    lifetime: timedelta
    visitor: Visitor


class InvalidCredentials(Unauthenticated):
    """No account has this address and password."""


@use_case
async def log_in(given: Credentials, browser: Browser, now: datetime) -> Started:
    """Start a new session, in place of the one that the browser carried.

    Raise InvalidCredentials for a wrong password, an unknown address and an unverified account
    alike, SlowDown when this account or network address has failed too often. No connection is
    held while the password is checked; the last transaction sees to it that it is still the one.
    """
    email = users.normalised(given.email)
    limits = login_failures.of_login(email, browser.client)
    async with passwords.turn():
        stored = await _stored_hash(email, limits, now)
        if not stored or not await passwords.matches(stored, given.password):
            await _refuse(limits, now)
        if passwords.outdated(stored):
            stored = await _renew(email, stored, given.password)
        return await _start(email, stored, browser, now)


async def _stored_hash(email: str, limits: Sequence[Limit], now: datetime) -> str:
    """Give the hash to check against: nobody's when there is no account, or no password yet."""
    async with reading() as session:
        await login_failures.refuse(session, limits, now)
        account = await users.by_email(session, email)
    return (account and account.password_hash) or passwords.NOBODYS


async def _refuse(limits: Sequence[Limit], now: datetime) -> NoReturn:
    async with transaction() as session:
        await login_failures.record(session, limits, now)
    raise InvalidCredentials


async def _renew(email: str, stored: str, password: str) -> str:
    """Hash again with today's parameters; a password that changed meanwhile stays."""
    renewed = await passwords.hashed(password)
    async with transaction() as session:
        await users.rehash(session, email, stored, renewed)
    return renewed


async def _start(email: str, stored: str, browser: Browser, now: datetime) -> Started:
    async with transaction() as session:
        account = await users.claim(session, email)
        if account is None or account.password_hash != stored:
            raise InvalidCredentials
        await login_failures.forget(session, login_failures.account(email))
        if browser.token is not None:
            await sessions.end(session, browser.token)
        token, visitor = await sessions.start(session, account, browser.user_agent, now)
    return Started(token, sessions.limits(account.role).absolute, visitor)


@use_case
async def log_out(token: str) -> None:
    """End the session that this token is for, if it is one."""
    async with transaction() as session:
        await sessions.end(session, token)


@use_case
async def end(visitor: Visitor, session_id: UUID) -> None:
    async with transaction() as session:
        await sessions.end_one(session, visitor, session_id)


@use_case
async def seen(session_ids: Collection[UUID], key_ids: Collection[UUID], now: datetime) -> None:
    """Remember which sessions and keys are in use."""
    async with transaction() as session:
        await sessions.touch(session, session_ids, now)
        await keys.touch(session, key_ids, now)
