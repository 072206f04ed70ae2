"""The page of a variant, and what the editor of a product with many leaves to it."""

from urllib.parse import quote
from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.pages.desks import a_desk
from support.pages.readers import follow, form_of, send, undo, words
from support.products import a_product, in_colours

from trastienda.database.models.accounts.user import Role

COLOURS = ("Blue", "Green", "Red", "White")


async def test_a_variant_is_changed_on_its_own_page_and_back(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    sku = f"A?&#%-{uuid4().hex[:8]}"  # nothing that an address could do without
    product = await a_product(staff, variants=[{"sku": sku, "prices": {"EUR": 1_250}}])
    desk, api = await a_desk(shop), f"/v1/admin/products/{product['id']}"
    address = f"/admin/products/{product['id']}/variants/{quote(sku, safe='')}"

    page = await desk.get(address)
    wrong = await send(desk, page, address, **{"compare_at_prices/EUR": "9.00"})
    page = await send(
        desk, wrong, address, weight_grams="350", **{"compare_at_prices/EUR": "19.00"}
    )
    after = (await staff.get(api)).json()["variants"][0]
    page = await follow(desk, page)

    assert wrong.status_code == 422
    assert 'id="compare_at_prices/EUR-error"' in wrong.text
    assert (after["compare_at_prices"], after["weight_grams"]) == ({"EUR": 1_900}, 350)
    assert "Saved." in words(page)
    await undo(desk, page)
    before = (await staff.get(api)).json()["variants"][0]
    assert (before["compare_at_prices"], before["weight_grams"]) == ({}, None)


async def test_a_variant_is_deleted_by_its_sku_alone(shop: ASGIApp, staff: AsyncClient) -> None:
    product, other = await in_colours(staff, "Blue", "Green"), await a_product(staff)
    blue, green = (it["sku"] for it in product["variants"])
    desk, clerk = await a_desk(shop), await a_desk(shop, Role.WAREHOUSE)
    start = f"/admin/products/{product['id']}"
    action = f"{start}/variants/{blue}/delete"
    page = await desk.get(f"{start}/variants/{blue}")

    wrong = await send(desk, page, action, name_again=green)
    shown = await clerk.get(f"{start}/variants/{blue}")
    token = dict(form_of(shown, "/logout").fields)["csrf_token"]
    forbidden = await clerk.post(
        action, data={"csrf_token": token, "name_again": blue}, headers={"origin": str(page.url)}
    )
    gone = [await send(desk, page, action, name_again=blue) for _ in range(2)]
    told = await follow(desk, gone[0])
    last = await desk.get(f"{start}/variants/{green}")
    refused = await send(desk, last, f"{start}/variants/{green}/delete", name_again=green)

    assert (wrong.status_code, shown.status_code, forbidden.status_code) == (422, 200, 403)
    assert "Its stock and prices go with it" in words(page)
    assert [(it.status_code, it.headers["location"]) for it in gone] == [(303, start)] * 2
    assert f"{blue} was deleted." in words(told)
    assert (refused.status_code, "only variant" in words(refused)) == (409, True)
    left = (await staff.get(f"/v1{start}")).json()["variants"]
    assert [it["sku"] for it in left] == [green]
    for path in (f"{start}/variants/{blue}", f"{start}/variants/{other['variants'][0]['sku']}"):
        assert (await desk.get(path)).status_code == 404


async def test_the_editor_leaves_alone_what_it_does_not_show_of_many_variants(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    product = await in_colours(staff, *COLOURS)
    desk, address = await a_desk(shop), f"/admin/products/{product['id']}"
    heavy = {"sku": product["variants"][3]["sku"], "weight_grams": 350}
    await staff.patch(f"/v1{address}", json={"variants": [heavy]})

    page = await desk.get(address)
    answer = await send(desk, page, address, **{"variants/3/prices/EUR": "9.00"})
    after = (await staff.get(f"/v1{address}")).json()["variants"]
    await undo(desk, await follow(desk, answer))
    before = (await staff.get(f"/v1{address}")).json()["variants"]

    assert 'name="variants/3/weight_grams"' not in page.text
    assert f'href="{address}/variants/{heavy["sku"]}"' in page.text
    assert [it["prices"]["EUR"] for it in after] == [1_250, 1_250, 1_250, 900]
    assert [it["prices"]["EUR"] for it in before] == [1_250] * 4
    assert (after[3]["weight_grams"], before[3]["weight_grams"]) == (350, 350)


async def test_what_was_typed_for_a_fourth_variant_is_kept_when_it_is_refused(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    product = await in_colours(staff, *COLOURS[:3])
    desk, address = await a_desk(shop), f"/admin/products/{product['id']}"
    row = {"sku": f"NEW-{uuid4().hex[:8]}", "prices/EUR": "9", "weight_grams": "heavy"}

    page = await desk.get(address)
    fields = {f"variants/3/{name}": text for name, text in row.items()}
    refused = await send(desk, page, address, **fields)
    kept = dict(form_of(refused, address).fields)

    assert refused.status_code == 422
    assert {name: kept[name] for name in fields} == fields
    assert 'id="variants/3/weight_grams-error"' in refused.text
