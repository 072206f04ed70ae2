"""Store credit: given and taken by staff, read and spent by the customer whose it is."""

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask
from support.payments.credit import CREDIT, WHY, a_cart_of, given, left, pay
from support.people import a_customer, visitor
from support.refunds import expect_balanced_books
from support.refusals import refusal


async def test_staff_give_and_take_with_a_reason(staff: AsyncClient, shop: ASGIApp) -> None:
    customer = await a_customer(shop)
    account = await given(staff, customer, 2_000)
    more = await given(staff, customer, 500)
    adjust = f"{CREDIT}/{account['id']}/adjustments"
    less = await staff.post(adjust, json={"amount": -1_000, "reason": "Twice"})
    too_much = await staff.post(adjust, json={"amount": -1_501, "reason": "All"})
    stranger = await staff.post(
        CREDIT, json={"email": "nobody@example.com", "amount": 1, "reason": WHY}
    )
    listed = (await staff.get(CREDIT, params={"email": account["email"]})).json()["items"]
    read = (await staff.get(f"{CREDIT}/{account['id']}")).json()
    mine = await customer.get("/v1/store-credit")

    assert more["id"] == account["id"]
    assert less.json()["balance"] == 1_500
    assert refusal(too_much)[:2] == (409, "balance-too-low")
    assert refusal(stranger)[:2] == (422, "customer-unknown")
    assert [it["id"] for it in listed] == [account["id"]]
    assert [it["amount"] for it in read["movements"]] == [-1_000, 500, 2_000]
    assert mine.json() == {"items": [{"currency": "EUR", "available": 1_500}]}
    told = await ask("SELECT type FROM events WHERE aggregate_id = %s", account["id"])
    assert told == [("store_credit.changed",)] * 3
    await expect_balanced_books()


async def test_only_its_customer_pays_with_it(
    staff: AsyncClient, shop: ASGIApp, buyer: AsyncClient
) -> None:
    customer = await a_customer(shop)
    account = await given(staff, customer, 5_000)
    theirs = await a_cart_of(staff, buyer)
    guest = await buyer.put(f"/v1/carts/{theirs['id']}/store-credit", json={"use": True})
    cart = await a_cart_of(staff, customer)
    mine = await customer.put(f"/v1/carts/{cart['id']}/store-credit", json={"use": True})
    placed = await pay(customer, cart)

    assert guest.status_code in {401, 403}
    assert mine.json()["store_credit"] == {"available": 5_000, "pays": 2_990}
    assert mine.json()["amount_due"] == 0
    assert (placed.status_code, placed.json()["payment_status"]) == (201, "paid")
    credit = {"type": "store_credit", "amount": 2_990, "last_characters": None}
    assert placed.json()["credits"] == [credit]
    assert await left(staff, account, CREDIT) == (2_010, 0)
    await expect_balanced_books()


async def test_a_customer_sees_only_their_own(staff: AsyncClient, shop: ASGIApp) -> None:
    owner, other = await a_customer(shop), await a_customer(shop)
    account = await given(staff, owner)

    assert (await other.get("/v1/store-credit")).json() == {"items": []}
    assert (await other.get(f"{CREDIT}/{account['id']}")).status_code == 403
    assert await visitor(owner) != await visitor(other)
