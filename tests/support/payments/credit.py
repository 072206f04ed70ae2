"""Gift cards and store credit, as staff issue them and buyers pay with them."""

from typing import Any

from httpx import AsyncClient, Response
from support.people import visitor
from support.products import a_cart_to_order, a_sku_for_sale

CARDS, CREDIT = "/v1/admin/gift-cards", "/v1/admin/store-credit"
WHY = "A parcel came late"


async def a_gift_card(staff: AsyncClient, amount: int = 5_000, **facts: object) -> dict[str, Any]:
    """Issue a gift card; its `code` is in the answer."""
    answer = await staff.post(CARDS, json={"amount": amount, **facts})
    assert answer.status_code == 201, answer.text
    card: dict[str, Any] = answer.json()
    return card


async def card_now(staff: AsyncClient, card: dict[str, Any]) -> dict[str, Any]:
    answer = await staff.get(f"{CARDS}/{card['id']}")
    assert answer.status_code == 200, answer.text
    now: dict[str, Any] = answer.json()
    return now


async def left(staff: AsyncClient, account: dict[str, Any], where: str = CARDS) -> tuple[int, int]:
    """Return the balance of a gift card, or of store credit, and what is held of it."""
    now = (await staff.get(f"{where}/{account['id']}")).json()
    return now["balance"], now["held"]


async def given(staff: AsyncClient, customer: AsyncClient, amount: int = 2_000) -> dict[str, Any]:
    """Give a customer store credit."""
    known = await visitor(customer)
    assert known is not None
    draft = {"user_id": known["id"], "amount": amount, "reason": WHY}
    answer = await staff.post(CREDIT, json=draft)
    assert answer.status_code == 201, answer.text
    account: dict[str, Any] = answer.json()
    return account


async def add_card(buyer: AsyncClient, cart: dict[str, Any], code: str) -> Response:
    return await buyer.post(f"/v1/carts/{cart['id']}/gift-cards", json={"code": code})


async def a_cart_of(staff: AsyncClient, buyer: AsyncClient, *cards: dict[str, Any]) -> Any:  # noqa: ANN401
    """Open a cart of 29.90 that is ready to be paid, with these gift cards in it."""
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff, price=1_250): 2})
    for card in cards:
        answer = await add_card(buyer, cart, card["code"])
        assert answer.status_code == 200, answer.text
        cart = answer.json()
    return cart


async def pay(buyer: AsyncClient, cart: dict[str, Any], **body: object) -> Response:
    """Check out; without a provider unless it is named."""
    return await buyer.post(f"/v1/carts/{cart['id']}/checkout", json=body)


def by_card(token: str = "ok") -> dict[str, str]:  # noqa: S107 - a word of the simulation
    return {"provider": "test", "token": token}
