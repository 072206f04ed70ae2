"""PayPal through the port: states, keys, refusals, lost answers, amounts."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from support.servers.payments.paypal import CLIENT, SECRET, WEBHOOK, PayPalBooks
from support.servers.payments.wire import Wire

from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments.paypal.provider import PayPal
from trastienda.services.payments.port import (
    Account,
    Charge,
    CredentialsRefused,
    Standing,
    TokenUnusable,
)

SECRETS = {"client_id": CLIENT, "client_secret": SECRET}
OPTIONS = {"webhook_id": WEBHOOK}
BACK = "https://shop.example/thanks"


def a_provider(books: PayPalBooks, **secrets: str) -> PayPal:
    account = Account("paypal", SECRETS | secrets, OPTIONS, live=False)
    return PayPal(account, books.transport, clock=lambda: books.now)


def a_charge(amount: int = 1_740, currency: str = "EUR", **facts: Any) -> Charge:  # noqa: ANN401
    return Charge(uuid4(), amount, currency, return_url=BACK, **facts)


async def an_approved(
    books: PayPalBooks,
    paypal: PayPal,
    **facts: Any,  # noqa: ANN401
) -> Charge:
    """Let a buyer say yes to a new payment."""
    charge = a_charge(**facts)
    reference = (await paypal.authorise(charge)).reference
    books.approve(str(reference))
    return charge._replace(reference=reference)


async def a_captured(books: PayPalBooks, paypal: PayPal) -> Charge:
    charge = await an_approved(books, paypal)
    await paypal.read(charge)
    return charge


def told(standing: Standing | None) -> tuple[PaymentState, int, str | None]:
    assert standing is not None
    return standing.state, standing.captured, standing.reason


async def test_the_buyer_says_yes_at_paypal_and_whoever_reads_then_takes_the_money_once() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = a_charge()
    asked = await paypal.authorise(charge)
    waiting = charge._replace(reference=asked.reference)
    before = await paypal.read(waiting)
    books.approve(str(asked.reference))
    read = await asyncio.gather(*(paypal.read(waiting) for _ in range(5)))

    url = f"https://www.sandbox.paypal.com/pay?token={asked.reference}"
    data = {"order_id": asked.reference}
    assert asked.next_action == {"type": "redirect", "url": url, "data": data}
    assert (asked.state, before) == (PaymentState.REQUIRES_ACTION, asked)
    assert {told(it) for it in read} == {(PaymentState.CAPTURED, 1_740, None)}
    assert (read[0] and read[0].amount, read[0] and read[0].currency) == (1_740, "EUR")
    assert books.taken(str(asked.reference)) == Decimal("17.40")
    assert set(books.keys) == {charge.key("authorise"), charge.key(f"take:{asked.reference}")}


async def test_nothing_is_taken_for_a_payment_that_the_shop_has_ended() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = await an_approved(books, paypal)

    late = charge._replace(wanted=False)
    read, void = await paypal.read(late), await paypal.void(late, "k")

    assert told(read) == (PaymentState.PROCESSING, 0, None)
    assert told(void) == (PaymentState.VOIDED, 0, None)
    assert books.taken(str(charge.reference)) == 0


async def test_a_hold_that_ends_takes_what_the_buyer_has_said_yes_to_and_else_nothing() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    silent = a_charge()
    silent = silent._replace(reference=(await paypal.authorise(silent)).reference)
    approved = await an_approved(books, paypal)

    assert told(await paypal.void(silent, "k1")) == (PaymentState.VOIDED, 0, None)
    assert told(await paypal.void(approved, "k2")) == (PaymentState.CAPTURED, 1_740, None)
    assert told(await paypal.void(a_charge(), "k3")) == (PaymentState.VOIDED, 0, None)
    assert told(await paypal.void(a_charge(reference="GONE"), "k4"))[0] is PaymentState.VOIDED


@pytest.mark.parametrize(
    ("instrument", "expected"),
    [
        ("INSTRUMENT_DECLINED", (PaymentState.DECLINED, 0, "INSTRUMENT_DECLINED")),
        ("DECLINED", (PaymentState.DECLINED, 0, "DECLINED_BY_RISK")),
        ("PENDING", (PaymentState.PROCESSING, 0, "PENDING_REVIEW")),
    ],
)
async def test_what_paypal_decides_about_the_instrument_is_what_the_shop_notes(
    instrument: str, expected: tuple[PaymentState, int, str]
) -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = await an_approved(books, paypal)
    books.instrument = instrument

    assert told(await paypal.read(charge)) == expected
    books.instrument = "COMPLETED"
    assert books.taken(str(charge.reference)) == 0


async def test_a_part_of_what_is_held_is_captured_once_and_the_rest_let_go() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = await an_approved(books, paypal, capture=False)
    held = await paypal.read(charge)
    first = await paypal.capture(charge, 1_000, charge.key("capture"))
    again = await paypal.capture(charge, 1_000, charge.key("capture"))
    more = await paypal.capture(charge, 740, charge.key("capture", 2))

    assert told(held) == (PaymentState.AUTHORISED, 0, None)
    assert held is not None
    assert held.capture_before is not None
    assert timedelta(days=2) < held.capture_before - books.now <= timedelta(days=3)
    assert told(first) == told(again) == told(more) == (PaymentState.CAPTURED, 1_000, None)
    assert first.amount == 1_740
    assert books.taken(str(charge.reference)) == 10
    assert told(await paypal.void(charge, "k")) == (PaymentState.CAPTURED, 1_000, None)


async def test_after_the_honour_period_money_is_held_anew_before_it_is_captured() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = await an_approved(books, paypal, capture=False)
    await paypal.read(charge)
    books.now += timedelta(days=4)
    key = charge.key("capture")
    books.lost = lambda path: path.endswith("/capture")
    with pytest.raises(PaymentUnclear):
        await paypal.capture(charge, 1_740, key)
    books.lost = lambda _: False

    assert told(await paypal.capture(charge, 1_740, key)) == (PaymentState.CAPTURED, 1_740, None)
    assert [
        it["status"]
        for it in books.order_of(charge.payment_id)["purchase_units"][0]["payments"][
            "authorizations"
        ]
    ] == ["VOIDED", "CAPTURED"]
    assert books.keys.count(f"{key}:anew") == 1


async def test_a_capture_that_paypal_refuses_leaves_the_money_held() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = await an_approved(books, paypal, capture=False)
    await paypal.read(charge)
    books.instrument = "DECLINED"
    declined = await paypal.capture(charge, 1_740, charge.key("capture"))
    books.instrument = "PAYER_ACCOUNT_RESTRICTED"
    refused = await paypal.capture(charge, 1_740, charge.key("capture", 2))
    books.instrument = "PENDING"
    with pytest.raises(PaymentUnclear):
        await paypal.capture(charge, 1_740, charge.key("capture", 3))
    with pytest.raises(PaymentUnclear):
        await paypal.capture(charge, 1_740, charge.key("capture", 3))

    assert told(declined) == (PaymentState.AUTHORISED, 0, "DECLINED_BY_RISK")
    assert told(refused) == (PaymentState.AUTHORISED, 0, "PAYER_ACCOUNT_RESTRICTED")


async def test_what_is_held_is_let_go_once() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = await an_approved(books, paypal, capture=False)
    await paypal.read(charge)
    books.lost = lambda path: path.endswith("/void")
    with pytest.raises(PaymentUnclear):
        await paypal.void(charge, "k")
    books.lost = lambda _: False

    assert told(await paypal.void(charge, "k")) == (PaymentState.VOIDED, 0, None)
    assert told(await paypal.capture(charge, 1_740, "c"))[0] is PaymentState.VOIDED


async def test_refunds_in_parts_never_exceed_what_was_captured_and_no_key_pays_twice() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = await a_captured(books, paypal)
    books.lost = lambda path: path.endswith("/refund")
    with pytest.raises(PaymentUnclear):
        await paypal.refund(charge, 740, "r1")
    books.lost = lambda _: False
    books.answers.clear()  # as PayPal forgets keys, after 45 days
    first = await paypal.refund(charge, 740, "r1")
    second = await paypal.refund(charge, 1_000, "r2")
    third = await paypal.refund(charge, 1, "r3")

    assert (first.state, second.state) == (TransferState.DONE, TransferState.DONE)
    assert (third.state, third.reason) == (TransferState.REFUSED, "REFUND_AMOUNT_EXCEEDED")
    assert books.taken(str(charge.reference)) == 0
    assert (await paypal.read_refund(charge, str(first.reference))) == first
    assert told(await paypal.read(charge)) == (PaymentState.CAPTURED, 1_740, None)


async def test_a_refund_may_wait_and_may_fail() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = await a_captured(books, paypal)
    books.refunds = "PENDING"
    waits = await paypal.refund(charge, 100, "r1")
    kept = books.order_of(charge.payment_id)["purchase_units"][0]["payments"]["refunds"][0]
    kept["status"] = "FAILED"

    assert waits.state is TransferState.PENDING
    failed = await paypal.read_refund(charge, str(waits.reference))
    assert (failed.state, failed.reason) == (TransferState.REFUSED, "FAILED")


async def test_a_lost_answer_is_not_a_no_and_the_same_key_gives_the_same_payment() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = a_charge()
    books.lost = lambda path: path.startswith("/v2")
    with pytest.raises(PaymentUnclear):
        await paypal.authorise(charge)
    books.lost = lambda _: False
    never = await paypal.read(charge)
    found = await paypal.authorise(charge)

    assert never is None
    assert found.reference == books.order_of(charge.payment_id)["id"]
    approved = charge._replace(reference=found.reference)
    books.approve(str(found.reference))
    books.lost = lambda path: path.endswith("/capture")
    with pytest.raises(PaymentUnclear):
        await paypal.read(approved)
    books.lost = lambda _: False
    assert told(await paypal.read(approved)) == (PaymentState.CAPTURED, 1_740, None)
    assert books.taken(str(found.reference)) == Decimal("17.40")


async def test_only_paypals_own_refusal_is_a_no() -> None:
    answers = iter(
        [
            httpx.Response(503, html="<h1>away</h1>"),
            httpx.Response(422, html="<h1>a proxy</h1>"),
            httpx.Response(429, json={"name": "RATE_LIMIT_REACHED"}),
            httpx.Response(200, text="{"),
            httpx.Response(200, json={"id": "O", "status": "CREATED", "purchase_units": []}),
            httpx.Response(
                422,
                json={"name": "X", "details": [{"issue": "PREVIOUS_REQUEST_IN_PROGRESS"}]},
            ),
            httpx.Response(200, content=b"[" + b" " * 1_100_000),
        ]
    )

    async def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/oauth2/token":
            return httpx.Response(200, json={"access_token": "t", "expires_in": 900})
        return next(answers)

    account = Account("paypal", SECRETS, OPTIONS, live=True)
    paypal = PayPal(account, Wire(answer))
    for _ in range(7):
        with pytest.raises(PaymentUnclear):
            await paypal.authorise(a_charge())
    assert list(answers) == []


async def test_an_order_of_another_payment_is_never_taken_for_ours() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    other = await an_approved(books, paypal)

    with pytest.raises(PaymentUnclear):
        await paypal.read(a_charge(reference=other.reference))
    dearer = await paypal.read(other._replace(amount=1_741))
    assert (dearer and dearer.amount, dearer and dearer.captured) == (1_740, 0)
    assert books.taken(str(other.reference)) == 0


@pytest.mark.parametrize(
    ("currency", "amount", "written"),
    [
        ("EUR", 1_740, "17.40"),
        ("EUR", 5, "0.05"),
        ("JPY", 500, "500"),
        ("HUF", 150_000, "1500"),
        ("TWD", 2_000, "20"),
        ("USD", 90_071_992_547_409_93, "90071992547409.93"),
        ("HUF", 150_050, None),
        ("TWD", 1, None),
        ("KWD", 1_000, None),
        ("EUR", 0, None),
    ],
)
async def test_amounts_are_exact_or_refused_before_anybody_is_asked(
    currency: str, amount: int, written: str | None
) -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    charge = a_charge(amount, currency)
    standing = await paypal.authorise(charge)

    assert paypal.accepts(amount, currency) is (written is not None)
    if written is None:
        assert told(standing) == (PaymentState.DECLINED, 0, "amount_not_payable")
        assert books.asked == []
    else:
        unit = books.order_of(charge.payment_id)["purchase_units"][0]
        assert unit["amount"] == {"currency_code": currency, "value": written}
        assert (standing.amount, standing.currency) == (amount, currency)


async def test_a_part_that_cannot_be_written_is_neither_captured_nor_paid_back() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    held = await an_approved(books, paypal, capture=False, amount=1_000_00, currency="HUF")
    await paypal.read(held)
    taken = await an_approved(books, paypal, amount=1_000_00, currency="HUF")
    await paypal.read(taken)

    captured = await paypal.capture(held, 50_050, held.key("capture"))
    refunded = await paypal.refund(taken, 50_050, "r")
    assert told(captured) == (PaymentState.AUTHORISED, 0, "amount_not_payable")
    assert (refunded.state, refunded.reason) == (TransferState.REFUSED, "amount_not_payable")


async def test_one_token_serves_all_who_ask_at_once_and_is_renewed_when_it_is_refused() -> None:
    books = PayPalBooks()
    paypal = a_provider(books)
    await asyncio.gather(*(paypal.authorise(a_charge()) for _ in range(20)))
    first = books.tokens
    books.valid.clear()
    await asyncio.gather(*(paypal.authorise(a_charge()) for _ in range(20)))

    assert (first, books.tokens) == (1, 2)
    assert len(books.orders) == 40


async def test_credentials_that_paypal_refuses_are_seen_and_take_no_money() -> None:
    books = PayPalBooks()
    paypal = a_provider(books, client_secret="another")

    with pytest.raises(CredentialsRefused):
        await paypal.verify()
    declined = await paypal.authorise(a_charge())
    assert told(declined) == (PaymentState.DECLINED, 0, "invalid_client")
    with pytest.raises(PaymentUnclear):
        await paypal.capture(a_charge(reference="O"), 1, "k")
    await a_provider(PayPalBooks()).verify()


async def test_tokens_are_for_other_providers() -> None:
    paypal = a_provider(PayPalBooks())
    paypal.check(None, None)

    with pytest.raises(TokenUnusable):
        paypal.check("tok", None)
    assert paypal.for_browser() == {"client_id": CLIENT}
    assert isinstance(a_charge().payment_id, UUID)
    await paypal.close()
