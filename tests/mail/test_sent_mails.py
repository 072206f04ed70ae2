"""What becomes of mails: sent once, come back, wanted no more, in the merchant's words."""

import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from httpx import ASGITransport, AsyncClient
from litestar.types import ASGIApp
from support.background import ask, body, events_about, files_of, go_to, mails_about, relay_all
from support.people import HERE, a_browser, a_customer, a_member_of_staff, an_address, register
from support.probes import a_client
from support.products import an_order
from support.servers.mail import Office, a_report, listening, send

from trastienda.application import guarded
from trastienda.application import shop as bare_shop
from trastienda.database.db import reading, transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.database.models.shared.text import Locale
from trastienda.jobs import mail
from trastienda.schemas.mail.mail import LetterKind, WordingDraft
from trastienda.schemas.shared.context import Context
from trastienda.services.mail import consents as mail_consents
from trastienda.services.mail import mails
from trastienda.services.mail.mails import Envelope
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.mail.table import MAILS
from trastienda.services.mail.transport import MailDelayed, MailRefused, Transport
from trastienda.settings import Environment, Settings, Switch

WORDING = "/v1/admin/letters/order_paid/wording/en"


async def mail_to(staff: AsyncClient, email: str) -> list[tuple[str, str, int]]:
    answer = await staff.get("/v1/admin/mail", params={"recipient": email})
    assert answer.status_code == 200, answer.text
    return [(it["letter"], it["state"], it["attempts"]) for it in answer.json()["items"]]


async def a_mail_sent(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> tuple[str, UUID]:
    """Order something and let the mail go; return to whom, and the event."""
    email = an_address()
    order = await an_order(staff, buyer, email=email)
    await mails_about(order["id"], settings)
    (event,) = await events_about(order["id"])
    return email, event


async def test_a_mail_is_sent_once_however_often_its_job_runs(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email, office = an_address(), Office()
    order = await an_order(staff, buyer, email=email)
    await relay_all()
    (event,) = await events_about(order["id"])
    async with listening(office) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        for _ in range(3):
            await mail.sending(there)(str(event))

    assert office.recipients == [email]
    assert await mail_to(staff, email) == [("order_placed", "sent", 1)]


async def test_a_delay_and_a_refusal_are_written_down_and_a_dead_address_gets_no_more(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email = an_address()
    order = await an_order(staff, buyer, email=email)
    await relay_all()
    (event,) = await events_about(order["id"])
    for reply, error in (
        ("451 4.2.0 later", MailDelayed),
        ("550 5.1.8 <shop@localhost>: sender rejected: no such domain", MailDelayed),
        ("550 relay not permitted", MailRefused),
    ):
        async with listening(Office(to_recipient=reply)) as port:
            there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
            with pytest.raises(error):
                await mail.sending(there)(str(event))
    assert await mail_to(staff, email) == [("order_placed", "refused", 3)]
    dead = await staff.get("/v1/admin/mail/suppressions", params={"email": email})
    assert dead.json()["items"] == []  # it is us whom that server does not like

    again = await an_order(staff, buyer, email=email)
    await relay_all()
    (event,) = await events_about(again["id"])
    async with listening(Office(to_recipient="550 5.1.1 nobody")) as port:
        there = msgspec.structs.replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
        with pytest.raises(MailRefused):
            await mail.sending(there)(str(event))
    await staff.post(f"/v1/admin/orders/{again['id']}/cancel")
    await mails_about(again["id"], settings)

    assert (await mail_to(staff, email))[0] == ("order_cancelled", "suppressed", 1)
    await register(a_browser(shop), email)
    (who,) = await ask("SELECT id FROM users WHERE email = %s", email)
    (verification,) = await mails_about(who[0], settings)
    assert verification["To"] == email  # somebody has just typed it in: it is tried
    (found,) = (await staff.get("/v1/admin/mail/suppressions", params={"email": email})).json()[
        "items"
    ]
    assert found["status"] == "5.1.1"
    gone = f"/v1/admin/mail/suppressions/{found['id']}"
    assert (await staff.delete(gone)).status_code == 204
    assert (await staff.delete(gone)).status_code == 404


async def test_a_mail_can_be_sent_again_on_demand(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email, event = await a_mail_sent(staff, buyer, settings)
    (sent,) = (await staff.get("/v1/admin/mail", params={"recipient": email})).json()["items"]
    again = f"/v1/admin/mail/{sent['id']}/resend"

    answer = await staff.post(again)
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    assert (await staff.post(again)).json()["type"] == "/problems/letter-on-its-way"
    await mail.sending(settings)(str(event))

    folder = settings.data / "mail"
    assert [it.name[17:] for it in sorted(folder.glob(f"*{event}*"))] == [
        f"{event}.1.eml",
        f"{event}.eml",
    ]
    assert await mail_to(staff, email) == [("order_placed", "sent", 2)]
    missing = await staff.post(f"/v1/admin/mail/{uuid4()}/resend")
    assert missing.status_code == 404


async def test_a_mail_that_came_back_is_marked_and_its_address_gets_no_more(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email, event = await a_mail_sent(staff, buyer, settings)
    headers = {"Content-Type": "message/rfc822"}

    async def report(content: bytes) -> object:
        answer = await staff.post("/v1/admin/mail/bounces", content=content, headers=headers)
        return answer.json() if answer.status_code == 200 else answer.json()["type"]

    nothing = {"bounced": 0, "suppressed": 0}
    assert await report(a_report(str(event), "4.4.1", "delayed")) == nothing
    assert await report(a_report(str(uuid4()))) == nothing  # forged, or another shop's
    assert await report(a_report("hello")) == "/problems/bounce-unreadable"
    assert await report(b"\xff\x00 no mail") == "/problems/bounce-unreadable"
    assert await report(b"x" * 300_000) == "/problems/bounce-too-large"
    assert await mail_to(staff, email) == [("order_placed", "sent", 1)]

    for status in ("5.2.2", "5.7.1", "5.1.8", "5.0.0"):  # full, not liked, our sender, no reason
        assert await report(a_report(str(event), status)) == {"bounced": 1, "suppressed": 0}
    assert await report(a_report(f"{event}.1")) == {"bounced": 1, "suppressed": 1}
    assert await report(a_report(str(event))) == {"bounced": 1, "suppressed": 0}  # known
    (bounced,) = (
        await staff.get("/v1/admin/mail", params={"recipient": email, "state": "bounced"})
    ).json()["items"]
    answer = await staff.post(f"/v1/admin/mail/{bounced['id']}/resend")
    assert answer.json()["type"] == "/problems/address-suppressed"
    assert await ask("SELECT count(*) FROM mail_suppressions WHERE email LIKE 'somebody@%%'") == [
        (0,)
    ]


async def test_the_merchant_hears_of_orders_if_the_settings_say_so(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    email = an_address()
    await staff.patch("/v1/admin/channel", json={"notify_email": email})
    try:
        order = await an_order(staff, buyer)
        await mails_about(order["id"], settings)
    finally:
        await staff.patch("/v1/admin/channel", json={"notify_email": None})

    (event,) = await events_about(order["id"])
    (file,) = (settings.data / "mail").glob(f"*-{event}.*.new_order.eml")
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["To"] == email
    # The buyer knows the event's id from their own mail, and must not know this one's.
    assert re.fullmatch(rf"<{event}\.[0-9a-f]{{32}}\.new_order@.+>", mail["Message-ID"])
    assert mail["Subject"] == f"New order {order['number']}: €29.90"
    assert order["access_token"] not in file.read_text()


async def test_the_merchant_hears_also_of_an_order_whose_buyer_no_mail_can_reach(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    mine, code = an_address(), "=?utf-8?q?=0d=0aBcc:x?=@evil.example"
    await relay_all()  # what other tests ordered is not for this merchant
    await staff.patch("/v1/admin/channel", json={"notify_email": mine})
    try:
        order = await an_order(staff, buyer)
        await go_to(order["id"], code)
        with pytest.raises(MailRefused):
            await mails_about(order["id"], settings)
    finally:
        await staff.patch("/v1/admin/channel", json={"notify_email": None})

    assert await mail_to(staff, mine) == [("new_order", "sent", 1)]
    assert [state for _, state, _ in await mail_to(staff, code)] == ["refused"]


async def test_merchants_say_it_in_words_of_their_own(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    wrong = await staff.put(WORDING, json={"intro": "Dear {first_name}, {order_number} is paid"})
    fault = wrong.json()
    assert (wrong.status_code, fault["type"]) == (422, "/problems/placeholder-unknown")
    assert "first_name" in wrong.text
    hostile = await staff.put(WORDING, json={"subject": "Paid\r\nBcc: all@example.com"})
    assert hostile.status_code in {400, 422}

    own = {
        "subject": "Paid: {order_number}",
        "intro": "<script>alert(1)</script> {{ order }} {name}\n\nBye",
    }
    made = await staff.put(WORDING, json=own)
    assert (made.status_code, made.headers["ETag"]) == (200, '"1"')
    stale = await staff.put(WORDING, json=own, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    order = await an_order(staff, buyer)
    await staff.post(f"/v1/admin/orders/{order['id']}/capture")
    _, mail = await mails_about(order["id"], settings)
    shown = await staff.get("/v1/admin/letters/order_paid/preview")
    listed = (await staff.get("/v1/admin/letters")).json()["items"]
    removed = await staff.delete(WORDING, headers={"If-Match": '"1"'})

    assert mail["Subject"] == f"Paid: {order['number']}"
    assert body(mail).startswith(
        "Your payment has arrived\n\n<script>alert(1)</script> {{ order }} Ada Lovelace\n\nBye\n\n2"
    )
    for page in (body(mail, "html"), shown.text):
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script" not in page
    (paid,) = [it for it in listed if it["name"] == "order_paid"]
    assert [it["subject"] for it in paid["wordings"]] == ["Paid: {order_number}"]
    assert removed.status_code == 204
    assert (await staff.get(WORDING)).json()["type"] == "/problems/wording-not-found"
    assert (await staff.get("/v1/admin/letters/no/preview")).status_code == 404


@pytest.mark.parametrize("name", MAILS)
@pytest.mark.parametrize("locale", list(Locale))
async def test_every_mail_can_be_looked_at_and_loads_nothing(
    staff: AsyncClient, name: str, locale: Locale
) -> None:
    address = f"/v1/admin/letters/{name}/preview?locale={locale.value}"
    page, text = await staff.get(address), await staff.get(f"{address}&part=text")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "sandbox; default-src 'none'" in page.headers["content-security-policy"]
    assert f'lang="{locale.value}"' in page.text
    assert re.findall(r"<(?:img|link|script|iframe)|@import|url\(", page.text) == []
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert not re.search(r"<\w|\{\{|&\w+;|\n{4}", text.text)


async def test_previews_are_for_staff_who_may(shop: ASGIApp) -> None:
    address = "/v1/admin/letters/order_paid/preview"

    assert (await (await a_customer(shop)).get(address)).status_code == 403
    assert (await (await a_member_of_staff(shop, Role.OWNER)).get(address)).status_code == 200


async def test_reminders_carry_one_click_that_nothing_on_the_way_spoils() -> None:
    mail_settings = MailSettings("shop@example.com", "https://a-long-name-of-a-shop.example:8443")
    link = f"{mail_settings.api}/v1/unsubscribe?token={'x' * 300}"
    envelope = Envelope("x", utcnow(), "ada@example.com", Locale.ENGLISH, "Shop", mail_settings)
    reminder = MAILS["known_already"]._replace(kind=LetterKind.REMINDER)
    envelope = envelope._replace(unsubscribe=link, wording=WordingDraft(heading="Hi"))
    office = Office()
    async with listening(office) as port:
        there = Transport(f"smtp://127.0.0.1:{port}", Path())
        await send(mails.write(reminder, {}, envelope), there)
    content = office.mails[0].decode()

    assert f"\r\nList-Unsubscribe: <{link}>\r\n" in content
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in content
    plain = mails.write(MAILS["known_already"], {}, envelope._replace(unsubscribe=None))
    assert "List-Unsubscribe" not in plain


async def allowed(email: str) -> bool:
    async with reading() as session:
        return await mail_consents.allowed(session, email)


async def test_an_owner_of_an_address_unsubscribes_by_one_click(shop: ASGIApp) -> None:
    email = "Ana+" + an_address()
    assert not await allowed(email)  # nobody has asked for any
    async with transaction() as session:
        await mail_consents.grant(session, email, Context(utcnow()), proven=True)
    link = mail_consents.link("", email)
    browser = await a_customer(shop)
    del browser.headers["X-CSRF-Token"]  # a form cannot send it

    page = await browser.get(link)
    assert (page.status_code, await allowed(email.upper())) == (200, True)
    assert email.lower() in page.text
    for cut in (link[:-1] + ("A" if link[-1] != "A" else "B"), link.partition(".")[0]):
        answer = await browser.post(cut)
        assert answer.json()["type"] == "/problems/unsubscribe-link-wrong"
    assert await allowed(email)
    for _ in range(2):
        answer = await browser.post(
            link, data={"List-Unsubscribe": "One-Click"}, headers={"Origin": "null"}
        )
        assert answer.status_code == 200
        assert not await allowed(email)


def a_browser_here(settings: Settings, peer: str = "127.0.0.1") -> AsyncClient:
    """Open a browser beside a shop that needs no database for what is asked."""
    app = guarded(bare_shop(settings), settings)
    asgi: Any = app  # httpx and Litestar write the types of ASGI differently
    transport = ASGITransport(app=asgi, client=(peer, 40_000))
    return AsyncClient(transport=transport, base_url=HERE)


async def test_who_develops_reads_the_mail_in_a_browser(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer, name="<b>Ada</b>")
    await mails_about(order["id"], settings)
    (event,) = await events_about(order["id"])
    (file,) = files_of(event, settings)
    at = f"/dev/mail/{file.name}"
    async with a_browser_here(settings) as browser:
        listed, shown, html = [await browser.get(it) for it in ("/dev/mail", at, f"{at}/html")]
        names = ("..%2foutside.eml", "%2e%2e", "x.eml", f"{file.name}%00")
        (settings.data / "outside.eml").write_text("secret")
        strange = [(await browser.get(f"/dev/mail/{name}")).status_code for name in names]

    assert f'<a href="{at}">Your order {order["number"]}</a>' in listed.text
    assert f'<iframe sandbox title="HTML" src="{at}/html">' in shown.text
    assert "Thank you, &lt;b&gt;Ada&lt;/b&gt;!" in shown.text
    assert html.headers["content-security-policy"].startswith("sandbox; default-src 'none';")
    assert set(strange) <= {400, 404}


@pytest.mark.parametrize(
    ("peer", "headers", "proxy", "status"),
    [
        ("127.0.0.1", {}, Switch.OFF, 200),
        ("10.0.0.9", {}, Switch.OFF, 403),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, Switch.OFF, 403),
        ("127.0.0.1", {}, Switch.ON, 403),
    ],
    ids=["here", "elsewhere", "forwarded", "behind a proxy"],
)
async def test_the_mailbox_is_shown_on_this_machine_alone(
    tmp_path: Path, peer: str, headers: dict[str, str], proxy: Switch, status: int
) -> None:
    here = Settings(database_url="unused", secret="x" * 32, data=tmp_path, behind_proxy=proxy)
    (tmp_path / "mail").mkdir()
    async with a_browser_here(here, peer) as browser:
        for path, found in (("", status), ("/x.eml", 404), ("/x.eml/html", 404)):
            answer = await browser.get(f"/dev/mail{path}", headers=headers)
            assert answer.status_code == (found if status == 200 else status)
            if status == 403:
                assert answer.json()["type"] == "/problems/only-on-this-machine"


@pytest.mark.parametrize("path", ["/dev/mail", "/dev/mail/x.eml", "/dev/mail/x.eml/html"])
async def test_there_is_no_such_mailbox_in_production(tmp_path: Path, path: str) -> None:
    production = Settings(
        database_url="unused", secret="x" * 32, data=tmp_path, env=Environment.PRODUCTION
    )
    async with a_client(guarded(bare_shop(production), production)) as client:
        assert (await client.get(path)).status_code == 404
