"""The demonstration shop: set up once, whole, and never over anybody's own."""

from collections.abc import AsyncIterator
from itertools import product as pairs
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.applications import an_empty_shop
from support.background import relay_all
from support.events.readers import everything as all_told
from support.events.readers import retold, tells_all_that_is_listed
from support.people import a_browser, a_program, log_in, visitor
from support.products import a_product

from trastienda.database.db import reading
from trastienda.database.models.accounts.user import Role
from trastienda.demo import login
from trastienda.demo import shop as demonstration
from trastienda.demo.content import Currency, catalogue
from trastienda.postgres import embedded
from trastienda.services.channels import channels

pytestmark = pytest.mark.xdist_group("demonstration")

SHOP = catalogue()
EVERYWHERE: list[tuple[str, Currency]] = list(pairs(("en", "es"), ("EUR", "USD", "JPY")))
TABLES = (
    "events",
    "products",
    "variants",
    "stock",
    "stock_movements",
    "cards",
    "users",
    "shipping_prices",
)


async def opened(data: Path) -> list[str]:
    """Offer the demonstration, as the start with `--demo` does; return what the user hears."""
    heard: list[str] = []
    await demonstration.load(data, heard.append)
    async with reading() as session:
        await channels.refresh(session)  # the workers start after it
    return heard


@pytest.fixture(scope="module")
async def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
async def demo(
    server: embedded.Embedded,
    shop: ASGIApp,
    demo_data: Path,
) -> AsyncIterator[ASGIApp]:
    """Set up the demonstration once, for the tests that leave it as it is."""
    async with an_empty_shop(server, demo_data) as app:
        assert await opened(demo_data) == ["The demonstration shop is set up."]
        yield app


async def everything() -> dict[str, list[tuple[Any, ...]]]:
    async with reading() as session:
        return {
            it: await (
                await session.driver.execute(f"SELECT {it} FROM {it} ORDER BY {it}::text")  # noqa: S608
            ).fetchall()
            for it in TABLES
        }


async def pages(browser: AsyncClient, query: str) -> list[dict[str, Any]]:
    answers = [await browser.get(f"/v1/products/{it.slug}?{query}") for it in SHOP.products]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.json() for answer in answers]


async def test_every_product_is_sold_in_both_languages_and_all_currencies(demo: ASGIApp) -> None:
    async with a_browser(demo) as browser:
        for locale, currency in EVERYWHERE:
            query = f"locale={locale}&currency={currency}"
            for page, told in zip(await pages(browser, query), SHOP.products, strict=True):
                assert page["name"] == getattr(told.name, locale)
                prices = [variant["price"] for variant in page["variants"]]
                assert prices == [variant.prices[currency] for variant in told.variants]
                assert len(page["attributes"]) == len(told.attributes)
            first = (await browser.get(f"/v1/products?limit=1&{query}")).json()["items"]
            assert first[0]["slug"] == SHOP.products[0].slug
        mug = (await browser.get("/v1/products/mug?locale=es&currency=EUR")).json()
        blue = next(variant for variant in mug["variants"] if variant["sku"] == "MUG-BLUE")
        assert (blue["price"], blue["options"]) == (1250, {"Color": "Azul"})
        tree = (await browser.get("/v1/categories?locale=es")).json()["items"]
        names = [(it["name"], len(it["children"])) for it in tree]
        assert names == [("Cocina", 3), ("Hogar", 1), ("Papelería", 0), ("Jardín", 0)]


@pytest.mark.once
async def test_every_picture_is_served(demo: ASGIApp) -> None:
    async with a_browser(demo) as browser:
        shown = await pages(browser, "locale=en")
        urls = {picture["url"] for page in shown for picture in page["media"]}
        cards = (await browser.get("/v1/products?limit=100")).json()["items"]
        urls |= {card["thumbnail"] for card in cards}
        assert len(urls) > 120
        for url in urls:
            answer = await browser.get(url)
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "image/webp"
            assert answer.content[8:12] == b"WEBP"


async def test_every_variant_in_a_cart_has_its_own_picture_and_can_be_sent(demo: ASGIApp) -> None:
    async with a_browser(demo) as browser:
        lines = [{"sku": "MUG-BLUE", "quantity": 1}]
        cart = (await browser.post("/v1/carts", json={"currency": "JPY", "lines": lines})).json()
        assert cart["lines"][0]["thumbnail"] == "/media/demo/thumbnails/mug-blue.webp"
        path = f"/v1/carts/{cart['id']}/shipping-options?locale=es"
        options = (await browser.get(path)).json()["items"]
        assert [(it["name"], it["price"]) for it in options] == [
            ("Estándar", 800),
            ("Urgente, mañana", 1600),
            ("Recogida en la tienda", 0),
        ]


async def test_the_owner_logs_in_with_what_the_start_tells(demo: ASGIApp, demo_data: Path) -> None:
    email, password = login.demonstration_login(demo_data)

    async with a_browser(demo) as browser:
        assert (await log_in(browser, email, password)).status_code == 200
        known = await visitor(browser)
        assert known is not None
        assert known["roles"] == ["owner"]


async def test_who_reads_all_events_knows_everything_that_staff_see(demo: ASGIApp) -> None:
    await relay_all()
    async with await a_program(demo, Role.OWNER) as staff:
        told = await retold(staff)
        await tells_all_that_is_listed(staff, told)
        assert len(told["product"]) == len(SHOP.products)
        for id_, product in told["product"].items():
            assert product == (await staff.get(f"/v1/admin/products/{id_}")).json()
        assert [*told["channel"].values()] == [(await staff.get("/v1/admin/channel")).json()]
        events = await all_told(staff)

    made = [it for it in events if it["aggregate"] != "api_key"]
    assert {it["actor"]["type"] for it in made} == {"system"}


async def test_a_second_start_changes_nothing(demo: ASGIApp, demo_data: Path) -> None:
    del demo
    before = await everything()

    assert await opened(demo_data) == []
    assert await everything() == before


async def test_another_machine_at_the_same_database_makes_no_second_owner(
    demo: ASGIApp, demo_data: Path
) -> None:
    del demo
    before = await everything()
    elsewhere = demo_data / "elsewhere"
    elsewhere.mkdir()

    assert len(await opened(elsewhere)) == 1
    assert await everything() == before
    assert list(elsewhere.iterdir()) == []


async def test_a_shop_with_a_product_of_its_own_is_left_alone(
    empty_shop: ASGIApp, tmp_path: Path
) -> None:
    async with await a_program(empty_shop, Role.OWNER) as staff:
        await a_product(staff)
        before = await everything()

        heard = await opened(tmp_path)
        assert heard == ["The shop has goods of its own already: the demonstration is left out."]
        assert await everything() == before
        assert not login.login_file(tmp_path).exists()


async def test_a_picture_may_be_kept_for_an_hour_and_is_then_asked_for_again(
    buyer: AsyncClient,
) -> None:
    first = await buyer.get("/media/demo/mug-blue.webp")
    again = await buyer.get(
        "/media/demo/mug-blue.webp", headers={"If-None-Match": first.headers["etag"]}
    )
    head = await buyer.head("/media/demo/mug-blue.webp")

    assert first.headers["cache-control"] == "public, max-age=3600"
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == first.headers["content-length"]


@pytest.mark.parametrize(
    "path",
    [
        "no-such.webp",
        "thumbnails/no-such.webp",
        "thumbnails",
        "../content.py",
        "..%2Fcontent.py",
        "%2e%2e/content.py",
        "..%5Ccontent.py",
        "thumbnails/..%2F..%2Fcontent.py",
        "%2Fetc%2Fpasswd",
        ".",
        "..",
        "mug-blue.webp%00",
    ],
)
async def test_nothing_but_pictures_is_served(buyer: AsyncClient, path: str) -> None:
    answer = await buyer.get(f"/media/demo/{path}")

    assert answer.status_code in {400, 404}
    assert answer.headers["content-type"] == "application/problem+json"
