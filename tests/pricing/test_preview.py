"""The pricing preview over HTTP: exactly what is documented, and nothing that input can break."""

import json
from typing import Any

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_program, count_rows
from support.refusals import refusal

from trastienda.database.models.accounts.user import Role

ADDRESS = "/v1/admin/pricing/preview"
ASKED = """
{"currency": "EUR", "rounding": "line",
 "lines": [{"ref": "mug", "unit_price": 1250, "quantity": 2, "tax_rate": "21", "prices_include_tax": true}],
 "promotions": [{"name": "summer", "kind": "order_percent", "percent": "10"}],
 "shipping": {"price": 500, "tax_rate": "21", "prices_include_tax": true}}
"""  # noqa: E501 - as it is documented
ANSWERED = """
{"currency": "EUR", "subtotal": 2500, "discount": 250, "shipping": 500, "tax": 477, "tax_included": 477, "tax_added": 0, "total": 2750,
 "lines": [{"ref": "mug", "subtotal": 2500, "discount": 250, "tax": 390, "total": 2250}],
 "shipping_discount": 0, "shipping_tax": 87, "net_total": 2273,
 "explanation": [{"step": "line", "line": 0, "amount": 2500}, {"step": "promotion", "name": "summer", "line": 0, "amount": -250}, {"step": "shipping", "amount": 500},
                 {"step": "tax", "line": 0, "amount": 0, "included": 390}, {"step": "tax", "shipping": true, "amount": 0, "included": 87}]}
"""  # noqa: E501 - as it is documented
MUG = {
    "ref": "mug",
    "unit_price": 1_250,
    "quantity": 2,
    "tax_rate": "21",
    "prices_include_tax": True,
}
SUMMER = {"name": "summer", "kind": "order_percent", "percent": "10"}


def asking(**facts: object) -> dict[str, Any]:
    return {"currency": "EUR", "lines": [MUG], **facts}


async def test_the_answer_is_the_documented_one_byte_for_byte(staff: AsyncClient) -> None:
    json_type = {"content-type": "application/json"}

    answer = await staff.post(ADDRESS, content=ASKED, headers=json_type)

    assert answer.status_code == 200
    assert answer.text == json.dumps(json.loads(ANSWERED), separators=(",", ":"))


async def test_it_touches_nothing(staff: AsyncClient, statements: list[str]) -> None:
    before = await count_rows("events")
    statements.clear()

    await staff.post(ADDRESS, json=asking(promotions=[SUMMER]))

    assert [it for it in statements if "api_keys" not in it] == []
    assert await count_rows("events") == before


async def test_what_is_left_out_has_its_default(staff: AsyncClient) -> None:
    plain = await staff.post(ADDRESS, json=asking())
    nulls: dict[str, Any] = {
        "refs": [],
        "min_subtotal": None,
        "min_quantity": None,
        "max_quantity": None,
    }
    spelled = await staff.post(
        ADDRESS,
        json=asking(
            rounding="line",
            lines=[{**MUG, "floor_price": None}],
            promotions=[{"name": "none", "kind": "order_fixed", "amount": 0, **nulls}],
            shipping=None,
        ),
    )

    assert plain.json() == spelled.json()
    assert (plain.json()["total"], plain.json()["shipping"]) == (2_500, 0)


async def test_what_sets_give_is_free_unless_they_say_otherwise(staff: AsyncClient) -> None:
    pair = {"name": "pair", "kind": "buy_x_get_y", "buy": 1, "get": 1}

    free = await staff.post(ADDRESS, json=asking(promotions=[pair]))
    half = await staff.post(ADDRESS, json=asking(promotions=[{**pair, "percent": "50"}]))

    assert (free.json()["discount"], half.json()["discount"]) == (1_250, 625)


@pytest.mark.parametrize("currency", ["JPY", "KWD", "CLF"])
async def test_decimals_of_a_currency_make_no_difference_to_integers(
    staff: AsyncClient, currency: str
) -> None:
    euros = (await staff.post(ADDRESS, json=asking(promotions=[SUMMER]))).json()

    others = (await staff.post(ADDRESS, json=asking(currency=currency, promotions=[SUMMER]))).json()

    assert others == {**euros, "currency": currency}


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"discount": 5}, "/discount"),
        ({"currency": "eur"}, "/currency"),
        ({"currency": None}, "/currency"),
        ({"rounding": "cent"}, "/rounding"),
        ({"lines": None}, "/lines"),
        ({"lines": [MUG] * 201}, "/lines"),
        ({"lines": [{**MUG, "color": "blue"}]}, "/lines/0/color"),
        ({"lines": [MUG, {**MUG, "quantity": 0}]}, "/lines/1/quantity"),
        ({"lines": [{**MUG, "quantity": 10_000}]}, "/lines/0/quantity"),
        ({"lines": [{**MUG, "unit_price": -1}]}, "/lines/0/unit_price"),
        ({"lines": [{**MUG, "unit_price": 10**12 + 1}]}, "/lines/0/unit_price"),
        ({"lines": [{**MUG, "unit_price": 12.5}]}, "/lines/0/unit_price"),
        ({"lines": [{**MUG, "unit_price": "1250"}]}, "/lines/0/unit_price"),
        ({"lines": [{**MUG, "floor_price": -1}]}, "/lines/0/floor_price"),
        ({"lines": [{**MUG, "tax_rate": "101"}]}, "/lines/0/tax_rate"),
        ({"lines": [{**MUG, "tax_rate": "-1"}]}, "/lines/0/tax_rate"),
        ({"lines": [{**MUG, "tax_rate": "5+"}]}, "/lines/0/tax_rate"),
        ({"lines": [{**MUG, "tax_rate": "1.00001"}]}, "/lines/0/tax_rate"),
        ({"lines": [{**MUG, "tax_rate": "٢١"}]}, "/lines/0/tax_rate"),
        ({"lines": [{**MUG, "tax_rate": 21}]}, "/lines/0/tax_rate"),
        ({"lines": [{**MUG, "ref": ""}]}, "/lines/0/ref"),
        ({"promotions": [SUMMER] * 101}, "/promotions"),
        ({"promotions": [{**SUMMER, "kind": "lottery"}]}, "/promotions/0/kind"),
        ({"promotions": [{**SUMMER, "percent": "100.1"}]}, "/promotions/0/percent"),
        ({"promotions": [{**SUMMER, "percent": "NaN"}]}, "/promotions/0/percent"),
        ({"promotions": [{**SUMMER, "percent": "1e1"}]}, "/promotions/0/percent"),
        ({"promotions": [{**SUMMER, "percent": "10\n"}]}, "/promotions/0/percent"),
        ({"promotions": [{**SUMMER, "max_quantity": 0}]}, "/promotions/0/max_quantity"),
        ({"promotions": [{**SUMMER, "priority": 10**7}]}, "/promotions/0/priority"),
        ({"promotions": [{**SUMMER, "buy": 0}]}, "/promotions/0/buy"),
        ({"promotions": [{**SUMMER, "get": 1_001}]}, "/promotions/0/get"),
        ({"promotions": [{**SUMMER, "min_subtotal": 10**13}]}, "/promotions/0/min_subtotal"),
        ({"promotions": [{**SUMMER, "min_quantity": -1}]}, "/promotions/0/min_quantity"),
        ({"promotions": [{**SUMMER, "exclusive": "yes"}]}, "/promotions/0/exclusive"),
        ({"promotions": [{**SUMMER, "refs": ["a"] * 201}]}, "/promotions/0/refs"),
        ({"shipping": {"price": 500}}, "/shipping/tax_rate"),
    ],
)
async def test_another_shape_is_refused_where_it_differs(
    staff: AsyncClient, facts: dict[str, Any], pointer: str
) -> None:
    answer = await staff.post(ADDRESS, json=asking(**facts))

    assert refusal(answer) == (400, "invalid-request", pointer)


def offer(kind: str, **facts: object) -> dict[str, Any]:
    return {"promotions": [SUMMER, {"name": "other", "kind": kind, **facts}]}


@pytest.mark.parametrize(
    ("facts", "problem", "pointer"),
    [
        ({"currency": "ZZZ"}, "no-such-currency", "/currency"),
        ({"lines": [{**MUG, "tax_rate": "60+40.0001"}]}, "tax-rate-too-high", "/lines/0/tax_rate"),
        (
            {"shipping": {"price": 1, "tax_rate": "60+50", "prices_include_tax": False}},
            "tax-rate-too-high",
            "/shipping/tax_rate",
        ),
        (offer("order_percent"), "promotion-incomplete", "/promotions/1/percent"),
        (offer("item_percent"), "promotion-incomplete", "/promotions/1/percent"),
        (offer("shipping_percent"), "promotion-incomplete", "/promotions/1/percent"),
        (offer("order_fixed"), "promotion-incomplete", "/promotions/1/amount"),
        (offer("item_fixed"), "promotion-incomplete", "/promotions/1/amount"),
        (offer("shipping_fixed"), "promotion-incomplete", "/promotions/1/amount"),
        (offer("cheapest_unit"), "promotion-incomplete", "/promotions/1/percent"),
        (offer("buy_x_get_y", get=1), "promotion-incomplete", "/promotions/1/buy"),
        (offer("buy_x_get_y", buy=1), "promotion-incomplete", "/promotions/1/get"),
        (offer("order_fixed", amount=1, percent="1"), "promotion-unclear", "/promotions/1/percent"),
        (
            offer("order_percent", amount=1, percent="1"),
            "promotion-unclear",
            "/promotions/1/amount",
        ),
        (
            offer("cheapest_unit", amount=1, percent="1"),
            "promotion-unclear",
            "/promotions/1/amount",
        ),
        (offer("buy_x_get_y", buy=1, get=1, amount=1), "promotion-unclear", "/promotions/1/amount"),
        (offer("item_fixed", amount=1, buy=1), "promotion-unclear", "/promotions/1/buy"),
    ],
)
async def test_a_promotion_without_what_its_kind_needs_is_refused(
    staff: AsyncClient, facts: dict[str, Any], problem: str, pointer: str
) -> None:
    answer = await staff.post(ADDRESS, json=asking(**facts))

    assert refusal(answer) == (422, problem, pointer)


async def test_the_largest_request_there_is_gets_its_answer(staff: AsyncClient) -> None:
    lines = [{**MUG, "unit_price": 10**12, "quantity": 9_999, "tax_rate": "50+50"}] * 200
    offers = [{"name": "pairs", "kind": "buy_x_get_y", "buy": 1, "get": 1, "percent": "0.0001"}]
    fixed = {"name": "fixed", "kind": "order_fixed", "amount": 10**12}
    asked = asking(lines=lines, promotions=[*offers * 50, *[fixed] * 50], rounding="document")

    answer = await staff.post(ADDRESS, json=asked)

    told = answer.json()
    assert answer.status_code == 200
    assert told["total"] == told["subtotal"] - told["discount"]
    assert told["total"] == sum(step["amount"] for step in told["explanation"])


@pytest.mark.parametrize(
    ("role", "status"), [(Role.EDITOR, 200), (Role.SUPPORT, 200), (Role.WAREHOUSE, 403)]
)
async def test_who_may_read_prices_may_try_them(shop: ASGIApp, role: Role, status: int) -> None:
    async with await a_program(shop, role) as program:
        assert (await program.post(ADDRESS, json=asking())).status_code == status
