"""Passwords, as their owners change them or get new ones by mail."""

from datetime import datetime, timedelta
from typing import NamedTuple

from trastienda.database.db import Session, reading, transaction, use_case
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid
from trastienda.schemas.accounts.event import PasswordChanged, PasswordResetRequested
from trastienda.schemas.accounts.user import (
    NewPassword,
    PasswordChange,
    PasswordResetDraft,
    PasswordResetView,
)
from trastienda.schemas.shared.actor import GUEST, Actor, ActorKind
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import (
    devices,
    password_resets,
    passwords,
    sessions,
    throttles,
    users,
)
from trastienda.services.accounts.users import Account
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared import email_addresses as mailboxes


class PasswordWrong(Invalid):
    """This is not your current password."""


class KnownBrowser(NamedTuple):
    """The browser in which a password is changed.

    `client` is the network address to count failures of, or None if rate limits are off; `device`
    is the cookie of `services/accounts/devices.py`.
    """

    client: str | None
    user_agent: str
    device: str | None
    locale: Locale


class RenewedSession(NamedTuple):
    """The session that a change of the password leaves."""

    token: str
    lifetime: timedelta
    visitor: Visitor
    device: str
    """The device cookie, which the new password makes necessary."""


@use_case
async def request_reset(
    wanted: PasswordResetDraft, client: str | None, now: datetime, locale: Locale
) -> PasswordResetView:
    """Record a request for a new password; neither answer nor timing shows if there is an account.

    `client` is the network address to count, or None if rate limits are off; `locale` is the
    language of the mail. Raise SlowDown or AddressUnusable.
    """
    mailboxes.parse(wanted.email)
    email = users.normalised(wanted.email)
    limits = throttles.for_password_reset(email, client)
    async with transaction() as session:
        await throttles.refuse(session, limits, now)
        await throttles.record(session, limits, now)
        await password_resets.request(session, email, locale, now)
    return PasswordResetView(email=email)


@use_case
async def send_resets(now: datetime) -> int:
    """Tell of the requests for accounts that there are, a batch; return how many were looked at."""
    async with transaction() as session:
        looked_at, found = await password_resets.take(session)
        for wanted in found:
            data = PasswordResetRequested(email=wanted.email, locale=wanted.locale, reset=wanted.id)
            event_type, context = event_types.PASSWORD_RESET_REQUESTED, Context(now, by=GUEST)
            await events.append(session, event_type, wanted.user_id, data, context)
    return looked_at


@use_case
async def reset(token: str, wanted: NewPassword, now: datetime, locale: Locale) -> None:
    """Give the account of a mailed token a password; all its sessions end.

    A token works once, also if it is used twice at the same time. Raise PasswordResetExpired,
    PasswordTooCommon or TooManyLogins.
    """
    async with reading() as session:
        whose = await password_resets.pending(session, token, now)
    passwords.check(wanted.password, whose.email, whose.name, channels.shop_name())
    async with passwords.hashing_slot():
        password_hash = await passwords.hashed(wanted.password)
    async with transaction() as session:
        user_id, email = await password_resets.redeem(session, token, password_hash, now)
        await sessions.end_all(session, user_id)
        context = Context(now, by=Actor(ActorKind.CUSTOMER, user_id))
        data = PasswordChanged(email=email, locale=locale, by_mail=True)
        await events.append(session, event_types.PASSWORD_CHANGED, user_id, data, context)


@use_case
async def change(
    visitor: Visitor, wanted: PasswordChange, browser: KnownBrowser, now: datetime
) -> RenewedSession:
    """Change the visitor's password; all their sessions end, and this browser gets a new one.

    Links that reset the password stop working. A wrong `current` counts like a failed log-in. Raise
    PasswordWrong, PasswordTooCommon, SlowDown or TooManyLogins.
    """
    email = str(visitor.email)
    passwords.check(wanted.password, email, visitor.name or "", channels.shop_name())
    limits = throttles.for_password(email, visitor.session_id, browser.client)
    async with passwords.hashing_slot():
        async with reading() as session:
            await throttles.refuse(session, limits, now)
            account = await users.by_email(session, email)
        stored = (account and account.password_hash) or passwords.DUMMY_HASH
        if not await passwords.matches(stored, wanted.current):
            async with transaction() as session:
                await throttles.record(session, limits, now)
            raise PasswordWrong(pointer="/current")
        renewed = await passwords.hashed(wanted.password)
    async with transaction() as session:
        account = await users.claim(session, email)
        if account is None or account.password_hash != stored:  # it was changed meanwhile
            raise PasswordWrong(pointer="/current")
        await throttles.forget(session, limits)
        await _renew(session, account, renewed)
        data = PasswordChanged(email=email, locale=browser.locale, by_mail=False)
        context = Context(now, by=visitor.actor)
        await events.append(session, event_types.PASSWORD_CHANGED, account.id, data, context)
        token, known = await sessions.start(session, account, browser.user_agent, now)
    nonce = devices.recognised(browser.device, account, now)
    device = devices.issue(account._replace(password_hash=renewed), nonce, now)
    return RenewedSession(token, sessions.limits(account.role).absolute, known, device)


async def _renew(session: Session, account: Account, password_hash: str) -> None:
    """Replace a password; whatever its owner or a thief had opened with the old one ends."""
    await users.set_password(session, account.id, password_hash)
    await password_resets.clear(session, account.id)
    await sessions.end_all(session, account.id)
