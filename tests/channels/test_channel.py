from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import mails_about
from support.people import a_browser, a_program
from support.products import a_cart, a_sku_for_sale, an_order
from support.refusals import changes_once, refusal

from trastienda.database.models.accounts.user import Role
from trastienda.settings import Settings

CHANNEL = "/v1/admin/channel"


@pytest.fixture
async def channel(staff: AsyncClient) -> AsyncIterator[dict[str, Any]]:
    """Return the settings, which all tests share, and restore them afterwards."""
    before: dict[str, Any] = (await staff.get(CHANNEL)).json()
    yield dict(before)
    del before["version"]
    answer = await staff.patch(CHANNEL, json=before)
    assert answer.status_code == 200, answer.text


async def test_settings_are_changed_by_name_and_the_others_stay(
    staff: AsyncClient, channel: dict[str, Any]
) -> None:
    patch = {"name": "Azulejos", "countries": ["ES", "PT", "ES"]}

    answer = await staff.patch(CHANNEL, json=patch)

    changed = {"name": "Azulejos", "countries": ["ES", "PT"], "version": channel["version"] + 1}
    assert answer.json() == {**channel, **changed}
    assert (await staff.get(CHANNEL)).json() == answer.json()


async def test_a_currency_is_taken_as_soon_as_it_is_set(
    staff: AsyncClient, buyer: AsyncClient, channel: dict[str, Any]
) -> None:
    fresh = {"currencies": [*channel["currencies"], "CHF"], "default_currency": "CHF"}

    before = await buyer.post("/v1/carts", json={"currency": "CHF"})
    await staff.patch(CHANNEL, json=fresh)
    after = await buyer.post("/v1/carts", json={})

    assert before.status_code == 422
    assert (after.status_code, after.json()["currency"]) == (201, "CHF")


async def test_the_default_currency_is_one_of_the_currencies(
    staff: AsyncClient, channel: dict[str, Any]
) -> None:
    others = ["CHF", "SEK"]

    unknown = await staff.patch(CHANNEL, json={"default_currency": "NOK"})
    left_out = await staff.patch(CHANNEL, json={"currencies": others})
    both = await staff.patch(CHANNEL, json={"currencies": others, "default_currency": "SEK"})

    assert refusal(unknown) == (422, "default-currency-missing", "/default_currency")
    assert refusal(left_out) == (422, "default-currency-missing", "/currencies")
    assert (both.status_code, both.json()["version"]) == (200, channel["version"] + 1)


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("0", ("0", 0)),
        ("5.50", ("5.5", 65)),
        ("100.0000", ("100", 625)),
        ("07.1234", ("7.1234", 83)),
    ],
)
async def test_tax_is_a_percentage_with_up_to_four_decimals(
    staff: AsyncClient,
    buyer: AsyncClient,
    channel: dict[str, Any],
    rate: str,
    expected: tuple[str, int],
) -> None:
    sku = await a_sku_for_sale(staff, price=1_250)

    answer = await staff.patch(CHANNEL, json={"tax_rate": rate})

    cart = (await buyer.post("/v1/carts", json={"lines": [{"sku": sku, "quantity": 1}]})).json()
    assert (answer.json()["tax_rate"], cart["totals"]["tax"]) == expected
    assert (await staff.get(CHANNEL)).json() == answer.json()
    assert answer.json()["version"] == channel["version"] + 1


@pytest.mark.usefixtures("channel")
@pytest.mark.parametrize(
    ("host", "spelled", "header"),
    [
        ("Shop.Example", "shop.example", "shop.example"),
        ("shop.example:443", "shop.example", "shop.example"),
        ("shop.example:8443", "shop.example:8443", "SHOP.example:8443"),
        ("tienda-ñ.example", "xn--tienda--b0a.example", "xn--tienda--b0a.example"),
        ("203.0.113.7", "203.0.113.7", "203.0.113.7"),
        ("[2001:DB8:0::1]:9000", "[2001:db8::1]:9000", "[2001:db8::1]:9000"),
    ],
)
async def test_the_server_answers_to_a_host_as_soon_as_it_is_set(
    staff: AsyncClient, buyer: AsyncClient, host: str, spelled: str, header: str
) -> None:
    before = await buyer.get("/v1/categories", headers={"Host": header})
    answer = await staff.patch(CHANNEL, json={"hosts": [host, spelled]})
    after = await buyer.get("/v1/categories", headers={"Host": header})

    assert refusal(before)[:2] == (400, "unknown-host")
    assert answer.json()["hosts"] == [spelled]
    assert after.status_code == 200


@pytest.mark.usefixtures("channel")
async def test_pages_of_an_origin_may_call_as_soon_as_it_is_set(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    page = {"Origin": "https://front.example"}

    before = await buyer.post("/v1/carts", json={}, headers=page)
    answer = await staff.patch(CHANNEL, json={"origins": ["HTTPS://Front.example:443"]})
    after = await buyer.post("/v1/carts", json={}, headers=page)

    assert refusal(before)[:2] == (403, "foreign-origin")
    assert answer.json()["origins"] == ["https://front.example"]
    assert after.status_code == 201
    assert after.headers["access-control-allow-origin"] == "https://front.example"


@pytest.mark.parametrize(
    "host",
    [
        *("https://shop.example", "shop.example/", "shop.example/shop", "user@shop.example"),
        *("shop .example", "*.shop.example", "-shop.example", "shop_1.example", "shop..example"),
        *("shop.example.", ".example", ":443", "shop.example:", "shop.example:0"),
        *("shop.example:65536", "shop.example:x", "shop.example:0443", "1.2.3.999", "1.2.3"),
        *("::1", "[::1", "[fe80::1%eth0]", "[1.2.3.4]", "x" * 64 + ".example", "a." * 127 + "com"),
        *("shop.example?x", "shop.example#x", "shop\\.example"),
    ],
)
async def test_what_cannot_be_a_host_is_refused(
    staff: AsyncClient, channel: dict[str, Any], host: str
) -> None:
    answer = await staff.patch(CHANNEL, json={"hosts": ["shop.example", host]})
    as_origin = await staff.patch(CHANNEL, json={"origins": [f"https://{host}"]})

    assert refusal(answer) == (422, "host-unusable", "/hosts/1")
    assert refusal(as_origin) == (422, "origin-unusable", "/origins/0")
    assert (await staff.get(CHANNEL)).json() == channel


@pytest.mark.parametrize("origin", ["http://shop.example", "shop.example", "null", "*", "https://"])
async def test_an_origin_is_https_and_a_host(
    staff: AsyncClient, channel: dict[str, Any], origin: str
) -> None:
    answer = await staff.patch(CHANNEL, json={"origins": [origin]})

    assert refusal(answer) == (422, "origin-unusable", "/origins/0")
    assert (await staff.get(CHANNEL)).json() == channel


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": " "}, (400, "invalid-request", "/name")),
        ({"currencies": []}, (400, "invalid-request", "/currencies")),
        ({"currencies": ["EUR", "eur"]}, (400, "invalid-request", "/currencies/1")),
        ({"currencies": ["EUR", "ZZZ"]}, (422, "no-such-currency", "/currencies/1")),
        ({"default_currency": "euro"}, (400, "invalid-request", "/default_currency")),
        ({"locale": "fr"}, (400, "invalid-request", "/locale")),
        ({"tax_rate": 21}, (400, "invalid-request", "/tax_rate")),
        ({"tax_rate": "100.0001"}, (400, "invalid-request", "/tax_rate")),
        ({"tax_rate": "-1"}, (400, "invalid-request", "/tax_rate")),
        ({"tax_rate": "5.00001"}, (400, "invalid-request", "/tax_rate")),
        ({"tax_rate": "1e1"}, (400, "invalid-request", "/tax_rate")),
        ({"tax_rate": "NaN"}, (400, "invalid-request", "/tax_rate")),
        ({"tax_rate": "٢١"}, (400, "invalid-request", "/tax_rate")),
        ({"countries": ["ES", "Spain"]}, (400, "invalid-request", "/countries/1")),
        ({"countries": ["ZZ"]}, (422, "country-unknown", "/countries/0")),
        ({"hosts": "shop.example"}, (400, "invalid-request", "/hosts")),
        ({"origins": [""]}, (400, "invalid-request", "/origins/0")),
        ({"slug": "other"}, (400, "invalid-request", "/slug")),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient,
    channel: dict[str, Any],
    fields: dict[str, object],
    expected: tuple[int, str, str],
) -> None:
    answer = await staff.patch(CHANNEL, json=fields)

    assert refusal(answer) == expected
    assert (await staff.get(CHANNEL)).json() == channel


@pytest.mark.usefixtures("channel")
async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(staff: AsyncClient) -> None:
    late = await changes_once(staff, CHANNEL, {"name": "Azulejos"})

    assert refusal(late)[:2] == (412, "channel-changed")


async def test_the_same_request_again_has_its_effect_once(
    staff: AsyncClient, channel: dict[str, Any]
) -> None:
    key = {"Idempotency-Key": uuid4().hex}

    first = await staff.patch(CHANNEL, json={"name": "Azulejos"}, headers=key)
    again = await staff.patch(CHANNEL, json={"name": "Azulejos"}, headers=key)

    assert (again.status_code, again.content) == (200, first.content)
    assert (await staff.get(CHANNEL)).json()["version"] == channel["version"] + 1


async def test_only_who_may_change_settings_changes_them(
    shop: ASGIApp, staff: AsyncClient, channel: dict[str, Any]
) -> None:
    manager, stranger = await a_program(shop, Role.MANAGER), a_browser(shop)

    answers = [await who.patch(CHANNEL, json={"name": "Mine"}) for who in (manager, stranger)]

    assert [it.status_code for it in answers] == [403, 401]
    assert (await manager.get(CHANNEL)).json() == channel
    assert (await stranger.get(CHANNEL)).status_code == 401
    assert (await staff.get(CHANNEL)).json() == channel


@pytest.mark.parametrize("headers", [{}, {"accept-language": "de, fr;q=0.8"}])
async def test_a_spanish_shop_speaks_spanish_unless_asked_for_another_language(
    staff: AsyncClient,
    shop: ASGIApp,
    channel: dict[str, Any],
    settings: Settings,
    headers: dict[str, str],
) -> None:
    sku = await a_sku_for_sale(staff, name="Mug", translations={"es": {"name": "Taza"}})
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for answers, language in ((before, "en"), (after, "es")):
        assert (await staff.patch(CHANNEL, json={"locale": language})).status_code == 200
        async with a_browser(shop, **headers) as buyer:
            answers["cart"] = (await a_cart(buyer, **{sku: 1}))["lines"][0]["name"]
            answers["refusal"] = (await buyer.get("/v1/nowhere")).json()["title"]
            asked = await buyer.get("/v1/nowhere", headers={"accept-language": "en"})
            answers["asked"] = asked.json()["title"]
            order = await an_order(staff, buyer)
            (mail,) = await mails_about(order["id"], settings)
            answers["letter"] = mail["Content-Language"]

    english = "There is nothing at this address."
    assert channel["locale"] == "en"
    assert before == {"cart": "Mug", "refusal": english, "asked": english, "letter": "en"}
    assert after == {
        "cart": "Taza",
        "refusal": "No hay nada en esta dirección.",
        "asked": english,
        "letter": "es",
    }
