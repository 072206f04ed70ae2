from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_program
from support.products import ADDRESS, a_sku_for_sale, check_out
from support.refusals import changes_once, refusal

from trastienda.database.models.accounts.user import Role

ALL = "/v1/admin/shipping-options"
DRAFT: dict[str, Any] = {"name": "Courier", "prices": {"EUR": 500}}
FLAT: dict[str, Any] = {
    "tariff": "flat",
    "courier": None,
    "tiers": {},
    "additional": {},
    "free_from": {},
    "zones": [],
    "min_weight": 0,
    "max_weight": None,
    "max_length": None,
    "excluded_categories": [],
    "min_days": None,
    "max_days": None,
    "pickup_address": None,
}
"""What an option says of which only name, prices and countries were given."""


@pytest.fixture
async def courier(staff: AsyncClient) -> AsyncIterator[dict[str, Any]]:
    """Offer a way of shipping for one test: carts of other tests would see it too."""
    answer = await staff.post(ALL, json=DRAFT)
    assert answer.status_code == 201, answer.text
    yield answer.json()
    await staff.delete(one(answer.json()))


def one(option: dict[str, Any]) -> str:
    return f"{ALL}/{option['id']}"


async def choosable(buyer: AsyncClient, cart: str, locale: str = "en") -> list[dict[str, Any]]:
    answer = await buyer.get(f"/v1/carts/{cart}/shipping-options", params={"locale": locale})
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def a_cart_with(
    staff: AsyncClient, buyer: AsyncClient, option: dict[str, Any]
) -> dict[str, Any]:
    sku = await a_sku_for_sale(staff)
    cart = (await buyer.post("/v1/carts", json={"lines": [{"sku": sku, "quantity": 1}]})).json()
    contact = {"email": "ada@example.com", "shipping_address": ADDRESS}
    chosen = {**contact, "shipping_option": option["id"]}
    answer = await buyer.put(f"/v1/carts/{cart['id']}/contact", json=chosen)
    assert answer.status_code == 200, answer.text
    filled: dict[str, Any] = answer.json()
    return filled


async def test_buyers_choose_what_staff_offer_in_their_language(
    staff: AsyncClient, buyer: AsyncClient, courier: dict[str, Any]
) -> None:
    cart = (await buyer.post("/v1/carts", json={})).json()["id"]
    patch = {"translations": {"es": "Mensajero"}, "prices": {"EUR": 700, "USD": 800}}

    changed = (await staff.patch(one(courier), json=patch)).json()

    assert changed == {
        "id": courier["id"],
        "names": {"en": "Courier", "es": "Mensajero"},
        "prices": {"EUR": 700, "USD": 800},
        "countries": [],
        "position": 0,
        "active": True,
        "version": 2,
        **FLAT,
    }
    offered = {"id": courier["id"], "name": "Mensajero", "price": 700}
    assert offered in await choosable(buyer, cart, "es")
    assert changed in (await staff.get(ALL)).json()["items"]
    assert (await staff.get(one(courier))).json() == changed


@pytest.mark.parametrize(
    "patch", [{"active": False}, {"prices": {"USD": 500}}, {"countries": ["FR", "PT"]}]
)
async def test_what_a_cart_cannot_have_is_not_offered_to_it(
    staff: AsyncClient, buyer: AsyncClient, courier: dict[str, Any], patch: dict[str, Any]
) -> None:
    cart = await a_cart_with(staff, buyer, courier)

    await staff.patch(one(courier), json=patch)

    offered = [it["id"] for it in await choosable(buyer, cart["id"])]
    problems = (await buyer.get(f"/v1/carts/{cart['id']}")).json()["problems"]
    assert courier["id"] not in offered
    assert [it["type"] for it in problems] == ["/problems/shipping-option-unavailable"]


async def test_a_deleted_way_of_shipping_leaves_carts_and_not_orders(
    staff: AsyncClient, buyer: AsyncClient, courier: dict[str, Any]
) -> None:
    ordered = (await a_cart_with(staff, buyer, courier))["id"]
    order = (await check_out(buyer, ordered)).json()
    cart = (await a_cart_with(staff, buyer, courier))["id"]

    answer = await staff.delete(one(courier))

    assert (answer.status_code, answer.content) == (204, b"")
    assert (await buyer.get(f"/v1/carts/{cart}")).json()["shipping_option"] is None
    kept = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()
    assert kept["shipping_option"] == {"id": courier["id"], "name": "Courier", "price": 500}
    assert kept["totals"] == order["totals"]
    assert refusal(await staff.get(one(courier)))[:2] == (404, "no-such-shipping-option")


async def test_ways_of_shipping_are_listed_by_position(staff: AsyncClient) -> None:
    drafts = [{**DRAFT, "position": position} for position in (20, 10)]
    late, early = [(await staff.post(ALL, json=it)).json() for it in drafts]

    ids = [it["id"] for it in (await staff.get(ALL)).json()["items"]]
    for option in (late, early):
        await staff.delete(one(option))

    assert ids.index(early["id"]) < ids.index(late["id"])


async def test_a_country_named_twice_counts_once(
    staff: AsyncClient, courier: dict[str, Any]
) -> None:
    answer = await staff.patch(one(courier), json={"countries": ["ES", "PT", "ES"]})

    assert answer.json()["countries"] == ["ES", "PT"]


async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(
    staff: AsyncClient, courier: dict[str, Any]
) -> None:
    late = await changes_once(staff, one(courier), {"prices": {"EUR": 900}})

    assert refusal(late)[:2] == (412, "shipping-option-changed")
    deleted = await staff.delete(one(courier), headers={"If-Match": '"1"'})
    assert refusal(deleted)[:2] == (412, "shipping-option-changed")


async def test_the_same_request_again_has_its_effect_once(staff: AsyncClient) -> None:
    draft, key = {**DRAFT, "name": f"Drone {uuid4().hex}"}, {"Idempotency-Key": uuid4().hex}

    first = await staff.post(ALL, json=draft, headers=key)
    again = await staff.post(ALL, json=draft, headers=key)

    assert (again.status_code, again.content) == (201, first.content)
    names = [it["names"]["en"] for it in (await staff.get(ALL)).json()["items"]]
    assert names.count(draft["name"]) == 1
    gone = {"Idempotency-Key": uuid4().hex}
    answers = [await staff.delete(one(first.json()), headers=gone) for _ in range(2)]
    assert [(it.status_code, it.content) for it in answers] == [(204, b"")] * 2


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": ""}, (400, "invalid-request", "/name")),
        ({"name": "  "}, (400, "invalid-request", "/name")),
        ({"prices": {}}, (400, "invalid-request", "/prices")),
        ({"prices": {"eur": 500}}, (400, "invalid-request", "/prices")),
        ({"prices": {"EUR": -1}}, (400, "invalid-request", "/prices")),
        ({"prices": {"EUR": 10**12 + 1}}, (400, "invalid-request", "/prices")),
        ({"prices": {"EUR": 5.0}}, (400, "invalid-request", "/prices")),
        ({"prices": {"EUR": 500, "ZZZ": 500}}, (422, "no-such-currency", "/prices/ZZZ")),
        ({"countries": ["es"]}, (400, "invalid-request", "/countries/0")),
        ({"countries": ["ES", "ZZ"]}, (422, "country-unknown", "/countries/1")),
        ({"position": -1}, (400, "invalid-request", "/position")),
        ({"active": "yes"}, (400, "invalid-request", "/active")),
        ({"translations": {"fr": "Coursier"}}, (400, "invalid-request", "/translations")),
        ({"price": 500}, (400, "invalid-request", "/price")),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient,
    courier: dict[str, Any],
    fields: dict[str, object],
    expected: tuple[int, str, str],
) -> None:
    created = await staff.post(ALL, json={**DRAFT, **fields})
    changed = await staff.patch(one(courier), json=fields)

    assert refusal(created) == expected
    assert refusal(changed) == expected
    assert (await staff.get(one(courier))).json() == courier


async def test_who_may_not_change_settings_still_reads_how_orders_travel(
    shop: ASGIApp, staff: AsyncClient, courier: dict[str, Any]
) -> None:
    manager, stranger = await a_program(shop, Role.MANAGER), a_browser(shop)

    assert (await manager.get(one(courier))).json() == courier
    for who, status in ((manager, 403), (stranger, 401)):
        answers = [
            await who.post(ALL, json=DRAFT),
            await who.patch(one(courier), json={"active": False}),
            await who.delete(one(courier)),
        ]
        assert [it.status_code for it in answers] == [status] * 3
    assert (await staff.get(one(courier))).json() == courier


async def test_what_is_not_there_is_not_found(staff: AsyncClient) -> None:
    nowhere = f"{ALL}/{uuid4()}"

    answers = [
        await staff.get(nowhere),
        await staff.patch(nowhere, json={"active": False}),
        await staff.delete(nowhere),
    ]

    assert [refusal(it)[:2] for it in answers] == [(404, "no-such-shipping-option")] * 3
