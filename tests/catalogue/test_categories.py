import asyncio
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.people import a_browser, a_program
from support.products import a_product
from support.refusals import changes_once, refusal
from support.statements import without_frames

from trastienda.database.db import transaction
from trastienda.database.models.accounts.user import Role

ALL = "/v1/admin/categories"


async def a_category(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    draft = {"name": "Mugs", "slug": f"mugs-{uuid4().hex}", **facts}
    answer = await staff.post(ALL, json=draft)
    assert answer.status_code == 201, answer.text
    category: dict[str, Any] = answer.json()
    return category


def one(category: dict[str, Any]) -> str:
    return f"{ALL}/{category['id']}"


async def listed(buyer: AsyncClient, category: dict[str, Any]) -> list[str]:
    """Give the slugs of the products that a buyer finds in a category."""
    page = await buyer.get("/v1/products", params={"category": category["slug"]})
    return [item["slug"] for item in page.json()["items"]]


async def shown(buyer: AsyncClient, slug: str, locale: str) -> dict[str, Any] | None:
    """Find a category at the top of the shop's tree."""
    tree = (await buyer.get("/v1/categories", params={"locale": locale})).json()["items"]
    return next((it for it in tree if it["slug"] == slug), None)


async def test_a_category_shows_in_the_shops_tree_in_both_languages(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    parent = await a_category(staff, name="Tableware", translations={"es": "Vajilla"})
    second = await a_category(staff, name="Plates", parent=parent["slug"], position=2)
    first = await a_category(staff, name="Mugs", parent=parent["slug"], position=1)

    inside = [
        {"slug": first["slug"], "name": "Mugs", "children": []},
        {"slug": second["slug"], "name": "Plates", "children": []},
    ]
    assert parent["names"] == {"en": "Tableware", "es": "Vajilla"}
    assert (first["parent"], first["names"]) == (parent["slug"], {"en": "Mugs", "es": "Mugs"})
    in_spanish = await shown(buyer, parent["slug"], "es")
    assert in_spanish == {"slug": parent["slug"], "name": "Vajilla", "children": inside}


async def test_staff_list_all_categories_with_one_statement(
    staff: AsyncClient, statements: list[str]
) -> None:
    parent = await a_category(staff, name="Tableware", position=7)
    child = await a_category(staff, parent=parent["slug"])
    await staff.get(ALL)
    statements.clear()

    items = (await staff.get(ALL)).json()["items"]

    asked = [it for it in without_frames(statements) if "api_keys" not in it]
    assert len(asked) == 1
    assert parent in items
    assert child in items
    assert (await staff.get(one(child))).json() == child


async def test_a_slug_is_made_of_the_name_and_numbered_when_it_is_taken(
    staff: AsyncClient,
) -> None:
    name = f"Niños {uuid4().hex}"

    slugs = [(await a_category(staff, name=name, slug=None))["slug"] for _ in range(3)]

    made = name.lower().replace("ñ", "n").replace(" ", "-")
    assert slugs == [made, f"{made}-2", f"{made}-3"]


async def test_a_slug_belongs_to_one_category(staff: AsyncClient) -> None:
    taken, other = await a_category(staff), await a_category(staff)

    created = await staff.post(ALL, json={"name": "Mugs", "slug": taken["slug"]})
    renamed = await staff.patch(one(other), json={"slug": taken["slug"]})

    assert refusal(created) == (409, "category-slug-taken", "/slug")
    assert refusal(renamed) == (409, "category-slug-taken", "/slug")
    assert (await staff.get(one(other))).json() == other


async def test_a_language_without_a_translation_follows_the_first_name(staff: AsyncClient) -> None:
    followed = await a_category(staff, name="Mugs")
    translated = await a_category(staff, name="Mugs", translations={"es": "Tazas"})

    names = [
        (await staff.patch(one(it), json={"name": "Cups"})).json()["names"]
        for it in (followed, translated)
    ]
    dropped = await staff.patch(one(translated), json={"translations": {"es": None}})

    assert names == [{"en": "Cups", "es": "Cups"}, {"en": "Cups", "es": "Tazas"}]
    assert dropped.json()["names"] == {"en": "Cups", "es": "Cups"}


async def test_products_move_with_their_category(staff: AsyncClient, buyer: AsyncClient) -> None:
    old, new = await a_category(staff), await a_category(staff)
    middle = await a_category(staff, parent=old["slug"])
    inner = await a_category(staff, parent=middle["slug"])
    slug = (await a_product(staff, categories=[inner["slug"]]))["slug"]
    assert await listed(buyer, old) == [slug]

    answer = await staff.patch(one(middle), json={"parent": new["slug"]})

    assert answer.json() == {**middle, "parent": new["slug"], "version": 2}
    assert await listed(buyer, old) == []
    assert await listed(buyer, new) == await listed(buyer, inner) == [slug]
    await staff.patch(one(middle), json={"parent": None})
    assert await listed(buyer, new) == []
    assert await listed(buyer, middle) == [slug]


async def test_a_new_slug_finds_the_same_products(staff: AsyncClient, buyer: AsyncClient) -> None:
    category = await a_category(staff)
    slug = (await a_product(staff, categories=[category["slug"]]))["slug"]

    renamed = (await staff.patch(one(category), json={"slug": f"new-{uuid4().hex}"})).json()

    assert await listed(buyer, renamed) == [slug]
    assert await listed(buyer, category) == []


async def test_products_of_a_deleted_category_stay_in_the_shop(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    parent = await a_category(staff)
    child = await a_category(staff, parent=parent["slug"])
    product = await a_product(staff, categories=[child["slug"]])

    answer = await staff.delete(one(child))

    assert (answer.status_code, answer.content) == (204, b"")
    assert refusal(await staff.get(one(child)))[:2] == (404, "category-not-found")
    assert await listed(buyer, parent) == []
    assert (await buyer.get(f"/v1/products/{product['slug']}")).json()["categories"] == []


async def test_a_category_with_others_inside_is_not_deleted(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    parent = await a_category(staff)
    child = await a_category(staff, parent=parent["slug"])
    slug = (await a_product(staff, categories=[child["slug"]]))["slug"]

    answer = await staff.delete(one(parent))

    assert refusal(answer)[:2] == (409, "category-not-empty")
    assert (await staff.get(one(parent))).json() == parent
    assert await listed(buyer, parent) == [slug]


async def test_a_category_never_stands_inside_itself(staff: AsyncClient) -> None:
    outer = await a_category(staff)
    middle = await a_category(staff, parent=outer["slug"])
    inner = await a_category(staff, parent=middle["slug"])

    for parent in (outer, middle, inner):
        answer = await staff.patch(one(outer), json={"parent": parent["slug"]})
        assert refusal(answer) == (422, "category-inside-itself", "/parent")
    assert (await staff.get(one(outer))).json() == outer


async def test_categories_are_at_most_ten_levels_deep(staff: AsyncClient) -> None:
    levels = [await a_category(staff)]
    for _ in range(9):
        levels.append(await a_category(staff, parent=levels[-1]["slug"]))
    pair = await a_category(staff)
    await a_category(staff, parent=pair["slug"])

    eleventh = await staff.post(ALL, json={"name": "Deep", "parent": levels[9]["slug"]})
    moved = await staff.patch(one(pair), json={"parent": levels[8]["slug"]})
    fits = await staff.patch(one(pair), json={"parent": levels[7]["slug"]})

    assert refusal(eleventh) == (422, "category-too-deep", "/parent")
    assert refusal(moved) == (422, "category-too-deep", "/parent")
    assert fits.status_code == 200


async def test_there_are_at_most_a_thousand_categories(staff: AsyncClient) -> None:
    mark = f"many-{uuid4().hex}"
    fill = (
        "INSERT INTO categories (id, slug, position, version) SELECT gen_random_uuid(), %s || n,"
        " 0, 1 FROM generate_series(1, 1000 - (SELECT count(*) FROM categories)) AS n"
    )
    async with transaction() as session:
        await session.driver.execute(fill, [mark])
    try:
        answer = await staff.post(ALL, json={"name": "One more"})
    finally:
        async with transaction() as session:
            await session.driver.execute("DELETE FROM categories WHERE slug ^@ %s", [mark])

    assert refusal(answer)[:2] == (409, "categories-full")
    assert answer.json()["limit"] == 1_000
    await a_category(staff)


async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(staff: AsyncClient) -> None:
    category = await a_category(staff)

    late = await changes_once(staff, one(category), {"name": "Cups"})

    assert refusal(late)[:2] == (412, "category-changed")
    deleted = await staff.delete(one(category), headers={"If-Match": '"1"'})
    assert refusal(deleted)[:2] == (412, "category-changed")
    assert (await staff.delete(one(category), headers={"If-Match": '"2"'})).status_code == 204


async def test_the_same_request_again_has_its_effect_once(staff: AsyncClient) -> None:
    name, key = f"Bowls {uuid4().hex}", {"Idempotency-Key": uuid4().hex}

    first = await staff.post(ALL, json={"name": name}, headers=key)
    again = await staff.post(ALL, json={"name": name}, headers=key)

    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    items = (await staff.get(ALL)).json()["items"]
    assert [it["names"]["en"] for it in items].count(name) == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": ""}, (400, "invalid-request", "/name")),
        ({"name": " \t"}, (400, "invalid-request", "/name")),
        ({"name": "two\nlines"}, (400, "invalid-request", "/name")),
        ({"name": "x" * 201}, (400, "invalid-request", "/name")),
        ({"slug": "Not a slug"}, (400, "invalid-request", "/slug")),
        ({"position": -1}, (400, "invalid-request", "/position")),
        ({"position": 1.5}, (400, "invalid-request", "/position")),
        ({"translations": {"fr": "Tasses"}}, (400, "invalid-request", "/translations")),
        ({"colour": "blue"}, (400, "invalid-request", "/colour")),
        ({"parent": "nowhere-to-be-found"}, (422, "parent-unknown", "/parent")),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient, fields: dict[str, object], expected: tuple[int, str, str]
) -> None:
    category = await a_category(staff)

    created = await staff.post(ALL, json={"name": "Mugs", **fields})
    changed = await staff.patch(one(category), json=fields)

    assert refusal(created) == expected
    assert refusal(changed) == expected
    assert (await staff.get(one(category))).json() == category


async def test_a_name_without_letters_needs_a_slug(staff: AsyncClient) -> None:
    answer = await staff.post(ALL, json={"name": "***"})

    assert refusal(answer) == (422, "slug-needed", "/slug")


async def test_who_may_only_read_the_catalogue_changes_no_category(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    category = await a_category(staff)
    reader, stranger = await a_program(shop, Role.SUPPORT), a_browser(shop)

    assert (await reader.get(one(category))).json() == category
    for who, status in ((reader, 403), (stranger, 401)):
        answers = [
            await who.post(ALL, json={"name": "Mugs"}),
            await who.patch(one(category), json={"name": "Cups"}),
            await who.delete(one(category)),
        ]
        assert [it.status_code for it in answers] == [status] * 3
    assert (await stranger.get(ALL)).status_code == 401
    assert (await staff.get(one(category))).json() == category


async def test_what_is_not_there_is_not_found(staff: AsyncClient) -> None:
    nowhere = f"{ALL}/{uuid4()}"

    answers = [
        await staff.get(nowhere),
        await staff.patch(nowhere, json={"name": "Cups"}),
        await staff.delete(nowhere, headers={"Accept-Language": "es"}),
    ]

    assert [refusal(it)[:2] for it in answers] == [(404, "category-not-found")] * 3
    assert answers[2].json()["title"] == "No existe esa categoría."


async def moved(
    staff: AsyncClient, category: dict[str, Any], version: int | None = None, **to: str | None
) -> Response:
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    return await staff.post(f"{one(category)}/move", json=to, headers=headers)


async def inside(staff: AsyncClient, parent: dict[str, Any]) -> list[str]:
    """Give the slugs below a category, in the order in which they are shown."""
    items = (await staff.get(ALL)).json()["items"]
    return [it["slug"] for it in items if it["parent"] == parent["slug"]]


async def test_categories_are_put_in_order_one_before_the_other(
    staff: AsyncClient, statements: list[str]
) -> None:
    top = await a_category(staff)
    first, second, third = [
        await a_category(staff, name=name, parent=top["slug"]) for name in ("A", "B", "C")
    ]
    statements.clear()
    answer = await moved(staff, third, parent=top["slug"], before=first["slug"])
    all_renumbered = len(statements)
    assert answer.status_code == 200
    assert answer.json() == (await staff.get(one(third))).json()
    assert await inside(staff, top) == [it["slug"] for it in (third, first, second)]
    versions = [(await staff.get(one(it))).json()["version"] for it in (first, second, third)]
    assert versions == [2, 2, 2]

    statements.clear()
    await moved(staff, second, parent=top["slug"], before=first["slug"])

    assert len(statements) == all_renumbered
    assert await inside(staff, top) == [it["slug"] for it in (third, second, first)]
    assert (await staff.get(one(first))).json()["version"] == 2
    await moved(staff, third, parent=second["slug"])
    await moved(staff, third, parent=top["slug"])
    assert await inside(staff, top) == [it["slug"] for it in (second, first, third)]


async def test_a_category_is_not_put_where_it_cannot_stand(staff: AsyncClient) -> None:
    top, other = await a_category(staff), await a_category(staff)
    child = await a_category(staff, parent=top["slug"])

    answers = [
        await moved(staff, top, parent=child["slug"]),
        await moved(staff, top, parent=top["slug"]),
        await moved(staff, other, parent=top["slug"], before=top["slug"]),
        await moved(staff, other, parent="no-such-category"),
        await moved(staff, other, version=7, parent=top["slug"]),
    ]

    assert [refusal(it)[:2] for it in answers] == [
        (422, "category-inside-itself"),
        (422, "category-inside-itself"),
        (409, "category-not-beside"),
        (422, "parent-unknown"),
        (412, "category-changed"),
    ]
    for it in (top, other, child):
        assert (await staff.get(one(it))).json() == it


async def test_of_two_who_move_a_category_at_once_one_is_told(staff: AsyncClient) -> None:
    tops = [await a_category(staff) for _ in range(2)]
    child = await a_category(staff)

    answers = await asyncio.gather(*(moved(staff, child, 1, parent=it["slug"]) for it in tops))

    assert sorted(it.status_code for it in answers) == [200, 412]
    (won,) = [it.json() for it in answers if it.status_code == 200]
    assert (await staff.get(one(child))).json() == won
