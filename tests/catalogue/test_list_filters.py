"""Lists narrowed by options, attributes and stock, and how many products each value leaves."""

from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from support.pages.readers import a_visitor, read, words
from support.products import a_product, a_sku
from support.refusals import refusal

from trastienda.application import Application

LIST, COUNTS = "/v1/products", "/v1/product-filters"


@pytest.fixture
async def shelf(staff: AsyncClient) -> str:
    """Put on sale blue mugs of two materials, and a white one that is sold out."""
    word = f"shelf{uuid4().hex}"
    for colour, material, stock in (
        ("Blue", "clay", 3),
        ("Blue", "steel", 3),
        ("White", "clay", 0),
    ):
        variant: dict[str, Any] = {
            "sku": a_sku(),
            "prices": {"EUR": 1_000},
            "stock": stock,
            "options": {"Colour": colour},
        }
        await a_product(
            staff,
            name=f"{word} {colour} {material}",
            options=[{"name": "Colour", "values": ["Blue", "White"]}],
            attributes={"Material": material, "Odd=name": "x"},
            variants=[variant],
        )
    return word


async def counted(buyer: AsyncClient, **query: Any) -> dict[str, int]:  # noqa: ANN401
    answer = await buyer.get(COUNTS, params=query)
    assert answer.status_code == 200, answer.text
    groups = answer.json()["groups"]
    found = {it["filter"]: it["count"] for group in groups for it in group["values"]}
    return {"in stock": answer.json()["in_stock"], **found}


async def names(buyer: AsyncClient, **query: Any) -> list[str]:  # noqa: ANN401
    answer = await buyer.get(LIST, params=query)
    assert answer.status_code == 200, answer.text
    return sorted(it["name"].partition(" ")[2] for it in answer.json()["items"])


async def test_a_list_has_the_values_of_one_name_and_of_each_name(
    buyer: AsyncClient, shelf: str
) -> None:
    assert await names(buyer, q=shelf, filter="Colour=Blue") == ["Blue clay", "Blue steel"]
    both = ["Colour=Blue", "Colour=White"]
    assert len(await names(buyer, q=shelf, filter=both)) == 3
    assert await names(buyer, q=shelf, filter=[*both, "Material=steel"]) == ["Blue steel"]
    assert await names(buyer, q=shelf, filter="Colour=White", in_stock=True) == []
    assert await names(buyer, q=shelf, filter="Colour=Red") == []
    assert len(await names(buyer, q=shelf, in_stock=False)) == 3


async def test_a_value_is_counted_by_the_filters_of_the_other_names(
    buyer: AsyncClient, shelf: str
) -> None:
    everything = await counted(buyer, q=shelf)
    blue = await counted(buyer, q=shelf, filter="Colour=Blue")
    stocked = await counted(buyer, q=shelf, in_stock=True)
    unknown = await counted(buyer, q=shelf, filter="Material=gold")

    values = {"Colour=Blue": 2, "Colour=White": 1, "Material=clay": 2, "Material=steel": 1}
    assert everything == {"in stock": 2, **values}
    assert blue == {"in stock": 2, **values, "Material=clay": 1}
    assert stocked == {"in stock": 2, "Material=clay": 1, "Material=steel": 1}
    assert unknown == {
        "in stock": 0,
        "Material=gold": 0,
        **{it: number for it, number in values.items() if it.startswith("Material")},
    }


async def test_a_change_of_a_product_changes_what_it_is_found_by(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    word = f"change{uuid4().hex}"
    product = await a_product(staff, name=f"{word} x", attributes={"Material": "clay"})

    before = await names(buyer, q=word, filter="Material=clay")
    await staff.patch(
        f"/v1/admin/products/{product['id']}", json={"attributes": {"Material": "wood"}}
    )

    assert before == ["x"]
    assert await names(buyer, q=word, filter="Material=clay") == []
    assert await names(buyer, q=word, filter="Material=wood") == ["x"]


async def test_pages_of_a_narrowed_list_follow_each_other_and_belong_to_it(
    buyer: AsyncClient, shelf: str
) -> None:
    first = (await buyer.get(LIST, params={"q": shelf, "filter": "Colour=Blue", "limit": 1})).json()
    query = {"q": shelf, "limit": 1, "cursor": first["next_cursor"]}

    second = (await buyer.get(LIST, params={**query, "filter": "Colour=Blue"})).json()
    other = await buyer.get(LIST, params={**query, "filter": "Colour=White"})

    assert {first["items"][0]["id"], second["items"][0]["id"]}.__len__() == 2
    assert second["next_cursor"] is None
    assert refusal(other)[0] == 400


@pytest.mark.parametrize("wrong", [["Colour"], ["=Blue"], [f"N{it}=x" for it in range(9)]])
async def test_what_is_no_filter_is_refused(buyer: AsyncClient, wrong: list[str]) -> None:
    assert refusal(await buyer.get(LIST, params={"filter": wrong}))[0] == 400
    assert refusal(await buyer.get(COUNTS, params={"filter": wrong}))[0] == 400


async def test_the_page_of_a_list_has_its_filters_with_counts(
    shop: Application, shelf: str
) -> None:
    visitor = a_visitor(shop)
    query = {"q": shelf, "filter": ["Colour=Blue", "nonsense<b>"], "in_stock": "true"}

    page = await visitor.get("/products", params={**query, "filter": "Colour=Blue"})
    broken = await visitor.get("/products", params=query)

    fields = next(
        it for it in read(page).forms if it.action == "/products" and it.fields[1:]
    ).fields
    assert ("filter", "Colour=Blue") in fields
    assert ("in_stock", "true") in fields
    assert "Blue Products: 2" in words(page)
    assert "White Products: 0" in words(page) or "White" not in words(page)
    assert "Colour: Blue" in words(page)
    assert "noindex" in page.text
    assert broken.status_code == 200
    assert "<b>" not in broken.text.partition('id="results"')[2].partition("card")[0]
