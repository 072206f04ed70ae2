"""Home, lists and products as pages."""

import json
import re
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.pages.readers import a_visitor, read, words
from support.products import a_product, a_sku
from support.sales import a_sale


@pytest.fixture
async def visitor(shop: ASGIApp) -> AsyncClient:
    return a_visitor(shop)


async def test_home_shows_what_is_new(staff: AsyncClient, visitor: AsyncClient) -> None:
    name = f"Mug {uuid4().hex}"
    product = await a_product(staff, name=name, price=1_250)

    page = await visitor.get("/?utm_source=a-mail")

    assert page.status_code == 200
    assert name in words(page)
    assert f'href="/products/{product["slug"]}"' in page.text
    assert page.headers["cache-control"] == "private, no-cache"
    assert page.headers["referrer-policy"] == "same-origin"
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]


async def test_a_list_is_searched_filtered_and_paged(
    staff: AsyncClient, visitor: AsyncClient
) -> None:
    word = uuid4().hex
    for price in (1_000, 2_000, 3_000):
        await a_product(staff, name=f"Vase {word} {price}", price=price)

    cheap = await visitor.get(
        "/products", params={"q": word, "max_price": "20.00", "sort": "price"}
    )
    wrong = await visitor.get("/products", params={"q": word, "min_price": "much"})
    broken = await visitor.get("/products", params={"q": word, "cursor": "made-up", "sort": "odd"})

    assert re.findall(rf"Vase {word} (\d+)", words(cheap)) == ["1000", "2000"]
    assert f"“{word}”" in words(cheap)
    assert len(re.findall(rf"Vase {word} (\d+)", words(wrong))) == 3
    assert "much: This is not an amount of money" in words(wrong)
    assert len(re.findall(rf"Vase {word} (\d+)", words(broken))) == 3


async def test_the_pages_of_a_category_follow_each_other(
    staff: AsyncClient, visitor: AsyncClient
) -> None:
    slug = f"shelf-{uuid4().hex}"
    await staff.post("/v1/admin/categories", json={"slug": slug, "name": "Shelf"})
    for _ in range(25):
        await a_product(staff, categories=[slug])

    first = await visitor.get(f"/categories/{slug}")
    following = re.search(r'href="([^"]+)" rel="next"', first.text)
    assert following
    second = await visitor.get(following[1].replace("&amp;", "&"))

    assert (first.text.count('class="card"'), second.text.count('class="card"')) == (24, 1)
    assert 'rel="next"' not in second.text
    assert f'href="/categories/{slug}" rel="first"' in second.text


async def test_a_product_shows_the_variant_that_is_chosen(
    staff: AsyncClient, visitor: AsyncClient
) -> None:
    variants = [
        {"sku": a_sku(), "prices": {"EUR": price}, "options": {"Colour": colour}, "stock": stock}
        for colour, price, stock in (("red", 1_000, 0), ("blue", 1_200, 3))
    ]
    options = [{"name": "Colour", "values": ["red", "blue"]}]
    product = await a_product(staff, options=options, variants=variants, name="Two <b>mugs</b>")

    at_first = await visitor.get(f"/products/{product['slug']}")
    chosen = await visitor.get(f"/products/{product['slug']}", params={"option-0": "red"})
    none = await visitor.get(f"/products/{product['slug']}", params={"option-0": "green"})

    assert ("€12.00" in words(at_first), "Only 3 left" in words(at_first)) == (True, True)
    assert ("€10.00" in words(chosen), "Sold out" in words(chosen)) == (True, True)
    assert ">Add to cart<" not in chosen.text
    assert "There is no variant with these options" in words(none)
    assert "<b>mugs" not in at_first.text


async def test_a_product_on_sale_names_the_lowest_price_of_30_days(
    staff: AsyncClient, visitor: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    await a_sale(product)

    page = await visitor.get(f"/products/{product['slug']}")

    assert "€8.00 before €10.00" in words(page)
    assert "Lowest price of the last 30 days: €10.00" in words(page)


async def test_search_engines_read_products(staff: AsyncClient, visitor: AsyncClient) -> None:
    product = await a_product(staff, price=1_250, name="Mug </script><script>alert(1)</script>")
    address = f"https://localhost:8443/products/{product['slug']}"

    page = await visitor.get(f"/products/{product['slug']}?utm_source=x")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    assert found
    data = json.loads(found[1])
    sitemap = await visitor.get("/sitemap.xml")
    robots = await visitor.get("/robots.txt")

    assert data["name"] == "Mug </script><script>alert(1)</script>"
    assert data["offers"][0] | {"sku": ""} == {
        "@type": "Offer",
        "sku": "",
        "price": "12.50",
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
        "url": address,
    }
    assert f'<link rel="canonical" href="{address}">' in page.text
    assert f'hreflang="es" href="{address}?locale=es"' in page.text
    assert f"<loc>{address}</loc>" in sitemap.text
    assert "Disallow: /cart" in robots.text
    assert "Sitemap: https://localhost:8443/sitemap.xml" in robots.text


async def test_a_language_that_is_chosen_is_kept(visitor: AsyncClient) -> None:
    spanish = await visitor.get("/?locale=es")
    kept = await visitor.get("/cart")
    back = await visitor.get("/cart?locale=en")

    assert 'lang="es"' in spanish.text
    assert "Su carrito está vacío." in words(kept)
    assert "There is nothing in your cart yet." in words(back)


async def test_what_is_not_there_is_a_page_with_a_search(visitor: AsyncClient) -> None:
    pages = [
        await visitor.get(f"/{path}")
        for path in ("nothing", "products/nothing", "categories/nothing")
    ]
    program = await visitor.get("/nothing", headers={"accept": "*/*"})
    api = await visitor.get("/v1/nothing")

    for page in pages:
        assert page.status_code == 404
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert [form.action for form in read(page).forms] == ["/products"]
        assert page.headers["x-request-id"] in page.text
    for problem in (program, api):
        assert problem.headers["content-type"] == "application/problem+json"
