"""Two applications in one process: each answers with what it holds itself."""

from httpx import AsyncClient
from support.background import ask
from support.people import a_browser
from support.products import a_product

from trastienda.application import Application


async def test_two_shops_in_one_process_do_not_meet(
    shop: Application, staff: AsyncClient, empty_shop: Application
) -> None:
    product = await a_product(staff)
    page = f"/v1/products/{product['slug']}"
    answers = [(await a_browser(it).get(page)).status_code for it in (shop, empty_shop, shop)]

    assert answers == [200, 404, 200]
    assert await ask("SELECT count(*) FROM products") == [(0,)]  # we are in the one opened last
    with shop.process.in_use():
        assert await ask("SELECT 1 FROM products WHERE slug = %s", product["slug"]) == [(1,)]
    assert await ask("SELECT count(*) FROM products") == [(0,)]
