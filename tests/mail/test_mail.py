"""Mails: what is in them, to whom they go, and in what language."""

import re
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from html import unescape
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import body, events_about, files_of, go_to, mails_about
from support.people import a_browser
from support.products import an_order

from trastienda.database.models.shared.text import Locale
from trastienda.jobs import mail
from trastienda.services.mail import mails
from trastienda.services.mail.mails import Envelope
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.mail.table import MAILS
from trastienda.services.mail.transport import MailRefused
from trastienda.settings import Settings


async def the_mail_about(order: dict[str, Any], settings: Settings) -> EmailMessage:
    return (await mails_about(order["id"], settings))[-1]


async def test_an_order_is_confirmed_with_all_that_was_ordered(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    mail = await the_mail_about(order, settings)

    token = order["access_token"]
    placed = datetime.fromisoformat(order["placed_at"])
    due = placed + timedelta(days=7)
    assert mail["Subject"] == f"Your order {order['number']}"
    assert (
        body(mail)
        == f"""\
Thank you, Ada Lovelace!

We have received your order {order["number"]} of {placed:%B} {placed.day}, {placed.year}.

You pay as agreed. Please pay by {due:%B} {due.day}, {due.year}, \
{due.hour % 12 or 12}:{due:%M} {due:%p} UTC: an order that is not paid by then is cancelled. \
We will write again when it is on its way.

2 × Mug: €25.00

Subtotal: €25.00
Shipping (Post): €4.90
Total: €29.90
Tax included: €5.19

See your order: https://localhost:8443/orders/{order["id"]}?access_token={token}

Shipping address:
Ada Lovelace
Calle Mayor 1
Madrid
Spain

Billing address:
Ada Lovelace
Calle Mayor 1
Madrid
Spain
"""
    )


async def test_a_mail_says_from_whom_to_whom_and_that_a_program_wrote_it(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    mail = await the_mail_about(order, settings)

    (event,) = await events_about(order["id"])
    del mail["Content-Type"]
    assert dict(mail.items()) == {
        "Subject": f"Your order {order['number']}",
        "From": "Shop <shop@localhost>",
        "To": "ada@example.com",
        "Date": mail["Date"],
        "Message-ID": f"<{event}@localhost>",
        "Content-Language": "en",
        "Auto-Submitted": "auto-generated",
        "MIME-Version": "1.0",
    }
    placed = datetime.fromisoformat(order["placed_at"])
    assert mail["Date"].datetime == placed.replace(microsecond=0)


async def test_a_mail_is_one_file_that_nobody_else_reads_however_often_it_is_written(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    await mails_about(order["id"], settings)
    await mails_about(order["id"], settings)

    (event,) = await events_about(order["id"])
    (file,) = files_of(event, settings)
    placed = datetime.fromisoformat(order["placed_at"])
    assert file.name == f"{placed:%Y%m%dT%H%M%SZ}-{event}.eml"
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


async def test_the_link_in_a_mail_opens_the_order(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    mail = await the_mail_about(order, settings)

    (link,) = [word for word in body(mail).split() if word.startswith("https:")]
    async with a_browser(shop) as anybody:
        answer = await anybody.get(link)
    assert (answer.status_code, f"Order {order['number']}" in answer.text) == (200, True)


async def test_with_a_storefront_the_link_leads_there(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    there = msgspec.structs.replace(settings, storefront_url="https://shop.example/")
    order = await an_order(staff, buyer)
    mail = await the_mail_about(order, there)

    token = order["access_token"]
    link = f"https://shop.example/orders/{order['id']}?access_token={token}"
    assert f"\nSee your order: {link}\n" in body(mail)
    assert f'<a href="{link}"' in body(mail, "html")


async def test_a_mail_speaks_the_language_in_which_the_order_was_placed(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer, headers={"Accept-Language": "es-ES"})
    await staff.post(f"/v1/admin/orders/{order['id']}/capture")
    first, second = await mails_about(order["id"], settings)

    assert first["Subject"] == f"Su pedido {order['number']}"
    assert first["Content-Language"] == "es"
    assert "¡Gracias, Ada Lovelace!\n" in body(first)
    assert "\n2 × Mug: 25,00\xa0€\n" in body(first)
    assert "\nEnvío (Correo): 4,90\xa0€\nTotal: 29,90\xa0€\n" in body(first)
    assert "\nMadrid\nEspaña\n" in body(first)
    assert second["Subject"] == f"Su pedido {order['number']} está pagado"


@pytest.mark.parametrize(
    ("currency", "locale", "total"),
    [
        ("JPY", Locale.ENGLISH, "¥2,990"),
        ("JPY", Locale.SPANISH, "2.990\xa0JPY"),
        ("KWD", Locale.ENGLISH, "KWD\xa02.990"),
        ("UYW", Locale.ENGLISH, "UYW\xa00.2990"),  # Unidad Previsional: four
        ("RSD", Locale.ENGLISH, "RSD\xa029.90"),  # ISO 4217 has hundredths, whatever people write
        ("USD", Locale.SPANISH, "29,90\xa0US$"),
    ],
)
async def test_amounts_have_the_decimals_of_their_currency(
    staff: AsyncClient, buyer: AsyncClient, currency: str, locale: Locale, total: str
) -> None:
    order = {**await an_order(staff, buyer), "currency": currency}
    mail_settings = MailSettings("shop@example.com", "https://localhost:8443")
    envelope = Envelope("x", datetime.now(UTC), "ada@example.com", locale, "Shop", mail_settings)
    mail = mails.write(MAILS["order_placed"], order, envelope)

    assert f"\nTotal: {total}\n" in body(mail)


async def test_what_customers_and_staff_type_is_text_not_html(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer, name="<b>Ada</b>", product="Mug & <i>Saucer</i>")
    mail = await the_mail_about(order, settings)

    page = body(mail, "html")
    assert "Thank you, &lt;b&gt;Ada&lt;/b&gt;!" in page
    assert "<b>Mug &amp; &lt;i&gt;Saucer&lt;/i&gt;</b>" in page
    assert "<b>Ada" not in page
    assert "2 × Mug & <i>Saucer</i>: €25.00" in body(mail)


async def test_a_name_adds_neither_a_header_nor_a_line(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    name = "Ada\r\nBcc: all@example.com\r\n\r\nBuy at evil.example\u202e"
    order = await an_order(staff, buyer, name=name)
    mail = await the_mail_about(order, settings)

    assert "Bcc" not in mail
    assert mail["To"] == "ada@example.com"
    assert (
        body(mail)
        .replace("\u200b", "")
        .startswith("Thank you, Ada Bcc: all@example.com Buy at evil.example!\n\nWe")
    )


LINKS = re.compile(
    r"https?://|www\.|[\w-]+[.\u3002\uff0e\uff61][\w-]{2,}|[^\s@]+@[^\s@]+\.\w+|\w:\S",
    re.IGNORECASE,
)
"""What mail programs make a link of, with or without a scheme."""


@pytest.mark.parametrize(
    "bait",
    [
        "You won http://evil.example click",
        "HTTPS://EVIL.EXAMPLE/a.b?c=d",
        "www.evil.example",
        "evil.example",
        "evil.\u202aexample",
        "evil\u3002example",
        "pay@evil.example",
        "mailto:pay@evil.example",
        "javascript:alert(1)",
    ],
)
async def test_an_address_in_a_name_is_text_that_becomes_no_link(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings, bait: str
) -> None:
    order = await an_order(staff, buyer, name=bait)
    mail = await the_mail_about(order, settings)

    text = body(mail).replace(f"https://localhost:8443/orders/{order['id']}", "")
    text = text.replace(order["access_token"], "")
    page = re.sub(
        r"<style.*?</style>|<head.*?</head>|<[^>]+>", " ", body(mail, "html"), flags=re.DOTALL
    )
    shown = " ".join(bait.replace("\u202a", "").split())
    assert LINKS.search(bait.replace("\u202a", ""))
    for part in (text, unescape(page)):
        greeting = part[part.index("Thank you, ") :].partition("!")[0]
        assert f"Thank you, {shown}" == greeting.replace("\u200b", "")
        assert not LINKS.search(greeting)
        assert part.replace("\u200b", "").count(shown) == 3
        assert part.count(shown) == 0
    assert body(mail, "html").count("href=") == 1


@pytest.mark.parametrize(
    ("email", "to"),
    [
        ("a+b'c@example.com", "a+b'c@example.com"),
        ("ana@españa.example", "ana@xn--espaa-rta.example"),
    ],
)
async def test_a_mail_goes_to_one_address_whatever_it_looks_like(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings, email: str, to: str
) -> None:
    order = await an_order(staff, buyer, email=email)
    mail = await the_mail_about(order, settings)

    assert [address.addr_spec for address in mail["To"].addresses] == [to]


async def test_an_international_address_stays_as_it_is(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer, email="josé@example.com")
    await mails_about(order["id"], settings)

    (event,) = await events_about(order["id"])
    (file,) = files_of(event, settings)
    assert "\r\nTo: josé@example.com\r\n".encode() in file.read_bytes()  # RFC 6532


@pytest.mark.parametrize("email", ["ana@exa>mple.com", "ana@españ¿a.example", "ana@-_-"])
async def test_an_address_that_no_server_could_take_is_refused(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings, email: str
) -> None:
    order = await an_order(staff, buyer)
    await go_to(order["id"], email)
    with pytest.raises(MailRefused) as refused:
        await mails_about(order["id"], settings)

    assert refused.value.facts == {"code": 553}


async def test_an_order_that_is_paid_at_once_gets_one_mail(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer, provider="test")
    (mail,) = await mails_about(order["id"], settings)

    assert "\n\nIt is paid. We will write again when it is on its way.\n\n" in body(mail)


async def test_a_buyer_hears_of_what_becomes_of_an_order(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    admin = f"/v1/admin/orders/{order['id']}"
    line = order["lines"][0]["id"]
    await staff.post(f"{admin}/capture")
    one = {"lines": [{"line_id": line, "quantity": 1}]}
    answer = await staff.post(f"{admin}/fulfilments", json=one)
    assert answer.status_code == 201, answer.text
    await staff.post(f"{admin}/fulfilments", json={})
    _, paid, part, rest = await mails_about(order["id"], settings)

    number = order["number"]
    assert paid["Subject"] == f"Your order {number} is paid"
    assert {part["Subject"], rest["Subject"]} == {f"Your order {number} is on its way"}
    assert f"Part of your order {number} has been sent; the rest will follow." in body(part)
    assert "\n\nMug: 1 of 2\n\n" in body(part)
    assert f"All of your order {number} has been sent." in body(rest)
    assert "\n\nMug: 2 of 2\n\n" in body(rest)


async def test_a_buyer_hears_that_an_order_is_cancelled(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    await staff.post(f"/v1/admin/orders/{order['id']}/cancel")
    mail = await the_mail_about(order, settings)

    assert mail["Subject"] == f"Your order {order['number']} is cancelled"
    assert "Nothing will be sent, and there is nothing to pay." in body(mail)


async def test_an_event_without_a_mail_is_no_failure(shop: ASGIApp, settings: Settings) -> None:
    await mail.sending(settings)(str(uuid4()))
