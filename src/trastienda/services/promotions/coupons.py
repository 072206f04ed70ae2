"""The coupons (codes) of promotions, as staff write them."""

import secrets
from datetime import datetime
from uuid import UUID

from msgspec import UNSET
from uuid_utils.compat import uuid7

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.promotions.promotion import Promotion, Trigger
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.promotions.coupon import (
    CouponDraft,
    CouponPage,
    CouponPatch,
    CouponsWanted,
    CouponView,
)
from trastienda.services.promotions.promotions import UsageLimitTooLow
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Refusal, expect_version, selected, translated

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without characters that are easily confused: I, L, O, 0 and 1."""
_TRIES = 3
_REFUSALS = {"ck_coupons_uses": Refusal(UsageLimitTooLow, pointer="/usage_limit")}

_COLUMNS = "id, code, usage_limit, uses, active, created_at, version"
_ADD = prepared("""
    INSERT INTO coupons (id, promotion_id, code, usage_limit, active, created_at, uses, version)
    SELECT given.id, %(promotion)s, given.code, %(limit)s, %(active)s, %(now)s, 0, 1
    FROM unnest(%(ids)s::uuid[], %(codes)s::text[]) AS given (id, code)
    ORDER BY given.code
    ON CONFLICT (code) DO NOTHING
""")
_ONE = prepared(f"""
    SELECT {_COLUMNS} FROM coupons WHERE id = %(coupon)s AND promotion_id = %(promotion)s
""")
_PAGE = prepared(f"""
    SELECT {_COLUMNS} FROM coupons
    WHERE promotion_id = %(promotion)s AND (%(id)s::uuid IS NULL OR id > %(id)s::uuid)
    ORDER BY id LIMIT %(limit)s + 1
""")
_ALL = prepared("""
    SELECT code, coalesce(usage_limit::text, ''), uses::text, active::text,
        to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
    FROM coupons WHERE promotion_id = %(promotion)s ORDER BY id
""")
_CLAIM = prepared("""
    SELECT version FROM coupons
    WHERE id = %(coupon)s AND promotion_id = %(promotion)s FOR NO KEY UPDATE
""")
# When a limit is added, the uses so far are counted; while there is none, they are not.
_CHANGE = prepared(f"""
    UPDATE coupons SET version = version + 1, active = coalesce(%(active)s::boolean, active),
        usage_limit = CASE WHEN %(limited)s::boolean THEN %(limit)s::bigint ELSE usage_limit END,
        uses = CASE WHEN %(limited)s::boolean AND usage_limit IS NULL
            THEN (SELECT count(*) FROM promotion_uses WHERE coupon_id = %(coupon)s) ELSE uses END
    WHERE id = %(coupon)s AND promotion_id = %(promotion)s
    RETURNING {_COLUMNS}
""")
_DELETE = prepared("""
    DELETE FROM coupons WHERE id = %(coupon)s AND promotion_id = %(promotion)s
""")


async def add(session: Session, promotion: Promotion, draft: CouponDraft, now: datetime) -> UUID:
    """Add a coupon to a promotion; return its id. Raise CouponsOfOthers or CouponCodeTaken."""
    if promotion.trigger is not Trigger.COUPON:
        raise CouponsOfOthers
    id_, codes = uuid7(), [draft.code.upper()]
    names = {"promotion": promotion.id, "limit": draft.usage_limit, "active": draft.active}
    if not await _ADD(session, **names, ids=[id_], codes=codes, now=now):
        raise CouponCodeTaken(pointer="/code")
    return id_


async def generate(
    session: Session, promotion: Promotion, draft: CouponsWanted, now: datetime
) -> None:
    """Add coupons with random codes to a promotion. Raise CouponsOfOthers or CouponCodesShort."""
    if promotion.trigger is not Trigger.COUPON:
        raise CouponsOfOthers
    names = {"promotion": promotion.id, "limit": draft.usage_limit, "now": now, "active": True}
    missing = draft.count
    for _ in range(_TRIES):
        codes = _random_codes(missing, (draft.prefix or "").upper(), draft.length)
        ids = [uuid7() for _ in codes]
        missing -= await _ADD(session, **names, ids=ids, codes=codes)
        if not missing:
            return
    raise CouponCodesShort(pointer="/length")


async def view(session: Reading, promotion_id: UUID, coupon_id: UUID) -> CouponView:
    """Return a coupon of a promotion. Raise CouponNotFound."""
    if row := await _ONE.row(session, promotion=promotion_id, coupon=coupon_id):
        return selected(row, CouponView)
    raise CouponNotFound


async def page(session: Reading, promotion_id: UUID, limit: int, cursor: str | None) -> CouponPage:
    """List the coupons of a promotion, oldest first. Raise CursorUnusable."""
    shape = ["coupons", str(promotion_id)]
    _, id_ = cursors.read(cursor, shape, str) if cursor else (None, None)
    rows = await _PAGE.rows(session, promotion=promotion_id, id=id_, limit=limit)
    items = [selected(row, CouponView) for row in rows[:limit]]
    if len(rows) <= limit:
        return CouponPage(items, None)
    return CouponPage(items, cursors.after(shape, "", items[-1].id))


async def csv(session: Reading, promotion_id: UUID) -> str:
    """Return all coupons of a promotion as CSV (RFC 4180). No field needs quotes or escaping."""
    rows = await _ALL.rows(session, promotion=promotion_id)
    lines = ["code,usage_limit,uses,active,created_at", *(",".join(row) for row in rows)]
    return "".join(f"{line}\r\n" for line in lines)


async def claim(session: Session, promotion_id: UUID, coupon_id: UUID, seen: int | None) -> None:
    """Lock a coupon for a change. Raise CouponNotFound or CouponChanged."""
    row = await _CLAIM.row(session, promotion=promotion_id, coupon=coupon_id)
    if row is None:
        raise CouponNotFound
    expect_version(row[0], seen, CouponChanged)


async def change(
    session: Session, promotion_id: UUID, coupon_id: UUID, patch: CouponPatch
) -> CouponView:
    """Apply a patch to a coupon and increase its version.

    Raise CouponNotFound or UsageLimitTooLow.
    """
    limited = patch.usage_limit is not UNSET
    with translated(_REFUSALS):
        row = await _CHANGE.row(
            session,
            promotion=promotion_id,
            coupon=coupon_id,
            active=None if patch.active is UNSET else patch.active,
            limited=limited,
            limit=patch.usage_limit if limited else None,
        )
    if row is None:
        raise CouponNotFound
    return selected(row, CouponView)


async def remove(session: Session, promotion_id: UUID, coupon_id: UUID) -> None:
    """Delete a coupon that `claim` has locked, also from carts."""
    await _DELETE(session, promotion=promotion_id, coupon=coupon_id)


def _random_codes(count: int, prefix: str, length: int) -> list[str]:
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(prefix + "".join([secrets.choice(ALPHABET) for _ in range(length)]))
    return list(codes)


class CouponNotFound(NotFound):
    """This promotion has no such coupon."""


class CouponChanged(Stale):
    """The coupon has changed since you read it."""


class CouponCodeTaken(Conflict):
    """Another coupon has this code."""


class CouponsOfOthers(Conflict):
    """Only promotions that a coupon sets off have codes."""


class CouponCodesShort(Conflict):
    """There are not so many different codes of this length; make it longer."""
