"""The catalogue: lists, pages and the tree of categories."""

from itertools import pairwise
from uuid import uuid4

import pytest
from httpx import AsyncClient
from support.people import a_browser
from support.products import a_product, a_sku

from trastienda import application
from trastienda.application import Application
from trastienda.handlers.shared.express import Plans
from trastienda.settings import Settings


def a_word() -> str:
    """Make a word that no other product has, so that a search finds only ours."""
    return "w" + uuid4().hex[:12].translate(str.maketrans("0123456789", "ghijklmnop"))


async def pages(buyer: AsyncClient, address: str) -> list[list[dict[str, object]]]:
    """Follow the Link headers to the end."""
    found, following = [], address
    while following:
        answer = await buyer.get(following)
        assert answer.status_code == 200, answer.text
        found.append(answer.json()["items"])
        following = answer.links["next"]["url"] if "next" in answer.links else ""
        assert bool(following) is (answer.json()["next_cursor"] is not None)
    return found


async def test_a_list_shows_cards_with_the_price_of_the_cheapest_in_stock(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    word = a_word()
    options = [{"name": "Size", "values": ["S", "M", "L"]}]
    variants = [
        {"sku": a_sku(), "options": {"Size": "S"}, "prices": {"EUR": 500}, "stock": 0},
        {
            "sku": a_sku(),
            "options": {"Size": "M"},
            "prices": {"EUR": 900},
            "compare_at_prices": {"EUR": 1_200},
            "stock": 3,
        },
        {"sku": a_sku(), "options": {"Size": "L"}, "prices": {"EUR": 1_000}, "stock": 3},
    ]
    product = await a_product(staff, name=f"Mug {word}", options=options, variants=variants)

    answer = await buyer.get(f"/v1/products?q={word}")

    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json() == {
        "items": [
            {
                "id": product["id"],
                "slug": product["slug"],
                "name": f"Mug {word}",
                "thumbnail": None,
                "price": 900,
                "compare_at_price": 1_200,
                "in_stock": True,
            }
        ],
        "currency": "EUR",
        "next_cursor": None,
    }


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", [4, 3, 2, 1, 0]),
        ("price", [1, 3, 0, 2, 4]),
        ("-price", [4, 2, 0, 3, 1]),
        ("name", [3, 1, 2, 4, 0]),
    ],
)
async def test_pages_follow_each_other_in_every_order(
    staff: AsyncClient, buyer: AsyncClient, sort: str, expected: list[int]
) -> None:
    word = a_word()
    names, prices = ["zebra", "Bélgica", "casa", "árbol", "ñu"], [300, 20, 4_000, 100, 50_000]
    slugs = [
        (await a_product(staff, name=f"{name} {word}", price=price))["slug"]
        for name, price in zip(names, prices, strict=True)
    ]

    found = await pages(buyer, f"/v1/products?q={word}&sort={sort}&limit=2&locale=es")

    assert [len(page) for page in found] == [2, 2, 1]
    assert [slugs.index(str(it["slug"])) for page in found for it in page] == expected


async def test_a_search_finds_words_without_their_accents_and_endings(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    word = a_word()
    translations = {"es": {"name": f"Lámparas {word}"}}
    product = await a_product(staff, name=f"Lamps {word}", translations=translations)

    async def found(query: str) -> list[str]:
        answer = await buyer.get(f"/v1/products?{query}")
        return [it["slug"] for it in answer.json()["items"]]

    assert await found(f"q=lamp {word}") == [product["slug"]]
    assert await found(f"q=LAMPARA {word}&locale=es") == [product["slug"]]
    assert await found(f"q=chair {word}") == []
    assert await found(f"q={word} -lamps") == []


async def test_a_search_finds_option_values_skus_and_categories(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    word, above, sku = a_word(), a_word(), f"Ñ-{uuid4().hex[:8]}.'X\\"
    parent = await staff.post("/v1/admin/categories", json={"name": above})
    shelf = {"name": "Tazas", "parent": parent.json()["slug"]}
    category = (await staff.post("/v1/admin/categories", json=shelf)).json()
    product = await a_product(
        staff,
        name=f"Mug {word}",
        categories=[category["slug"]],
        options=[{"name": "Colour", "values": ["Blue", "Red", "Ochre"]}],
        translations={"es": {"options": [{"name": "Color", "values": ["Azul", "Rojo", "Ocre"]}]}},
        variants=[
            {"sku": sku, "options": {"Colour": "Blue"}, "prices": {"EUR": 500}},
            {"sku": a_sku(), "options": {"Colour": "Red"}, "name": "Sunset", "prices": {"EUR": 5}},
        ],
    )

    async def found(query: str, locale: str = "en") -> bool:
        answer = await buyer.get("/v1/products", params={"q": query, "locale": locale})
        return [it["slug"] for it in answer.json()["items"]] == [product["slug"]]

    assert await found(f"blue mug {word}")
    assert await found(f"azul {word}", "es")
    assert await found(sku)
    assert await found(sku.lower())
    assert await found(f"sunset {word}")
    assert await found(above)
    assert await found(f"taza {word}", "es")
    assert not await found(f"ochre {word}")  # no variant has it
    assert not await found(f"azul {word}")  # another language


async def test_a_product_is_found_by_its_category_as_that_is_named_now(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    before, after = a_word(), a_word()
    above = (await staff.post("/v1/admin/categories", json={"name": before})).json()
    below = {"name": a_word(), "parent": above["slug"]}
    shelf = (await staff.post("/v1/admin/categories", json=below)).json()
    product = await a_product(staff, categories=[shelf["slug"]])

    await staff.patch(f"/v1/admin/categories/{above['id']}", json={"name": after})

    old, new = [(await buyer.get(f"/v1/products?q={it}")).json() for it in (before, after)]
    assert old["items"] == []
    assert [it["slug"] for it in new["items"]] == [product["slug"]]


async def test_names_rank_before_variants_categories_and_descriptions(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    word = a_word()
    shelf = (await staff.post("/v1/admin/categories", json={"name": word})).json()
    described = await a_product(staff, description=f"{word} {word}")
    shelved = await a_product(staff, categories=[shelf["slug"]])
    variant = {"sku": a_sku(), "name": word, "prices": {"EUR": 5}}
    sold = await a_product(staff, variants=[variant])
    named = await a_product(staff, name=f"{word} {word} {word}")
    exactly = await a_product(staff, name=word.upper())

    answer = await buyer.get(f"/v1/products?q={word}")

    expected = [it["slug"] for it in (exactly, named, sold, shelved, described)]
    assert [it["slug"] for it in answer.json()["items"]] == expected


@pytest.mark.parametrize("q", ["'", "\\", "' | !x & (", "the", " ", "MUG-", "a:*", '"', "-"])
async def test_a_search_takes_any_text(buyer: AsyncClient, q: str) -> None:
    assert (await buyer.get("/v1/products", params={"q": q})).status_code == 200


async def test_prices_filter_a_list(staff: AsyncClient, buyer: AsyncClient) -> None:
    word = a_word()
    for price in (100, 200, 300):
        await a_product(staff, name=word, price=price)

    answer = await buyer.get(f"/v1/products?q={word}&min_price=150&max_price=200")

    assert [it["price"] for it in answer.json()["items"]] == [200]


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "sort=cheapest",
        "sort=relevance",
        "currency=eur",
        "min_price=-1",
        "max_price=99999999999999999999",
        "max_price=null",
        "sort=NULL",
        "q=",
        "colour=blue",
        "cursor=abc",
        "cursor=%00",
        "cursor=WyJhIl0",
        "q=%ff",
    ],
)
async def test_a_list_that_cannot_be_is_a_400(buyer: AsyncClient, query: str) -> None:
    answer = await buyer.get(f"/v1/products?{query}")

    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_word_may_be_null(buyer: AsyncClient) -> None:
    answer = await buyer.get("/v1/products?q=null")

    assert answer.status_code == 200


async def test_a_cursor_belongs_to_its_list(staff: AsyncClient, buyer: AsyncClient) -> None:
    word = a_word()
    for price in (100, 200):
        await a_product(staff, name=word, price=price)
    answer = await buyer.get(f"/v1/products?q={word}&limit=1&sort=price")
    cursor = answer.json()["next_cursor"]

    same = await buyer.get(f"/v1/products?q={word}&limit=1&sort=price&cursor={cursor}")
    others = [
        await buyer.get(f"/v1/products?q={word}&cursor={cursor}{more}")
        for more in ("", "&sort=-price", "&sort=price&locale=es", "&sort=price&min_price=1")
    ]

    assert [it["price"] for it in same.json()["items"]] == [200]
    assert [it.json()["type"] for it in others] == ["/problems/cursor-unusable"] * 4


async def test_a_page_shows_the_product_in_the_language_asked_for(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    options = [{"name": "Colour", "values": ["Blue", "Red"]}]
    blue, red = a_sku(), a_sku()
    variants = [
        {"sku": blue, "options": {"Colour": "Blue"}, "prices": {"EUR": 1_250}, "stock": 10},
        {"sku": red, "options": {"Colour": "Red"}, "prices": {"EUR": 1_300}},
    ]
    translations = {
        "es": {
            "name": "Taza",
            "description": "De gres.",
            "options": [{"name": "Color", "values": ["Azul", "Rojo"]}],
        }
    }
    product = await a_product(
        staff,
        description="Stoneware.",
        options=options,
        variants=variants,
        attributes={"Material": "Stoneware"},
        translations=translations,
    )
    address = f"/v1/products/{product['slug']}"

    english = (await buyer.get(address)).json()
    spanish = (await buyer.get(address, headers={"Accept-Language": "es-MX,en;q=0.5"})).json()

    assert english == {
        "id": product["id"],
        "slug": product["slug"],
        "name": "Mug",
        "description": "Stoneware.",
        "currency": "EUR",
        "categories": [],
        "options": options,
        "variants": [
            {
                "id": product["variants"][0]["id"],
                "sku": blue,
                "name": "Mug, Blue",
                "options": {"Colour": "Blue"},
                "price": 1_250,
                "in_stock": True,
                "available": 10,
            },
            {
                "id": product["variants"][1]["id"],
                "sku": red,
                "name": "Mug, Red",
                "options": {"Colour": "Red"},
                "price": 1_300,
                "in_stock": False,
                "available": 0,
            },
        ],
        "media": [],
        "attributes": {"Material": "Stoneware"},
        "gift_card": False,
    }
    assert (spanish["name"], spanish["description"]) == ("Taza", "De gres.")
    assert spanish["options"] == [{"name": "Color", "values": ["Azul", "Rojo"]}]
    assert [it["name"] for it in spanish["variants"]] == ["Taza, Azul", "Taza, Rojo"]


async def test_what_is_not_sold_is_not_found(staff: AsyncClient, buyer: AsyncClient) -> None:
    hidden = await a_product(staff, published=False)
    dollars = await a_product(staff, variants=[{"sku": a_sku(), "prices": {"USD": 100}}])

    answers = [
        await buyer.get(f"/v1/products/{slug}")
        for slug in (hidden["slug"], dollars["slug"], "nothing", "%C3%B1")
    ]
    unknown = await buyer.get(f"/v1/products/{dollars['slug']}?currency=XTS")

    assert [it.status_code for it in answers] == [404] * 4
    assert {it.json()["type"] for it in answers} == {"/problems/product-not-found"}
    assert (unknown.status_code, unknown.json()["type"]) == (422, "/problems/currency-unknown")


async def test_hot_reads_are_one_statement_and_ask_nobody_who_they_are(
    staff: AsyncClient, buyer: AsyncClient, statements: list[str]
) -> None:
    product = await a_product(staff)
    counts = []
    for address in (
        "/v1/products",
        f"/v1/products/{product['slug']}",
        "/v1/categories",
        "/v1/products?q=mug&sort=relevance",
    ):
        statements.clear()
        answer = await buyer.get(address, headers={"Cookie": "__Host-session=" + "x" * 43})
        assert answer.status_code == 200
        counts.append(len(statements))
        assert "set-cookie" not in answer.headers

    assert counts == [1, 1, 1, 1]


async def test_ties_are_broken_so_that_no_product_is_shown_twice(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    word = a_word()
    for _ in range(5):
        await a_product(staff, name=word, price=100)

    found = await pages(buyer, f"/v1/products?q={word}&sort=price&limit=1")

    ids = [str(page[0]["id"]) for page in found]
    assert len(set(ids)) == 5
    assert all(one < two for one, two in pairwise(ids))


async def test_what_was_asked_before_is_answered_anew(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    word = a_word()
    product = await a_product(staff, name=word)
    addresses = [f"/v1/products?q={word}", f"/v1/products/{product['slug']}"]
    before = [(await buyer.get(address)).json() for address in addresses]
    await staff.patch(f"/v1/admin/products/{product['id']}", json={"name": f"{word} two"})

    after = [(await buyer.get(address)).json() for address in addresses]
    spanish = await buyer.get(addresses[0], headers={"Accept-Language": "es"})
    await staff.delete(f"/v1/admin/products/{product['id']}")
    gone = [await buyer.get(address) for address in addresses]

    assert before[0]["items"][0]["name"] == word
    assert after[0]["items"][0]["name"] == f"{word} two"
    assert after[1]["name"] == f"{word} two"
    assert spanish.json()["items"] == after[0]["items"]
    assert (gone[0].json()["items"], gone[1].status_code) == ([], 404)


async def test_only_so_many_requests_are_remembered(shop: Application, settings: Settings) -> None:
    routes = application.shop(settings)
    routes.state.update({"plans": Plans(most=5), "process": shop.process})
    async with a_browser(application.guarded(routes, settings)) as buyer:
        for number in range(1, 40):
            assert (await buyer.get(f"/v1/products?min_price={number}")).status_code == 200
        long = f"/v1/products?q={'a' * 200}&category={'b' * 120}&cursor="

        assert len(routes.state["plans"]) == 5
        assert (await buyer.get(long + "c" * 200)).status_code == 400
