"""What pages cost: statements that do not grow with what they show, few bytes, nothing twice."""

from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import change
from support.pages.desks import a_desk
from support.pages.readers import a_customer_at_pages, a_visitor, words
from support.products import (
    a_cart_to_order,
    a_product,
    a_sku_for_sale,
    check_out,
    in_colours,
    many_variants,
)
from support.sales import a_sale
from support.statements import without_frames

from trastienda.handlers.pages.kept import Kept

MOST = 60_000  # bytes of a page
FRAME = 13_000  # bytes of a page of the admin that has nothing in it yet
MANY_CATEGORIES = """
    WITH made AS (
        INSERT INTO categories (id, slug, position, version)
        SELECT gen_random_uuid(), %s || number, number, 1 FROM generate_series(1, 200) AS number
        RETURNING id
    )
    INSERT INTO category_texts (category_id, locale, name, sort_key)
    SELECT id, locale, 'Cups and saucers', 'cups' FROM made, unnest(ARRAY['en', 'es']) AS locale
"""
COUNTS = "unnest(filters)"
"""In the statement that counts by filters, whose answer is used again for some seconds."""


async def _asked(
    browser: AsyncClient, statements: list[str], address: str, most: int = MOST
) -> int:
    """Return how many statements a page takes, once whatever is read once has been read."""
    for _ in range(2):
        statements.clear()
        page = await browser.get(address)
        assert (page.status_code, len(page.content) < most) == (200, True), address
    return len([it for it in without_frames(statements) if COUNTS not in it])


async def _order(staff: AsyncClient, buyer: AsyncClient, lines: int) -> str:
    skus = [await a_sku_for_sale(staff) for _ in range(lines)]
    cart = await a_cart_to_order(buyer, **dict.fromkeys(skus, 1))
    order = await check_out(buyer, cart["id"])
    assert order.status_code == 201, order.text
    return str(order.json()["id"])


async def test_statements_do_not_grow_with_what_a_page_shows(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    visitor, desk, slug = a_visitor(shop), await a_desk(shop), f"shelf-{uuid4().hex}"
    any_size = 100 * MOST  # other tests have left categories and pictures to choose from
    await staff.post("/v1/admin/categories", json={"slug": slug, "name": "Shelf"})
    single = await a_product(staff, categories=[slug], name=slug)
    lists = {
        f"/categories/{slug}": visitor,
        f"/products?q={slug}": visitor,
        f"/admin/products?q={slug}": desk,
        f"/admin/search?q={slug}": desk,
    }

    few = {it: await _asked(browser, statements, it) for it, browser in lists.items()}
    several = await many_variants(staff, 3)
    for _ in range(3):
        await a_product(staff, categories=[slug], name=slug)
    many = {it: await _asked(browser, statements, it) for it, browser in lists.items()}
    small, large = await _order(staff, buyer, 1), await _order(staff, buyer, 3)
    of_one = [
        [
            await _asked(visitor, statements, f"/products/{product['slug']}"),
            await _asked(desk, statements, f"/admin/products/{product['id']}", any_size),
            await _asked(desk, statements, f"/admin/orders/{order}"),
            await _asked(desk, statements, f"/admin/orders/{order}/refund"),
        ]
        for product, order in ((single, small), (several, large))
    ]

    assert many == few
    assert few[f"/categories/{slug}"] == 2
    assert of_one[0] == of_one[1]


async def test_two_hundred_categories_are_a_small_page(shop: ASGIApp) -> None:
    desk, mark = await a_desk(shop), f"cups-{uuid4().hex[:8]}"

    before = await desk.get("/admin/categories")
    await change(MANY_CATEGORIES, f"{mark}-")
    after = await desk.get("/admin/categories")
    await change("DELETE FROM categories WHERE starts_with(slug, %s)", mark)

    assert after.text.count(f"<code>{mark}-") == 200
    assert len(after.content) - len(before.content) < MOST - FRAME


async def test_a_product_with_many_variants_is_a_small_page(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    """In two languages and two currencies; the rest of each variant stands on its own page."""
    desk, sizes = await a_desk(shop), []
    for count in (4, 16):
        product = await in_colours(staff, *(f"Colour {it}" for it in range(count)))
        variants = [
            {"sku": it["sku"], "prices": {"EUR": 1_250, "USD": 1_350}} for it in product["variants"]
        ]
        await staff.patch(f"/v1/admin/products/{product['id']}", json={"variants": variants})
        page = await desk.get(f"/admin/products/{product['id']}")
        assert f'name="variants/{count - 1}/prices/USD" value="13.50"' in page.text
        sizes.append(len(page.content))

    assert sizes[1] - sizes[0] < 12 * 1_600  # besides, a page has some 20,000


async def test_the_lists_of_the_admin_keep_to_a_few_statements(
    shop: ASGIApp, statements: list[str]
) -> None:
    desk = await a_desk(shop)
    pages = [
        f"/admin{it}"
        for it in ("", "/orders", "/products", "/stock", "/customers", "/reports", "/mail", "/jobs")
    ]

    any_size = 100 * MOST  # they show what other tests have left
    asked = {it: await _asked(desk, statements, it, any_size) for it in pages}

    assert {it: count for it, count in asked.items() if count > 5} == {}


async def test_a_list_shows_at_once_what_has_changed(staff: AsyncClient, shop: ASGIApp) -> None:
    visitor, name = a_visitor(shop), f"Vase {uuid4().hex}"
    product = await a_product(staff, name=name, price=1_000)
    address = f"/products?q={name}"

    before = [words(await visitor.get(address)) for _ in range(2)]
    await a_sale(product)
    after = words(await visitor.get(address))
    spanish = words(await a_visitor(shop, **{"Accept-Language": "es"}).get(address))

    assert before[0] == before[1]
    assert ("€10.00" in before[0], "€8.00 before €10.00" in after) == (True, True)
    assert "8,00 €" in spanish


def test_the_oldest_page_makes_room() -> None:
    kept = Kept[str](2)

    for name in ("home", "list", "category"):
        kept.keep(name, name.upper())

    assert [kept.get(it) for it in ("home", "list", "category")] == [None, "LIST", "CATEGORY"]


async def test_a_page_that_belongs_to_one_visitor_is_neither_kept_nor_compressed(
    staff: AsyncClient, shop: ASGIApp
) -> None:
    product = await a_product(staff)
    visitor, customer = a_visitor(shop), await a_customer_at_pages(shop)

    for address in ("/", "/products", f"/products/{product['slug']}"):
        packed = await visitor.get(address)
        plain = await visitor.get(address, headers={"accept-encoding": "identity"})
        own = await customer.get(address)

        assert packed.headers["content-encoding"] == "gzip"
        assert packed.headers["vary"] == "Accept-Encoding"
        assert "content-encoding" not in plain.headers
        assert 'action="/logout"' not in packed.text
        assert ("content-encoding" in own.headers, 'action="/logout"' in own.text) == (False, True)


async def test_a_long_report_shows_its_first_rows(shop: ASGIApp, staff: AsyncClient) -> None:
    await many_variants(staff, 11)
    product = await many_variants(staff, 11)
    for variant in product["variants"]:
        movement = {"reason": "received", "quantity": 1}
        await staff.post(f"/v1/admin/stock/{variant['sku']}/movements", json=movement)

    page = await (await a_desk(shop)).get("/admin/reports?kind=stock")

    assert page.text.count('data-label="SKU"') == 100
    assert "These are the first 100 of" in words(page)
