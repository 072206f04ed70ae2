"""The provider `stripe` in the shop, against a stub that keeps Stripe's rules."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from support.background import change
from support.payments.accounts import WHERE
from support.payments.books import channel, ledger_of, payment_of, rows
from support.payments.cards import BACK, TOTAL, Cards, with_cards
from support.refunds import expect_balanced_books, granted, send_all
from support.servers.payments.stripe_checkout import CAPTURE_BEFORE, Body
from support.servers.stripe_stub import CREDENTIALS
from uuid_utils.compat import uuid7

from trastienda.application import Application
from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.services.payments.port import Account, Charge
from trastienda.services.payments.stripe.client import Stripe


@pytest.fixture
async def cards(shop: Application, staff: AsyncClient, buyer: AsyncClient) -> AsyncIterator[Cards]:
    async with with_cards(shop, staff, buyer) as found:
        yield found


async def test_a_card_pays_at_once(cards: Cards) -> None:
    cart, paid = await cards.pay("pm_ok")
    payment = await payment_of(cart)
    call, asked = cards.stub.asked[0]

    assert (paid.status_code, paid.json()["payment_status"]) == (201, "paid")
    assert (call, len(cards.stub.asked)) == ("create", 1)
    assert asked == {
        "amount": str(TOTAL),
        "currency": "eur",
        "capture_method": "automatic",
        "confirm": "true",
        "payment_method": "pm_ok",
        "automatic_payment_methods[enabled]": "true",
        "return_url": BACK,
        "metadata[trastienda_payment]": str(payment["id"]),
        "expand[0]": "latest_charge",
    }
    assert (payment["reference"], payment["captured"]) == (cards.stub.only()["id"], TOTAL)
    assert ("cash", TOTAL) in await ledger_of(payment["id"])


async def test_a_refusal_leaves_the_cart_open_and_a_confirmation_token_pays_it(
    cards: Cards,
) -> None:
    cart, refused = await cards.pay("pm_no")
    paid = await cards.again(cart, "ctoken_ok")

    assert (refused.status_code, refused.json()["reason"]) == (402, "insufficient_funds")
    assert (paid.status_code, cards.stub.asked[1][1]["confirmation_token"]) == (201, "ctoken_ok")


@pytest.mark.parametrize("token", ["tok_visa", "pm_", "pm_a b", "4242424242424242"])
async def test_a_token_of_another_kind_never_reaches_stripe(cards: Cards, token: str) -> None:
    _, refused = await cards.pay(token)

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/token-unusable")
    assert cards.stub.asked == []


async def test_what_stripe_cannot_use_is_its_no(cards: Cards) -> None:
    cart, refused = await cards.pay("pm_of_another_account")
    paid = await cards.again(cart)

    assert (refused.status_code, refused.json()["reason"]) == (402, "resource_missing")
    assert paid.status_code == 201


@pytest.mark.parametrize(
    ("token", "action"),
    [
        ("pm_redirect", {"type": "redirect", "url": "https://hooks.stripe.example/3ds"}),
        ("pm_challenge", {"type": "use_stripe_sdk"}),
    ],
)
async def test_a_challenge_is_passed_on_and_its_webhook_places_the_order(
    cards: Cards, token: str, action: dict[str, str]
) -> None:
    cart, waiting = await cards.pay(token)
    told = waiting.json()["payment"]["next_action"]
    intent = cards.stub.only()
    if token == "pm_challenge":
        assert told.pop("data") == {"client_secret": intent["client_secret"]}
    cards.stub.authenticate(intent, yes=True)
    first, last = cards.stub.events
    answers = await cards.tell(last, first, last)  # reversed, and twice
    stands = (await cards.buyer.get(f"/v1/carts/{cart}/payment")).json()

    assert (waiting.status_code, told) == (202, action)
    assert (answers, stands["status"]) == ([200, 200, 200], "succeeded")
    assert len(await rows("SELECT 1 FROM orders WHERE cart_id = %s", cart)) == 1


async def test_who_fails_the_challenge_has_not_paid(cards: Cards) -> None:
    cart, _ = await cards.pay("pm_challenge")
    cards.stub.authenticate(cards.stub.only(), yes=False)
    await cards.tell(*cards.stub.events)
    stands = (await cards.buyer.get(f"/v1/carts/{cart}/payment")).json()

    assert stands["status"] == "declined"
    assert stands["reason"] == "payment_intent_authentication_failure"


async def test_a_webhook_may_be_faster_than_our_own_answer(cards: Cards) -> None:
    cards.stub.lost.add("create")
    cart, unclear = await cards.pay("pm_ok")
    early = await cards.tell(*cards.stub.events)
    cards.stub.lost.clear()
    before = (await payment_of(cart))["state"]
    await cards.left_behind(cart)
    after = await payment_of(cart)

    assert (unclear.status_code, early, before) == (503, [200], "pending")
    assert (after["state"], after["captured"]) == ("succeeded", TOTAL)
    assert len(cards.stub.intents) == 1


async def test_a_lost_answer_is_found_by_its_key_where_the_search_is_late(
    cards: Cards, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards.stub.lost.add("create")
    cart, _ = await cards.pay("pm_ok")
    cards.stub.lost.clear()
    monkeypatch.setattr(cards.stub, "_search", lambda _: {"object": "search_result", "data": []})
    await cards.left_behind(cart)

    assert (await payment_of(cart))["state"] == "succeeded"
    assert [call for call, _ in cards.stub.asked] == ["create", "search", "create"]
    assert len(cards.stub.intents) == 1


async def test_while_stripe_is_away_nothing_is_decided(cards: Cards) -> None:
    cards.stub.away |= {"create", "search"}
    cart, unclear = await cards.pay("pm_ok")
    await cards.left_behind(cart)
    before = (await payment_of(cart))["state"]
    cards.stub.away.clear()
    await cards.left_behind(cart)

    assert (unclear.status_code, before) == (503, "pending")
    assert (await payment_of(cart))["state"] == "succeeded"
    assert len(cards.stub.intents) == 1


async def test_what_is_held_is_captured_in_part_and_the_rest_let_go(cards: Cards) -> None:
    async with channel(cards.staff, capture="manual"):
        cart, held = await cards.pay("pm_ok")
    order = f"/v1/admin/orders/{held.json()['id']}/capture"
    cards.stub.lost.add("capture")
    lost = await cards.staff.post(order, json={"amount": 1_000})
    cards.stub.lost.clear()
    await cards.check(cart)
    payment = await payment_of(cart)
    again = await cards.staff.post(order, json={"amount": 100})

    assert held.json()["payment_status"] == "authorised"
    assert lost.status_code == 503
    assert (payment["state"], payment["captured"]) == ("succeeded", 1_000)
    assert cards.stub.only()["amount_received"] == 1_000
    assert again.status_code == 409  # each payment is captured once
    assert cards.stub.only()["amount_received"] == 1_000


async def test_how_long_money_is_held_is_the_charges_word(cards: Cards) -> None:
    async with channel(cards.staff, capture="manual"):
        cart, _ = await cards.pay("pm_ok")

    assert (await payment_of(cart))["capture_before"] == datetime.fromtimestamp(CAPTURE_BEFORE, UTC)


async def test_a_cancelled_order_lets_go_of_what_is_held_and_cannot_be_captured(
    cards: Cards,
) -> None:
    async with channel(cards.staff, capture="manual"):
        cart, held = await cards.pay("pm_ok")
        other, gone = await cards.pay("pm_ok")
    cancelled = await cards.staff.post(f"/v1/admin/orders/{held.json()['id']}/cancel", json={})
    mine, theirs = cards.stub.intents.values()
    theirs["status"] = "canceled"  # in the dashboard
    refused = await cards.staff.post(f"/v1/admin/orders/{gone.json()['id']}/capture", json={})

    assert (cancelled.status_code, mine["status"]) == (200, "canceled")
    assert (await payment_of(cart))["state"] == "voided"
    assert (refused.status_code, (await payment_of(other))["state"]) == (409, "voided")
    assert theirs["amount_received"] == 0


async def test_a_refund_is_given_once_whatever_is_lost(cards: Cards) -> None:
    cart, paid = await cards.pay("pm_ok")
    cards.stub.lost.add("refund")
    await granted(cards.staff, paid.json(), amount=500)
    await send_all(cards.shop)
    cards.stub.lost.clear()
    cards.stub._kept.clear()  # noqa: SLF001 - a day later: Stripe has forgotten the key
    payment = await payment_of(cart)
    await change(
        "UPDATE refund_transfers SET leased_until = now() WHERE payment_id = %s", payment["id"]
    )
    await send_all(cards.shop)
    (refund,) = cards.stub.made.values()
    (transfer,) = await rows(
        "SELECT state, reference FROM refund_transfers WHERE payment_id = %s", payment["id"]
    )

    assert refund["amount"] == 500
    assert transfer == {"state": "done", "reference": refund["id"]}


async def test_a_refund_that_a_bank_returns_days_later_is_seen(cards: Cards) -> None:
    _, paid = await cards.pay("pm_ok")
    made = await granted(cards.staff, paid.json(), amount=500)
    await send_all(cards.shop)
    (refund,) = cards.stub.made.values()
    cards.stub.return_refund(refund)
    unknown = {**cards.stub.events[-1], "id": "evt_other"}
    unknown["data"] = {"object": {**refund, "id": "re_of_the_dashboard"}}
    answers = await cards.tell(unknown, *cards.stub.events[-1:])
    view = (await cards.staff.get(f"/v1/admin/refunds/{made['id']}")).json()
    paid_back = await ledger_of(view["transfers"][0]["id"])

    assert (answers, view["status"]) == ([200, 200], "failed")
    assert view["transfers"][0]["failure"] == "lost_or_stolen_card"
    assert ("cash", 0) in paid_back


async def test_more_than_was_taken_is_refused_by_stripe_and_staff_are_told(cards: Cards) -> None:
    _, paid = await cards.pay("pm_ok")
    cards.stub.only()["amount_received"] = 100  # the rest went back in the dashboard
    made = await granted(cards.staff, paid.json(), amount=500)
    await send_all(cards.shop)
    view = (await cards.staff.get(f"/v1/admin/refunds/{made['id']}")).json()

    assert view["status"] == "failed"
    assert view["transfers"][0]["failure"] == "charge_already_refunded"


async def test_what_is_processing_is_paid_when_it_is(cards: Cards) -> None:
    cart, waiting = await cards.pay("pm_later")
    cards.stub.authenticate(cards.stub.only(), yes=True)
    await cards.check(cart)

    assert waiting.json() == {"payment": {"status": "processing"}}
    assert (await payment_of(cart))["state"] == "succeeded"


async def test_a_buyer_who_never_comes_back_pays_nothing(cards: Cards) -> None:
    cart, _ = await cards.pay("pm_challenge")
    await change("UPDATE payment_attempts SET held_until = now() WHERE cart_id = %s", cart)
    await cards.check(cart)

    assert (await payment_of(cart))["state"] == "expired"
    assert cards.stub.only()["status"] == "canceled"


async def test_an_intent_of_another_payment_settles_nothing(cards: Cards) -> None:
    cart, _ = await cards.pay("pm_challenge")
    intent = cards.stub.only()
    cards.stub.authenticate(intent, yes=True)
    wrongs: list[Body] = [{"metadata": {}}, {"livemode": True}]
    for wrong in wrongs:
        before = {name: intent[name] for name in wrong}
        intent |= wrong
        await cards.check(cart)
        assert (await payment_of(cart))["state"] == "requires_action"
        intent |= before
    await cards.check(cart)

    assert (await payment_of(cart))["state"] == "succeeded"


async def test_a_key_that_does_not_work_is_told_and_decides_nothing(cards: Cards) -> None:
    works = await cards.staff.post(f"{WHERE}/{cards.view['id']}/check")
    await cards.staff.patch(
        f"{WHERE}/{cards.view['id']}", json={"credentials": {"secret_key": "sk_test_revoked000"}}
    )
    refused = await cards.staff.post(f"{WHERE}/{cards.view['id']}/check")
    cart, unclear = await cards.pay("pm_ok")

    assert (works.json()["result"], refused.json()["result"]) == ("works", "refused")
    assert (unclear.status_code, (await payment_of(cart))["state"]) == (503, "pending")


async def test_a_card_is_kept_for_later_with_a_customer_of_its_own(cards: Cards) -> None:
    await cards.staff.patch(
        f"{WHERE}/{cards.view['id']}", json={"options": {"setup_future_usage": "off_session"}}
    )
    _, paid = await cards.pay("pm_ok")
    (_, customer), (_, asked) = cards.stub.asked

    assert paid.status_code == 201
    assert customer["email"] == paid.json()["email"]
    assert asked["setup_future_usage"] == "off_session"
    assert asked["customer"].startswith("cus_")


async def test_carts_are_offered_it_with_what_its_widget_needs(cards: Cards) -> None:
    cart = await cards.cart()
    options = (await cards.buyer.get(f"/v1/carts/{cart}/payment-options")).json()["items"]

    assert options[0]["client"] == {"publishable_key": CREDENTIALS["publishable_key"]}


async def test_a_payment_whose_key_is_forgotten_is_not_asked_for_again(cards: Cards) -> None:
    account = Account("cards", CREDENTIALS, {}, live=False, address=cards.address)
    stripe = Stripe(account)
    ago = int((datetime.now(UTC) - timedelta(hours=24)).timestamp() * 1_000)
    old = UUID(int=uuid7().int & (2**80 - 1) | ago << 80)
    try:
        standing = await stripe.authorise(Charge(old, 1_000, "EUR", token="pm_ok"))
        with pytest.raises(PaymentUnclear):
            await stripe.void(Charge(old, 1_000, "EUR"), "key")
    finally:
        await stripe.close()

    assert (standing.state, standing.reason) == (PaymentState.DECLINED, "expired")
    assert cards.stub.asked == []


async def disputes_of(cards: Cards, order: dict[str, Any]) -> list[dict[str, Any]]:
    answer = await cards.staff.get(f"/v1/admin/orders/{order['id']}/payments")
    found: list[dict[str, Any]] = answer.json()["items"][0]["disputes"]
    return found


async def told_of(order: dict[str, Any]) -> list[str]:
    """Return what was told of the disputes of an order."""
    found = await rows(
        "SELECT type FROM events WHERE aggregate = 'payment' AND data ->> 'order_id' = %s"
        " AND type LIKE 'payment.dispute%%' ORDER BY sequence",
        order["id"],
    )
    return [row["type"] for row in found]


async def booked_of(order: dict[str, Any]) -> dict[str, int]:
    """Return what the ledger has of an order's money, by account."""
    found = await rows(
        "SELECT account, sum(amount)::bigint AS amount FROM ledger_entries AS entry"
        " JOIN ledger_transactions AS header ON header.id = entry.transaction_id"
        " WHERE order_id = %s AND account IN ('cash', 'disputed', 'chargebacks') GROUP BY account",
        order["id"],
    )
    return {row["account"]: row["amount"] for row in found}


async def test_a_dispute_that_is_lost_is_noted_booked_and_told_once_in_whatever_order(
    cards: Cards,
) -> None:
    _, paid = await cards.pay("pm_ok")
    order, stub = paid.json(), cards.stub
    opened = stub.dispute(stub.only())
    asked = stub.events[-1]
    await cards.tell(asked, asked)
    (inquiry,) = await disputes_of(cards, order)
    stub.move_dispute(opened, "needs_response", -TOTAL)
    stub.move_dispute(opened, "lost")
    await cards.tell(stub.events[-1], stub.events[-2], asked)
    (lost,) = await disputes_of(cards, order)
    line = await cards.staff.get(f"/v1/admin/orders/{order['id']}/timeline")

    assert (inquiry["status"], inquiry["withdrawn"], inquiry["reason"]) == (
        "inquiry",
        0,
        "fraudulent",
    )
    assert (lost["status"], lost["withdrawn"], lost["id"]) == ("lost", TOTAL, inquiry["id"])
    assert await booked_of(order) == {"cash": 0, "chargebacks": TOTAL}
    assert await told_of(order) == ["payment.disputed", "payment.dispute_closed"]
    assert [it["status"] for it in line.json()["items"] if it["kind"] == "dispute"] == ["lost"]
    await expect_balanced_books()


async def test_what_a_dispute_took_comes_back_when_it_is_won(cards: Cards) -> None:
    _, paid = await cards.pay("pm_ok")
    order, stub = paid.json(), cards.stub
    opened = stub.dispute(stub.only(), status="needs_response")
    stub.move_dispute(opened, "needs_response", -TOTAL)
    await cards.tell(stub.events[-1])
    open_ = await booked_of(order)
    stub.move_dispute(opened, "won", TOTAL)
    await cards.tell(stub.events[-1])

    assert open_ == {"cash": 0, "disputed": TOTAL}
    assert await booked_of(order) == {"cash": TOTAL, "disputed": 0}
    await expect_balanced_books()


async def test_a_dispute_of_another_payment_changes_nothing(cards: Cards) -> None:
    _, paid = await cards.pay("pm_ok")
    opened = cards.stub.dispute(cards.stub.only())
    event = cards.stub.events[-1]
    opened["payment_intent"] = "pi_other"
    await cards.tell(event)

    assert await disputes_of(cards, paid.json()) == []
