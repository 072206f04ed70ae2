"""What may come as a webhook of PayPal's: signed by a certificate of its own, now, for us."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from support.servers.payments import paypal as stub
from support.servers.payments.paypal import CERTIFICATE, CLIENT, SECRET, WEBHOOK, PayPalBooks
from support.servers.payments.wire import Wire

from trastienda.database.db import utcnow
from trastienda.services.payments.paypal.certificates import FETCHES
from trastienda.services.payments.paypal.provider import PayPal
from trastienda.services.payments.port import (
    Account,
    Notice,
    Webhook,
    WebhookUncheckable,
    WebhookUnverified,
)

SECRETS = {"client_id": CLIENT, "client_secret": SECRET}
OPTIONS = {"webhook_id": WEBHOOK}
AT = "%Y-%m-%dT%H:%M:%SZ"


def a_provider(
    transport: httpx.AsyncBaseTransport | None = None, options: dict[str, str] = OPTIONS
) -> PayPal:
    account = Account("paypal", SECRETS, options, live=False)
    return PayPal(account, transport or PayPalBooks().transport)


def a_webhook(
    kind: str = "CHECKOUT.ORDER.APPROVED", now: datetime | None = None, **headers: str
) -> Webhook:
    made = stub.webhook(kind, "5O190127TN364715T", now or utcnow(), transmission=uuid4().hex)
    return Webhook(made[1] | {name.replace("_", "-"): it for name, it in headers.items()}, made[0])


async def test_a_webhook_names_the_order_and_its_transmission() -> None:
    paypal = a_provider()
    approved, captured = a_webhook(), a_webhook("PAYMENT.CAPTURE.COMPLETED")
    transmissions = [it.headers["paypal-transmission-id"] for it in (approved, captured)]

    assert [await paypal.notice(it, utcnow()) for it in (approved, captured)] == [
        Notice(transmissions[0], "CHECKOUT.ORDER.APPROVED", "5O190127TN364715T"),
        Notice(transmissions[1], "PAYMENT.CAPTURE.COMPLETED", "5O190127TN364715T"),
    ]


async def test_events_about_something_else_are_about_no_payment() -> None:
    body = json.dumps({"event_type": "CUSTOMER.DISPUTE.CREATED", "resource": {}}).encode()
    headers = stub.signed(body, f"{utcnow():{AT}}", "t-1")

    notice = await a_provider().notice(Webhook(headers, body), utcnow())
    assert notice == Notice("t-1", "CUSTOMER.DISPUTE.CREATED", None)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("paypal-transmission-id", ""),
        ("paypal-transmission-id", "another"),
        ("paypal-transmission-id", "t|t"),
        ("paypal-transmission-time", "soon"),
        ("paypal-transmission-time", "2026-11-30T10:00:00"),
        ("paypal-transmission-time", "٢٠٢٦-١١-٣٠T10:00:00Z"),
        ("paypal-transmission-sig", ""),
        ("paypal-transmission-sig", "not base64"),
        ("paypal-transmission-sig", "é"),
        ("paypal-transmission-sig", "YWJj"),
        ("paypal-auth-algo", "SHA1withRSA"),
        ("paypal-auth-algo", "none"),
        ("paypal-cert-url", ""),
        ("paypal-cert-url", "http://api.sandbox.paypal.com/v1/notifications/certs/CERT-1"),
        ("paypal-cert-url", "https://evil.example/v1/notifications/certs/CERT-1"),
        ("paypal-cert-url", "https://api.sandbox.paypal.com.evil.example/v1/notifications/certs/A"),
        ("paypal-cert-url", "https://api.sandbox.paypal.com@evil.example/v1/notifications/certs/A"),
        ("paypal-cert-url", "https://api.sandbox.paypal.com/v1/notifications/certs/../../oauth"),
        ("paypal-cert-url", "https://api.sandbox.paypal.com/v1/notifications/certs/A?b=c"),
        ("paypal-cert-url", "https://api.paypal.com/v1/notifications/certs/CERT-of-the-live-one"),
    ],
)
async def test_forgeries_are_refused(header: str, value: str) -> None:
    books = PayPalBooks()
    webhook = a_webhook()
    headers = {**webhook.headers, header: value}

    with pytest.raises(WebhookUnverified):
        await a_provider(books.transport).notice(Webhook(headers, webhook.body), utcnow())
    assert all(path == httpx.URL(CERTIFICATE).path for _, path in books.asked)


@pytest.mark.parametrize("ago", [timedelta(days=5), timedelta(minutes=-6)])
async def test_what_is_too_old_or_from_the_future_is_refused(ago: timedelta) -> None:
    webhook = a_webhook(now=utcnow() - ago)

    with pytest.raises(WebhookUnverified):
        await a_provider().notice(webhook, utcnow())


async def test_another_body_another_webhook_and_no_json_are_refused() -> None:
    paypal, webhook, at = a_provider(), a_webhook(), f"{utcnow():{AT}}"
    foreign = stub.signed(webhook.body, at, "t-1", webhook_id="another")
    for headers, body in [
        (webhook.headers, webhook.body + b" "),
        (foreign, webhook.body),
        (stub.signed(b"{", at, "t-2"), b"{"),
        (stub.signed(b"\xff", at, "t-3"), b"\xff"),
        (stub.signed(b"[]", at, "t-4"), b"[]"),
        (webhook.headers, b'{"resource":' + b"[" * 50_000),
    ]:
        with pytest.raises(WebhookUnverified):
            await paypal.notice(Webhook(headers, body), utcnow())
    with pytest.raises(WebhookUnverified):
        await a_provider(options={"webhook_id": ""}).notice(webhook, utcnow())


@pytest.mark.parametrize(
    "served",
    [
        stub.certificate("messageverificationcerts.evil.example"),
        stub.certificate(days=-1),
        b"no certificate",
    ],
    ids=["another name", "expired", "nonsense"],
)
async def test_a_certificate_that_is_not_paypals_now_is_refused(served: bytes) -> None:
    async def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=served)

    with pytest.raises(WebhookUnverified):
        await a_provider(Wire(answer)).notice(a_webhook(), utcnow())


async def test_a_certificate_is_fetched_once_and_strangers_cannot_make_the_shop_fetch_more() -> (
    None
):
    books = PayPalBooks()
    paypal = a_provider(books.transport)
    for _ in range(3):
        await paypal.notice(a_webhook(), utcnow())
    known = len(books.asked)
    place = CERTIFICATE.rpartition("/")[0]
    for number in range(20):
        with pytest.raises(WebhookUncheckable):
            await paypal.notice(a_webhook(paypal_cert_url=f"{place}/{number}"), utcnow())

    assert known == 1
    assert len(books.asked) == FETCHES
    assert (await paypal.notice(a_webhook(), utcnow())).reference == "5O190127TN364715T"


async def test_a_webhook_is_asked_for_again_while_its_certificate_cannot_be_fetched() -> None:
    books = PayPalBooks()
    paypal = a_provider(books.transport)
    webhook: Any = a_webhook()
    books.away = True
    with pytest.raises(WebhookUncheckable):
        await paypal.notice(webhook, utcnow())
    books.away = False

    assert (await paypal.notice(webhook, utcnow())).reference == "5O190127TN364715T"
