"""Mercado Pago through the port: states, keys, refusals, lost answers, amounts."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from support.servers.payments.mercadopago import ACCESS, PUBLIC, SECRET, MercadoBooks
from support.servers.payments.wire import Wire

from trastienda.database.db import utcnow
from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments.mercadopago.provider import MercadoPago
from trastienda.services.payments.port import (
    Account,
    Charge,
    CredentialsRefused,
    LostRefund,
    Standing,
    TokenUnusable,
)

SECRETS = {"access_token": ACCESS, "webhook_secret": SECRET}


def a_provider(books: MercadoBooks, country: str = "MX", **secrets: str) -> MercadoPago:
    account = Account(
        "mercadopago", SECRETS | secrets, {"country": country, "public_key": PUBLIC}, live=True
    )
    return MercadoPago(account, books.transport)


def a_card(what: str, **facts: object) -> str:
    """Return what the widget gives for a card, which serves once."""
    return json.dumps({"token": f"{what}-{uuid4().hex[:8]}", "payment_method_id": "visa", **facts})


def a_charge(
    card: str = "card_ok",
    amount: int = 1_740,
    currency: str = "MXN",
    **facts: Any,  # noqa: ANN401
) -> Charge:
    token = a_card(card)
    return Charge(uuid4(), amount, currency, token=token, email="ana@example.com", **facts)


async def paid(mercado: MercadoPago, **facts: Any) -> Charge:  # noqa: ANN401
    charge = a_charge(**facts)
    return charge._replace(reference=(await mercado.authorise(charge)).reference)


def told(standing: Standing | None) -> tuple[PaymentState, int, str | None]:
    assert standing is not None
    return standing.state, standing.captured, standing.reason


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        ("card_ok", (PaymentState.CAPTURED, 1_740, None)),
        ("card_no", (PaymentState.DECLINED, 0, "cc_rejected_insufficient_amount")),
        ("card_review", (PaymentState.PROCESSING, 0, "pending_review_manual")),
        ("card_3ds", (PaymentState.REQUIRES_ACTION, 0, None)),
        ("card_unknown", (PaymentState.DECLINED, 0, "2006")),
    ],
)
async def test_a_card_pays_or_is_refused_or_waits(
    card: str, expected: tuple[PaymentState, int, str | None]
) -> None:
    books = MercadoBooks()
    charge = a_charge(card)
    mercado = a_provider(books)

    assert told(await mercado.authorise(charge)) == expected
    assert told(await mercado.authorise(charge)) == expected
    assert len(books.payments) == (card != "card_unknown")


async def test_the_browser_is_told_what_3_d_secure_needs_and_the_bank_decides() -> None:
    books = MercadoBooks()
    mercado = a_provider(books)
    charge = a_charge("card_3ds")
    asked = await mercado.authorise(charge)
    waiting = charge._replace(reference=asked.reference)
    books.decide(books.payment_of(charge.payment_id), "approved", "accredited")

    assert asked.next_action == {
        "type": "mercadopago_challenge",
        "url": "https://acs.example/3ds",
        "data": {"creq": "eyJ0"},
    }
    assert told(await mercado.read(waiting)) == (PaymentState.CAPTURED, 1_740, None)


async def test_a_part_of_what_is_held_is_captured_once_and_the_rest_let_go() -> None:
    books = MercadoBooks()
    mercado = a_provider(books)
    charge = await paid(mercado, capture=False)
    held = await mercado.read(charge)
    books.lost = lambda path: path.startswith("/v1/payments/")
    with pytest.raises(PaymentUnclear):
        await mercado.capture(charge, 1_000, charge.key("capture"))
    books.lost = lambda _: False
    again = await mercado.capture(charge, 1_000, charge.key("capture"))
    more = await mercado.capture(charge, 740, charge.key("capture", 2))

    assert told(held) == (PaymentState.AUTHORISED, 0, None)
    assert held is not None
    assert held.capture_before is not None
    assert timedelta(days=4) < held.capture_before - utcnow() <= timedelta(days=5)
    assert told(again) == (PaymentState.CAPTURED, 1_000, None)
    assert told(more)[:2] == (PaymentState.CAPTURED, 1_000)
    assert (again.amount, again.currency) == (None, "MXN")
    assert books.left(books.payment_of(charge.payment_id)) == 10


async def test_a_capture_that_is_refused_leaves_the_money_held() -> None:
    mercado = a_provider(MercadoBooks())
    charge = await paid(mercado, capture=False)

    refused = await mercado.capture(charge, 9_999, charge.key("capture"))
    assert told(refused) == (PaymentState.AUTHORISED, 0, "2063")


@pytest.mark.parametrize(
    ("card", "capture", "expected"),
    [
        ("card_3ds", True, PaymentState.VOIDED),
        ("card_review", True, PaymentState.VOIDED),
        ("card_ok", False, PaymentState.VOIDED),
        ("card_ok", True, PaymentState.CAPTURED),
    ],
)
async def test_what_has_not_been_taken_is_let_go(
    card: str, expected: PaymentState, *, capture: bool
) -> None:
    mercado = a_provider(MercadoBooks())
    charge = await paid(mercado, card=card, capture=capture)

    assert (await mercado.void(charge._replace(reference=None), "k")).state is expected
    assert (await mercado.void(charge, "k")).state is expected
    assert (await mercado.void(a_charge(), "k")).state is PaymentState.VOIDED


async def test_refunds_in_parts_never_exceed_what_was_captured_and_no_key_pays_twice() -> None:
    books = MercadoBooks()
    mercado = a_provider(books)
    charge = await paid(mercado)
    books.lost = lambda path: path.endswith("/refunds")
    with pytest.raises(PaymentUnclear):
        await mercado.refund(charge, 740, "r1")
    books.lost = lambda _: False
    first = await mercado.refund(charge, 740, "r1")
    second = await mercado.refund(charge, 1_000, "r2")
    third = await mercado.refund(charge, 1, "r3")

    assert (first.state, second.state) == (TransferState.DONE, TransferState.DONE)
    assert (third.state, third.reason) == (TransferState.REFUSED, "2018")
    assert books.left(books.payment_of(charge.payment_id)) == 0
    assert await mercado.read_refund(charge, str(first.reference)) == first
    assert told(await mercado.read(charge)) == (PaymentState.CAPTURED, 1_740, None)


async def test_a_refund_whose_key_was_forgotten_is_looked_for_before_it_is_asked_for_again() -> (
    None
):
    books = MercadoBooks()
    mercado = a_provider(books)
    charge = await paid(mercado)
    before = await mercado.refund(charge, 500, "r1")
    books.lost = lambda path: path.endswith("/refunds")
    with pytest.raises(PaymentUnclear):
        await mercado.refund(charge, 500, "r2")
    books.lost = lambda _: False
    books.answers.clear()  # as after as long as Mercado Pago remembers keys
    known = frozenset({str(before.reference)})
    lost = LostRefund(utcnow(), known, unanswered=1)
    again = await mercado.refund(charge._replace(lost_refund=lost), 500, "r2")
    same = lost._replace(known=known | {str(again.reference)})
    other = await mercado.refund(charge._replace(lost_refund=same), 500, "r3")
    several = lost._replace(unanswered=4)
    asked = await mercado.refund(charge._replace(lost_refund=several), 240, "r4")

    given = [str(it["id"]) for it in books.refunds[int(charge.reference or 0)]]
    assert [it.reference for it in (before, again, other, asked)] == given
    assert books.left(books.payment_of(charge.payment_id)) == 0


async def test_a_refund_may_wait() -> None:
    books = MercadoBooks()
    books.refund_status = "in_process"
    mercado = a_provider(books)

    assert (await mercado.refund(await paid(mercado), 1, "r")).state is TransferState.PENDING


async def test_a_lost_answer_is_found_by_our_own_id_or_by_the_key() -> None:
    books = MercadoBooks()
    mercado = a_provider(books)
    charge = a_charge()
    books.lost = lambda path: path == "/v1/payments"
    with pytest.raises(PaymentUnclear):
        await mercado.authorise(charge)
    books.lost = lambda _: False
    found = await mercado.read(charge)
    books.indexed = False
    unseen, replayed = await mercado.read(charge), await mercado.authorise(charge)
    books.indexed = True
    books.answers.clear()  # as Mercado Pago forgets keys
    used_up = await mercado.authorise(charge)

    assert unseen is None
    assert told(found) == told(replayed) == told(used_up) == (PaymentState.CAPTURED, 1_740, None)
    assert len(books.payments) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(503, html="<h1>away</h1>"),
        httpx.Response(400, html="<h1>a proxy</h1>"),
        httpx.Response(401, json={"error": "unauthorized"}),
        httpx.Response(403, json={"error": "forbidden"}),
        httpx.Response(404, json={"error": "not_found"}),
        httpx.Response(409, json={"error": "conflict"}),
        httpx.Response(429, json={"error": "too_many_requests"}),
        httpx.Response(500, json={"error": "internal_error", "cause": []}),
        httpx.Response(201, text="{"),
        httpx.Response(201, json={"id": 1, "status": "new", "transaction_amount": 1}),
        httpx.Response(400, content=b'{"error":"bad_request"}' + b" " * 1_100_000),
    ],
    ids=lambda it: str(it.status_code),
)
async def test_only_mercado_pagos_own_refusal_is_a_no(answer: httpx.Response) -> None:
    async def answered(request: httpx.Request) -> httpx.Response:
        found = httpx.Response(200, json={"results": []})
        return answer if request.method == "POST" else found

    account = Account("mercadopago", SECRETS, {"country": "MX", "public_key": PUBLIC}, live=True)
    with pytest.raises(PaymentUnclear):
        await MercadoPago(account, Wire(answered)).authorise(a_charge())


async def test_a_payment_of_something_else_is_never_taken_for_ours() -> None:
    mercado = a_provider(MercadoBooks())
    other = await paid(mercado)

    with pytest.raises(PaymentUnclear):
        await mercado.read(a_charge(reference=other.reference))
    with pytest.raises(PaymentUnclear):
        await mercado.read(a_charge(reference="1"))
    with pytest.raises(PaymentUnclear):
        await mercado.refund(a_charge(reference="1"), 1, "k")


async def test_a_live_account_takes_no_play_money() -> None:
    books = MercadoBooks()
    books.live = False

    with pytest.raises(PaymentUnclear):
        await a_provider(books).authorise(a_charge())


@pytest.mark.parametrize(
    ("country", "currency", "amount", "written"),
    [
        ("MX", "MXN", 1_740, "17.40"),
        ("MX", "MXN", 29, "0.29"),
        ("BR", "BRL", 9_007_199_254_740_993, "90071992547409.93"),
        ("CL", "CLP", 1_990, "1990"),
        ("CO", "COP", 1_990_000, "19900"),
        ("CO", "COP", 1_990_050, None),
        ("MX", "EUR", 1_740, None),
        ("AR", "MXN", 1_740, None),
        ("MX", "MXN", 0, None),
    ],
)
async def test_amounts_are_exact_numbers_or_refused_before_anybody_is_asked(
    country: str, currency: str, amount: int, written: str | None
) -> None:
    books = MercadoBooks(currency)
    mercado = a_provider(books, country)
    standing = await mercado.authorise(a_charge(amount=amount, currency=currency))

    assert mercado.accepts(amount, currency) is (written is not None)
    if written is None:
        assert told(standing) == (PaymentState.DECLINED, 0, "amount_not_payable")
        assert books.asked == []
    else:
        assert f'"transaction_amount":{written},'.encode() in books.bodies[0]
        assert (standing.amount, standing.currency) == (amount, currency)


async def test_a_card_is_sent_with_what_its_country_asks_for_and_nothing_of_its_own() -> None:
    books = MercadoBooks()
    payer = {"email": "eve@example.com", "identification": {"type": "RFC", "number": "VECJ880326"}}
    token = a_card("card_ok", installments=3, issuer_id="25", payer=payer, transaction_amount=1)
    await a_provider(books).authorise(a_charge()._replace(token=token))

    sent = json.loads(books.bodies[0])
    assert sent["payer"] == {"email": "ana@example.com", "identification": payer["identification"]}
    assert (sent["installments"], sent["issuer_id"], sent["transaction_amount"]) == (3, "25", 17.4)


@pytest.mark.parametrize(
    "token",
    ["", "tok", "[]", '{"token":""}', '{"token":"a b","payment_method_id":"visa"}', "\ud800"],
)
def test_a_token_is_what_the_widget_gives(token: str) -> None:
    mercado = a_provider(MercadoBooks())
    mercado.check(a_card("card_ok"), None)

    with pytest.raises(TokenUnusable):
        mercado.check(token, None)


async def test_credentials_that_are_refused_are_seen() -> None:
    with pytest.raises(CredentialsRefused):
        await a_provider(MercadoBooks(), access_token="another").verify()
    mercado = a_provider(MercadoBooks())
    await mercado.verify()
    assert mercado.for_browser() == {"public_key": PUBLIC}
    await mercado.close()
