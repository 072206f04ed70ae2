"""How staff give customers store credit, and take it back."""

from uuid import UUID

from trastienda.database.db import Session, transaction, use_case
from trastienda.database.models.credit.movement import MovementKind
from trastienda.schemas.accounts.customer_group import Member
from trastienda.schemas.credit.amounts import Adjustment
from trastienda.schemas.credit.store_credit import StoreCreditDraft, StoreCreditView
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import customer_groups
from trastienda.services.channels import channels
from trastienda.services.credit import balances, store_credit, telling
from trastienda.services.credit.balances import Cause
from trastienda.services.ledger import credit_bookings, ledger


@use_case
async def give(draft: StoreCreditDraft, context: Context) -> StoreCreditView:
    """Give a customer store credit in a currency, or take it, with a reason.

    Raise CustomerUnknown, CurrencyUnknown, NothingAdjusted or BalanceTooLow.
    """
    balances.expect_something(draft.amount)
    currency = channels.currency(draft.currency)
    async with transaction(context.once) as session:
        member = Member(email=draft.email, user_id=draft.user_id)
        customer = await customer_groups.account(session, member)
        now = context.asked_at
        account_id = await store_credit.open_(session, customer.user_id, currency, now)
        return await _adjusted(session, account_id, draft.amount, draft.reason, context)


@use_case
async def adjust(account_id: UUID, adjustment: Adjustment, context: Context) -> StoreCreditView:
    """Add to store credit, or take from it, with a reason.

    Raise StoreCreditNotFound, StoreCreditChanged, NothingAdjusted or BalanceTooLow.
    """
    balances.expect_something(adjustment.amount)
    async with transaction(context.once) as session:
        await store_credit.claim(session, account_id, context.seen)
        reason = adjustment.reason
        return await _adjusted(session, account_id, adjustment.amount, reason, context)


async def _adjusted(
    session: Session, account_id: UUID, amount: int, reason: str, context: Context
) -> StoreCreditView:
    cause = Cause(MovementKind.ADJUSTED, reason=reason)
    version = await balances.change(session, account_id, amount, cause, context)
    view = await store_credit.view(session, account_id)
    booked = credit_bookings.adjusted(store_credit.OWED, account_id, amount, version)
    await ledger.write(session, [booked], None, view.currency, context.asked_at)
    await telling.tell_store_credit(session, account_id, context)
    return await session.answer(view)
