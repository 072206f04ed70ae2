from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import a_browser, a_program
from support.products import ADDRESS, a_shipping_option
from support.refusals import changes_once, refusal

from trastienda.database.db import prepared, reading, transaction
from trastienda.database.models.accounts.user import Role
from trastienda.database.models.shipping.option import ShippingOption
from trastienda.services.taxes.zones import MATCHING_SQL

ALL = "/v1/admin/zones"
_MATCHING = prepared(
    f"SELECT found.* FROM carts, LATERAL ({MATCHING_SQL}) found WHERE id = %(cart)s"  # noqa: S608
)


def one(zone: dict[str, Any]) -> str:
    return f"{ALL}/{zone['id']}"


async def a_zone(staff: AsyncClient, *areas: dict[str, str]) -> dict[str, Any]:
    draft = {"name": f"Zone {uuid4().hex}", "areas": list(areas or [{"country": "ES"}])}
    answer = await staff.post(ALL, json=draft)
    assert answer.status_code == 201, answer.text
    zone: dict[str, Any] = answer.json()
    return zone


async def matching(buyer: AsyncClient, **address: str) -> dict[str, int]:
    """Give the zones of a cart that goes there, with how narrow they are."""
    cart = (await buyer.post("/v1/carts", json={})).json()["id"]
    contact = {"email": "ada@example.com", "shipping_address": {**ADDRESS, **address}}
    answer = await buyer.put(f"/v1/carts/{cart}/contact", json=contact)
    assert answer.status_code == 200, answer.text
    async with reading() as session:
        return {str(zone): how for zone, how in await _MATCHING.rows(session, cart=cart)}


@pytest.fixture
async def zone(staff: AsyncClient) -> AsyncIterator[dict[str, Any]]:
    made = await a_zone(staff)
    yield made
    await staff.delete(one(made))


async def test_a_zone_reads_as_staff_wrote_it(staff: AsyncClient) -> None:
    areas = [
        {"country": "ES", "region": "Las Palmas", "postal_code": "35001 - 35660"},
        {"country": "PT"},
        {"country": "GB", "postal_code": "bt*"},
    ]

    made = await a_zone(staff, *areas)

    assert made == {"id": made["id"], "name": made["name"], "areas": areas, "version": 1}
    assert (await staff.get(one(made))).json() == made
    assert made in (await staff.get(ALL)).json()["items"]
    patch = {"areas": [{"country": "FR"}]}
    changed = (await staff.patch(one(made), json=patch)).json()
    assert changed == {**made, **patch, "version": 2}
    assert (await staff.get(one(made))).json() == changed


@pytest.mark.parametrize(
    ("area", "address", "narrow"),
    [
        ({}, {}, 1),
        ({"region": "A Coruña"}, {"region": " a CORUNA"}, 2),
        ({"region": "A Coruña"}, {"region": "Lugo"}, None),
        ({"region": "A Coruña"}, {}, None),
        ({"postal_code": "28013"}, {"postal_code": "28 013"}, 3),
        ({"postal_code": "28013"}, {"postal_code": "280130"}, None),
        ({"postal_code": "28013"}, {}, None),
        ({"postal_code": "28*"}, {"postal_code": "28080"}, 3),
        ({"postal_code": "28*"}, {"postal_code": "2"}, None),
        ({"postal_code": "28*"}, {"postal_code": "29000"}, None),
        ({"postal_code": "ec1a*"}, {"postal_code": "EC1A 1BB"}, 3),
        ({"postal_code": "28001-28080"}, {"postal_code": "28001"}, 3),
        ({"postal_code": "28001-28080"}, {"postal_code": "28080"}, 3),
        ({"postal_code": "28001-28080"}, {"postal_code": "28080-1234"}, 3),
        ({"postal_code": "28001-28080"}, {"postal_code": "28081"}, None),
        ({"postal_code": "28001-28080"}, {"postal_code": "28000"}, None),
        ({"postal_code": "00-950"}, {"postal_code": "00-950"}, 3),
        ({"postal_code": "00-950"}, {"postal_code": "500"}, None),
        ({"region": "Madrid", "postal_code": "28*"}, {"postal_code": "28013"}, None),
        (
            {"region": "Madrid", "postal_code": "28*"},
            {"region": "madrid", "postal_code": "28013"},
            3,
        ),
        ({"country": "PT"}, {}, None),
    ],
)
async def test_an_address_is_in_a_zone_by_country_region_and_postal_code(
    staff: AsyncClient,
    buyer: AsyncClient,
    area: dict[str, str],
    address: dict[str, str],
    narrow: int | None,
) -> None:
    made = await a_zone(staff, {"country": "ES", **area})

    found = await matching(buyer, **address)

    assert found.get(made["id"]) == narrow


async def test_the_narrowest_of_its_areas_says_how_narrow_a_zone_is(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await a_zone(
        staff, {"country": "ES"}, {"country": "ES", "postal_code": "28*"}, {"country": "PT"}
    )

    assert (await matching(buyer, postal_code="28013"))[made["id"]] == 3
    assert (await matching(buyer, postal_code="08001"))[made["id"]] == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": " "}, (400, "invalid-request", "/name")),
        ({"areas": []}, (400, "invalid-request", "/areas")),
        ({"areas": [{}]}, (400, "invalid-request", "/areas/0/country")),
        ({"areas": [{"country": "es"}]}, (400, "invalid-request", "/areas/0/country")),
        (
            {"areas": [{"country": "ES"}, {"country": "ZZ"}]},
            (422, "country-unknown", "/areas/1/country"),
        ),
        (
            {"areas": [{"country": "ES", "region": " "}]},
            (400, "invalid-request", "/areas/0/region"),
        ),
        ({"areas": [{"country": "ES", "city": "Vigo"}]}, (400, "invalid-request", "/areas/0/city")),
        *(
            (
                {"areas": [{"country": "ES", "postal_code": code}]},
                (422, "postal-code-unusable", "/areas/0/postal_code"),
            )
            for code in ("*", "28*1", "28**", "28080-28001", "28001-", "-28001", "28,29", "٢٨", " ")
        ),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient,
    zone: dict[str, Any],
    fields: dict[str, object],
    expected: tuple[int, str, str],
) -> None:
    draft = {"name": uuid4().hex, "areas": [{"country": "ES"}], **fields}

    created = await staff.post(ALL, json=draft)
    changed = await staff.patch(one(zone), json=fields)

    assert refusal(created) == expected
    assert refusal(changed) == expected
    assert (await staff.get(one(zone))).json() == zone
    assert draft["name"] not in [it["name"] for it in (await staff.get(ALL)).json()["items"]]


async def test_a_name_is_taken_once(staff: AsyncClient, zone: dict[str, Any]) -> None:
    other = await a_zone(staff)
    draft = {"name": zone["name"], "areas": [{"country": "PT"}]}

    created = await staff.post(ALL, json=draft)
    changed = await staff.patch(one(other), json={"name": zone["name"]})

    assert refusal(created) == refusal(changed) == (409, "zone-name-taken", "/name")
    assert (await staff.get(one(other))).json() == other


async def test_a_zone_that_a_way_of_shipping_asks_for_stays(
    staff: AsyncClient, zone: dict[str, Any]
) -> None:
    option = await a_shipping_option(zone_ids=[UUID(zone["id"])], active=False)

    used = await staff.delete(one(zone))
    async with transaction() as session:
        await session.orm.delete(await session.orm.get_one(ShippingOption, UUID(option)))
    kept = await staff.get(one(zone))
    unused = await staff.delete(one(zone))

    assert refusal(used)[:2] == (409, "zone-in-use")
    assert kept.json() == zone
    assert (unused.status_code, unused.content) == (204, b"")
    assert refusal(await staff.get(one(zone)))[:2] == (404, "zone-not-found")


async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(
    staff: AsyncClient, zone: dict[str, Any]
) -> None:
    late = await changes_once(staff, one(zone), {"areas": [{"country": "FR"}]})

    assert refusal(late)[:2] == (412, "zone-changed")
    deleted = await staff.delete(one(zone), headers={"If-Match": '"1"'})
    assert refusal(deleted)[:2] == (412, "zone-changed")


async def test_the_same_request_again_has_its_effect_once(staff: AsyncClient) -> None:
    key = {"Idempotency-Key": uuid4().hex}
    draft = {"name": f"Zone {uuid4().hex}", "areas": [{"country": "ES"}]}

    first = await staff.post(ALL, json=draft, headers=key)
    again = await staff.post(ALL, json=draft, headers=key)

    assert (again.status_code, again.content) == (201, first.content)
    gone = {"Idempotency-Key": uuid4().hex}
    answers = [await staff.delete(one(first.json()), headers=gone) for _ in range(2)]
    assert [(it.status_code, it.content) for it in answers] == [(204, b"")] * 2


async def test_only_who_may_change_settings_changes_zones(
    shop: ASGIApp, staff: AsyncClient, zone: dict[str, Any]
) -> None:
    manager, stranger = await a_program(shop, Role.MANAGER), a_browser(shop)

    assert (await manager.get(one(zone))).json() == zone
    for who, status in ((manager, 403), (stranger, 401)):
        answers = [
            await who.post(ALL, json={"name": "Mine", "areas": [{"country": "ES"}]}),
            await who.patch(one(zone), json={"name": "Mine"}),
            await who.delete(one(zone)),
        ]
        assert [it.status_code for it in answers] == [status] * 3
    assert (await staff.get(one(zone))).json() == zone


async def test_what_is_not_there_is_not_found(staff: AsyncClient) -> None:
    nowhere = f"{ALL}/{uuid4()}"

    answers = [
        await staff.get(nowhere),
        await staff.patch(nowhere, json={"name": "Nowhere"}),
        await staff.delete(nowhere),
    ]

    assert [refusal(it)[:2] for it in answers] == [(404, "zone-not-found")] * 3
