"""Draft orders on record: written, listed, found."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.failures import violated
from trastienda.database.models.draft_orders.draft_order import (
    DraftOrder,
    DraftOrderChanged,
    DraftOrderCustomerUnknown,
    DraftOrderNotFound,
    DraftOrderSkuTwice,
    DraftOrderStatus,
    GiftCardPriceFixed,
    PriceReasonMissing,
)
from trastienda.database.models.shipping.option import ShippingOptionNotFound
from trastienda.schemas.draft_orders.draft_order import (
    DraftLine,
    DraftOrderCard,
    DraftOrderPage,
    StoredLine,
)
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.services.carts import coupons as cart_coupons
from trastienda.services.carts import trial
from trastienda.services.shared import addresses, cursors, email_addresses
from trastienda.services.shared.records import Records, Refusal

_PAGE = prepared("""
    SELECT coalesce(json_agg(json_build_object('id', id, 'status', status, 'email', email,
        'currency', currency, 'created_at', created_at, 'expires_at', expires_at,
        'order_id', order_id) ORDER BY id DESC), '[]')::text
    FROM (SELECT * FROM draft_orders
        WHERE (%(status)s::text IS NULL OR status = %(status)s::text)
            AND (%(last)s::uuid IS NULL OR id < %(last)s::uuid)
        ORDER BY id DESC LIMIT %(limit)s + 1) AS listed
""")
_cards = msgspec.json.Decoder(list[DraftOrderCard])


async def page(
    session: Reading, limit: int, cursor: str | None, status: DraftOrderStatus | None
) -> DraftOrderPage:
    """List draft orders, the newest first. Raise CursorUnusable for another list's cursor."""
    state = status.value if status else None
    shape = ["draft-orders", state or ""]
    _, last = cursors.read(cursor, shape, str) if cursor else (None, None)
    names = {"limit": limit, "last": last, "status": state}
    items = _cards.decode(await _PAGE.document(session, **names) or b"[]")
    more, items = len(items) > limit, items[:limit]
    return DraftOrderPage(items, cursors.after(shape, "", items[-1].id) if more else None)


def check(fields: dict[str, Any]) -> None:
    """Raise AddressUnusable or CountryUnknown for what staff wrote."""
    if email := fields.get("email"):
        email_addresses.parse(email)
    for name in ("shipping_address", "billing_address"):
        address = fields.get(name)
        if isinstance(address, Address):
            addresses.check_country(address.country, f"/{name}/country")


def columns(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields as the columns that keep them."""
    kept = dict(fields)
    if "shipping_option" in kept:
        kept["shipping_option_id"] = kept.pop("shipping_option")
    for name in ("shipping_address", "billing_address"):
        if kept.get(name) is not None:
            kept[name] = msgspec.to_builtins(kept[name])
    if "coupons" in kept:
        codes = [cart_coupons.normalised(code) for code in kept["coupons"]]
        kept["coupons"] = list(dict.fromkeys(codes))
    return kept


async def stored(
    session: Session,
    lines: Sequence[DraftLine],
    before: Iterable[dict[str, Any]],
    currency: str,
    context: Context,
) -> list[dict[str, Any]]:
    """Return lines as they are kept; one that says the same of a price keeps who set it.

    Raise SkuUnknown, DraftOrderSkuTwice, PriceReasonMissing or GiftCardPriceFixed.
    """
    found = await trial.variants(session, currency, [line.sku for line in lines])
    repriced = [line.sku for line in lines if line.unit_price is not None]
    if vouchers := await trial.gift_cards(session, repriced):
        raise GiftCardPriceFixed(sku=min(vouchers))
    if len(found) < len(lines):
        raise DraftOrderSkuTwice(pointer="/lines")
    known = {line.sku: line for line in msgspec.convert(list(before), list[StoredLine])}
    kept = []
    for index, line in enumerate(lines):
        if (line.unit_price is None) != (line.reason is None):
            raise PriceReasonMissing(pointer=f"/lines/{index}/reason")
        old = known.get(line.sku)
        same = old is not None and (old.unit_price, old.reason) == (line.unit_price, line.reason)
        kept.append(
            StoredLine(
                id=old.id if old else uuid7(),
                variant_id=found[line.sku],
                sku=line.sku,
                quantity=line.quantity,
                unit_price=line.unit_price,
                reason=line.reason,
                by=(old.by if old and same else context.by) if line.reason else None,
            )
        )
    written: list[dict[str, Any]] = msgspec.to_builtins(kept)
    return written


def touch(draft: DraftOrder, fields: dict[str, Any], now: datetime) -> None:
    """Set columns of a draft order that is open, and count the change."""
    draft.expect_open()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.updated_at = now
    draft.version += 1


_GONE: dict[str, Refusal] = {
    "fk_draft_orders_customer_id": Refusal(DraftOrderCustomerUnknown, pointer="/customer_id"),
}
_RECORDS = Records(DraftOrder, missing=DraftOrderNotFound, changed=DraftOrderChanged, on_save=_GONE)
claim, remove = _RECORDS.claim, _RECORDS.remove


async def save(session: Session, draft: DraftOrder) -> None:
    """Save a draft order. Raise DraftOrderCustomerUnknown or ShippingOptionNotFound."""
    option_id = draft.shipping_option_id  # after a failed flush it cannot be read
    try:
        await _RECORDS.save(session, draft)
    except IntegrityError as violation:
        if violated(violation) != "fk_draft_orders_shipping_option_id":
            raise
        raise ShippingOptionNotFound(shipping_option=option_id) from violation


def expect_readable(draft: DraftOrder, user_id: UUID | None, *, opened: bool) -> None:
    """Raise DraftOrderNotFound for who neither has a link to it nor is its customer."""
    own = user_id is not None and draft.customer_id == user_id
    if draft.status is DraftOrderStatus.OPEN or not (opened or own):
        raise DraftOrderNotFound
