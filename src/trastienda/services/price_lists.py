"""Price lists, as staff write them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.price_list import PriceList
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.price_list import ListedPrice, ListedPrices, PriceLists, PriceListView
from trastienda.services import cursors, sales

_VIEW_SQL = """
    SELECT id, name, currency, customer_group_id, active, priority, starts_at, ends_at, version
    FROM price_lists
"""
_VIEW = prepared(f"{_VIEW_SQL} WHERE id = %(list)s")
_PAGE = prepared(f"""
    {_VIEW_SQL} WHERE %(id)s::uuid IS NULL OR id < %(id)s ORDER BY id DESC LIMIT %(limit)s + 1
""")
_PRICES = prepared("""
    SELECT variants.sku, prices.amount, prices.min_quantity, prices.variant_id
    FROM price_list_prices AS prices
    JOIN variants ON variants.id = prices.variant_id
    WHERE prices.price_list_id = %(list)s AND (%(id)s::uuid IS NULL
        OR (prices.variant_id, prices.min_quantity) > (%(id)s, %(quantity)s::bigint))
    ORDER BY prices.variant_id, prices.min_quantity LIMIT %(limit)s + 1
""")
_PRODUCTS = prepared("""
    SELECT DISTINCT variants.product_id FROM price_list_prices
    JOIN variants ON variants.id = price_list_prices.variant_id
    WHERE price_list_prices.price_list_id = %(list)s
""")
_FOUND = prepared("SELECT sku, id, product_id FROM variants WHERE sku = ANY (%(skus)s)")
_SET = prepared("""
    INSERT INTO price_list_prices (price_list_id, variant_id, min_quantity, amount)
    SELECT %(list)s, given.* FROM unnest(%(variants)s::uuid[], %(quantities)s::bigint[],
        %(amounts)s::bigint[]) AS given (variant_id, min_quantity, amount)
    ON CONFLICT (price_list_id, variant_id, min_quantity) DO UPDATE SET amount = excluded.amount
""")
_DROP = prepared("""
    DELETE FROM price_list_prices USING variants
    WHERE variants.id = price_list_prices.variant_id AND variants.sku = %(sku)s
        AND price_list_prices.price_list_id = %(list)s
    RETURNING variants.product_id
""")
_YEARS = range(2000, 2200)


async def page(session: Reading, limit: int, cursor: str | None) -> PriceLists:
    """List price lists, the newest first. Raise CursorUnusable."""
    shape = ["price lists"]
    id_ = cursors.read(cursor, shape, str)[1] if cursor else None
    rows = await _PAGE.rows(session, id=id_, limit=limit)
    items = [PriceListView(**dict(zip(_FIELDS, row, strict=True))) for row in rows[:limit]]
    following = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return PriceLists(items, following)


async def view(session: Reading, list_id: UUID) -> PriceListView:
    """Return one price list. Raise NoSuchPriceList."""
    if row := await _VIEW.row(session, list=list_id):
        return PriceListView(**dict(zip(_FIELDS, row, strict=True)))
    raise NoSuchPriceList


async def prices(session: Reading, list_id: UUID, limit: int, cursor: str | None) -> ListedPrices:
    """List the prices of a list. Raise NoSuchPriceList or CursorUnusable."""
    currency = (await view(session, list_id)).currency
    shape = ["listed prices", str(list_id)]
    quantity, id_ = cursors.read(cursor, shape, int) if cursor else (None, None)
    names = {"list": list_id, "quantity": quantity, "id": id_, "limit": limit}
    rows = await _PRICES.rows(session, **names)
    items = [ListedPrice(*row[:3]) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    following = cursors.after(shape, str(last[2]), last[3]) if last else None
    return ListedPrices(items, currency, following)


async def claim(session: Session, list_id: UUID, seen: int | None) -> PriceList:
    """Lock one for a change. Raise NoSuchPriceList or PriceListChanged."""
    query = select(PriceList).where(PriceList.id == list_id).with_for_update()
    found = await session.orm.scalar(query)
    if found is None:
        raise NoSuchPriceList
    if seen not in {None, found.version}:
        raise PriceListChanged(version=found.version)
    return found


async def save(session: Session, what: PriceList) -> None:
    """Write it. Raise PeriodUnusable or PriceListGroupUnknown."""
    for field in ("starts_at", "ends_at"):
        at: datetime | None = getattr(what, field)
        if at is not None and at.year not in _YEARS:
            raise PeriodUnusable(pointer=f"/{field}")
    if what.starts_at and what.ends_at and what.ends_at <= what.starts_at:
        raise PeriodUnusable(pointer="/ends_at")
    session.orm.add(what)
    try:
        await session.orm.flush()
    except IntegrityError as unknown:  # fk_price_lists_customer_group_id
        raise PriceListGroupUnknown(pointer="/customer_group") from unknown


async def renew(session: Session, what: PriceList, now: datetime) -> None:
    """Let all that is in the list show the prices that follow from it."""
    rows = await _PRODUCTS.rows(session, list=what.id)
    await sales.reprice(session, [product_id for (product_id,) in rows], now)


async def set_prices(session: Session, what: PriceList, given: list[ListedPrice]) -> list[UUID]:
    """Add or replace prices; return the products they are of. Raise NoSuchSku."""
    rows = await _FOUND.rows(session, skus=[price.sku for price in given])
    found = {sku: (id_, product_id) for sku, id_, product_id in rows}
    amounts: dict[tuple[UUID, int], int] = {}
    for place, price in enumerate(given):
        if price.sku not in found:
            raise NoSuchSku(sku=price.sku, pointer=f"/prices/{place}/sku")
        amounts[found[price.sku][0], price.min_quantity] = price.price
    await _SET(
        session,
        list=what.id,
        variants=[variant_id for variant_id, _ in amounts],
        quantities=[quantity for _, quantity in amounts],
        amounts=list(amounts.values()),
    )
    return sorted({product_id for _, product_id in found.values()})


async def drop_prices(session: Session, what: PriceList, sku: str) -> list[UUID]:
    """Take all prices of a SKU out; return its product. Raise NotInPriceList."""
    if rows := await _DROP.rows(session, list=what.id, sku=sku):
        return list({product_id for (product_id,) in rows})
    raise NotInPriceList


_FIELDS = PriceListView.__struct_fields__


class NoSuchPriceList(NotFound):
    """There is no such price list."""


class NotInPriceList(NotFound):
    """The price list has no price for this SKU."""


class NoSuchSku(Invalid):
    """There is no variant with this SKU."""


class PeriodUnusable(Invalid):
    """A period ends after it begins, and lies between the years 2000 and 2200."""


class PriceListGroupUnknown(Invalid):
    """There is no such customer group."""


class PriceListChanged(Stale):
    """The price list has changed since you read it."""
