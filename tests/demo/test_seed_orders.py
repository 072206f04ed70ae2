"""Generated orders: believable, in the books, and found by staff without reading the table."""

import json
from typing import Any

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_program
from support.refunds import expect_balanced_books

from trastienda.commands.seed import fill, fill_orders
from trastienda.database.db import Prepared, reading
from trastienda.database.models.accounts.user import Role
from trastienda.demo.generated.products import ProductGenerator
from trastienda.demo.orders.loading import NothingToOrder
from trastienda.schemas.orders.listing import OrderSort
from trastienda.services.ledger import verification
from trastienda.services.orders import selection
from trastienda.services.orders.selection import Shape

GENERATOR = ProductGenerator(1)
ORDERS = 4_000
ANY = (None, None, None)
PAGE = 24
FEW_ROWS = 24 * PAGE
"""What a page may read: its rows, once for each combination of states, and never the table."""
CUSTOM_PLANS = 5
"""PostgreSQL makes so many before it considers a general one."""


async def rows(sql: str) -> list[tuple[Any, ...]]:
    async with reading() as session:
        return await (await session.driver.execute(sql)).fetchall()


async def filled(orders: int) -> int:
    return await fill_orders(orders, GENERATOR, lambda _: None, chunk=500)


async def test_orders_need_something_to_order(empty_shop: ASGIApp) -> None:
    del empty_shop

    with pytest.raises(NothingToOrder):
        await filled(10)


async def test_generated_orders_stand_in_the_books(empty_shop: ASGIApp) -> None:
    await fill(20, GENERATOR, lambda _: None)

    assert await filled(1_500) == 1_500
    assert await filled(1_500) == 0
    assert await filled(1_510) == 10

    await expect_balanced_books()
    async with reading() as session:
        verdict = await verification.verify(session)
    assert verdict.unbooked == 0
    assert verdict.transactions > 3_000
    states = await rows("SELECT DISTINCT payment_status, fulfilment_status, status FROM orders")
    assert set(states) >= {
        ("paid", "fulfilled", "open"),
        ("paid", "unfulfilled", "open"),
        ("pending", "unfulfilled", "open"),
        ("cancelled", "unfulfilled", "cancelled"),
        ("refunded", "fulfilled", "open"),
    }
    async with await a_program(empty_shop, Role.OWNER) as staff:
        await _can_be_worked_on(staff)
    await expect_balanced_books()


async def _can_be_worked_on(staff: AsyncClient) -> None:
    query = {"payment_status": "paid", "fulfilment_status": "unfulfilled", "limit": "2"}
    to_send, to_cancel = (await staff.get("/v1/admin/orders", params=query)).json()["items"]
    sent = await staff.post(f"/v1/admin/orders/{to_send['id']}/fulfilments", json={})
    assert sent.status_code == 201, sent.text
    cancelled = await staff.post(f"/v1/admin/orders/{to_cancel['id']}/cancel")
    assert cancelled.status_code == 200, cancelled.text
    timeline = await staff.get(f"/v1/admin/orders/{to_cancel['id']}/timeline")
    assert timeline.json()["items"][-1]["type"] in {"order.placed", "test", "manual"}


def shape(*filters: str, sort: OrderSort = OrderSort.NEWEST, **more: Any) -> Shape:  # noqa: ANN401
    states, after = more.get("states", ANY), more.get("after", False)
    return Shape(sort, frozenset(filters), states, after, PAGE + 1)


SHAPES = {
    "all": shape(),
    "oldest": shape(sort=OrderSort.OLDEST),
    "later page": shape(after=True),
    "number": shape("number"),
    "email": shape("email"),
    "customer": shape("customer_id"),
    "name": shape("name"),
    "sku": shape("sku"),
    "sku, later page": shape("sku", after=True),
    "tag": shape("tag"),
    "tag, oldest": shape("tag", sort=OrderSort.OLDEST),
    "tag, in a state that few are in": shape("tag", states=(None, "refunded", None)),
    "dates": shape("placed_from", "placed_until"),
    "currency": shape("currency"),
    "totals": shape("currency", "total_min", "total_max", sort=OrderSort.LARGEST),
    "by total": shape("currency", sort=OrderSort.TOTAL, after=True),
    "a state that nothing is in": shape(states=(None, None, "partially_fulfilled")),
    "a state that few are in": shape(states=("cancelled", None, None)),
    "what is to be sent": shape(states=("open", "paid", "unfulfilled")),
    "refunded, of some days": shape(
        "placed_from", "placed_until", states=(None, "refunded", None), after=True
    ),
}


async def test_no_list_reads_more_than_its_page(empty_shop: ASGIApp) -> None:
    """Whatever is looked for; as many orders again would not be a row more."""
    del empty_shop
    await fill(20, GENERATOR, lambda _: None)
    await filled(ORDERS)
    ((placed_at, id_, email, total, number),) = await rows(
        "SELECT placed_at, id, email_key, total, number FROM orders ORDER BY placed_at OFFSET 2000"
        " LIMIT 1"
    )
    values = {
        "number": number,
        "customer_id": id_,
        "email": email,
        "name": "Ana García",
        "sku": GENERATOR.product(1).sku("M"),
        "tag": "gift",
        "currency": "EUR",
        "total_min": total,
        "total_max": total + 5_000,
        "placed_from": placed_at,
        "placed_until": placed_at.replace(year=placed_at.year + 1),
        "last_id": id_,
    }

    found = {}
    for name, wanted in SHAPES.items():
        values["last_key"] = total if wanted.by_total else placed_at
        plan = await explained(selection.select(wanted), values)
        if read(plan) > FEW_ROWS or "Seq Scan" in json.dumps(plan):
            found[name] = plan

    assert found == {}


async def test_a_list_is_not_planned_anew_whenever_it_is_read(empty_shop: ASGIApp) -> None:
    """To plan the combinations of states takes several times as long as to read them."""
    del empty_shop
    await fill(20, GENERATOR, lambda _: None)
    await filled(500)
    names = ["a state that few are in", "tag, in a state that few are in", "sku", "name"]
    values = {"tag": "gift", "sku": GENERATOR.product(1).sku("M"), "name": "Ana García López"}

    planned = {}
    async with reading() as session:
        for name in names:
            statement = Prepared(selection.select(SHAPES[name]))
            for _ in range(CUSTOM_PLANS + 1):
                await statement.rows(session, **values)
            counted = "SELECT generic_plans > 0 FROM pg_prepared_statements WHERE statement = %s"
            text = statement.call(values).text.decode()
            planned[name] = await (await session.driver.execute(counted, [text])).fetchone()

    assert planned == dict.fromkeys(names, (True,))


async def explained(sql: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the plan that was run, with the rows that each part of it has read."""
    async with reading() as session:
        question = f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}"
        result = await session.driver.execute(question, values)
        row = await result.fetchone()
        assert row is not None
        plan: dict[str, Any] = row[0][0]["Plan"]
        return plan


def read(plan: dict[str, Any]) -> float:
    """Count the rows that scans gave or threw away."""
    rows = sum(read(part) for part in plan.get("Plans", []))
    if "Scan" in plan["Node Type"] and plan["Node Type"] != "Subquery Scan":
        thrown = plan.get("Rows Removed by Filter", 0) + plan.get(
            "Rows Removed by Index Recheck", 0
        )
        rows += (plan["Actual Rows"] + thrown) * plan["Actual Loops"]
    return float(rows)
