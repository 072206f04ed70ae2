from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple, NoReturn
from uuid import UUID

from trastienda.database.db import Reading, reading, transaction, use_case
from trastienda.errors import Forbidden, Unauthenticated
from trastienda.schemas.accounts.session import Credentials
from trastienda.schemas.carts.merge import CartMergeView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import devices, keys, passwords, sessions, throttles, users
from trastienda.services.accounts.throttles import Limit, Rate, SlowDown
from trastienda.services.accounts.users import Account
from trastienda.services.carts.merging import merging
from trastienda.services.channels import channels


class Browser(NamedTuple):
    """The circumstances of a log-in: the session to replace, the client and the device.

    `client` is the network address to count failures of, or None if rate limits are off; `device`
    is the cookie of `services/accounts/devices.py`.
    """

    client: str | None = None
    token: str | None = None
    user_agent: str = ""
    device: str | None = None


class StartedSession(NamedTuple):
    token: str
    lifetime: timedelta
    visitor: Visitor
    device: str
    """The device cookie, which stays after logging out."""
    cart: CartMergeView | None
    """What became of the cart of this browser, if it named one."""


class Attempt(NamedTuple):
    """A log-in that may be tried: its account, if any, and the limits that a failure counts in."""

    account: Account | None
    device: str | None
    """The nonce of a browser that has logged in to this account before."""
    counted: list[Limit | Rate]

    @property
    def account_id(self) -> UUID | None:
        return self.account.id if self.account else None


class InvalidCredentials(Unauthenticated):
    """No account has this address and password."""


class AccountSuspended(Forbidden):
    """This account is suspended."""


@use_case
async def log_in(given: Credentials, browser: Browser, now: datetime) -> StartedSession:
    """Start a new session, in place of the one that the browser had.

    Raise InvalidCredentials for a wrong password, an unknown address and an unverified account
    alike, AccountSuspended for the right password of a member of staff who is suspended, SlowDown
    after too many failures, and TooManyLogins. No connection is held while the
    password is checked; the last transaction makes sure that it is still the current one, and
    merges the cart of the browser with the one that the customer has.
    """
    email = users.normalised(given.email)
    async with passwords.hashing_slot():
        attempt = await _check_throttles(email, browser, now)
        stored = (attempt.account and attempt.account.password_hash) or passwords.DUMMY_HASH
        if not await passwords.matches(stored, given.password):
            await _refuse(attempt, now)
        if passwords.outdated(stored):
            stored = await _renew(email, stored, given.password)
        return await _start(given, stored, attempt, browser, now)


async def _check_throttles(email: str, browser: Browser, now: datetime) -> Attempt:
    """Raise SlowDown if an attempt has to wait, for an unknown address as for a known one."""
    async with reading() as session:
        account = await users.by_email(session, email)
        device = devices.recognised(browser.device, account, now)
        try:
            counted = await _counted(session, email, browser.client, device, now)
        except SlowDown as error:
            raise error.about(account and account.id) from None
    return Attempt(account, device, counted)


async def _counted(
    session: Reading, email: str, client: str | None, device: str | None, now: datetime
) -> list[Limit | Rate]:
    """Return the limits that a failure counts in.

    A device that has failed too often is treated as unknown for a while.
    """
    if client is None:
        return []
    if device is not None:
        own = [throttles.for_device(device)]
        if not await throttles.seconds(session, own, now):
            return list(own)
    limits = throttles.for_login(email, client)
    await throttles.refuse(session, limits, now)
    return limits


async def _refuse(attempt: Attempt, now: datetime) -> NoReturn:
    async with transaction() as session:
        await throttles.record(session, attempt.counted, now)
    raise InvalidCredentials().about(attempt.account_id)


async def _renew(email: str, stored: str, password: str) -> str:
    """Hash a password again with today's parameters, unless it was changed meanwhile."""
    renewed = await passwords.hashed(password)
    async with transaction() as session:
        await users.rehash(session, email, stored, renewed)
    return renewed


async def _start(
    given: Credentials, stored: str, attempt: Attempt, browser: Browser, now: datetime
) -> StartedSession:
    email = users.normalised(given.email)
    async with transaction() as session:
        account = await users.claim(session, email)
        if account is None or account.password_hash != stored:
            raise InvalidCredentials().about(account and account.id)
        if account.suspended_at is not None:
            raise AccountSuspended().about(account.id)
        if browser.client is not None:
            own = [throttles.for_pair(email, browser.client)]
            device = [throttles.for_device(attempt.device)] if attempt.device else []
            await throttles.forget(session, [*own, *device])
        if browser.token is not None:
            await sessions.end(session, browser.token)
        token, visitor = await sessions.start(session, account, browser.user_agent, now)
        cart = None
        if given.cart is not None:
            policy, context = channels.current().cart_merge, Context(now, by=visitor.actor)
            cart = await merging.at_login(session, account.id, given.cart, policy, context)
    kept = devices.issue(account, attempt.device, now)
    return StartedSession(token, sessions.limits(account.role).absolute, visitor, kept, cart)


@use_case
async def log_out(token: str) -> None:
    """End the session of this token, if there is one."""
    async with transaction() as session:
        await sessions.end(session, token)


@use_case
async def end(visitor: Visitor, session_id: UUID) -> None:
    """End one of the visitor's sessions. Raise SessionNotFound."""
    async with transaction() as session:
        await sessions.end_one(session, visitor, session_id)


@use_case
async def touch(session_ids: Collection[UUID], key_ids: Collection[UUID], now: datetime) -> None:
    """Record that sessions and keys are in use."""
    async with transaction() as session:
        await sessions.touch(session, session_ids, now)
        await keys.touch(session, key_ids, now)
