"""From the price that a variant has to the last cent of an order: all of it computed once more."""

from collections.abc import AsyncIterator, Callable
from fractions import Fraction
from math import floor
from typing import Any

import pytest
from httpx import AsyncClient
from support.products import ADDRESS, a_cart, a_product, a_shipping_option, a_sku, check_out
from support.promotions import a_coupon, a_promotion, one, put_in
from support.taxes import a_zone

CHANNEL = "/v1/admin/channel"
EURO = "/v1/admin/exchange-rates/EUR"
LISTS = "/v1/admin/price-lists"
Step = dict[str, Any]


def half_up(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))


def of_a_rate(it: Step) -> int:
    exact = it["base_price"] * Fraction(it["rate"]) * Fraction(10) ** it["scale"]
    units = max(half_up(exact), 1) if it["base_price"] else 0
    if "ending" not in it:
        return units
    step: int = 10 ** len(it["ending"])
    ending = int(it["ending"])
    near = [ending + step * (units // step + by) for by in (-1, 0, 1)]
    return min((price for price in near if price > 0), key=lambda p: (abs(p - units), -p))


def crossed(it: Step) -> int:
    net = half_up(Fraction(it["before"] * 100) / (100 + Fraction(it["home_rate"])))
    return half_up(net * (100 + Fraction(it["rate"])) / 100)


RULES: dict[str, Callable[[Step], int]] = {
    "the price of the variant": lambda it: int(it["price"]),
    "base_price × rate × 10^scale": of_a_rate,
    "the price of the price list, from min_quantity units of the line on": lambda it: it["price"],
    "before - before × percent ÷ 100": lambda it: (
        it["before"] - half_up(it["before"] * Fraction(it["percent"]) / 100)
    ),
    "before - amount, 0 at least": lambda it: max(it["before"] - it["amount"], 0),
    "amount": lambda it: it["amount"],
    "net × (100 + rate) ÷ 100, where net is before × 100 ÷ (100 + home_rate)": crossed,
}


def shared(parts: list[int], units: int) -> list[int]:
    """Share out by largest fraction."""
    exact = [Fraction(part * units, sum(parts)) for part in parts]
    shares = [floor(it) for it in exact]
    ranked = sorted(range(len(parts)), key=lambda i: (shares[i] - exact[i], i))
    for lucky in ranked[: units - sum(shares)]:
        shares[lucky] += 1
    return shares


def recomputed(explanation: dict[str, Any]) -> int:
    """Compute everything from rules and input; where steps build on others, from what those gave.

    Each step's own result is held against it on the way.
    """
    units: dict[int, int] = {}
    left: dict[int, int] = {}
    total = 0
    for step in (it for it in explanation["steps"] if it["step"] == "unit_price"):
        if "before" in step["input"]:
            assert step["input"]["before"] == units[step["line"]]
        units[step["line"]] = RULES[step["rule"]](step["input"])
        assert (step["unit_price"], step["amount"]) == (units[step["line"]], 0)
    for step in (it for it in explanation["steps"] if it["step"] == "line"):
        assert step["input"]["unit_price"] == units[step["line"]]
        left[step["line"]] = units[step["line"]] * step["input"]["quantity"]
        assert step["amount"] == left[step["line"]]
    cut = [it for it in explanation["steps"] if it["step"] == "promotion"]
    befores = [left[it["line"]] for it in cut]
    whole = half_up(sum(befores) * Fraction(cut[0]["input"]["percent"]) / 100)
    for step, before, share in zip(cut, befores, shared(befores, whole), strict=True):
        assert (step["input"]["before"], step["amount"]) == (before, -share)
        left[step["line"]] -= share
    for step in (it for it in explanation["steps"] if it["step"] == "tax" and "line" in it):
        rate = Fraction(step["input"]["rate"])
        assert step["input"]["base"] == left[step["line"]]
        assert step["included"] == half_up(left[step["line"]] * rate / (100 + rate))
    total += sum(it["input"]["price"] for it in explanation["steps"] if it["step"] == "shipping")
    whole_order: int = total + sum(left.values())
    return whole_order


@pytest.fixture
async def restored(staff: AsyncClient) -> AsyncIterator[None]:
    """Leave the channel as it was, and no rate into EUR."""
    channel = (await staff.get(CHANNEL)).json()
    del channel["version"]
    yield
    await staff.delete(EURO)
    assert (await staff.patch(CHANNEL, json=channel)).status_code == 200


async def a_list(staff: AsyncClient, name: str, *prices: dict[str, Any]) -> str:
    made = await staff.post(LISTS, json={"name": name, "currency": "EUR"})
    address = f"{LISTS}/{made.json()['id']}"
    answer = await staff.put(f"{address}/prices", json={"prices": list(prices)})
    assert answer.status_code == 200, answer.text
    return address


async def of_prices(staff: AsyncClient, prices: dict[str, int]) -> dict[str, Any]:
    return await a_product(staff, variants=[{"sku": a_sku(), "prices": prices, "stock": 9}])


def chains(explanation: dict[str, Any], what: str) -> list[list[Any]]:
    """Give one fact of each step to a unit price, line by line."""
    steps = [it for it in explanation["steps"] if it["step"] == "unit_price"]
    lines = sorted({it["line"] for it in steps})
    return [[it.get(what) for it in steps if it["line"] == line] for line in lines]


@pytest.mark.usefixtures("restored")
async def test_each_cent_is_explained_from_the_price_that_staff_wrote_on(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    own = await of_prices(staff, {"EUR": 1_999})
    francs = [await of_prices(staff, {"CHF": price}) for price in (2_555, 1_111, 3_333)]
    percent, fixed, flat = francs
    skus = [it["variants"][0]["sku"] for it in (own, *francs)]
    await staff.put(EURO, json={"base_currency": "CHF", "rate": "1.0825", "ending": "95"})
    public = {"sku": skus[2], "price": 1_050}
    many = {"sku": skus[3], "price": 1_200, "min_quantity": 3}
    lists = [await a_list(staff, "Bad payers", public), await a_list(staff, "Crowds", many)]
    facts = {"trigger": "catalogue", "name": "Sale"}
    for product, context in (
        (percent, {"kind": "item_percent", "percent": "12.5"}),
        (fixed, {"kind": "item_fixed", "amounts": {"EUR": 101}}),
        (flat, {"kind": "fixed_price", "amounts": {"EUR": 1_490}}),
    ):
        await a_promotion(staff, **facts, **context, products=[product["id"]])
    coupon = await a_promotion(staff, percent="7")
    code = await a_coupon(staff, coupon)
    areas = [
        *await a_zone(staff, "19", {"country": "DE"}),
        *await a_zone(staff, "24", {"country": "GR"}),
    ]
    facts = {"tax_source": "zones", "tax_country": "DE", "cross_border": "same_net"}
    await staff.patch(CHANNEL, json=facts)
    cart = await a_cart(buyer, **dict(zip(skus, (2, 1, 3, 2), strict=True)))
    contact = {
        "email": "ada@example.com",
        "shipping_address": {**ADDRESS, "country": "GR"},
        "shipping_option": await a_shipping_option(),
    }
    await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)
    await put_in(buyer, cart, code)

    told = (await buyer.get(f"/v1/carts/{cart['id']}/explanation")).json()
    lines = {"quantity": 3}
    line = next(it for it in cart["lines"] if it["sku"] == skus[3])
    await buyer.patch(f"/v1/carts/{cart['id']}/lines/{line['id']}", json=lines)
    crowd = (await buyer.get(f"/v1/carts/{cart['id']}/explanation")).json()
    order = (await check_out(buyer, cart["id"])).json()
    await staff.put(EURO, json={"base_currency": "CHF", "rate": "9"})
    for address in (*lists, one(coupon)):
        assert (await staff.delete(address)).status_code == 204
    kept = (await staff.get(f"/v1/admin/orders/{order['id']}/explanation")).json()
    for address in areas:
        await staff.delete(address)

    assert chains(told, "unit_price") == [
        [1_999, 2_083],
        [2_795, 2_446, 2_548],
        [1_195, 1_050, 949, 988],
        [3_595, 1_490, 1_552],
    ]
    assert chains(crowd, "unit_price")[3] == [3_595, 1_200, 1_250]
    assert recomputed(told) == told["total"]
    assert recomputed(crowd) == crowd["total"] == order["totals"]["total"]
    # Buyers do not read what staff call their price lists; staff do.
    assert chains(told, "name")[2] == [None, None, "Sale", None]
    assert chains(kept, "name")[2:] == [[None, "Bad payers", "Sale", None], [None, "Crowds", None]]
    unnamed = [{k: v for k, v in it.items() if k != "name"} for it in kept["steps"]]
    assert unnamed == [{k: v for k, v in it.items() if k != "name"} for it in crowd["steps"]]


@pytest.mark.usefixtures("restored")
async def test_a_business_abroad_reads_which_tax_was_left_out(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await of_prices(staff, {"CHF": 1_000})
    await staff.put(EURO, json={"base_currency": "CHF", "rate": "1.0025"})
    await staff.patch(CHANNEL, json={"exempts_businesses": True, "tax_country": "ES"})
    cart = await a_cart(buyer, **{product["variants"][0]["sku"]: 1})
    contact = {
        "email": "ada@example.com",
        "shipping_address": {**ADDRESS, "country": "DE"},
        "vat_number": "DE136695976",
    }
    await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)

    first, second, *_ = (await buyer.get(f"/v1/carts/{cart['id']}/explanation")).json()["steps"]
    await staff.patch(f"/v1/admin/products/{product['id']}", json={"published": False})
    gone, line, *_ = (await buyer.get(f"/v1/carts/{cart['id']}/explanation")).json()["steps"]

    shared_facts = {"step": "unit_price", "line": 0, "sku": product["variants"][0]["sku"]}
    assert first == {
        **shared_facts,
        "rule": "base_price × rate × 10^scale",
        "input": {"base_price": 1_000, "base_currency": "CHF", "rate": "1.0025", "scale": 0},
        "rounding": "half up, to 1 at least",
        "amount": 0,
        "unit_price": 1_003,
    }
    assert second == {
        **shared_facts,
        "rule": "net × (100 + rate) ÷ 100, where net is before × 100 ÷ (100 + home_rate)",
        "input": {"before": 1_003, "home_rate": "21", "rate": "0"},
        "rounding": "net half up, then the product half up",
        "amount": 0,
        "unit_price": 829,
    }
    assert (gone["rule"], gone["unit_price"]) == ("not for sale any more", 0)
    assert line["amount"] == 0
