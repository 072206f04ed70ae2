"""What is on a gift card, for whoever has its code; guesses at codes are slowed down."""

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, change
from support.payments.credit import CARDS, a_gift_card
from support.people import a_browser, machine_of
from support.products import a_cart
from support.refusals import refusal

from trastienda.services.accounts.throttles import for_gift_card_holder

BALANCE = "/v1/gift-cards/balance"


async def test_whoever_has_the_code_sees_what_it_can_pay(shop: ASGIApp, staff: AsyncClient) -> None:
    card, off = await a_gift_card(staff, amount=4_200), await a_gift_card(staff)
    await staff.patch(f"{CARDS}/{off['id']}", json={"disabled": True})
    holder = a_browser(shop)

    found = await holder.post(BALANCE, json={"code": card["code"].lower().replace("-", " ")})
    disabled = await holder.post(BALANCE, json={"code": off["code"]})
    unknown = await holder.post(BALANCE, json={"code": "AAAA-BBBB-CCCC-DDDD"})

    assert found.json() == {
        "last_characters": card["last_characters"],
        "currency": "EUR",
        "available": 4_200,
        "expires_at": card["expires_at"],
    }
    assert refusal(disabled) == (422, "gift-card-unknown", "/code")
    assert refusal(disabled) == refusal(unknown)


async def test_guesses_count_with_those_in_carts_and_have_to_wait(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    guesser, card = a_browser(shop), await a_gift_card(staff)
    cart = await a_cart(guesser)
    ((key, *_),) = for_gift_card_holder(machine_of(guesser), None)

    in_cart = await guesser.post(f"/v1/carts/{cart['id']}/gift-cards", json={"code": "WRONG-1"})
    alone = await guesser.post(BALANCE, json={"code": "WRONG-2"})
    counted = await ask("SELECT failures FROM login_failures WHERE key = %s", key)
    await change(
        "UPDATE login_failures SET blocked_until = now() + interval '1 hour' WHERE key = %s", key
    )
    late = await guesser.post(BALANCE, json={"code": card["code"]})

    assert {in_cart.status_code, alone.status_code} == {422}
    assert counted == [(2,)]
    assert refusal(late)[:2] == (429, "slow-down")
    assert int(late.headers["retry-after"]) > 3_000
