"""Price lists, as staff write them."""

from datetime import datetime
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.prices.price_list import PriceList
from trastienda.errors import Invalid, NotFound, Stale
from trastienda.schemas.prices.list import ListedPrice, ListedPrices, PriceLists, PriceListView
from trastienda.services.prices import sales
from trastienda.services.shared import cursors
from trastienda.services.shared.records import Records, Refusal, selected

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
_PRICES_OF = prepared("""
    SELECT variants.sku, prices.amount, prices.min_quantity
    FROM price_list_prices AS prices JOIN variants ON variants.id = prices.variant_id
    WHERE prices.price_list_id = %(list)s AND variants.sku = %(sku)s
    ORDER BY prices.min_quantity
""")
_PRODUCTS = prepared("""
    SELECT DISTINCT variants.product_id FROM price_list_prices
    JOIN variants ON variants.id = price_list_prices.variant_id
    WHERE price_list_prices.price_list_id = %(list)s
""")
_VARIANTS = prepared("SELECT sku, id, product_id FROM variants WHERE sku = ANY (%(skus)s)")
_SET = prepared("""
    INSERT INTO price_list_prices (price_list_id, variant_id, min_quantity, amount)
    SELECT %(list)s, listed_prices.* FROM unnest(%(variants)s::uuid[], %(quantities)s::bigint[],
        %(amounts)s::bigint[]) AS listed_prices (variant_id, min_quantity, amount)
    ON CONFLICT (price_list_id, variant_id, min_quantity) DO UPDATE SET amount = excluded.amount
""")
_REMOVE = prepared("""
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
    items = [selected(row, PriceListView) for row in rows[:limit]]
    following = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return PriceLists(items, following)


async def view(session: Reading, list_id: UUID) -> PriceListView:
    """Return a price list without its prices. Raise NoSuchPriceList."""
    if row := await _VIEW.row(session, list=list_id):
        return selected(row, PriceListView)
    raise NoSuchPriceList


async def prices(session: Reading, list_id: UUID, limit: int, cursor: str | None) -> ListedPrices:
    """List the prices of a price list, in minor units. Raise NoSuchPriceList or CursorUnusable."""
    currency = (await view(session, list_id)).currency
    shape = ["listed prices", str(list_id)]
    quantity, id_ = cursors.read(cursor, shape, int) if cursor else (None, None)
    names = {"list": list_id, "quantity": quantity, "id": id_, "limit": limit}
    rows = await _PRICES.rows(session, **names)
    items = [ListedPrice(*row[:3]) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    following = cursors.after(shape, str(last[2]), last[3]) if last else None
    return ListedPrices(items, currency, following)


async def prices_of(session: Reading, list_id: UUID, sku: str) -> list[ListedPrice]:
    """Return the prices that a list has for a SKU, from the lowest quantity on."""
    rows = await _PRICES_OF.rows(session, list=list_id, sku=sku)
    return [selected(row, ListedPrice) for row in rows]


async def save(session: Session, price_list: PriceList) -> None:
    """Check and save a price list. Raise PeriodUnusable or PriceListGroupUnknown."""
    for field in ("starts_at", "ends_at"):
        at: datetime | None = getattr(price_list, field)
        if at is not None and at.year not in _YEARS:
            raise PeriodUnusable(pointer=f"/{field}")
    if price_list.starts_at and price_list.ends_at and price_list.ends_at <= price_list.starts_at:
        raise PeriodUnusable(pointer="/ends_at")
    await _RECORDS.save(session, price_list)


async def reprice(session: Session, price_list: PriceList, now: datetime) -> None:
    """Reprice all products that the price list has prices for."""
    rows = await _PRODUCTS.rows(session, list=price_list.id)
    await sales.reprice(session, [product_id for (product_id,) in rows], now)


async def set_prices(
    session: Session, price_list: PriceList, listed_prices: list[ListedPrice]
) -> list[UUID]:
    """Add or replace prices of a list; return the ids of their products. Raise NoSuchSku."""
    rows = await _VARIANTS.rows(session, skus=[price.sku for price in listed_prices])
    variants = {sku: (id_, product_id) for sku, id_, product_id in rows}
    amounts: dict[tuple[UUID, int], int] = {}
    for index, price in enumerate(listed_prices):
        if price.sku not in variants:
            raise NoSuchSku(sku=price.sku, pointer=f"/prices/{index}/sku")
        amounts[variants[price.sku][0], price.min_quantity] = price.price
    await _SET(
        session,
        list=price_list.id,
        variants=[variant_id for variant_id, _ in amounts],
        quantities=[quantity for _, quantity in amounts],
        amounts=list(amounts.values()),
    )
    return sorted({product_id for _, product_id in variants.values()})


async def remove_prices(session: Session, price_list: PriceList, sku: str) -> list[UUID]:
    """Remove all prices of a SKU from a list; return the id of its product.

    Raise NotInPriceList.
    """
    if rows := await _REMOVE.rows(session, list=price_list.id, sku=sku):
        return list({product_id for (product_id,) in rows})
    raise NotInPriceList


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


_RECORDS = Records(
    PriceList,
    missing=NoSuchPriceList,
    changed=PriceListChanged,
    on_save={
        "fk_price_lists_customer_group_id": Refusal(
            PriceListGroupUnknown, pointer="/customer_group"
        )
    },
)
claim, remove = _RECORDS.claim, _RECORDS.remove
