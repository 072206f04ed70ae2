from typing import Any
from uuid import uuid4

from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_program
from support.products import ADDRESS, a_cart, a_product
from support.refusals import changes_once, refusal
from support.taxes import CHANNEL, CLASSES, RATES, ZONES, made

from trastienda.database.models.accounts.user import Role


async def a_class(staff: AsyncClient) -> dict[str, Any]:
    return await made(staff, CLASSES, {"code": f"c-{uuid4().hex}", "name": "Books"})


async def a_rate(staff: AsyncClient, **facts: object) -> dict[str, Any]:
    areas = [{"country": "AD"}]
    zone = await made(staff, ZONES, {"name": uuid4().hex, "areas": areas})
    draft = {"zone_id": zone["id"], "name": "IVA", "percent": "21.00", **facts}
    return await made(staff, RATES, draft)


async def test_a_class_reads_as_staff_wrote_it(staff: AsyncClient) -> None:
    tax_class = await a_class(staff)
    one = f"{CLASSES}/{tax_class['id']}"

    late = await changes_once(staff, one, {"name": "Comics"})

    assert refusal(late)[:2] == (412, "tax-class-changed")
    changed = {**tax_class, "name": "Comics", "version": 2}
    assert (await staff.get(one)).json() == changed
    assert changed in (await staff.get(CLASSES)).json()["items"]
    again = await staff.post(CLASSES, json={"code": tax_class["code"], "name": "Other"})
    assert refusal(again) == (409, "tax-class-code-taken", "/code")


async def test_a_class_that_is_used_stays_and_so_does_standard(staff: AsyncClient) -> None:
    of_variant, of_rate = await a_class(staff), await a_class(staff)
    variant = {"sku": uuid4().hex, "prices": {"EUR": 100}, "tax_class": of_variant["code"]}
    await a_product(staff, variants=[variant])
    rate = await a_rate(staff, tax_class=of_rate["code"])
    items = (await staff.get(CLASSES)).json()["items"]
    standard = next(it for it in items if it["code"] == "standard")

    used = [await staff.delete(f"{CLASSES}/{it['id']}") for it in (of_variant, of_rate)]
    needed = await staff.delete(f"{CLASSES}/{standard['id']}")

    assert [refusal(it)[:2] for it in used] == [(409, "tax-class-in-use")] * 2
    assert refusal(needed)[:2] == (409, "standard-class-needed")
    assert (await staff.get(CLASSES)).json()["items"] == items
    zone = await staff.delete(f"{ZONES}/{rate['zone_id']}")
    assert refusal(zone)[:2] == (409, "zone-in-use")
    await staff.delete(f"{RATES}/{rate['id']}")
    gone = await staff.delete(f"{CLASSES}/{of_rate['id']}")
    assert (gone.status_code, gone.content) == (204, b"")


async def test_a_rate_reads_as_staff_wrote_it(staff: AsyncClient) -> None:
    rate = await a_rate(staff, starts_at="2026-01-01T00:00:00Z")
    one = f"{RATES}/{rate['id']}"

    assert (rate["percent"], rate["tax_class"], rate["compound"]) == ("21", "standard", False)
    assert (rate["starts_at"], rate["ends_at"]) == ("2026-01-01T00:00:00Z", None)
    late = await changes_once(staff, one, {"percent": "4.5", "compound": True, "starts_at": None})
    assert refusal(late)[:2] == (412, "tax-rate-changed")
    changed = {**rate, "percent": "4.5", "compound": True, "starts_at": None, "version": 2}
    assert (await staff.get(one)).json() == changed
    page = (await staff.get(RATES, params={"zone_id": rate["zone_id"]})).json()
    assert page == {"items": [changed], "next_cursor": None}


async def test_rates_are_listed_in_pages(staff: AsyncClient) -> None:
    first = await a_rate(staff)
    same = {"zone_id": first["zone_id"], "name": "City", "percent": "1"}
    second = await made(staff, RATES, same)
    asked = {"zone_id": first["zone_id"], "limit": "1"}

    page = (await staff.get(RATES, params=asked)).json()
    rest = (await staff.get(RATES, params={**asked, "cursor": page["next_cursor"]})).json()

    assert page["items"] == [first]
    assert rest == {"items": [second], "next_cursor": None}
    other = await staff.get(RATES, params={"cursor": page["next_cursor"]})
    assert refusal(other)[:2] == (400, "cursor-unusable")


async def test_a_bad_rate_names_its_field(staff: AsyncClient) -> None:
    rate = await a_rate(staff, starts_at="2026-01-01T00:00:00Z")
    one = f"{RATES}/{rate['id']}"
    bad: list[tuple[dict[str, object], tuple[int, str, str]]] = [
        ({"percent": "100.1"}, (400, "invalid-request", "/percent")),
        ({"percent": 21}, (400, "invalid-request", "/percent")),
        ({"position": -1}, (400, "invalid-request", "/position")),
        ({"starts_at": "2026-01-01T00:00:00"}, (400, "invalid-request", "/starts_at")),
        ({"ends_at": "9999-01-01T00:00:00Z"}, (422, "tax-time-unusable", "/ends_at")),
        ({"ends_at": "2026-01-01T00:00:00Z"}, (422, "tax-ends-before-it-starts", "/ends_at")),
        ({"zone_id": str(uuid4())}, (422, "zone-unknown", "/zone_id")),
        ({"tax_class": "none"}, (422, "tax-class-unknown", "/tax_class")),
    ]
    draft = {name: rate[name] for name in ("zone_id", "name", "percent", "starts_at")}

    for fields, expected in bad:
        assert refusal(await staff.post(RATES, json={**draft, **fields})) == expected
        assert refusal(await staff.patch(one, json=fields)) == expected
    page = (await staff.get(RATES, params={"zone_id": rate["zone_id"]})).json()
    assert page["items"] == [rate]


async def test_only_who_may_change_settings_changes_taxes(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    rate = await a_rate(staff)
    one = f"{RATES}/{rate['id']}"
    manager, stranger = await a_program(shop, Role.MANAGER), a_browser(shop)

    for who, status in ((manager, 403), (stranger, 401)):
        answers = [
            await who.post(CLASSES, json={"code": "mine", "name": "Mine"}),
            await who.patch(one, json={"percent": "0"}),
            await who.delete(one),
        ]
        assert [it.status_code for it in answers] == [status] * 3
    assert (await manager.get(one)).json() == rate
    assert (await stranger.get(RATES)).status_code == 401
    nowhere = [await staff.get(f"{it}/{uuid4()}") for it in (RATES, CLASSES)]
    kinds = [(404, "tax-rate-not-found"), (404, "tax-class-not-found")]
    assert [refusal(it)[:2] for it in nowhere] == kinds


async def test_a_cart_is_taxed_as_where_it_goes(staff: AsyncClient, buyer: AsyncClient) -> None:
    channel = (await staff.get(CHANNEL)).json()
    product = await a_product(staff, price=1_000)
    german, greek = [
        await made(staff, ZONES, {"name": uuid4().hex, "areas": [{"country": it}]})
        for it in ("DE", "GR")
    ]
    rates = [
        await made(staff, RATES, {"zone_id": zone["id"], "name": "VAT", "percent": percent})
        for zone, percent in ((german, "19"), (greek, "24"))
    ]
    facts = {"tax_source": "zones", "tax_country": "DE", "cross_border": "same_net"}
    try:
        needed = await staff.patch(CHANNEL, json={"tax_source": "zones", "tax_country": None})
        service = await staff.patch(CHANNEL, json={"tax_source": "service"})
        changed = (await staff.patch(CHANNEL, json={**facts, "tax_outside": "export"})).json()
        cart = await a_cart(buyer, **{product["variants"][0]["sku"]: 1})
        found = [(cart["lines"][0]["unit_price"], cart["lines"][0]["tax"])]
        for country in ("GR", "US"):
            contact = {
                "email": "a@example.com",
                "shipping_address": {**ADDRESS, "country": country},
            }
            cart = (await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)).json()
            found.append((cart["lines"][0]["unit_price"], cart["lines"][0]["tax"]))
        await staff.patch(f"{RATES}/{rates[1]['id']}", json={"ends_at": "2020-01-01T00:00:00Z"})
        contact["shipping_address"] = {**ADDRESS, "country": "GR"}
        cart = (await buyer.put(f"/v1/carts/{cart['id']}/contact", json=contact)).json()
    finally:
        del channel["version"]
        await staff.patch(CHANNEL, json=channel)

    assert {name: changed[name] for name in facts} == facts
    assert refusal(needed) == (422, "tax-country-missing", "/tax_country")
    assert refusal(service) == (422, "tax-source-unavailable", "/tax_source")
    assert found == [(1_000, 160), (1_042, 202), (840, 0)]
    assert "/problems/tax-undecided" in [it["type"] for it in cart["problems"]]
    for it in (*rates, german, greek):
        await staff.delete(f"{RATES if 'percent' in it else ZONES}/{it['id']}")
