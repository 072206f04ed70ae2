"""What staff write in one way: zones, promotions, products and their like."""

from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import change
from support.pages.desks import a_desk
from support.pages.readers import follow, form_of, send, undo, words
from support.products import a_product, stock_of

from trastienda.database.models.accounts.user import Role


async def a_zone(desk: AsyncClient, name: str) -> str:
    """Write a zone by its form; return the address of its page."""
    page = await desk.get("/admin/zones/new")
    fields = {"name": name, "areas/0/country": "ES", "areas/0/postal_code": "35*"}
    answer = await send(desk, page, "/admin/zones/new", **fields)
    assert answer.status_code == 303, answer.text
    address: str = answer.headers["location"]
    return address


async def test_a_zone_is_written_changed_and_deleted_only_by_its_name(shop: ASGIApp) -> None:
    desk, name = await a_desk(shop), f"Islands {uuid4().hex[:8]}"
    address = await a_zone(desk, name)
    page = await desk.get(address)
    answer = await send(
        desk, page, address, **{"areas/1/country": "PT", "areas/1/region": "Madeira"}
    )
    page = await follow(desk, answer)
    assert dict(form_of(page, address).fields)["areas/1/region"] == "Madeira"

    wrong = await send(desk, page, f"{address}/delete", name_again="Another")
    answer = await send(desk, page, f"{address}/delete", name_again=name)

    assert (wrong.status_code, answer.status_code) == (422, 303)
    assert (await desk.get(address)).status_code == 404


async def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(
    shop: ASGIApp,
) -> None:
    desk = await a_desk(shop)
    page = await desk.get("/admin/zones/new")

    fields = {"name": "  ", "areas/1/country": "Spain", "areas/1/region": "Madrid"}
    page = await send(desk, page, "/admin/zones/new", **fields)

    assert page.status_code == 422
    assert 'id="name-error"' in page.text
    assert 'id="areas/0/country-error"' in page.text
    assert dict(form_of(page, "/admin/zones/new").fields)["areas/0/region"] == "Madrid"


async def test_a_name_that_was_emptied_is_refused_and_not_kept_in_silence(shop: ASGIApp) -> None:
    desk = await a_desk(shop)
    address = await a_zone(desk, f"Coast {uuid4().hex[:8]}")

    page = await send(desk, await desk.get(address), address, name="")

    assert (page.status_code, 'id="name-error"' in page.text) == (422, True)


async def test_who_saves_second_sees_what_changed_and_merges(shop: ASGIApp) -> None:
    desk, name = await a_desk(shop), f"North {uuid4().hex[:8]}"
    address = await a_zone(desk, name)
    mine, theirs = await desk.get(address), await desk.get(address)
    await send(desk, theirs, address, name=f"{name} of them")

    page = await send(desk, mine, address, **{"areas/0/postal_code": "36*"})
    assert page.status_code == 412
    assert f"{name} of them" in words(page)
    offered = dict(form_of(page, address).fields)
    assert (offered["name"], offered["areas/0/postal_code"]) == (f"{name} of them", "36*")
    page = await follow(desk, await send(desk, page, address))

    saved = dict(form_of(page, address).fields)
    assert (saved["name"], saved["areas/0/postal_code"]) == (f"{name} of them", "36*")


async def test_amounts_are_typed_and_read_in_the_language_of_the_page(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk = await a_desk(shop, language="es")
    page = await desk.get("/admin/promotions/new")
    fields = {"name": "Verano", "kind": "order_fixed", "trigger": "coupon", "amounts/EUR": "5,50"}
    answer = await send(desk, page, "/admin/promotions/new", **fields)

    page = await follow(desk, answer)

    address = answer.headers["location"]
    saved = (await staff.get(f"/v1{address}")).json()
    assert (saved["amounts"], saved["active"]) == ({"EUR": 550}, False)
    assert dict(form_of(page, address).fields)["amounts/EUR"] == "5,50"


async def test_a_product_keeps_what_its_form_does_not_change(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    options = [{"name": "Size", "values": ["0,5 l", "1 l"]}]
    sku = f"JAR-{uuid4().hex[:8].upper()}"
    variant = {"sku": sku, "prices": {"EUR": 1_250, "JPY": 900}, "options": {"Size": "0,5 l"}}
    made = await a_product(staff, name="Jar", options=options, variants=[variant])
    desk, address = await a_desk(shop), f"/admin/products/{made['id']}"
    before = (await staff.get(f"/v1{address}")).json()

    page = await desk.get(address)
    answer = await send(desk, page, address, **{"translations/es/name": "Tarro"})

    assert answer.status_code == 303, words(answer)
    after = (await staff.get(f"/v1{address}")).json()
    assert after["texts"]["es"]["name"] == "Tarro"
    same = ("slug", "categories", "attributes", "published", "variants")
    names: dict[str, Any] = {"names": None}
    assert [{**it, **names} for it in after["variants"]] == [
        {**it, **names} for it in before["variants"]
    ]
    assert [after[it] for it in same[:-1]] == [before[it] for it in same[:-1]]
    assert after["texts"]["en"] == before["texts"]["en"]


async def test_prices_and_stock_are_changed_in_the_list_and_show_what_was_refused(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    name = f"Bowl {uuid4().hex[:8]}"
    made = await a_product(staff, name=name)
    sku, desk = made["variants"][0]["sku"], await a_desk(shop)
    listed, action = f"/admin/products?q={sku}", f"/admin/products/{made['id']}/in-list"
    token = dict(form_of(await desk.get(listed), action).fields)["csrf_token"]

    async def change(**fields: str) -> int:
        origin = {"origin": "https://localhost:8443"}
        data = {"csrf_token": token, **fields}
        return (await desk.post(action, data=data, headers=origin)).status_code

    assert await change(price="nonsense") == 422
    assert await change(price="13.75") == 303
    assert await change(counted="7") == 303
    after = (await staff.get(f"/v1/admin/products/{made['id']}")).json()
    assert after["variants"][0]["prices"]["EUR"] == 1_375
    assert (await stock_of(staff, sku))["on_hand"] == 7


async def test_the_list_goes_without_a_product_that_is_being_deleted(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    name = f"Bowl {uuid4().hex[:8]}"
    kept, gone = [await a_product(staff, name=f"{name} {it}") for it in ("kept", "gone")]
    desk = await a_desk(shop)
    # What the list's second statement sees when a product goes after the first: none of its rows.
    await change("DELETE FROM variants WHERE product_id = %s", gone["id"])

    page = await desk.get(f"/admin/products?q={name}")

    assert page.status_code == 200
    assert f'/admin/products/{kept["id"]}"' in page.text
    assert f'/admin/products/{gone["id"]}"' not in page.text
    assert (await staff.delete(f"/v1/admin/products/{gone['id']}")).status_code == 204


async def test_counting_goes_from_sku_to_sku(shop: ASGIApp, staff: AsyncClient) -> None:
    made = await a_product(staff, name="Plate")
    sku, desk, action = (
        made["variants"][0]["sku"],
        await a_desk(shop, Role.WAREHOUSE),
        "/admin/stock/count",
    )
    page = await desk.get(action)

    unknown = await send(desk, page, action, sku="NONE-1", counted="4")
    page = await send(desk, page, action, sku=sku, counted="4", location="main")

    assert (unknown.status_code, page.status_code) == (404, 200)
    assert f"{sku}: 4 on hand" in words(page)
    assert (await stock_of(staff, sku))["on_hand"] == 4
    back = await undo(desk, page)
    assert (await stock_of(staff, sku))["on_hand"] == 10
    assert ("It is as it was before." in words(back), "Undo</span>" in back.text) == (True, False)
    page = await send(desk, back, action, sku=sku, counted="6", location="main")
    await send(desk, page, action, sku=sku, counted="4", location="main")
    assert (await undo(desk, page)).status_code == 409  # not over what was counted since
    assert (await stock_of(staff, sku))["on_hand"] == 4
    action = f"/admin/stock/sku/{sku}"
    moved = await send(
        desk, await desk.get(action), action, quantity="-3", reason="lost", location="main"
    )
    page = await follow(desk, moved)
    assert (await stock_of(staff, sku))["on_hand"] == 1
    await undo(desk, page)
    assert (await stock_of(staff, sku))["on_hand"] == 4


async def test_a_form_without_its_token_changes_nothing(shop: ASGIApp) -> None:
    desk = await a_desk(shop)
    fields = {"name": "Forged", "areas/0/country": "ES"}

    answers = [
        await desk.post("/admin/zones/new", data=fields, headers={"origin": origin})
        for origin in ("https://localhost:8443", "https://evil.example")
    ]

    assert [it.status_code for it in answers] == [403, 403]
    assert "Forged" not in (await desk.get("/admin/zones")).text


async def test_a_change_is_taken_back_as_it_was_and_no_other_field_with_it(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, name = await a_desk(shop), f"Coast {uuid4().hex[:8]}"
    address = await a_zone(desk, name)
    rows = {"areas/1/country": "PT", "areas/1/region": "Madeira"}
    page = await follow(desk, await send(desk, await desk.get(address), address, **rows))
    api = f"/v1{address}"
    version = (await staff.get(api)).json()["version"]

    page = await follow(desk, await undo(desk, page))

    after = (await staff.get(api)).json()
    assert "It is as it was before." in words(page)
    assert (after["name"], len(after["areas"]), after["version"]) == (name, 1, version + 1)
    unchanged = await follow(desk, await send(desk, page, address))
    assert 'value="areas"' not in unchanged.text


async def test_what_somebody_else_changed_meanwhile_is_not_taken_back(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    desk, name = await a_desk(shop), f"Hills {uuid4().hex[:8]}"
    address = await a_zone(desk, name)
    page = await follow(desk, await send(desk, await desk.get(address), address, name=f"{name} 2"))
    await staff.patch(f"/v1{address}", json={"name": f"{name} 3"})

    answer = await undo(desk, page)

    assert (answer.status_code, "Not done" in words(answer)) == (412, True)
    assert (await staff.get(f"/v1{address}")).json()["name"] == f"{name} 3"


async def test_prices_of_a_product_are_taken_back_but_not_a_variant_that_came(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    made = await a_product(staff, name=f"Bowl {uuid4().hex[:8]}")
    desk, address = await a_desk(shop), f"/admin/products/{made['id']}"
    sku = made["variants"][0]["sku"]
    price = {"variants/0/prices/EUR": "99.00", "published": "false"}
    page = await follow(desk, await send(desk, await desk.get(address), address, **price))
    await undo(desk, page)
    after = (await staff.get(f"/v1{address}")).json()
    assert (after["variants"][0]["prices"]["EUR"], after["published"]) == (1_250, True)

    row = {"options/0/name": "Size", "options/0/values": "S\nM", "variants/0/options": "Size = S"}
    row |= {
        "variants/1/sku": f"{sku}-M",
        "variants/1/prices/EUR": "9",
        "variants/1/options": "Size = M",
    }
    answer = await send(desk, await desk.get(address), address, **row)
    page = await follow(desk, answer)

    assert 'name="only"' not in page.text
    assert len((await staff.get(f"/v1{address}")).json()["variants"]) == 2
