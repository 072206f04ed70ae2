"""Products from a file by the pages: uploaded, looked through, started, cancelled."""

from uuid import uuid4

from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.background import change
from support.imports.files import a_file, checked, numbers, rows_of, state
from support.pages.desks import a_desk
from support.pages.hostile import HOSTILE, strange
from support.pages.readers import follow, form_of, send, words
from support.people import HERE
from support.products import a_sku

from trastienda.database.models.accounts.user import Role
from trastienda.jobs.imports.importing import work

PAGE = "/admin/imports"


def rows(*prices: str) -> list[dict[str, str]]:
    slugs = [f"import-{uuid4().hex}" for _ in prices]
    return [
        {"slug": slug, "name": "Mug", "sku": a_sku(), "price": price, "size": "?"}
        for slug, price in zip(slugs, prices, strict=True)
    ]


async def upload(desk: AsyncClient, page: Response, content: bytes, name: str) -> Response:
    """Send the form of a page with a file in it."""
    fields = {name: text for name, text in form_of(page, PAGE).fields if name != "file"}
    files = {"file": (name, content, "text/csv")}
    return await desk.post(PAGE, data=fields, files=files, headers={"Origin": HERE})


async def test_a_file_is_checked_started_and_what_failed_is_downloaded(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, file = await a_desk(shop), a_file(rows("12.50", "12.50 EUR"))
    listed = await desk.get(PAGE)
    answers = [await upload(desk, listed, file, "mugs.csv") for _ in range(2)]
    address = answers[0].headers["location"]
    record = {"id": address.rpartition("/")[2]}
    waiting = await follow(desk, answers[0])
    await work(record["id"])
    checked = await desk.get(address)
    started = await send(desk, checked, f"{address}/start")
    again = await send(desk, checked, f"{address}/start")
    running = await follow(desk, started)
    await work(record["id"])
    done = await desk.get(address)
    left = rows_of(await desk.get(f"/v1{address}/failed.csv?locale=es"))

    assert [(it.status_code, it.headers["location"]) for it in answers] == [(303, address)] * 2
    assert "The file is being checked." in words(waiting)
    assert 'hx-trigger="load delay:2s"' in waiting.text
    assert "0 of 2 rows" in words(waiting)
    assert "are not read: size" in words(checked)
    assert "This is no price" in words(checked)
    assert 'hx-trigger="load' not in checked.text
    assert (started.status_code, again.status_code) == (303, 303)
    assert "Products are being written" in words(running)
    assert numbers(await state(staff, record)) == (1, 0, 0, 1)
    assert "Start the import" not in words(done)
    assert left[0]["problem"].startswith("price_EUR: Esto no es un precio")


async def test_a_file_that_is_refused_says_why_beside_the_form(shop: ASGIApp) -> None:
    desk = await a_desk(shop, language="es")
    page = await upload(desk, await desk.get(PAGE), b"colour\r\nblue\r\n", "x.csv")
    none = await upload(desk, page, b"", "")

    assert page.status_code == 422
    assert "La primera línea nombra las columnas" in words(page)
    assert (none.status_code, "no tiene filas" in words(none)) == (422, True)


async def test_an_import_is_cancelled_and_can_not_be_started_then(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk = await a_desk(shop)
    name = HOSTILE.replace("/", "").replace("\\", "")[:150]
    answer = await upload(desk, await desk.get(PAGE), a_file(rows("1")), name)
    address = answer.headers["location"]
    page = await desk.get(address)
    await work(address.rpartition("/")[2])
    ready = await desk.get(address)
    cancelled = await send(desk, page, f"{address}/cancel")
    late = await send(desk, ready, f"{address}/start")

    assert cancelled.status_code == 303
    assert late.status_code == 412
    assert (await staff.get(f"/v1{address}")).json()["state"] == "cancelled"
    assert [strange(it) for it in (page, ready, await desk.get(PAGE))] == [[], [], []]


async def test_a_page_says_that_an_import_ended_with_the_rights_of_its_starter(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk = await a_desk(shop)
    record = await checked(staff, rows("1"))
    await staff.post(f"/v1/admin/imports/{record['id']}/start")
    await change("UPDATE product_imports SET actor_id = %s WHERE id = %s", uuid4(), record["id"])
    await work(record["id"])
    page = await desk.get(f"/admin/imports/{record['id']}")
    spanish = await desk.get(f"/admin/imports/{record['id']}?locale=es")

    assert "whoever started it may no longer change what it changes" in words(page)
    assert "quien la inició ya no puede cambiar lo que esta cambia" in words(spanish)


async def test_who_may_only_read_sees_no_buttons(shop: ASGIApp) -> None:
    owner, support = await a_desk(shop), await a_desk(shop, Role.SUPPORT)
    answer = await upload(owner, await owner.get(PAGE), a_file(rows("1")), "x.csv")
    address = answer.headers["location"]
    await work(address.rpartition("/")[2])

    assert "Check the file" not in words(await support.get(PAGE))
    assert "Start the import" not in words(await support.get(address))
    form = form_of(await owner.get(address), f"{address}/start")
    assert form.fields
    refused = await support.post(f"{address}/start", headers={"Origin": HERE})
    assert refused.status_code == 403
