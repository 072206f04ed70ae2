"""How staff issue gift cards, change them, and send their codes.

A code is in the answer to who issued the card, or in the email to its recipient, and nowhere else:
not in events, not in what is kept for repeated requests.
"""

from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, structs

from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.credit.account import (
    CreditAccount,
    GiftCardDisabled,
    GiftCardExpired,
    GiftCardExpiryUnusable,
)
from trastienda.database.models.credit.movement import MovementKind
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.credit.amounts import Adjustment
from trastienda.schemas.credit.gift_card import (
    GiftCardDraft,
    GiftCardPatch,
    GiftCardRecipient,
    GiftCardsDraft,
    GiftCardSent,
    GiftCardsIssued,
    GiftCardsWanted,
    GiftCardView,
    GiftCardWithCode,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts.users import normalised
from trastienda.services.channels import channels
from trastienda.services.credit import balances, codes, expiry, gift_cards, telling
from trastienda.services.credit.balances import Cause
from trastienda.services.credit.gift_cards import Issue
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.ledger import credit_bookings, ledger
from trastienda.services.shared import addresses
from trastienda.services.shared import email_addresses as mailboxes

NEVER = None


@use_case
async def issue(draft: GiftCardDraft, context: Context) -> GiftCardWithCode:
    """Issue a gift card; without a recipient, the answer has its code, this once.

    Raise CurrencyUnknown, CountryUnknown, GiftCardExpiryUnusable or AddressUnusable.
    """
    if draft.recipient is not None:
        mailboxes.parse(draft.recipient.email, "/recipient/email")
    wanted = _wanted(draft, context.asked_at)
    code = codes.fresh() if draft.recipient is None else None
    async with transaction(context.once) as session:
        (card_id,) = await gift_cards.issue(session, wanted, [code], context)
        await telling.tell_cards(session, event_types.GIFT_CARD_ISSUED, [card_id], context)
        if draft.recipient is not None:
            card = await gift_cards.claim(session, card_id, None)
            await _send(session, card, draft.recipient, context)
        view = await gift_cards.view(session, card_id, context.asked_at)
        await session.answer(_with_code(view, None))  # repeated requests get no code
    return _with_code(view, code)


@use_case
async def issue_many(draft: GiftCardsWanted, context: Context) -> GiftCardsIssued:
    """Issue many gift cards at once; the answer has their codes, this once. Raise as `issue`."""
    wanted = _wanted(draft, context.asked_at)
    fresh = [codes.fresh() for _ in range(draft.count)]
    async with transaction(context.once) as session:
        ids = await gift_cards.issue(session, wanted, fresh, context)
        told = await gift_cards.told(session, ids, context.asked_at)
        await events.record_created(session, event_types.GIFT_CARD_ISSUED, told, context)
        views = [GiftCardView(**structs.asdict(card), held=0) for card in told]
        await session.answer(GiftCardsIssued([_with_code(view, None) for view in views]))
    # told in the order of the ids, which is the order in which they were made
    return GiftCardsIssued([_with_code(*pair) for pair in zip(views, fresh, strict=True)])


@use_case
async def change(card_id: UUID, patch: GiftCardPatch, context: Context) -> GiftCardView:
    """Disable or enable a gift card, change its note, or give it another time to expire.

    What had expired is there again if the time is extended. Raise GiftCardNotFound,
    GiftCardChanged or GiftCardExpiryUnusable.
    """
    async with transaction(context.once) as session:
        card = await gift_cards.claim(session, card_id, context.seen)
        if patch.note is not UNSET:
            card.note = patch.note
        if patch.disabled is not UNSET:
            disabled_at = card.disabled_at or context.asked_at
            card.disabled_at = disabled_at if patch.disabled else None
        if patch.expires_at is not UNSET:
            card.expires_at = _usable(patch.expires_at, context.asked_at)
        card.version += 1
        await gift_cards.save(session, card)
        if patch.expires_at is not UNSET:
            await _reinstate(session, card, context)
        await telling.tell_cards(session, event_types.GIFT_CARD_CHANGED, [card_id], context)
        return await session.answer(await gift_cards.view(session, card_id, context.asked_at))


@use_case
async def adjust(card_id: UUID, adjustment: Adjustment, context: Context) -> GiftCardView:
    """Add to the balance of a gift card, or take from it, with a reason.

    Raise GiftCardNotFound, GiftCardChanged, GiftCardExpired, NothingAdjusted or BalanceTooLow.
    """
    balances.expect_something(adjustment.amount)
    async with transaction(context.once) as session:
        card = await gift_cards.claim(session, card_id, context.seen)
        if card.expires_at is not None and card.expires_at <= context.asked_at:
            raise GiftCardExpired
        cause = Cause(MovementKind.ADJUSTED, reason=adjustment.reason)
        version = await balances.change(session, card_id, adjustment.amount, cause, context)
        booked = credit_bookings.adjusted(gift_cards.OWED, card_id, adjustment.amount, version)
        await ledger.write(session, [booked], None, card.currency, context.asked_at)
        what = event_types.GIFT_CARD_MOVED
        await telling.tell_cards(session, what, [card_id], context)
        return await session.answer(await gift_cards.view(session, card_id, context.asked_at))


@use_case
async def send(card_id: UUID, recipient: GiftCardRecipient, context: Context) -> GiftCardView:
    """Send a gift card to a recipient by email: it gets a new code when the email is written.

    Raise GiftCardNotFound, GiftCardChanged, GiftCardDisabled, GiftCardExpired or AddressUnusable.
    """
    mailboxes.parse(recipient.email, "/email")
    async with transaction(context.once) as session:
        card = await gift_cards.claim(session, card_id, context.seen)
        if card.disabled_at is not None:
            raise GiftCardDisabled
        if card.expires_at is not None and card.expires_at <= context.asked_at:
            raise GiftCardExpired
        await _send(session, card, recipient, context)
        return await session.answer(await gift_cards.view(session, card_id, context.asked_at))


def _wanted(draft: GiftCardsDraft, now: datetime) -> Issue:
    if draft.country is not None:
        addresses.check_country(draft.country, "/country")
    expires_at = draft.expires_at
    recipient = draft.recipient if isinstance(draft, GiftCardDraft) else None
    return Issue(
        draft.amount,
        channels.currency(draft.currency),
        expiry.by_law(draft.country, now) if expires_at is UNSET else _usable(expires_at, now),
        draft.note,
        recipient.email if recipient else None,
    )


def _usable(expires_at: datetime | msgspec.UnsetType | None, now: datetime) -> datetime | None:
    if expires_at is UNSET or expires_at is None:
        return NEVER
    if expires_at <= now:
        raise GiftCardExpiryUnusable(pointer="/expires_at")
    return expires_at


async def _reinstate(session: Session, card: CreditAccount, context: Context) -> None:
    """Give back what had expired of a gift card whose time was extended."""
    amount = await expiry.lost(session, card.id)
    if not amount:
        return
    cause = Cause(MovementKind.REINSTATED)
    version = await balances.change(session, card.id, amount, cause, context)
    booked = credit_bookings.reinstated(gift_cards.OWED, card.id, amount, version)
    await ledger.write(session, [booked], None, card.currency, context.asked_at)


async def _send(
    session: Session, card: CreditAccount, recipient: GiftCardRecipient, context: Context
) -> None:
    card.recipient_email = recipient.email
    card.recipient_key = normalised(recipient.email)
    card.sends += 1
    card.version += 1
    await gift_cards.save(session, card)
    (told,) = await gift_cards.told(session, [card.id], context.asked_at)
    sent = GiftCardSent(
        **structs.asdict(told),
        email=recipient.email,
        locale=recipient.locale or Locale(channels.current().locale),
        send=card.sends,
    )
    await events.append(session, event_types.GIFT_CARD_SENT, card.id, sent, context)


def _with_code(view: GiftCardView, code: str | None) -> GiftCardWithCode:
    return GiftCardWithCode(**structs.asdict(view), code=code)
