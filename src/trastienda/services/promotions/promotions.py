"""Promotions, as staff write them."""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from msgspec import structs

from trastienda.database.db import Prepared, Reading, Session, prepared
from trastienda.database.models.promotions.promotion import Promotion, PromotionKind, Trigger
from trastienda.errors import Conflict, Invalid, NotFound, Stale
from trastienda.schemas.promotions.promotion import (
    PromotionDraft,
    PromotionPage,
    PromotionPatch,
    PromotionView,
)
from trastienda.services.promotions import requirements
from trastienda.services.promotions.statements import GIFT_SKU_SQL
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Records, Refusal, given, translated

_VIEW_SQL = f"""
    SELECT json_build_object(
        'id', promotions.id, 'name', promotions.name, 'kind', promotions.kind,
        'trigger', promotions.trigger, 'active', promotions.active,
        'percent', trim_scale(promotions.percent)::text, 'amounts', promotions.amounts,
        'buy', promotions.buy, 'get', promotions.get, 'max_quantity', promotions.max_quantity,
        'tiers', promotions.tiers,
        'gift_sku', {GIFT_SKU_SQL},
        'gift_quantity', CASE WHEN promotions.kind = '{PromotionKind.FREE_GIFT}'
            THEN promotions.gift_quantity END,
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
_TARGETS: dict[str, tuple[str, Prepared]] = {  # field: its column, and the query of its ids
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
    """List promotions, newest first; all, or those with a trigger. Raise CursorUnusable."""
    value = trigger.value if trigger else None
    shape = ["promotions", value or ""]
    created_at, id_ = cursors.read(cursor, shape, cursors.moment) if cursor else (None, None)
    names = {"trigger": value, "limit": limit, "created_at": created_at, "id": id_}
    items = [_views.decode(text) for (text,) in await _PAGE.rows(session, **names)]
    if len(items) <= limit:
        return PromotionPage(items, None)
    last = items[limit - 1]
    after = cursors.after(shape, last.created_at.isoformat(), last.id)
    return PromotionPage(items[:limit], after)


async def view(session: Reading, promotion_id: UUID) -> PromotionView:
    """Return a promotion. Raise PromotionNotFound."""
    document = await _VIEW.document(session, promotion=promotion_id)
    if document is None:
        raise PromotionNotFound
    return _views.decode(document)


def patched(before: PromotionView, patch: PromotionPatch) -> PromotionDraft:
    """Return a promotion with a patch applied, as a checked draft. Raise what `check` raises."""
    known = structs.asdict(before)
    values = {field: known[field] for field in PromotionDraft.__struct_fields__}
    draft = PromotionDraft(**(values | given(patch)))
    requirements.check(draft)
    return draft


async def columns(session: Session, fields: Values) -> dict[str, Any]:
    """Return the columns for the fields of a draft. Raise TargetUnknown, with a pointer."""
    values: dict[str, Any] = {}
    for field, value in fields.items():
        if field in _TARGETS:
            column, query = _TARGETS[field]
            values[column] = await _ids(session, query, field, value)
        elif field == "gift_sku":
            ids = await _ids(session, _TARGETS["skus"][1], field, [value] if value else [])
            values["gift_variant_id"] = ids[0] if ids else None
        elif field == "percent":
            values[field] = None if value is None else Decimal(value)
        elif field in {"time_from", "time_to"}:
            values[field] = None if value is None else time.fromisoformat(value)
        elif field == "gift_quantity":
            values[field] = value or 1
        else:
            values[field] = msgspec.to_builtins(value) if field == "tiers" else value
    return values


async def save(session: Session, promotion: Promotion, *, count_uses: bool) -> None:
    """Save a promotion; with `count_uses`, count its uses so far. Raise UsageLimitTooLow."""
    with translated(_RECORDS.on_save):
        if count_uses:
            limit, promotion.usage_limit = promotion.usage_limit, None
            await session.orm.flush()
            await _COUNT_USES(session, promotion=promotion.id)
            promotion.usage_limit = limit
        await session.orm.flush()


async def _ids(session: Session, query: Prepared, field: str, names: list[Any]) -> list[UUID]:
    if not names:
        return []
    known: dict[str, UUID] = dict(await query.rows(session, names=list(names)))
    for index, name in enumerate(names):
        if str(name) not in known:
            pointer = f"/{field}" if field == "gift_sku" else f"/{field}/{index}"
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


_RECORDS = Records(
    Promotion,
    missing=PromotionNotFound,
    changed=PromotionChanged,
    on_save={"ck_promotions_uses": Refusal(UsageLimitTooLow, pointer="/usage_limit")},
    key_share=True,
)
claim, remove = _RECORDS.claim, _RECORDS.remove
