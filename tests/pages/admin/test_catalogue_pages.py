"""The editor's helpers: variants made of options, the tree of categories, the preview."""

from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.media.pictures import render, uploaded
from support.pages.desks import a_desk
from support.pages.readers import a_visitor, follow, form_of, send, undo, words
from support.people import HERE
from support.products import a_product, stock_of

from trastienda.application import Application
from trastienda.database.models.accounts.user import Role
from trastienda.handlers.pages.forms import fresh_key

TREE = "/admin/categories"
COLOURS = {"options/0/name": "Colour", "options/0/values": "Blue\nLight green"}
SIZES = {"options/1/name": "Size", "options/1/values": "S\nM"}


async def a_plain_product(staff: AsyncClient, **facts: Any) -> tuple[str, str]:  # noqa: ANN401
    """Create a product with one variant without options; return its path and SKU."""
    sku = f"TEE-{uuid4().hex[:8].upper()}"
    made = await a_product(
        staff,
        name=f"Tee {uuid4().hex[:8]}",
        variants=[{"sku": sku, "prices": {"EUR": 990}}],
        **facts,
    )
    return f"/admin/products/{made['id']}", sku


async def variants(staff: AsyncClient, path: str) -> dict[str, dict[str, Any]]:
    found = (await staff.get(f"/v1{path}")).json()["variants"]
    return {"/".join(text for _, text in sorted(it["options"].items())): it for it in found}


async def test_variants_are_shown_first_and_then_made_of_all_combinations(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    translations = {"es": {"name": "Camiseta"}}
    path, sku = await a_plain_product(staff, translations=translations)
    desk, action, start = await a_desk(shop), f"{path}/variants", sku.replace("TEE", "T")
    fields = {**COLOURS, **SIZES, "pattern": f"{start}-{{Colour:5}}-{{Size}}", "stock": "7"}

    page = await send(
        desk, await desk.get(action), action, do="preview", **fields, **{"prices/EUR": "12.50"}
    )
    assert page.status_code == 200, words(page)
    assert (await variants(staff, path)).keys() == {""}
    offered = dict(form_of(page, action).fields)
    skus = [text for name, text in offered.items() if name.endswith("/sku")]
    assert skus == [f"{start}-BLUE-M", f"{start}-LIGHT-S", f"{start}-LIGHT-M"]
    chosen = {"variants/2/chosen": "false", "variants/0/sku": f"{start}-BM"}
    answers = [await send(desk, page, action, do="make", **chosen) for _ in range(2)]

    assert [it.status_code for it in answers] == [303, 303], words(answers[0])
    made = await variants(staff, path)
    prices = {it: (each["sku"], each["prices"]["EUR"]) for it, each in made.items()}
    assert prices == {
        "Blue/S": (sku, 990),
        "Blue/M": (f"{start}-BM", 1_250),
        "Light green/S": (f"{start}-LIGHT-S", 1_250),
    }
    assert (await stock_of(staff, f"{start}-BM"))["on_hand"] == 7
    assert (await staff.get(f"/v1{path}")).json()["texts"]["es"]["name"] == "Camiseta"


async def test_a_value_comes_later_and_translated_ones_stay_as_they_are(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    blue, desk = f"B-{uuid4().hex[:8]}", await a_desk(shop)
    options = [{"name": "Colour", "values": ["Blue"]}]
    spanish = {"es": {"name": "Taza", "options": [{"name": "Color", "values": ["Azul"]}]}}
    variant = {"sku": blue, "prices": {"EUR": 990}, "options": {"Colour": "Blue"}}
    product = await a_product(staff, options=options, variants=[variant], translations=spanish)
    action = f"/admin/products/{product['id']}/variants"
    page = await send(desk, await desk.get(action), action, do="preview", **COLOURS)

    answer = await send(desk, page, action, do="make", **{"variants/0/sku": f"{blue}-G"})

    assert answer.status_code == 303, words(answer)
    after = (await staff.get(f"/v1/admin/products/{product['id']}")).json()
    assert after["texts"]["es"]["options"] == [{"name": "Color", "values": ["Azul", "Light green"]}]
    assert [it["sku"] for it in after["variants"]] == [blue, f"{blue}-G"]


async def test_what_cannot_become_variants_is_said_beside_its_field_and_kept(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    (path, sku), (_, theirs) = await a_plain_product(staff), await a_plain_product(staff)
    desk, action = await a_desk(shop), f"{path}/variants"
    page = await desk.get(action)
    many = "\n".join(str(it) for it in range(30))

    async def said(do: str, **fields: str) -> Response:
        whole = {**COLOURS, "pattern": f"{sku}-{{Colour}}", "do": do, **fields}
        return await send(desk, page, action, **whole, key=fresh_key())

    wrong = {
        "options": await said(
            "preview", **{"options/0/values": many, **SIZES, "options/1/values": many}
        ),
        "options/0/values": await said("preview", **{"options/0/values": "Blue\nBlue"}),
        "pattern": await said("preview", pattern="X-{Size}"),
    }
    assert {
        it: (each.status_code, f'id="{it}-error"' in each.text) for it, each in wrong.items()
    } == dict.fromkeys(wrong, (422, True))
    alike = await said("preview", pattern="ALIKE", **SIZES)
    assert (alike.status_code, 'id="pattern-error"' in alike.text) == (422, True)
    row = {"variants/0/values": "Light green", "variants/0/chosen": "true"}
    spaced = await said("make", **row, **{"variants/0/sku": "A B"})
    taken = await said("make", **row, **{"variants/0/sku": theirs})
    assert (spaced.status_code, taken.status_code) == (422, 409)
    assert "Another product has this SKU." in words(taken)
    for answer, typed in ((spaced, "A B"), (taken, theirs)):
        assert 'id="variants/0/sku-error"' in answer.text
        assert dict(form_of(answer, action).fields)["variants/0/sku"] == typed
    assert (await variants(staff, path)).keys() == {""}


async def test_variants_are_not_made_over_a_change_that_was_not_seen(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    path, sku = await a_plain_product(staff)
    desk, action = await a_desk(shop), f"{path}/variants"
    fields = {**COLOURS, "pattern": f"{sku}-{{Colour}}"}
    page = await send(desk, await desk.get(action), action, do="preview", **fields)
    await staff.patch(f"/v1{path}", json={"name": "Renamed"})

    page = await send(desk, page, action, do="make")
    assert page.status_code == 412
    assert (await variants(staff, path)).keys() == {""}
    assert (await send(desk, page, action, do="make")).status_code == 303
    assert (await variants(staff, path)).keys() == {"Blue", "Light green"}
    assert (await (await a_desk(shop, Role.WAREHOUSE)).get(action)).status_code == 403


async def a_branch(staff: AsyncClient, *names: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Create a category with others inside it."""

    async def made(name: str, parent: str | None) -> dict[str, Any]:
        draft = {"name": name, "slug": f"{name.lower()}-{uuid4().hex}", "parent": parent}
        found: dict[str, Any] = (await staff.post("/v1/admin/categories", json=draft)).json()
        return found

    top = await made("Top", None)
    return top, [await made(name, top["slug"]) for name in names]


async def below(staff: AsyncClient, top: dict[str, Any]) -> list[str]:
    items = (await staff.get("/v1/admin/categories")).json()["items"]
    return [it["names"]["en"] for it in items if it["parent"] == top["slug"]]


async def step(
    desk: AsyncClient, page: Response, category: dict[str, Any], way: str, **fields: str
) -> Response:
    """Choose a category in the tree, as the page shows it, and press a button."""
    version = page.text.split(f'value="{category["slug"]}/')[1].partition('"')[0]
    node = f"{category['slug']}/{version}"
    return await send(desk, page, TREE, **{"node": node, "step": way, "key": fresh_key(), **fields})


async def test_a_category_is_moved_step_by_step_and_back(shop: ASGIApp, staff: AsyncClient) -> None:
    top, (first, second, third) = await a_branch(staff, "A", "B", "C")
    desk = await a_desk(shop, Role.EDITOR)
    page = await desk.get(TREE)

    page = await follow(desk, await step(desk, page, third, "up"))
    assert await below(staff, top) == ["A", "C", "B"]
    page = await follow(desk, await undo(desk, page))
    assert await below(staff, top) == ["A", "B", "C"]
    page = await follow(desk, await step(desk, page, first, "down"))
    assert await below(staff, top) == ["B", "A", "C"]
    page = await follow(desk, await step(desk, page, third, "into"))
    assert (await below(staff, top), await below(staff, first)) == (["B", "A"], ["C"])
    page = await follow(desk, await step(desk, page, third, "out"))
    assert (await below(staff, top), await below(staff, second)) == (["B", "A", "C"], [])


async def test_who_moves_a_category_second_sees_the_tree_as_it_is(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    top, (first, _) = await a_branch(staff, "A", "B")
    desk = await a_desk(shop)
    mine = theirs = await desk.get(TREE)
    await step(desk, theirs, first, "down")

    late = await step(desk, mine, first, "into")
    dragged = await step(desk, mine, first, "", move=f"{first['id']}/1//")
    nonsense = [
        await step(desk, late, first, "down"),
        await step(desk, late, first, "children"),
        await step(desk, late, first, "up", node="no-such-thing/1"),
        await step(desk, late, first, "up", node=""),
        await step(desk, late, first, "", move="no-such-thing"),
    ]

    assert (late.status_code, dragged.status_code) == (412, 412)
    assert f'value="{first["slug"]}/2" aria-label="A" checked' in late.text
    assert [it.status_code for it in nonsense] == [422, 422, 422, 422, 404]
    assert "Choose a category first." in words(nonsense[3])
    assert await below(staff, top) == ["B", "A"]


async def test_who_may_not_write_sees_the_tree_without_its_buttons(shop: ASGIApp) -> None:
    desk = await a_desk(shop, Role.WAREHOUSE)
    page = await desk.get(TREE)
    token = dict(form_of(page, "/logout").fields)["csrf_token"]

    answer = await desk.post(
        TREE, data={"csrf_token": token, "move": "x"}, headers={"origin": HERE}
    )

    assert (page.status_code, 'name="node"' in page.text, answer.status_code) == (200, False, 403)


async def test_a_page_waits_for_a_picture_until_it_is_ready_but_not_for_ever(
    shop: Application, staff: AsyncClient
) -> None:
    picture, desk = await uploaded(staff), await a_desk(shop)
    address = f"/admin/media/{picture['id']}"

    first, last = await desk.get(address), await desk.get(f"{address}?looked=60")
    await render(shop, picture)
    ready = await desk.get(f"{address}?looked=2")

    making = [it.text.split('id="making"')[1] for it in (first, last, ready)]
    assert [f'hx-get="{address}?looked=1"' in making[0], "hx-get" in making[1]] == [True, False]
    assert ("Look again" in words(last), "Look again" in words(ready)) == (True, False)
    assert ("hx-get" in making[2], "<img src=" in making[2]) == (False, True)


async def test_staff_alone_see_what_is_not_published_as_buyers_will(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    product = await a_product(staff, name="Secret lamp", published=False)
    address = f"/admin/products/{product['id']}/preview"
    desk, stranger = await a_desk(shop), a_visitor(shop)

    page = await desk.get(address)

    assert (page.status_code, "Secret lamp" in words(page)) == (200, True)
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.headers["cache-control"] == "no-store"
    assert ("buyers see it like this" in words(page), "Add to cart" in words(page)) == (True, False)
    assert (await stranger.get(address)).status_code == 303
    assert (await stranger.get(f"/products/{product['slug']}")).status_code == 404
    assert (await desk.get(f"/admin/products/{uuid4()}/preview")).status_code == 404
