"""A generated catalogue: the same again each time, whole, and beside what was there."""

import os
from collections.abc import Iterator
from itertools import product as pairs
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import relay_all
from support.events.readers import retold, tells_all_that_is_listed
from support.people import a_browser, a_program
from support.processes.command_lines import typed
from support.products import a_product

from trastienda.commands.seed import fill
from trastienda.database.db import reading
from trastienda.database.models.accounts.user import Role
from trastienda.database.models.shared.text import Locale
from trastienda.demo.content import catalogue
from trastienda.demo.generated.loading import SeedTaken
from trastienda.demo.generated.products import NAMES, ProductGenerator
from trastienda.postgres import embedded
from trastienda.services.channels import channels

GENERATOR = ProductGenerator(1)
EVERYWHERE = list(pairs(("en", "es"), ("EUR", "USD", "JPY")))


async def filled(products: int) -> int:
    added = await fill(products, GENERATOR, lambda _: None, chunk=100)
    async with reading() as session:
        await channels.refresh(session)  # as every server does by itself, a little later
    return added


async def rows(sql: str) -> list[tuple[Any, ...]]:
    async with reading() as session:
        return await (await session.driver.execute(sql)).fetchall()


async def everything() -> dict[str, list[tuple[Any, ...]]]:
    tables = ("products", "product_texts", "variants", "variant_texts", "prices", "stock", "cards")
    return {it: await rows(f"SELECT {it} FROM {it} ORDER BY {it}::text") for it in tables}  # noqa: S608


async def listed(browser: AsyncClient, query: str) -> list[str]:
    found: list[str] = []
    path = f"/v1/products?limit=100&{query}"
    while path:
        answer = await browser.get(path)
        assert answer.status_code == 200
        found += [item["slug"] for item in answer.json()["items"]]
        path = answer.links.get("next", {}).get("url", "")
    return found


def ids(seed: int) -> Iterator[Any]:
    generator = ProductGenerator(seed)
    for number in range(1, 500):
        good = generator.product(number)
        yield from (good.id, *good.variants, *good.stock)


def test_a_seed_always_draws_the_same_ids_and_another_seed_others() -> None:
    drawn = list(ids(1))

    assert drawn == list(ids(1))
    assert len(set(drawn) | set(ids(2))) == 2 * len(drawn)
    assert {id_.version for id_ in drawn} == {7}
    assert {id_.variant for id_ in drawn} == {"specified in RFC 4122"}


def test_no_name_comes_twice_in_a_round_and_the_next_round_is_numbered() -> None:
    names = {GENERATOR.product(number).texts[Locale.SPANISH].name for number in range(1, NAMES + 1)}

    assert len(names) == NAMES
    again = GENERATOR.product(NAMES + 1).texts[Locale.ENGLISH].name
    assert again == f"{GENERATOR.product(1).texts[Locale.ENGLISH].name} 2"


async def test_a_second_run_adds_nothing_and_a_larger_one_the_rest(empty_shop: ASGIApp) -> None:
    del empty_shop
    assert await filled(120) == 120
    before = await everything()
    assert await filled(120) == 0
    assert await everything() == before
    assert await filled(130) == 10
    assert len(await rows("SELECT FROM variants")) == 390


async def test_every_product_is_sold_in_both_languages_and_all_currencies(
    empty_shop: ASGIApp,
) -> None:
    await filled(300)
    slugs = [GENERATOR.product(number).slug for number in range(300, 0, -1)]

    async with a_browser(empty_shop) as browser:
        for locale, currency in EVERYWHERE:
            assert await listed(browser, f"locale={locale}&currency={currency}") == slugs
            for number in range(10, 301, 10):
                good = GENERATOR.product(number)
                query = f"locale={locale}&currency={currency}"
                page = (await browser.get(f"/v1/products/{good.slug}?{query}")).json()
                assert page["name"] == good.texts[Locale(locale)].name
                assert [it["available"] for it in page["variants"]] == [1_000_000] * 3
                assert len(page["categories"]) == 2
        tree = (await browser.get("/v1/categories")).json()["items"]
        assert len(tree) == 10
        assert sum(len(department["children"]) for department in tree) == 40
        assert await listed(browser, f"category={tree[0]['slug']}")


async def test_the_ledger_explains_the_stock(empty_shop: ASGIApp) -> None:
    del empty_shop
    await filled(300)

    unexplained = await rows("""
        SELECT FROM stock LEFT JOIN stock_movements ON stock_movements.stock_id = stock.id
        GROUP BY stock.id HAVING stock.on_hand IS DISTINCT FROM sum(stock_movements.on_hand)
            OR stock.reserved IS DISTINCT FROM sum(stock_movements.reserved)
    """)
    assert unexplained == []
    assert await rows("SELECT count(*), min(on_hand) FROM stock") == [(900, 1_000_000)]


async def test_what_is_written_is_what_staff_would_have_written(empty_shop: ASGIApp) -> None:
    await filled(10)
    before = await everything()

    async with await a_program(empty_shop, Role.OWNER) as staff:
        for number in range(1, 11):
            path = f"/v1/admin/products/{GENERATOR.product(number).id}"
            answer = await staff.patch(path, json={"published": True})
            assert answer.status_code == 200, answer.text
    after = await everything()
    del before["products"], after["products"]  # their versions have moved on
    assert after == before


async def test_who_reads_all_events_knows_every_product_as_staff_see_it(
    empty_shop: ASGIApp,
) -> None:
    async with await a_program(empty_shop, Role.OWNER) as staff:
        rate = {"base_currency": "EUR", "rate": "0.85"}
        answer = await staff.put("/v1/admin/exchange-rates/GBP", json=rate)
        assert answer.status_code in {200, 201}, answer.text
        await staff.patch("/v1/admin/channel", json={"currencies": ["EUR", "GBP"]})
        await filled(120)
        await filled(121)
        await relay_all()
        told = await retold(staff)

        assert len(told["product"]) == 121
        for number in (1, 10, 77, 120, 121):
            id_ = str(GENERATOR.product(number).id)
            seen = (await staff.get(f"/v1/admin/products/{id_}")).json()
            assert told["product"][id_] == seen
            assert seen["variants"][0]["converted_prices"].keys() == {"GBP"}
            assert bool(seen["variants"][0]["compare_at_prices"]) is (number % 10 == 0)
        await tells_all_that_is_listed(staff, told)
        assert [*told["channel"].values()] == [(await staff.get("/v1/admin/channel")).json()]
    assert await rows("""
        SELECT sequence, actor, count(*) FROM events
        WHERE type IN ('product.created', 'category.created') GROUP BY 1, 2
    """) == [(1, "system", 171)]


async def test_an_interruption_leaves_whole_chunks_and_the_next_run_adds_the_rest(
    empty_shop: ASGIApp,
) -> None:
    async with await a_program(empty_shop, Role.OWNER) as staff:
        assert await filled(100) == 100
        variant = {"sku": GENERATOR.product(250).sku("M"), "prices": {"EUR": 1}}
        mine = await a_product(staff, variants=[variant])

        with pytest.raises(SeedTaken):
            await filled(300)
        slugs = {slug for (slug,) in await rows("SELECT slug FROM products")}
        assert {GENERATOR.product(number).slug for number in range(1, 101)} < slugs
        assert {GENERATOR.product(number).slug for number in range(201, 301)}.isdisjoint(slugs)
        assert mine["slug"] in slugs
        assert (len(slugs) - 1) % 100 == 0

        await staff.delete(f"/v1/admin/products/{mine['id']}")
        assert await filled(300) == 301 - len(slugs)
        assert len(await rows("SELECT FROM cards")) == 300 * len(EVERYWHERE)


async def test_another_seed_beside_the_first_is_refused_and_changes_nothing(
    empty_shop: ASGIApp,
) -> None:
    del empty_shop
    await filled(10)
    before = await everything()

    with pytest.raises(SeedTaken):
        await fill(10, ProductGenerator(2), lambda _: None)
    assert await everything() == before


@pytest.mark.once  # the tests above and those of the demonstration run each statement
def test_the_command_fills_a_new_database_with_both_kinds(
    server: embedded.Embedded, tmp_path: Path
) -> None:
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE seeded_{(name := uuid4().hex)} OWNER trastienda")
    url = server.url.replace("/trastienda?", f"/seeded_{name}?")
    surroundings = {**os.environ, "DATABASE_URL": url, "TRASTIENDA_DATA": str(tmp_path)}
    line = ("seed", "--demo", "--products", "5")

    orders, verify = ("seed", "--orders", "30"), ("ledger", "verify")
    first, second, ordered, books = typed(surroundings, line, line, orders, verify)
    heard = [it.err.splitlines() for it in (first, second)]
    assert (first.code, second.code) == (0, 0)
    assert heard[0][0] == "The demonstration shop is set up."
    assert heard[0][1].startswith("5 generated products are in the shop, 5 of them new (")
    assert heard[1] == ["Nothing to add: all 5 generated products are in the shop."]
    assert ordered.err.startswith("30 generated orders are in the shop, 30 of them new (")
    assert (ordered.code, books.code) == (0, 0)
    assert books.err.startswith("The ledger agrees: ")
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM products").fetchone()
    assert row == (len(catalogue().products) + 5,)
