"""Promotions, as staff write them."""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, structs
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Prepared, Reading, Session, prepared
from trastienda.database.failures import violated
from trastienda.database.models.promotion import Promotion, Trigger
from trastienda.errors import Conflict, Invalid, NotFound, Stale
from trastienda.schemas.promotion import (
    PromotionDraft,
    PromotionPage,
    PromotionPatch,
    PromotionView,
)
from trastienda.services import cursors, promotion_requirements

_VIEW_SQL = """
    SELECT json_build_object(
        'id', promotions.id, 'name', promotions.name, 'kind', promotions.kind,
        'trigger', promotions.trigger, 'active', promotions.active,
        'percent', trim_scale(promotions.percent)::text, 'amounts', promotions.amounts,
        'buy', promotions.buy, 'get', promotions.get, 'max_quantity', promotions.max_quantity,
        'tiers', promotions.tiers,
        'gift_sku', (SELECT sku FROM variants WHERE variants.id = promotions.gift_variant_id),
        'gift_quantity', CASE WHEN promotions.kind = 'free_gift' THEN promotions.gift_quantity END,
        'products', promotions.product_ids,
        'categories', ARRAY(SELECT slug FROM categories
                            WHERE id = ANY (promotions.category_ids) ORDER BY slug),
        'skus', ARRAY(SELECT sku FROM variants
                      WHERE id = ANY (promotions.variant_ids) ORDER BY sku),
        'channels', ARRAY(SELECT slug FROM channels
                          WHERE id = ANY (promotions.channel_ids) ORDER BY slug),
        'customer_groups', ARRAY(SELECT code FROM customer_groups
                                 WHERE id = ANY (promotions.customer_group_ids) ORDER BY code),
        'first_order', promotions.first_order, 'weekdays', promotions.weekdays,
        'time_from', to_char(promotions.time_from, 'HH24:MI'),
        'time_to', to_char(promotions.time_to, 'HH24:MI'),
        'min_subtotals', promotions.min_subtotals, 'min_quantity', promotions.min_quantity,
        'max_discounts', promotions.max_discounts, 'priority', promotions.priority,
        'exclusive', promotions.exclusive, 'stack_group', promotions.stack_group,
        'starts_at', promotions.starts_at, 'ends_at', promotions.ends_at,
        'usage_limit', promotions.usage_limit,
        'usage_limit_per_customer', promotions.usage_limit_per_customer,
        'uses', promotions.uses, 'created_at', promotions.created_at,
        'updated_at', promotions.updated_at, 'version', promotions.version)::text
    FROM promotions
"""
_VIEW = prepared(f"{_VIEW_SQL} WHERE promotions.id = %(promotion)s")
_PAGE = prepared(f"""
    {_VIEW_SQL}
    WHERE (%(trigger)s::text IS NULL OR promotions.trigger = %(trigger)s)
        AND (%(created_at)s::timestamptz IS NULL
            OR (promotions.created_at, promotions.id) < (%(created_at)s, %(id)s::uuid))
    ORDER BY promotions.created_at DESC, promotions.id DESC LIMIT %(limit)s + 1
""")
_COUNT_USES = prepared("""
    UPDATE promotions SET uses = (
        SELECT count(*) FROM promotion_uses WHERE promotion_id = %(promotion)s)
    WHERE id = %(promotion)s
""")
_NAMED: dict[str, tuple[str, Prepared]] = {  # field: its column, and who has these names
    "products": (
        "product_ids",
        prepared("SELECT id::text, id FROM products WHERE id = ANY (%(names)s::uuid[])"),
    ),
    "categories": (
        "category_ids",
        prepared("SELECT slug, id FROM categories WHERE slug = ANY (%(names)s)"),
    ),
    "skus": ("variant_ids", prepared("SELECT sku, id FROM variants WHERE sku = ANY (%(names)s)")),
    "channels": (
        "channel_ids",
        prepared("SELECT slug, id FROM channels WHERE slug = ANY (%(names)s)"),
    ),
    "customer_groups": (
        "customer_group_ids",
        prepared("SELECT code, id FROM customer_groups WHERE code = ANY (%(names)s)"),
    ),
}
_views = msgspec.json.Decoder(PromotionView)
Values = Mapping[str, Any]


async def page(
    session: Reading, limit: int, cursor: str | None, trigger: Trigger | None
) -> PromotionPage:
    """List promotions, the newest first. Raise CursorUnusable for a cursor of another list."""
    wanted = trigger.value if trigger else None
    shape = ["promotions", wanted or ""]
    created_at, id_ = cursors.read(cursor, shape, cursors.moment) if cursor else (None, None)
    names = {"trigger": wanted, "limit": limit, "created_at": created_at, "id": id_}
    items = [_views.decode(text) for (text,) in await _PAGE.rows(session, **names)]
    if len(items) <= limit:
        return PromotionPage(items, None)
    last = items[limit - 1]
    after = cursors.after(shape, last.created_at.isoformat(), last.id)
    return PromotionPage(items[:limit], after)


async def view(session: Reading, promotion_id: UUID) -> PromotionView:
    """Return one promotion. Raise PromotionNotFound."""
    document = await _VIEW.document(session, promotion=promotion_id)
    if document is None:
        raise PromotionNotFound
    return _views.decode(document)


async def claim(session: Session, promotion_id: UUID, seen: int | None) -> Promotion:
    """Lock one for a change. Raise PromotionNotFound or PromotionChanged."""
    query = select(Promotion).where(Promotion.id == promotion_id).with_for_update(key_share=True)
    promotion = await session.orm.scalar(query)
    if promotion is None:
        raise PromotionNotFound
    if seen not in {None, promotion.version}:
        raise PromotionChanged(version=promotion.version)
    return promotion


def patched(before: PromotionView, patch: PromotionPatch) -> PromotionDraft:
    """Return what a promotion is to be, all of it, once it has been checked."""
    was = structs.asdict(before)
    values = {field: was[field] for field in PromotionDraft.__struct_fields__}
    draft = PromotionDraft(**(values | given(patch)))
    promotion_requirements.check(draft)
    return draft


def given(patch: PromotionPatch) -> dict[str, Any]:
    return {name: it for name, it in structs.asdict(patch).items() if it is not UNSET}


async def columns(session: Session, fields: Values) -> dict[str, Any]:
    """Turn fields as staff write them into columns. Raise TargetUnknown, which names the field."""
    found: dict[str, Any] = {}
    for field, value in fields.items():
        if field in _NAMED:
            column, who = _NAMED[field]
            found[column] = await _ids(session, who, field, value)
        elif field == "gift_sku":
            ids = await _ids(session, _NAMED["skus"][1], field, [value] if value else [])
            found["gift_variant_id"] = ids[0] if ids else None
        elif field == "percent":
            found[field] = None if value is None else Decimal(value)
        elif field in {"time_from", "time_to"}:
            found[field] = None if value is None else time.fromisoformat(value)
        elif field == "gift_quantity":
            found[field] = value or 1
        else:
            found[field] = msgspec.to_builtins(value) if field == "tiers" else value
    return found


async def save(session: Session, promotion: Promotion, *, counting: bool) -> None:
    """Write it down; `counting` counts its uses from what is on record. Raise UsageLimitTooLow."""
    try:
        if counting:
            limit, promotion.usage_limit = promotion.usage_limit, None
            await session.orm.flush()
            await _COUNT_USES(session, promotion=promotion.id)
            promotion.usage_limit = limit
        await session.orm.flush()
    except IntegrityError as refusal:
        if violated(refusal) == "ck_promotions_uses":
            raise UsageLimitTooLow(pointer="/usage_limit") from refusal
        raise


async def _ids(session: Session, who: Prepared, field: str, names: list[Any]) -> list[UUID]:
    if not names:
        return []
    known: dict[str, UUID] = dict(await who.rows(session, names=list(names)))
    for place, name in enumerate(names):
        if str(name) not in known:
            pointer = f"/{field}" if field == "gift_sku" else f"/{field}/{place}"
            raise TargetUnknown(pointer=pointer)
    return list(dict.fromkeys(known[str(name)] for name in names))


class PromotionNotFound(NotFound):
    """There is no such promotion."""


class PromotionChanged(Stale):
    """The promotion has changed since you read it."""


class TargetUnknown(Invalid):
    """There is nothing of this name that a promotion could be about."""


class UsageLimitTooLow(Conflict):
    """It has been used more often than that already."""
