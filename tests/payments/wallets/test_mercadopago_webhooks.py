"""What may come as a webhook of Mercado Pago's: signed by the secret that we share, now."""

from datetime import timedelta

import pytest
from support.servers.payments.mercadopago import SECRET, event, signed

from trastienda.database.db import utcnow
from trastienda.services.payments.mercadopago.signatures import verified
from trastienda.services.payments.port import Webhook, WebhookUnverified


def a_webhook(id_: str = "130", body: bytes | None = None, **headers: str) -> Webhook:
    made = signed(id_, utcnow()) | {name.replace("_", "-"): it for name, it in headers.items()}
    return Webhook(made, event(id_) if body is None else body, {"data.id": id_, "type": "payment"})


@pytest.mark.parametrize("milliseconds", [True, False])
def test_both_units_of_time_occur(*, milliseconds: bool) -> None:
    headers = signed("130", utcnow(), milliseconds=milliseconds)
    notice = verified(SECRET, Webhook(headers, event("130"), {"data.id": "130"}), utcnow())

    assert (notice.kind, notice.reference) == ("payment.updated", "130")
    assert notice.event_id == headers["x-signature"].rpartition("=")[2]


@pytest.mark.parametrize("signs", ["ORD01ABC", "ord01abc"])
def test_ids_are_signed_as_they_are_or_in_small_letters(signs: str) -> None:
    webhook = Webhook(signed(signs, utcnow()), event("ORD01ABC"), {"data.id": "ORD01ABC"})

    assert verified(SECRET, webhook, utcnow()).reference == "ORD01ABC"


def test_the_id_may_stand_in_the_body_alone() -> None:
    for id_ in ("130", 130):
        webhook = Webhook(signed(id_, utcnow()), event(id_))
        assert verified(SECRET, webhook, utcnow()).reference == "130"


def test_events_about_something_else_are_about_no_payment() -> None:
    notice = verified(SECRET, a_webhook(body=event("130", "chargebacks")), utcnow())

    assert (notice.kind, notice.reference) == ("chargebacks.updated", None)


def test_another_body_is_no_other_event() -> None:
    webhook = a_webhook()
    other = webhook._replace(body=event("131"))

    first, second = (verified(SECRET, it, utcnow()) for it in (webhook, other))
    assert (first.event_id, first.reference) == (second.event_id, second.reference)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "v1=" + "0" * 64,
        "ts=1764500000",
        "ts=,v1=",
        "ts=1764500000,v1=" + "0" * 64,
        "ts=soon,v1=" + "0" * 64,
        "ts=١٧٦٤٥٠٠٠٠٠,v1=" + "0" * 64,
        "ts=1764500000,v1=" + "é" * 64,
        "ts=1764500000,v1=" + "A" * 64,
        "ts=99999999999999999999,v1=" + "0" * 64,
        "," * 100_000,
    ],
)
def test_a_signature_of_another_form_is_refused(header: str) -> None:
    with pytest.raises(WebhookUnverified):
        verified(SECRET, a_webhook(x_signature=header), utcnow())


def test_forgeries_are_refused() -> None:
    good = a_webhook()
    for webhook in (
        good._replace(query={"data.id": "131"}),
        good._replace(query={"data.id": "130;request-id:x"}),
        good._replace(headers={**good.headers, "x-request-id": "another"}),
        good._replace(headers={**good.headers, "x-request-id": ""}),
        good._replace(headers={**good.headers, "x-request-id": "é"}),
        good._replace(body=b"{"),
        good._replace(body=b"\xff"),
        good._replace(body=b'{"data":' + b"[" * 50_000),
        good._replace(query={}, body=b"{}"),
    ):
        with pytest.raises(WebhookUnverified):
            verified(SECRET, webhook, utcnow())
    with pytest.raises(WebhookUnverified):
        verified("another", good, utcnow())


@pytest.mark.parametrize("ago", [timedelta(days=6), timedelta(minutes=-6)])
def test_what_is_too_old_or_from_the_future_is_refused(ago: timedelta) -> None:
    webhook = Webhook(signed("130", utcnow() - ago), event("130"), {"data.id": "130"})

    with pytest.raises(WebhookUnverified):
        verified(SECRET, webhook, utcnow())


def test_a_secret_that_is_empty_signs_nothing() -> None:
    webhook = Webhook(signed("130", utcnow(), secret=""), event("130"), {"data.id": "130"})

    with pytest.raises(WebhookUnverified):
        verified("", webhook, utcnow())
