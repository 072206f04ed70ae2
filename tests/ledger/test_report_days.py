"""Days of reports that are summed once say what they would say if they were summed now."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from httpx import AsyncClient
from support.background import ask
from support.people import a_program
from support.products import an_order
from support.refusals import somebody_waits

from trastienda.application import Application
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.jobs.ledger import reports as job
from trastienda.schemas.ledger.booking import Booking, TaxedAmount
from trastienda.services.ledger import bookings, ledger

REPORTS = "/v1/admin/reports"
GROUPS = ("all", "product", "category", "country")


def noon(days: int) -> datetime:
    """Return a time so many days ago, far from midnight."""
    return datetime.combine(utcnow().date(), time(12), UTC) - timedelta(days=days)


def a_sale(line_id: str, amount: int) -> Booking:
    sold = TaxedAmount(
        line_id=UUID(line_id), quantity=1, rate=Decimal(21), amount=amount, tax=amount * 21 // 121
    )
    return bookings.sale(uuid4(), [sold], "ES")


async def sold(line_id: str, amount: int, days: int) -> None:
    async with transaction() as session:
        await ledger.write(session, [a_sale(line_id, amount)], None, "EUR", noon(days))


async def reports(staff: AsyncClient) -> dict[str, list[dict[str, Any]]]:
    """Read every report that keeps its days, of ten days."""
    today = utcnow().date()
    found = {}
    for by in ("day", "week", "month"):
        days = {"from": str(today - timedelta(days=9)), "to": str(today), "by": by}
        asked = [("sales", {"group": it}) for it in GROUPS]
        for name, more in (*asked, ("taxes", {"group": ""})):
            wanted = days | (more if more["group"] else {})
            answer = await staff.get(f"{REPORTS}/{name}", params=wanted)
            assert answer.status_code == 200, answer.text
            found[f"{name} {by} {more['group']}"] = answer.json()["items"]
    return found


async def keep_all() -> None:
    while await job.keep():
        pass


async def kept() -> int:
    ((count,),) = await ask("SELECT count(*)::int FROM report_days")
    return int(count)


def total(found: dict[str, list[dict[str, Any]]]) -> set[int]:
    """Return the sums of all reports: those of sales, and those of taxes."""
    sums = {sum(it["total"] for it in rows) for name, rows in found.items() if "sales" in name}
    taxes = {name: rows for name, rows in found.items() if "taxes" in name}
    return sums | {sum(it["taxable"] + it["tax"] for it in rows) for rows in taxes.values()}


async def test_a_day_that_was_summed_says_what_it_would_say_now(empty_shop: Application) -> None:
    async with await a_program(empty_shop, Role.OWNER) as staff:
        category = {"slug": "mugs", "name": "Mugs"}
        order = await an_order(staff, staff)
        line = order["lines"][0]
        for days in (8, 8, 5, 1):
            await sold(line["id"], 1_000 + days, days)
        before = await reports(staff)

        await keep_all()

        assert await kept() == 7 * 5
        assert await reports(staff) == before
        assert total(before) == {2_990 + 4_022}
        await sold(line["id"], 2_500, 8)
        assert await kept() == 5 * 5
        late = await reports(staff)
        assert total(late) == {2_990 + 6_522}
        await keep_all()
        assert await reports(staff) == late

        made = await staff.post("/v1/admin/categories", json=category)
        assert made.status_code == 201, made.text
        product = (await staff.get(f"/v1/products/{line['slug']}")).json()["id"]
        moved = {"categories": ["mugs"]}
        assert (await staff.patch(f"/v1/admin/products/{product}", json=moved)).status_code == 200
        rows = (await reports(staff))["sales month category"]
        assert sum(it["total"] for it in rows if it["group"] == "mugs") == 2_500 + 6_522
        await keep_all()
        assert (await reports(staff))["sales month category"] == rows

        zone = {"time_zone": "Pacific/Auckland"}
        assert (await staff.patch("/v1/admin/channel", json=zone)).status_code == 200
        elsewhere = await reports(staff)
        assert total(elsewhere) <= {2_990 + 6_522, 6_522}
        await keep_all()
        assert await reports(staff) == elsewhere

        await _is_summed_with_what_is_being_booked(staff, line["id"])


async def _is_summed_with_what_is_being_booked(staff: AsyncClient, line_id: str) -> None:
    """Let a day be summed while a booking with a time of that day has not ended yet."""
    before = total(await reports(staff))
    async with transaction() as session:
        await ledger.write(session, [a_sale(line_id, 500)], None, "EUR", noon(6))
        summing = asyncio.create_task(job.keep())
        await somebody_waits(session)
    await summing
    await keep_all()

    assert total(await reports(staff)) == {it + 500 for it in before}
