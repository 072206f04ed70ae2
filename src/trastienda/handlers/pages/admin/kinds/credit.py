"""Gift cards and store credit."""

from typing import Any
from uuid import UUID

from trastienda.controllers.credit import gift_cards, store_credit
from trastienda.database.db import Reading, utcnow
from trastienda.handlers.pages.admin.frames import SHOWN
from trastienda.handlers.pages.admin.kinds.listing import page
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section, Way
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.words import marked
from trastienda.schemas.credit.amounts import Adjustment
from trastienda.schemas.credit.gift_card import (
    GiftCardDetail,
    GiftCardDraft,
    GiftCardPatch,
    GiftCardsListed,
)
from trastienda.schemas.credit.store_credit import StoreCreditDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels
from trastienda.services.credit import gift_cards as gift_cards_on_record
from trastienda.services.credit import store_credit as store_credit_on_record

ALL = GiftCardsListed()


async def _choices(_session: Reading, _context: Context) -> dict[str, Choices]:
    return {"currencies": [(it, it) for it in channels.current().currencies]}


async def _gift_card(session: Reading, card_id: UUID, _: Context) -> GiftCardDetail:
    return await gift_cards_on_record.detail(session, card_id, utcnow())


def _initial(view: Any) -> int | None:  # noqa: ANN401 - a view, or the defaults of a new one
    found: int | None = getattr(view, "initial_amount", None)
    return found


RECIPIENT = (Field("email", marked("E-mail")), Field("locale", marked("Language")))
GIFT_CARDS = Record(
    path="gift-cards",
    title=marked("Gift cards"),
    one=marked("Gift card"),
    new=marked("Issue a gift card"),
    empty=marked("A gift card is money that somebody can spend here."),
    write="credit.write",
    columns=(
        Column(marked("Code"), "last_characters", "ending"),
        Column(marked("State"), "status", "choice"),
        Column(marked("Balance"), "balance", "money"),
        Column(marked("For"), "recipient_email"),
        Column(marked("Issued"), "created_at", "moment"),
    ),
    sections=(
        Section(
            marked("Gift card"),
            (
                Field("currency", marked("Currency"), choices="currencies"),
                Field("amount", marked("Amount"), way=Way.AMOUNT, currency="currency", of=_initial),
                Field("recipient", marked("Send it to"), columns=RECIPIENT),
                Field("expires_at", marked("Until"), hint=marked("Empty: never.")),
                Field("note", marked("Note for staff")),
                Field("disabled", marked("Nobody can spend it")),
            ),
        ),
    ),
    listed=lambda session, cursor, context: page(
        gift_cards_on_record.page(session, ALL, SHOWN, cursor, context.asked_at)
    ),
    read=_gift_card,
    called=lambda view: str(view.last_characters),
    draft=GiftCardDraft,
    patch=GiftCardPatch,
    create=lambda _, draft, context: gift_cards.issue(draft, context),
    change=lambda _, card_id, patch, context: gift_cards.change(card_id, patch, context),
    choices=_choices,
    beside="admin/records/beside/gift_card.html",
    once="records/code.html",
)
STORE_CREDIT = Record(
    path="store-credit",
    title=marked("Store credit"),
    one=marked("Store credit"),
    new=marked("Give store credit"),
    empty=marked("Store credit is money of a customer that they can spend here."),
    write="credit.write",
    columns=(
        Column(marked("Customer"), "email"),
        Column(marked("Balance"), "balance", "money"),
        Column(marked("Since"), "created_at", "moment"),
    ),
    sections=(
        Section(
            marked("Store credit"),
            (
                Field("email", marked("E-mail of the account")),
                Field("currency", marked("Currency"), choices="currencies"),
                Field(
                    "amount",
                    marked("Amount"),
                    way=Way.AMOUNT,
                    currency="currency",
                    hint=marked("Negative: it is taken."),
                ),
                Field("reason", marked("Reason"), hint=marked("For staff")),
            ),
        ),
    ),
    called=lambda view: str(view.email),
    listed=lambda session, cursor, _: page(
        store_credit_on_record.page(session, None, SHOWN, cursor)
    ),
    read=lambda session, account_id, _: store_credit_on_record.detail(session, account_id),
    draft=StoreCreditDraft,
    patch=Adjustment,
    create=lambda _, draft, context: store_credit.give(draft, context),
    change=lambda _, account_id, patch, context: store_credit.adjust(account_id, patch, context),
    choices=_choices,
    beside="admin/records/beside/store_credit.html",
)
