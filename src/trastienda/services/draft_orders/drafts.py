"""Draft orders on record: written, listed, found."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.failures import violated
from trastienda.database.models.draft_orders.draft_order import (
    DraftOrder,
    DraftOrderChanged,
    DraftOrderCustomerUnknown,
    DraftOrderNotFound,
    DraftOrderStatus,
    ReservationOver,
)
from trastienda.database.models.shipping.option import ShippingOptionNotFound
from trastienda.schemas.draft_orders.draft_order import DraftOrderCard, DraftOrderPage
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.context import Context
from trastienda.services.carts import coupons as cart_coupons
from trastienda.services.draft_orders import discounts
from trastienda.services.draft_orders import lines as kept_lines
from trastienda.services.shared import addresses, cursors, email_addresses
from trastienda.services.shared.records import Records, Refusal

_PAGE = prepared("""
    SELECT coalesce(json_agg(json_build_object('id', id, 'status', status, 'email', email,
        'currency', currency, 'created_at', created_at, 'expires_at', expires_at,
        'expired_at', expired_at, 'order_id', order_id) ORDER BY id DESC), '[]')::text
    FROM (SELECT * FROM draft_orders
        WHERE (%(status)s::text IS NULL OR status = %(status)s::text)
            AND (%(expired)s::boolean IS NULL OR (expired_at IS NOT NULL) = %(expired)s::boolean)
            AND (%(last)s::uuid IS NULL OR id < %(last)s::uuid)
        ORDER BY id DESC LIMIT %(limit)s + 1) AS listed
""")
_cards = msgspec.json.Decoder(list[DraftOrderCard])


async def page(
    session: Reading,
    limit: int,
    cursor: str | None,
    status: DraftOrderStatus | None,
    expired: bool | None,  # noqa: FBT001 - a filter: either, or both
) -> DraftOrderPage:
    """List draft orders, the newest first. Raise CursorUnusable for another list's cursor."""
    state = status.value if status else None
    shape = ["draft-orders", state or "", str(expired)]
    _, last = cursors.read(cursor, shape, str) if cursor else (None, None)
    names = {"limit": limit, "last": last, "status": state, "expired": expired}
    items = _cards.decode(await _PAGE.document(session, **names) or b"[]")
    more, items = len(items) > limit, items[:limit]
    return DraftOrderPage(items, cursors.after(shape, "", items[-1].id) if more else None)


def check(fields: dict[str, Any], now: datetime) -> None:
    """Raise AddressUnusable, CountryUnknown or ReservationOver for what staff wrote."""
    if (until := fields.get("reserve_until")) and until <= now:
        raise ReservationOver(pointer="/reserve_until")
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


async def written(
    session: Session,
    fields: dict[str, Any],
    draft: DraftOrder | None,
    currency: str,
    context: Context,
) -> dict[str, Any]:
    """Return fields that staff wrote as columns, of a new draft order or a locked one.

    Raise SkuUnknown, DraftOrderSkuTwice, PriceReasonMissing, TaxClassUnknown, DiscountUnclear,
    DraftOrderEmpty or CartFull.
    """
    fields = columns(fields)
    before = kept_lines.kept(draft.lines) if draft else []
    goods = [it for it in before if it.custom is None]
    custom = [it for it in before if it.custom is not None]
    if {"lines", "custom_lines"} & fields.keys():
        if "lines" in fields:
            goods = await kept_lines.goods(session, fields["lines"], before, currency, context)
        if "custom_lines" in fields:
            wanted = fields.pop("custom_lines")
            custom = await kept_lines.custom(session, wanted, before, context)
        fields["lines"] = kept_lines.together(goods, custom)
    if "staff_discount" in fields:
        old = discounts.of_whole(draft) if draft else None
        new = kept_lines.granted(fields["staff_discount"], old, "/staff_discount", context)
        fields["staff_discount"] = None if new is None else msgspec.to_builtins(new)
    return fields


def touch(draft: DraftOrder, fields: dict[str, Any], now: datetime) -> None:
    """Set columns of a draft order that is open, and count the change.

    Another time to expire counts anew, also for one that has expired. Raise ReservationOver.
    """
    draft.expect_open()
    if "expires_at" in fields:
        draft.expired_at = draft.reminded_at = None
    for name, value in fields.items():
        setattr(draft, name, value)
    if fields.get("reserve_until") and draft.ended(now):
        raise ReservationOver(pointer="/reserve_until")
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
