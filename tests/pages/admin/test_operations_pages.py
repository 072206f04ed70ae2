"""Mail, jobs and events by their pages: what each form does, refuses, and to whom."""

from uuid import UUID, uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, change, mails_about
from support.pages.desks import a_desk
from support.pages.readers import beside, follow, form_of, read, send, undo, words
from support.people import HERE, an_address
from support.products import an_order

from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.handlers.pages.forms import fresh_key
from trastienda.schemas.shared.context import Context
from trastienda.services.jobs import queue
from trastienda.services.jobs.queue import Job
from trastienda.services.mail import addresses
from trastienda.settings import Settings


async def a_sent_mail(staff: AsyncClient, buyer: AsyncClient, settings: Settings) -> str:
    """Order something and let the mail about it go; return its address."""
    email = an_address()
    order = await an_order(staff, buyer, email=email)
    await mails_about(order["id"], settings)
    return email


async def a_dead_address() -> str:
    email = an_address()
    async with transaction() as session:
        await addresses.suppress(session, email, "5.1.1", Context(utcnow()))
    return email


async def test_a_mail_is_found_by_its_address_and_sent_once_more(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email, desk = await a_sent_mail(staff, buyer, settings), await a_desk(shop)
    listed = f"/admin/mail?q={email}&state=sent"
    page = await desk.get(listed)
    action = beside(page, email)

    answers = [await send(desk, page, action) for _ in range(2)]
    again = await send(desk, page, action, key=fresh_key())

    assert [it.status_code for it in answers] == [303, 303]
    assert answers[0].headers["location"] == listed
    assert (again.status_code, "Not done" in words(again)) == (409, True)
    (mail,) = (await staff.get(f"/v1/admin/mail?recipient={email}")).json()["items"]
    assert mail["state"] == "queued"
    assert "Clear the filters" in words(await desk.get("/admin/mail?state=nonsense&q=x"))


async def test_a_dead_address_gets_mails_again(shop: ASGIApp, staff: AsyncClient) -> None:
    email, desk = await a_dead_address(), await a_desk(shop)
    page = await desk.get(f"/admin/mail/suppressions?q={email}")
    action = beside(page, email)

    answers = [await send(desk, page, action) for _ in range(2)]
    later = await send(desk, page, action, key=fresh_key())

    assert [*(it.status_code for it in answers), later.status_code] == [303, 303, 404]
    found = await staff.get("/v1/admin/mail/suppressions", params={"email": email})
    assert found.json()["items"] == []


WORDING = "/admin/letters/order_cancelled/es"


async def test_a_wording_is_written_refused_merged_and_emptied(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, api = await a_desk(shop), "/v1/admin/letters/order_cancelled/wording/es"
    page = await desk.get(WORDING)

    wrong = await send(desk, page, WORDING, subject="Pedido {nonsense}")
    assert (wrong.status_code, 'id="subject-error"' in wrong.text) == (422, True)
    assert dict(form_of(wrong, WORDING).fields)["subject"] == "Pedido {nonsense}"
    assert (await staff.get(api)).status_code == 404

    mine = await follow(desk, await send(desk, page, WORDING, subject="Cancelado"))
    theirs = await desk.get(WORDING)
    await send(desk, theirs, WORDING, heading="Lo sentimos")
    clash = await send(desk, mine, WORDING, subject="Tu pedido")
    assert (clash.status_code, "Lo sentimos" in words(clash)) == (412, True)
    page = await follow(desk, await send(desk, clash, WORDING))
    saved = (await staff.get(api)).json()
    assert (saved["subject"], saved["heading"]) == ("Tu pedido", "Lo sentimos")

    empty = dict.fromkeys(("subject", "heading", "intro", "closing"), "")
    assert (await send(desk, page, WORDING, **empty)).status_code == 303
    assert (await staff.get(api)).status_code == 404
    assert (await desk.get("/admin/letters/nonsense/es")).status_code == 404
    assert (await desk.get("/admin/letters/order_cancelled/de")).status_code == 400


async def a_job() -> int:
    mine = uuid4()
    async with transaction() as session:
        await queue.defer(session, [Job(f"test-{mine.hex}", mine, str(mine))])
    ((job_id,),) = await ask("SELECT id FROM procrastinate_jobs WHERE lock = %s", str(mine))
    return int(job_id)


async def test_a_job_offers_what_can_be_done_with_it_and_no_more(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, job_id = await a_desk(shop), await a_job()
    address = f"/admin/jobs/{job_id}"
    waiting = await desk.get(address)
    assert ("Cancel the job" in words(waiting), "Try again" in words(waiting)) == (True, False)

    page = await follow(desk, await send(desk, waiting, address, do="cancel"))
    assert "The job was cancelled." in words(page)
    refused = await send(desk, waiting, address, do="cancel")
    assert (refused.status_code, "Only a job that waits" in words(refused)) == (409, True)
    undone = await undo(desk, page)
    assert undone.status_code == 303
    assert (await staff.get(f"/v1{address}")).json()["status"] == "todo"

    await change("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", job_id)
    failed = await desk.get(address)
    assert ("Cancel the job" in words(failed), "Try again" in words(failed)) == (False, True)
    assert (await send(desk, failed, address, do="retry")).status_code == 303
    assert (await send(desk, failed, address, do="nonsense")).status_code == 422
    assert (await staff.get(f"/v1{address}")).json()["status"] == "todo"
    task = (await staff.get(f"/v1{address}")).json()["task"]
    listed = await desk.get(f"/admin/jobs?status=todo&task={task}")
    assert f'href="{address}"' in listed.text


async def test_what_is_not_there_has_a_page_that_says_so(shop: ASGIApp) -> None:
    desk = await a_desk(shop)
    places = [
        *(f"/admin/jobs/{it}" for it in (0, -1, 2**62, 2**64)),
        f"/admin/webhooks/{uuid4()}",
        f"/admin/customers/{uuid4()}",
        f"/admin/webhooks/{uuid4()}/deliveries/{uuid4()}",
    ]

    assert {it: (await desk.get(it)).status_code for it in places} == dict.fromkeys(places, 404)


async def test_events_are_read_page_by_page(shop: ASGIApp, staff: AsyncClient) -> None:
    desk = await a_desk(shop)
    newest = await desk.get("/admin/events")
    last = (await staff.get("/v1/admin/events")).json()["items"][-1:]
    older = await desk.get("/admin/events?before=3")
    strange = await desk.get("/admin/events?before=99999999999999999999&utm_source=x")

    assert (newest.status_code, strange.status_code) == (200, 200)
    assert older.text.count('data-label="Position"') <= 2
    assert "/admin/events" in older.text
    assert not last or last[0]["type"] in newest.text or newest.text.count("<details>") > 40


async def test_who_may_not_run_the_shop_sees_none_of_it_and_changes_nothing(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, job_id, email = await a_desk(shop, Role.SUPPORT), await a_job(), await a_dead_address()
    token = dict(form_of(await desk.get("/admin"), "/logout").fields)["csrf_token"]
    ((dead,),) = await ask("SELECT id FROM mail_suppressions WHERE email = %s", email)
    posted = {
        f"/admin/jobs/{job_id}": {"do": "cancel"},
        f"/admin/mail/suppressions/{UUID(str(dead))}/forgive": {},
        f"/admin/mail/{uuid4()}/resend": {},
        WORDING: {"subject": "x"},
    }

    seen = [(await desk.get(f"/admin/{it}")).status_code for it in ("mail", "jobs", "events")]
    done = [
        await desk.post(it, data={"csrf_token": token, **fields}, headers={"origin": HERE})
        for it, fields in posted.items()
    ]

    assert [*seen, *(it.status_code for it in done)] == [403] * 7
    assert (await staff.get(f"/v1/admin/jobs/{job_id}")).json()["status"] == "todo"
    assert not any(it.action in posted for it in read(await desk.get("/admin")).forms)
