"""Products into a file, and back without a change."""

from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.imports.files import ALL, checked, imported, numbers, problems, rows_of
from support.people import a_browser, a_program
from support.products import a_product, a_sku
from support.refusals import refusal

FILE = "/v1/admin/products.csv"


async def of(staff: AsyncClient, *products: dict[str, Any]) -> list[dict[str, str]]:
    """Export products, each found by a SKU."""
    files = [await staff.get(FILE, params={"q": it["variants"][0]["sku"]}) for it in products]
    return [row for it in files for row in rows_of(it)]


async def a_rich_product(staff: AsyncClient, *categories: str) -> dict[str, Any]:
    """Make a product that has something in every column."""
    options = [{"name": "=Colour", "values": ["Blue", "'-Red"]}, {"name": "Size", "values": ["S"]}]
    spanish = [{"name": "Color", "values": ["Azul", "Rojo"]}, {"name": "Talla", "values": ["P"]}]
    both = {"compare_at_prices": {"EUR": 1500}, "cost_prices": {"EUR": 700}, "length_mm": 90}
    one = {"weight_grams": 300, "name": "@first", "translations": {"es": "Primera"}, "stock": 4}
    return await a_product(
        staff,
        name="+Mug; big",
        description='Holds "tea",\nand coffee. ñ',
        categories=categories,
        options=options,
        published=False,
        translations={"es": {"name": "=Taza", "description": "Té.", "options": spanish}},
        variants=[
            {
                "sku": a_sku(),
                "options": {"=Colour": colour, "Size": "S"},
                "prices": {"EUR": 1250, "JPY": 2000, "KWD": 1234},
                **more,
            }
            for colour, more in (("Blue", {**both, **one}), ("'-Red", {}))
        ],
    )


async def test_what_was_exported_changes_nothing_when_it_is_imported(staff: AsyncClient) -> None:
    category = {"slug": f"cups-{uuid4().hex}", "name": "Cups"}
    await staff.post("/v1/admin/categories", json=category)
    rich, plain = await a_rich_product(staff, category["slug"]), await a_product(staff)
    card = await a_product(
        staff, gift_card=True, variants=[{"sku": a_sku(), "prices": {"EUR": 2500}}]
    )
    products = [rich, plain, card]
    rows = await of(staff, *products)
    done = await imported(staff, rows)
    after = [(await staff.get(f"/v1/admin/products/{it['id']}")).json() for it in products]

    assert len(rows) == 4
    assert await problems(staff, done) == []
    assert numbers(done) == (0, 0, 4, 0)
    assert done["ignored_columns"] == []
    assert after == products


async def test_no_cell_is_a_formula_and_amounts_are_people_s(staff: AsyncClient) -> None:
    product = await a_rich_product(staff)
    first, second = await of(staff, product)

    assert {text[:1] for row in (first, second) for text in row.values()}.isdisjoint("=+-@\t\r")
    assert (first["name"], first["name_es"], first["variant_name"]) == (
        "'+Mug; big",
        "'=Taza",
        "'@first",
    )
    assert second["option_1_value"] == "''-Red"
    assert (first["price_EUR"], first["price_JPY"], first["price_KWD"]) == (
        "12.50",
        "2000",
        "1.234",
    )
    assert (first["stock_main"], first["old_stock_main"], second["stock_main"]) == ("4", "4", "")
    assert (second["name"], second["slug"]) == ("", product["slug"])


async def test_an_edited_export_changes_what_was_edited(staff: AsyncClient) -> None:
    product = await a_rich_product(staff)
    first, second = await of(staff, product)
    first |= {"option_1_name": "Colour", "price_EUR": "13.00", "compare_at_price_EUR": "[empty]"}
    second |= {"option_1_value": "Green", "option_1_value_es": "Verde", "stock_main": "2"}
    third = {
        **second,
        "sku": a_sku(),
        "option_1_value": "White",
        "option_1_value_es": "",
        "stock_main": "",
    }
    done = await imported(staff, [first, second, third])
    after = (await staff.get(f"/v1/admin/products/{product['id']}")).json()

    assert await problems(staff, done) == []
    assert numbers(done) == (1, 2, 0, 0)
    assert after["texts"]["en"]["options"][0] == {
        "name": "Colour",
        "values": ["Blue", "Green", "White"],
    }
    assert after["texts"]["es"]["options"][0] == {
        "name": "Color",
        "values": ["Azul", "Verde", "White"],
    }
    spanish = {"sku": first["sku"], "option_1_value_es": "Marino", "option_2_name_es": "Tamaño"}
    renamed = await imported(staff, [spanish])
    options = (await staff.get(f"/v1/admin/products/{product['id']}")).json()["texts"]["es"]

    assert numbers(renamed) == (0, 1, 0, 0)
    assert options["options"] == [
        {"name": "Color", "values": ["Marino", "Verde", "White"]},
        {"name": "Tamaño", "values": ["P"]},
    ]
    assert [it["options"]["Colour"] for it in after["variants"]] == ["Blue", "Green", "White"]
    assert after["variants"][0]["prices"]["EUR"] == 1300
    assert after["variants"][0]["compare_at_prices"] == {}
    assert [it["on_hand"] for it in after["variants"]] == [4, 2, 0]


async def test_shopify_s_own_columns_are_understood(staff: AsyncClient) -> None:
    sku = a_sku()
    row = {
        "Handle": f"shopify-{uuid4().hex}",
        "Title": "Mug",
        "Vendor": "Somebody",
        "Option1 Name": "Title",
        "Option1 Value": "Default Title",
        "Variant SKU": sku,
        "Variant Grams": "300",
        "Variant Price": "12.50",
        "Published": "TRUE",
    }
    picture = {"Handle": row["Handle"], "Image Src": "https://cdn.example/mug.jpg"}
    done = await imported(staff, [row, picture])
    again = await checked(staff, [row, picture, {**row, "Variant SKU": ""}])

    assert (numbers(done), await problems(staff, done)) == ((1, 0, 1, 0), [])
    assert done["ignored_columns"] == ["Vendor", "Image Src"]
    assert await problems(staff, again) == [(4, "sku", "sku-repeated")]
    assert done["columns"][0] == "slug"


async def test_who_may_read_products_may_export_them(shop: ASGIApp) -> None:
    reader = await a_program(shop, None, "catalogue.read")
    stranger = await a_program(shop, None, "orders.read")

    nothing = await reader.get(FILE, params={"q": uuid4().hex})

    assert (rows_of(nothing), nothing.headers["content-disposition"]) == (
        [],
        'attachment; filename="products.csv"',
    )
    assert refusal(await stranger.get(FILE))[:2] == (403, "not-allowed")
    assert (await a_browser(shop).get(ALL)).status_code == 401
