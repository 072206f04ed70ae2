"""Exchange rates, and the prices they make: in lists, on pages, in carts, in the history."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_program
from support.products import a_product, a_sku
from support.promotions import a_promotion
from support.refusals import begun, refusal

from trastienda.database.models.accounts.user import Role

CHANNEL = "/v1/admin/channel"
ALL = "/v1/admin/exchange-rates"
DOLLAR = f"{ALL}/USD"
IN_DOLLARS = {"currency": "USD"}
Prices = dict[str, int]


@pytest.fixture(autouse=True)
async def _dollars(staff: AsyncClient) -> AsyncIterator[None]:
    """Sell in USD as well, and leave neither that nor a rate behind."""
    before = (await staff.get(CHANNEL)).json()["currencies"]
    await staff.patch(CHANNEL, json={"currencies": [*before, "USD"]})
    yield
    for rate in (await staff.get(ALL)).json()["items"]:
        await staff.delete(f"{ALL}/{rate['currency']}")
    await staff.patch(CHANNEL, json={"currencies": before})


async def a_rate(staff: AsyncClient, rate: str, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    """Convert from CHF, which no other test has prices in, to USD."""
    answer = await staff.put(DOLLAR, json={"base_currency": "CHF", "rate": rate, **facts})
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    assert answer.headers["etag"] == f'"{made["version"]}"'
    return made


async def swiss(staff: AsyncClient, price: int = 1_000, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    variant = {"sku": a_sku(), "prices": {"CHF": price}, "stock": 5, **more}
    return await a_product(staff, variants=[variant])


async def rewrite(staff: AsyncClient, product: dict[str, Any], prices: Prices, **more: Any) -> Any:  # noqa: ANN401
    """Give the first variant these prices; return it as staff read it."""
    variant = {"sku": product["variants"][0]["sku"], "prices": prices, **more}
    address = f"/v1/admin/products/{product['id']}"
    answer = await staff.patch(address, json={"variants": [variant]})
    assert answer.status_code == 200, answer.text
    assert answer.json() == (await staff.get(address)).json()
    return answer.json()["variants"][0]


async def seen(buyer: AsyncClient, product: dict[str, Any]) -> list[int | None]:
    """Give the price in USD in the list, on the page and in a cart; None where it is not sold."""
    page = await buyer.get(f"/v1/products/{product['slug']}", params=IN_DOLLARS)
    found = (await buyer.get("/v1/products", params={**IN_DOLLARS, "limit": "100"})).json()
    cards = [it["price"] for it in found["items"] if it["id"] == product["id"]]
    lines = [{"sku": product["variants"][0]["sku"], "quantity": 1}]
    cart = await buyer.post("/v1/carts", json={**IN_DOLLARS, "lines": lines})
    return [
        cards[0] if cards else None,
        page.json()["variants"][0]["price"] if page.status_code == 200 else None,
        cart.json()["lines"][0]["unit_price"] if cart.status_code == 201 else None,
    ]


async def history(staff: AsyncClient, product: dict[str, Any], **query: str) -> dict[str, Any]:
    sku = product["variants"][0]["sku"]
    answer = await staff.get(f"/v1/admin/variants/{sku}/price-history", params=query)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_a_rate_sells_in_another_currency_until_it_is_deleted(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await swiss(staff)
    before = await seen(buyer, product)
    await a_rate(staff, "1.1")
    at_first = await seen(buyer, product)
    later = await swiss(staff, price=2_000)
    await a_rate(staff, "1.2", ending="99")
    changed = [await seen(buyer, it) for it in (product, later)]
    await rewrite(staff, product, {"CHF": 3_000})
    risen = await seen(buyer, product)

    gone = await staff.delete(DOLLAR)

    assert (before, at_first) == ([None] * 3, [1_100] * 3)
    assert (changed, risen) == ([[1_199] * 3, [2_399] * 3], [3_599] * 3)
    assert (gone.status_code, await seen(buyer, product)) == (204, [None] * 3)
    told = await history(staff, product, currency="USD")
    assert [it["price"] for it in told["items"]] == [3_599, 1_199, 1_100]
    assert told["present"] == []


async def test_a_price_of_its_own_always_wins(staff: AsyncClient, buyer: AsyncClient) -> None:
    product = await swiss(staff)
    own = await a_product(staff, variants=[{"sku": a_sku(), "prices": {"CHF": 1, "USD": 50}}])
    await a_rate(staff, "1.1")
    first = await seen(buyer, own)

    written = await rewrite(staff, product, {"CHF": 1_000, "USD": 777}, cost_prices={"USD": 5})
    await a_rate(staff, "3")
    kept = await seen(buyer, product)
    taken_away = await rewrite(staff, product, {"CHF": 1_000})
    again = await seen(buyer, product)
    renamed = await staff.patch(f"/v1/admin/products/{product['id']}", json={"published": True})

    assert (first, kept, again) == ([50] * 3, [777] * 3, [3_000] * 3)
    assert (written["prices"], written["converted_prices"]) == ({"CHF": 1_000, "USD": 777}, {})
    assert (taken_away["prices"], taken_away["converted_prices"]) == (
        {"CHF": 1_000},
        {"USD": 3_000},
    )
    assert taken_away["cost_prices"] == {}
    assert renamed.json()["variants"] == [taken_away]
    told = await history(staff, product, currency="USD")
    assert [it["price"] for it in told["items"]] == [777, 1_100]
    (present,) = told["present"]
    assert (present["price"], present["base"], present["converted"]) == (3_000, 3_000, True)
    assert present["lowest_price_30_days"] == 777


async def test_only_a_price_of_its_own_is_converted_and_bases_may_change(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await swiss(staff)
    await a_rate(staff, "1.1")
    await staff.put(f"{ALL}/JPY", json={"base_currency": "USD", "rate": "150"})
    chained = (await staff.get(f"/v1/admin/products/{product['id']}")).json()["variants"][0]
    variant = await rewrite(staff, product, {"CHF": 1_000, "SEK": 12_000})

    await a_rate(staff, "0.1", base_currency="SEK")

    assert chained["converted_prices"] == {"USD": 1_100}
    assert variant["converted_prices"] == {"USD": 1_100}
    assert await seen(buyer, product) == [1_200] * 3
    listed = (await staff.get(ALL)).json()["items"]
    assert [(it["currency"], it["base_currency"], it["rate"]) for it in listed] == [
        ("JPY", "USD", "150"),
        ("USD", "SEK", "0.1"),
    ]


async def test_reductions_and_sales_hold_in_the_other_currency(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await swiss(staff, compare_at_prices={"CHF": 1_500})
    close = await swiss(staff, compare_at_prices={"CHF": 1_001})
    await a_rate(staff, "1.1", ending="99")
    pages = [
        (await buyer.get(f"/v1/products/{it['slug']}", params=IN_DOLLARS)).json()["variants"][0]
        for it in (product, close)
    ]
    facts = {"trigger": "catalogue", "kind": "item_percent", "percent": "10"}

    await a_promotion(staff, **facts, products=[product["id"]])
    on_sale = await seen(buyer, product)
    await a_rate(staff, "2", ending="99")

    assert [(it["price"], it.get("compare_at_price")) for it in pages] == [
        (1_099, 1_699),
        (1_099, None),  # both end at the same price: that is no reduction
    ]
    assert on_sale == [989] * 3
    assert await seen(buyer, product) == [1_799] * 3
    told = await history(staff, product, currency="USD")
    assert [it["price"] for it in told["items"]] == [989, 1_099]
    (present,) = told["present"]
    assert (present["price"], present["base"], present["compare_at_price"]) == (1_799, 1_999, 1_999)
    assert datetime.fromisoformat(present["reduced_at"]).tzinfo is not None


async def test_the_history_comes_in_pages(staff: AsyncClient) -> None:
    product = await swiss(staff)
    await a_rate(staff, "1")
    for price in (1_001, 1_002, 1_003):
        await rewrite(staff, product, {"CHF": price})

    whole = await history(staff, product)
    pages = [await history(staff, product, limit="4")]
    pages.append(await history(staff, product, limit="4", cursor=pages[0]["next_cursor"]))
    francs = await history(staff, product, currency="CHF", limit="3")

    assert sorted(it["price"] for it in whole["items"]) == [
        1_000,
        1_000,
        1_001,
        1_001,
        1_002,
        1_002,
    ]
    assert pages[0]["items"] + pages[1]["items"] == whole["items"]
    assert [len(it["items"]) for it in pages] == [4, 2]
    assert (pages[1]["next_cursor"], francs["next_cursor"]) == (None, None)
    assert [(it["currency"], it["price"]) for it in francs["items"]] == [
        ("CHF", 1_002),
        ("CHF", 1_001),
        ("CHF", 1_000),
    ]
    address = f"/v1/admin/variants/{product['variants'][0]['sku']}/price-history"
    stray = {"currency": "USD", "cursor": pages[0]["next_cursor"]}
    assert refusal(await staff.get(address, params=stray))[:2] == (400, "cursor-unusable")
    nobody = await staff.get("/v1/admin/variants/NOBODY/price-history")
    assert refusal(nobody)[:2] == (404, "variant-not-found")


async def test_somebody_who_was_slower_changes_nothing(staff: AsyncClient) -> None:
    draft = {"base_currency": "CHF", "rate": "1.5"}
    early = await staff.put(DOLLAR, json=draft, headers={"If-Match": '"1"'})
    nothing = await staff.get(ALL)
    first = await a_rate(staff, "1.1")
    second = await staff.put(DOLLAR, json=draft, headers={"If-Match": '"1"'})
    late = await staff.put(DOLLAR, json=draft, headers={"If-Match": '"1"'})
    kept = await staff.delete(DOLLAR, headers={"If-Match": '"1"'})
    read = await staff.get(DOLLAR)
    gone = await staff.delete(DOLLAR, headers={"If-Match": '"2"'})

    assert refusal(early)[:2] == (412, "exchange-rate-changed")
    assert (nothing.json(), first["version"], second.json()["version"]) == ({"items": []}, 1, 2)
    assert refusal(late)[:2] == refusal(kept)[:2] == (412, "exchange-rate-changed")
    assert (read.json(), read.headers["etag"]) == (second.json(), '"2"')
    assert gone.status_code == 204
    assert refusal(await staff.get(DOLLAR))[:2] == (404, "no-such-exchange-rate")
    assert refusal(await staff.delete(DOLLAR))[:2] == (404, "no-such-exchange-rate")


@pytest.mark.parametrize(
    ("currency", "change", "expected"),
    [
        ("USD", {"rate": "0"}, (400, "invalid-request", "/rate")),
        ("USD", {"rate": "0.0000000000"}, (400, "invalid-request", "/rate")),
        ("USD", {"rate": "-1"}, (400, "invalid-request", "/rate")),
        ("USD", {"rate": "1e9"}, (400, "invalid-request", "/rate")),
        ("USD", {"rate": "0.00000000001"}, (400, "invalid-request", "/rate")),
        ("USD", {"rate": "10000000000"}, (400, "invalid-request", "/rate")),
        ("USD", {"rate": 1.5}, (400, "invalid-request", "/rate")),
        ("USD", {"ending": ".99"}, (400, "invalid-request", "/ending")),
        ("USD", {"ending": "12345"}, (400, "invalid-request", "/ending")),
        ("USD", {"ending": ""}, (400, "invalid-request", "/ending")),
        ("USD", {"base_currency": "USD"}, (422, "rate-into-itself", "/base_currency")),
        ("USD", {"base_currency": "ZZZ"}, (422, "no-such-currency", "/base_currency")),
        ("ZZZ", {}, (422, "no-such-currency", None)),
    ],
)
async def test_what_is_no_rate_is_refused(
    staff: AsyncClient, currency: str, change: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    draft = {"base_currency": "CHF", "rate": "1.1", **change}

    answer = await staff.put(f"{ALL}/{currency}", json=draft)

    assert refusal(answer) == expected
    assert (await staff.get(ALL)).json() == {"items": []}


async def test_support_reads_rates_and_does_not_set_them(shop: ASGIApp, buyer: AsyncClient) -> None:
    async with await a_program(shop, Role.SUPPORT) as support:
        assert (await support.get(ALL)).status_code == 200
        written = await support.put(DOLLAR, json={"base_currency": "CHF", "rate": "1"})
        deleted = await support.delete(DOLLAR)
    assert refusal(written)[:2] == refusal(deleted)[:2] == (403, "not-allowed")
    assert refusal(await buyer.get(ALL))[0] == 401
    assert refusal(await buyer.get("/v1/admin/variants/X/price-history"))[0] == 401


async def test_a_rate_and_prices_that_change_at_once_end_in_agreement(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    products = [await swiss(staff) for _ in range(4)]
    statements.clear()

    async def reprice(product: dict[str, Any]) -> None:
        for turn in range(1, 5):
            prices = {"CHF": 150 * turn}
            variant = {"sku": product["variants"][0]["sku"], "prices": prices}
            address = f"/v1/admin/products/{product['id']}"
            answer = await staff.patch(address, json={"variants": [variant]})
            assert answer.status_code == 200, answer.text

    async def move() -> list[dict[str, Any]]:
        return [await swiss(staff, price=600) for _ in range(4) if await a_rate(staff, "2")]

    rates = [a_rate(staff, f"1.{turn}") for turn in range(4)]
    made, *_ = await asyncio.gather(move(), *map(reprice, products), *rates)
    transactions = begun(statements)
    last = await a_rate(staff, "3")

    assert last["version"] == 9
    assert transactions == 4 * 4 + 4 + 4 + 4  # nobody was the victim of a deadlock
    assert [await seen(buyer, it) for it in products + made] == [[1_800] * 3] * 8
