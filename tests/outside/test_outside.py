"""Taxes, couriers and VAT numbers of services outside: answered, hung, failed, talked nonsense."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from httpx import AsyncClient
from support.applications import holding
from support.background import ask, change
from support.products import ADDRESS, a_cart, a_product, a_shipping_option, check_out
from support.refusals import refusal
from support.servers.outside import Outside, an_outside
from support.statements import without_frames
from support.taxes import CHANNEL

from trastienda.application import Application
from trastienda.controllers.jobs import sweeps
from trastienda.database.db import utcnow
from trastienda.schemas.outside.outside import Answer, Question, VatQuestion
from trastienda.services import outside
from trastienda.services.outside.connection import AT_ONCE, LONGEST, Connections
from trastienda.settings import Settings, VatCheckUnreachable, WrongSetting, read

GERMAN, SPANISH = "DE136695976", "ESB58378431"
OPTIONS = "/v1/admin/shipping-options"
UNAVAILABLE, NO_COURIER = "/problems/tax-unavailable", "/problems/courier-unavailable"
SHORT = 0.3  # seconds to wait for who will not answer, after the question has got there
LONG = 60.0  # seconds to wait for who does answer
RATES = {"rates": {"standard": "10"}, "shipping": "20"}


@pytest.fixture
async def services() -> AsyncIterator[Outside]:
    async with an_outside() as server:
        yield server


@pytest.fixture
async def connected(
    shop: Application, services: Outside, settings: Settings
) -> AsyncIterator[Connections]:
    """Connect the shop to all three; they may be asked again at once after a failure."""
    url = f"http://127.0.0.1:{services.port}"
    named = msgspec.structs.replace(
        settings,
        tax_service_url=f"{url}/tax",
        tax_service_token="t0ken",
        courier_url=f"{url}/courier",
        vat_check_url=f"{url}/vat",
        outside_deadline=LONG,
    )
    async with outside.connections(named) as mine:
        mine.rest = 0
        with holding(shop, outside=mine):
            yield mine


@pytest.fixture
async def taxes(connected: Connections, staff: AsyncClient) -> AsyncIterator[AsyncClient]:
    """Let a service outside say the rates; afterwards the channel is as before."""
    channel = (await staff.get(CHANNEL)).json()
    del channel["version"]
    facts = {"tax_source": "service", "tax_country": "ES", "prices_include_tax": False}
    assert (await staff.patch(CHANNEL, json=facts)).status_code == 200
    yield staff
    assert (await staff.patch(CHANNEL, json=channel)).status_code == 200


def wait(seconds: float) -> None:
    """Let the shop wait so long for an answer."""
    mine = outside.current()
    assert mine
    mine.deadline = seconds


def somewhere(country: str = "ES") -> dict[str, Any]:
    """Return an address that nobody has asked about."""
    return {**ADDRESS, "country": country, "postal_code": uuid4().hex[:16]}


async def a_filled_cart(staff: AsyncClient, buyer: AsyncClient, **facts: Any) -> str:  # noqa: ANN401
    product = await a_product(staff, price=1_000, **facts)
    cart_id: str = (await a_cart(buyer, **{product["variants"][0]["sku"]: 2}))["id"]
    return cart_id


async def bring(
    buyer: AsyncClient, cart_id: str, to: dict[str, Any], **more: str
) -> dict[str, Any]:
    contact = {"email": "ada@example.com", "shipping_address": to, **more}
    answer = await buyer.put(f"/v1/carts/{cart_id}/contact", json=contact)
    assert answer.status_code == 200, answer.text
    cart: dict[str, Any] = answer.json()
    return cart


def problems(cart: dict[str, Any]) -> list[str]:
    return [it["type"] for it in cart["problems"]]


async def rates_of(staff: AsyncClient, percent: str) -> dict[str, str]:
    """Name a rate for every class that the shop has."""
    items = (await staff.get("/v1/admin/tax-classes")).json()["items"]
    return {it["code"]: percent for it in items}


async def test_a_tax_service_says_the_rates_and_an_order_keeps_them(
    taxes: AsyncClient, buyer: AsyncClient, services: Outside, database_url: str
) -> None:
    idle: list[int] = []

    async def look() -> None:
        ((open_,),) = await ask(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND state LIKE 'idle in transaction%%' AND pid <> pg_backend_pid()"
        )
        idle.append(open_)

    services.heard = look
    rates = await rates_of(taxes, "10")
    services.answers["/tax"] = (200, {"rates": rates, "shipping": "20", "more": "ignored"})
    cart_id, to = await a_filled_cart(taxes, buyer), {**somewhere(), "region": "Madrid"}
    option = await a_shipping_option(500)

    cart = await bring(buyer, cart_id, to, shipping_option=option)
    explained = (await buyer.get(f"/v1/carts/{cart_id}/explanation")).json()
    services.answers["/tax"] = (500, b"")
    order = (await check_out(buyer, cart_id)).json()
    kept = (await taxes.get(f"/v1/admin/orders/{order['id']}/explanation")).json()

    (question,) = services.questions("/tax")
    assert question == {
        "channel": question["channel"],
        "currency": "EUR",
        "destination": {
            "country": "ES",
            "region": "Madrid",
            "postal_code": to["postal_code"],
        },
        "tax_classes": sorted(rates),
    }
    assert services.headers[0]["authorization"] == "bearer t0ken"
    assert idle == [0]
    assert cart["problems"] == []
    assert (cart["totals"]["tax"], cart["totals"]["total"]) == (300, 2_800)
    assert order["totals"] == cart["totals"]
    assert order["lines"][0]["tax_rate"] == "10"
    assert explained["total"] == kept["total"] == 2_800
    assert explained["steps"] == kept["steps"]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        (500, b"oops"),
        (302, b""),
        (200, b"nonsense"),
        (200, b"[" * 60_000),
        (200, b'{"rates": {"standard": "\xff"}, "shipping": "1"}'),
        (200, {"rates": {}, "shipping": "20"}),
        (200, {"rates": {"standard": "-1"}, "shipping": "20"}),
        (200, {"rates": {"standard": "10"}}),
        (200, {**RATES, "more": "x" * LONGEST}),
    ],
    ids=["hangs", "fails", "redirects", "text", "depth", "bytes", "no", "minus", "half", "much"],
)
async def test_without_an_answer_a_cart_is_not_ordered_and_never_untaxed(
    taxes: AsyncClient,
    buyer: AsyncClient,
    services: Outside,
    connected: Connections,
    answer: tuple[int, Any] | None,
) -> None:
    if answer:
        services.answers["/tax"] = answer
    else:
        connected.deadline = SHORT
    cart_id, to = await a_filled_cart(taxes, buyer), somewhere()
    option = await a_shipping_option(500)

    cart = await bring(buyer, cart_id, to, shipping_option=option)
    refused = await check_out(buyer, cart_id)
    services.answers["/tax"] = (200, {"rates": await rates_of(taxes, "10"), "shipping": "20"})
    connected.deadline = LONG
    mended = (await buyer.get(f"/v1/carts/{cart_id}")).json()
    placed = await check_out(buyer, cart_id)

    assert problems(cart) == [UNAVAILABLE]
    assert cart["totals"]["tax"] == 525
    assert refusal(refused)[:2] == (409, "cart-not-ready")
    assert problems(refused.json()) == [UNAVAILABLE]
    assert (mended["problems"], mended["totals"]["tax"]) == ([], 300)
    assert placed.status_code == 201


async def test_the_last_good_rates_hold_until_they_expire(
    taxes: AsyncClient, buyer: AsyncClient, services: Outside, connected: Connections
) -> None:
    connected.grace = 0
    services.answers["/tax"] = (200, {"rates": await rates_of(taxes, "10"), "shipping": "0"})
    cart_id, to = await a_filled_cart(taxes, buyer), somewhere()
    address = f"/v1/carts/{cart_id}"
    fresh = await bring(buyer, cart_id, to)
    del services.answers["/tax"]
    connected.deadline = SHORT
    old = timedelta(minutes=16)
    shift = "UPDATE outside_quotes SET quoted_at = quoted_at - %s, fresh_until = fresh_until - %s"

    await change(f"{shift}, expires_at = expires_at - %s", old, old, old)
    stale = (await buyer.get(address)).json()
    week = timedelta(days=7)
    await change(f"{shift}, expires_at = expires_at - %s", week, week, week)
    expired = (await buyer.get(address)).json()
    swept = await sweeps.sweep(utcnow())

    assert len(services.questions("/tax")) == 3
    assert (fresh["totals"], UNAVAILABLE in problems(fresh)) == (stale["totals"], False)
    assert UNAVAILABLE not in problems(stale)
    assert UNAVAILABLE in problems(expired)
    assert swept["outside quotes"] >= 1


async def test_many_carts_to_one_place_ask_once_and_a_dead_service_is_left_alone(
    taxes: AsyncClient, buyer: AsyncClient, services: Outside, connected: Connections
) -> None:
    services.answers["/tax"] = (200, {"rates": await rates_of(taxes, "10"), "shipping": "0"})
    carts = [await a_filled_cart(taxes, buyer) for _ in range(4)]
    to = somewhere()

    found = await asyncio.gather(*(bring(buyer, it, to) for it in carts))
    once = len(services.questions("/tax"))
    del services.answers["/tax"]
    connected.rest, connected.deadline = 60, SHORT
    failed = [await bring(buyer, carts[0], somewhere()) for _ in range(3)]

    assert [it["totals"]["tax"] for it in found] == [200] * 4
    assert once == 1
    assert len(services.questions("/tax")) == 2
    assert all(UNAVAILABLE in problems(it) for it in failed)


async def test_who_floods_one_service_stops_neither_the_others_nor_it(
    taxes: AsyncClient, buyer: AsyncClient, services: Outside, connected: Connections
) -> None:
    services.answers["/tax"] = (200, {"rates": await rates_of(taxes, "10"), "shipping": "0"})
    cart = await a_filled_cart(taxes, buyer)
    connected.rest, connected.turn = 60, 0.02
    kept: list[Question] = []

    async def keep(question: Question, _: Answer) -> None:
        kept.append(question)

    gate, full = asyncio.Event(), asyncio.Event()

    async def heard() -> None:
        if len(services.questions("/vat")) == AT_ONCE:
            full.set()
        if services.asked[-1][0] == "/vat":
            await gate.wait()

    services.heard = heard
    services.answers["/vat"] = (200, {"valid": True})
    asked = [VatQuestion(vat_number=f"ES{number}") for number in range(AT_ONCE + 5)]
    flood = [asyncio.create_task(connected.ask(it, keep)) for it in asked[:AT_ONCE]]
    await full.wait()
    await asyncio.gather(*(connected.ask(it, keep) for it in asked[AT_ONCE:]))
    taxed = await bring(buyer, cart, somewhere())
    gate.set()
    await asyncio.gather(*flood)
    await connected.ask(asked[-1], keep)

    assert (taxed["totals"]["tax"], UNAVAILABLE in problems(taxed)) == (200, False)
    assert len(kept) == AT_ONCE + 1


HOME = "LI"
"""A country for which no other test makes rates."""


@pytest.mark.parametrize(
    ("there", "crossing", "unit"),
    [
        ((HOME, "0"), "same_net", 1_210),
        (("DE", "21"), "same_net", 1_210),
        (("DE", "10"), "same_net", 1_100),
        (("DE", "0"), "same_net", 1_000),
        (("DE", "0"), "same_gross", 1_210),
    ],
)
async def test_prices_with_tax_cross_borders_by_the_rates_of_a_service(
    taxes: AsyncClient, services: Outside, there: tuple[str, str], crossing: str, unit: int
) -> None:
    country, percent = there
    settings = {"prices_include_tax": True, "tax_rate": "21", "cross_border": crossing}
    await taxes.patch(CHANNEL, json={**settings, "tax_country": HOME})
    rates = await rates_of(taxes, percent)
    services.answers["/tax"] = (200, {"rates": rates, "shipping": percent})
    product = await a_product(taxes, price=1_210)
    cart = await a_cart(taxes, **{product["variants"][0]["sku"]: 1})

    brought = await bring(taxes, cart["id"], somewhere(country))

    assert cart["lines"][0]["unit_price"] == 1_210
    assert brought["lines"][0]["unit_price"] == brought["totals"]["total"] == unit


async def test_a_business_exempt_abroad_needs_no_rates(
    taxes: AsyncClient, buyer: AsyncClient, services: Outside
) -> None:
    await taxes.patch(CHANNEL, json={"exempts_businesses": True})
    services.answers["/vat"] = (200, {"valid": True})
    cart_id = await a_filled_cart(taxes, buyer)

    cart = await bring(buyer, cart_id, somewhere("DE"), vat_number=GERMAN)

    assert services.questions("/tax") == []
    assert (cart["totals"]["tax"], UNAVAILABLE in problems(cart)) == (0, False)


@pytest.fixture
async def courier(connected: Connections, staff: AsyncClient) -> AsyncIterator[dict[str, Any]]:
    draft = {"name": "Express", "prices": {"EUR": 50}, "tariff": "courier", "courier": "express"}
    answer = await staff.post(OPTIONS, json={**draft, "max_weight": 5_000, "min_days": 9})
    assert answer.status_code == 201, answer.text
    option: dict[str, Any] = answer.json()
    yield option
    await staff.delete(f"{OPTIONS}/{option['id']}")


async def test_a_courier_says_what_a_parcel_costs(
    staff: AsyncClient, buyer: AsyncClient, services: Outside, courier: dict[str, Any]
) -> None:
    services.answers["/courier"] = (200, {"price": 740, "min_days": 1, "max_days": 2})
    cart_id, to = await a_filled_cart(staff, buyer), somewhere()
    own, shown = courier["id"], {"min_days": 1, "max_days": 2}
    early = (await buyer.get(f"/v1/carts/{cart_id}/shipping-options")).json()["items"]

    cart = await bring(buyer, cart_id, to, shipping_option=own)
    offered = (await buyer.get(f"/v1/carts/{cart_id}/shipping-options")).json()["items"]
    line = f"/v1/carts/{cart_id}/lines/{cart['lines'][0]['id']}"
    more = (await buyer.patch(line, json={"quantity": 3})).json()
    order = (await check_out(buyer, cart_id)).json()

    expected = {"id": own, "name": "Express", "price": 790, **shown}
    assert own not in {it["id"] for it in early}
    assert cart["shipping_option"] == order["shipping_option"] == expected
    assert expected in offered
    assert cart["problems"] == more["problems"] == []
    first, second = services.questions("/courier")
    place = {"country": "ES", "region": None, "postal_code": to["postal_code"]}
    parcel = {"grams": 0, "subtotal": 2_000, "units": 2}
    assert first == {"service": "express", "destination": place, "currency": "EUR", **parcel}
    assert second == {**first, "subtotal": 3_000, "units": 3}


@pytest.mark.parametrize("answer", [None, (503, b""), (200, {"price": -1}), (200, {})])
async def test_a_silent_courier_is_not_offered_and_never_free(
    staff: AsyncClient,
    buyer: AsyncClient,
    services: Outside,
    courier: dict[str, Any],
    answer: tuple[int, Any] | None,
) -> None:
    own = courier["id"]
    free = await staff.patch(f"{OPTIONS}/{own}", json={"free_from": {"EUR": 0}})
    services.answers["/courier"] = (200, {"price": 740})
    cart_id = await a_filled_cart(staff, buyer)
    chosen = await bring(buyer, cart_id, somewhere(), shipping_option=own)
    del services.answers["/courier"]
    services.answers |= {"/courier": answer} if answer else {}
    wait(LONG if answer else SHORT)

    moved = await bring(buyer, cart_id, somewhere())
    offered = (await buyer.get(f"/v1/carts/{cart_id}/shipping-options")).json()["items"]
    again = await buyer.put(f"/v1/carts/{cart_id}/shipping-option", json={"id": own})
    refused = await check_out(buyer, cart_id)
    services.answers["/courier"] = (200, {"price": None})
    wait(5)
    nowhere = (await buyer.get(f"/v1/carts/{cart_id}")).json()

    assert free.status_code == 200
    assert (chosen["shipping_option"]["price"], chosen["problems"]) == (0, [])
    assert problems(moved) == [NO_COURIER]
    assert own not in {it["id"] for it in offered}
    assert refusal(again)[:2] == (404, "shipping-option-not-found")
    assert problems(refused.json()) == [NO_COURIER]
    assert problems(nowhere) == ["/problems/shipping-option-unavailable"]


async def test_a_courier_needs_its_service_and_a_connection(
    shop: Application, staff: AsyncClient, courier: dict[str, Any], settings: Settings
) -> None:
    own = f"{OPTIONS}/{courier['id']}"
    flat = {"name": "Post", "prices": {"EUR": 1}}
    wrong = [
        await staff.post(OPTIONS, json={**flat, "tariff": "courier"}),
        await staff.post(OPTIONS, json={**flat, "courier": "express"}),
        await staff.patch(own, json={"courier": None}),
    ]
    async with outside.connections(settings) as none:
        with holding(shop, outside=none):
            put_off = await staff.patch(own, json={"active": False})
            unconnected = await staff.patch(own, json={"tariff": "courier"})
    flatly = (await staff.patch(own, json={"tariff": "flat"})).json()

    assert [refusal(it) for it in wrong] == [
        (422, "courier-service-missing", "/courier"),
        (422, "tariff-without-this", "/courier"),
        (422, "courier-service-missing", "/courier"),
    ]
    assert put_off.status_code == 200
    assert refusal(unconnected) == (422, "courier-missing", "/tariff")
    assert (flatly["tariff"], flatly["courier"]) == ("flat", None)


async def test_a_vat_number_is_asked_about_and_an_order_keeps_the_answer(
    staff: AsyncClient, buyer: AsyncClient, services: Outside, connected: Connections
) -> None:
    await change("DELETE FROM outside_quotes WHERE service = 'vat'")
    cart_id, option = await a_filled_cart(staff, buyer), await a_shipping_option(500)
    contact = {"email": "a@example.com", "shipping_address": ADDRESS, "vat_number": SPANISH}
    address = f"/v1/carts/{cart_id}/contact"

    services.answers["/vat"] = (200, {"valid": False})
    unknown = await buyer.put(address, json=contact)
    untouched = (await buyer.get(f"/v1/carts/{cart_id}")).json()
    connected.refuses_unchecked = True
    del services.answers["/vat"]
    connected.deadline = SHORT
    away = await buyer.put(address, json={**contact, "vat_number": GERMAN})
    connected.refuses_unchecked = False
    accepted = (await buyer.put(address, json={**contact, "vat_number": GERMAN})).json()
    services.answers["/vat"] = (200, {"valid": True, "reference": "WAPI-1"})
    connected.deadline = LONG
    begun = utcnow()
    checked = await bring(
        buyer, cart_id, ADDRESS, vat_number="DE 136695976", shipping_option=option
    )
    order = (await check_out(buyer, cart_id)).json()
    read_back = (await staff.get(f"/v1/admin/orders/{order['id']}")).json()

    assert refusal(unknown) == (422, "vat-number-not-in-force", "/vat_number")
    assert (untouched["email"], untouched["version"]) == (None, 1)
    assert refusal(away)[:2] == (503, "vat-register-away")
    assert accepted["vat_check"]["checked"] is False
    assert checked["vat_check"] == order["vat_check"] == read_back["vat_check"]
    assert (order["vat_check"]["checked"], order["vat_check"]["reference"]) == (True, "WAPI-1")
    assert msgspec.convert(order["vat_check"]["at"], type(begun)) >= begun
    assert {"vat_number": GERMAN} in services.questions("/vat")


async def test_without_services_nothing_more_is_read(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    cart_id = await a_filled_cart(staff, buyer)
    statements.clear()

    await buyer.get(f"/v1/carts/{cart_id}")
    cart = await bring(buyer, cart_id, ADDRESS, vat_number=SPANISH)

    assert [it for it in without_frames(statements) if "outside_quotes" in it] == []
    assert "vat_check" not in cart


@pytest.mark.parametrize(
    ("url", "usable"),
    [
        ("https://tax.example/v1?shop=1", True),
        ("http://127.0.0.1:9000/tax", True),
        ("http://localhost", True),
        ("http://[::1]:9000/", True),
        ("http://tax.example/", False),
        ("http://127.0.0.1.evil.example/", False),
        ("http://localhost@evil.example/", False),
        ("https://user:pass@tax.example/", False),
        ("https://tax.example/a b", False),
        ("ftp://tax.example/", False),
    ],
)
def test_a_service_is_reached_by_https_or_on_this_machine(url: str, *, usable: bool) -> None:
    for name in ("TAX_SERVICE", "COURIER", "VAT_CHECK"):
        variable = f"TRASTIENDA_{name}_URL"
        if usable:
            assert read({variable: url}) != Settings()
            continue
        with pytest.raises(WrongSetting, match=variable):
            read({variable: url})
    with pytest.raises(WrongSetting, match="TRASTIENDA_COURIER_TOKEN"):
        read({"TRASTIENDA_COURIER_TOKEN": "two\nlines"})
    refusing = read({"TRASTIENDA_VAT_CHECK_UNREACHABLE": "refuse"})
    assert refusing.vat_check_unreachable is VatCheckUnreachable.REFUSE
