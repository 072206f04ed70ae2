"""Builders of sales, and what time does to them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from httpx import AsyncClient

from trastienda.controllers.prices import changes as price_changes
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.promotions.promotion import Promotion, PromotionKind, Trigger
from trastienda.services.prices import sales

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


async def a_sale(product: dict[str, Any], **facts: Any) -> UUID:  # noqa: ANN401
    """Put a product on sale: 20 % off now, unless `facts` say otherwise."""
    now = utcnow()
    if not facts.keys() & {"category_ids", "variant_ids"}:
        facts["product_ids"] = [UUID(product["id"])]
    usual = {"kind": PromotionKind.ITEM_PERCENT, "percent": Decimal(20), "active": True}
    what: dict[str, Any] = {**usual, **facts}
    sale = Promotion(name="Sale", trigger=Trigger.CATALOGUE, created_at=now, updated_at=now, **what)
    async with transaction() as session:
        session.orm.add(sale)
        await session.orm.flush()
        await sales.refresh(session, await sales.affected_products(session, sale), now)
    return sale.id


async def end(sale_id: UUID) -> None:
    """Delete a sale."""
    async with transaction() as session:
        sale = await session.orm.get_one(Promotion, sale_id)
        about = await sales.affected_products(session, sale)
        await session.orm.delete(sale)
        await sales.refresh(session, about, utcnow())


async def switch_all(now: datetime, since: datetime | None = NEVER) -> None:
    """Let the clock strike, until nothing is left to do."""
    while found := await price_changes.overdue(since, now):
        assert await price_changes.switch(found, now)


async def shown(buyer: AsyncClient, product: dict[str, Any], **query: str) -> dict[str, Any]:
    """Return the price of a product's first variant, as its page shows it."""
    page = (await buyer.get(f"/v1/products/{product['slug']}", params=query)).json()
    names = ("price", "compare_at_price", "lowest_price_30_days")
    return {name: page["variants"][0][name] for name in names if name in page["variants"][0]}


async def card(staff: AsyncClient, product: dict[str, Any]) -> dict[str, Any]:
    page = (await staff.get("/v1/products", params={"limit": "100"})).json()
    found: dict[str, Any] = next(it for it in page["items"] if it["id"] == product["id"])
    return {name: found[name] for name in ("price", "compare_at_price") if name in found}


def soon(minutes: int = 60) -> datetime:
    return utcnow() + timedelta(minutes=minutes)
