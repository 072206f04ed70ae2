"""Reports: every kind shows, its file has the same rows, nonsense in an address is passed by."""

import re

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.pages.desks import a_desk
from support.pages.readers import words
from support.products import an_order

from trastienda.database.models.accounts.user import Role
from trastienda.handlers.pages.admin.reports import KINDS, SHOWN


async def test_each_report_shows_what_its_file_has(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    await an_order(staff, buyer, "test")
    desk = await a_desk(shop)
    for kind in KINDS:
        page = await desk.get(f"/admin/reports?kind={kind}&by=month&group=category")
        (file,) = re.findall(r'href="(/v1/admin/reports/[^"]+)"', page.text)
        saved = await desk.get(file.replace("&amp;", "&"))

        assert (page.status_code, saved.status_code) == (200, 200), kind
        rows = page.text.count("<tr>") - page.text.count("<thead>")
        assert min(saved.text.count("\n") - 1, SHOWN) == rows, kind
        assert saved.headers["content-type"].startswith("text/csv")


@pytest.mark.once
async def test_what_no_report_has_is_passed_by(shop: ASGIApp) -> None:
    desk = await a_desk(shop)
    asked = "kind=nonsense&from=2026-02-31&to=9999-12-31&by=second&group=x"

    page = await desk.get(f"/admin/reports?{asked}")
    turned = await desk.get("/admin/reports?from=2026-05-09&to=2026-05-01")

    assert (page.status_code, turned.status_code) == (200, 200)
    assert 'type="date" name="from" value="2026-05-01"' in turned.text
    assert "Sales" in words(page)


@pytest.mark.once
async def test_who_may_not_read_reports_gets_neither_page_nor_file(shop: ASGIApp) -> None:
    desk = await a_desk(shop, Role.WAREHOUSE)

    answers = [await desk.get(it) for it in ("/admin/reports", "/v1/admin/reports/sales.csv")]

    assert [it.status_code for it in answers] == [403, 403]
    assert "/admin/reports" not in (await desk.get("/admin")).text
