from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from litestar import Router, get
from litestar.types import ASGIApp
from support.people import a_browser, a_customer, a_member_of_staff, a_program, visitor
from support.refusals import refusal

from trastienda import application
from trastienda.application import Application
from trastienda.controllers.accounts import keys
from trastienda.database.db import reading, transaction, utcnow
from trastienda.database.models.accounts.user import SCOPES, SCOPES_OF, Role
from trastienda.errors import Invalid
from trastienda.middlewares.identity import access
from trastienda.services.accounts.keys import KeyNotFound, all_keys
from trastienda.settings import Settings


@get("/orders")
async def list_orders() -> str:
    return "orders"


@pytest.fixture
def back_office(shop: Application, settings: Settings) -> Application:
    orders = Router("/", route_handlers=[list_orders], guards=[access.requires("orders.read")])
    return application.guarded(application.shop(settings, routes=[orders]), settings)


async def status(office: ASGIApp, who: AsyncClient) -> int:
    """Ask the back office with the key, or the cookies, of somebody."""
    browser = a_browser(office)
    browser.headers.update({k: v for k, v in who.headers.items() if k == "authorization"})
    browser.cookies.update(who.cookies)
    return (await browser.get("/orders")).status_code


async def test_a_key_is_known_by_its_name_and_role(shop: ASGIApp) -> None:
    known = await visitor(await a_program(shop, Role.MANAGER))

    assert known is not None
    assert (known["name"], known["email"], known["roles"]) == ("program", None, ["manager"])


async def test_only_a_hash_of_a_key_is_stored(shop: ASGIApp) -> None:
    program = await a_program(shop, Role.OWNER)
    _, prefix, random = program.headers["Authorization"].split("_", 2)

    async with reading() as session:
        rows = await session.driver.execute("SELECT api_keys::text FROM api_keys")
        stored = "".join(row[0] for row in await rows.fetchall())
    assert prefix in stored
    assert random not in stored


async def test_who_may_read_orders(shop: ASGIApp, back_office: ASGIApp) -> None:
    who = {
        "nobody": a_browser(shop),
        "customer": await a_customer(shop),
        "editor": await a_member_of_staff(shop, Role.EDITOR),
        "support": await a_member_of_staff(shop, Role.SUPPORT),
        "owner's key": await a_program(shop, Role.OWNER),
        "narrow key": await a_program(shop, None, "orders.read"),
        "narrowed key": await a_program(shop, Role.OWNER, "orders.read", "stock.read"),
        "other key": await a_program(shop, Role.OWNER, "stock.read"),
        "no key": a_browser(shop, Authorization="Bearer tk_0"),
    }

    assert {name: await status(back_office, them) for name, them in who.items()} == {
        "nobody": 401,
        "customer": 403,
        "editor": 403,
        "support": 200,
        "owner's key": 200,
        "narrow key": 200,
        "narrowed key": 200,
        "other key": 403,
        "no key": 401,
    }


async def test_a_guarded_call_costs_one_statement_for_the_visitor(
    back_office: Application, shop: ASGIApp, statements: list[str]
) -> None:
    program = await a_program(shop, Role.OWNER)
    await status(back_office, program)
    await back_office.state["last_seen"].settled()
    statements.clear()

    assert await status(back_office, program) == 200
    assert len(statements) == 1


async def test_an_expired_key_is_refused(shop: ASGIApp) -> None:
    past = utcnow() - timedelta(days=1)
    key = await keys.create("old", Role.OWNER, (), past, past + timedelta(hours=24))
    answer = await a_browser(shop, Authorization=f"Bearer {key}").get("/v1/session")

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/wrong-key")


async def test_a_revoked_key_is_refused_at_once(shop: ASGIApp) -> None:
    program = await a_program(shop, Role.OWNER)
    assert await visitor(program) is not None
    prefix = program.headers["Authorization"].split("_")[1]
    await keys.revoke(prefix, utcnow())

    assert (await program.get("/v1/session")).status_code == 401
    with pytest.raises(KeyNotFound):
        await keys.revoke(prefix, utcnow())


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer x",
        "Bearer tk_0123456789ab_" + "A" * 43,
        "Bearer tk_0123456789ab_" + "A" * 44,
        "Bearer tk_%s_" + "A" * 43,
        "Basic YTpi",
        "",
    ],
)
async def test_a_wrong_key_is_refused_and_the_session_beside_it_does_not_help(
    shop: ASGIApp, authorization: str
) -> None:
    browser = await a_customer(shop)
    answer = await browser.get("/v1/session", headers={"Authorization": authorization})

    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/wrong-key")
    assert await visitor(browser) is not None


async def test_a_key_with_the_right_prefix_and_another_secret_is_refused(shop: ASGIApp) -> None:
    program = await a_program(shop, Role.OWNER)
    forged = program.headers["Authorization"][:-43] + "A" * 43

    assert (await a_browser(shop, Authorization=forged).get("/v1/session")).status_code == 401


async def test_the_scheme_is_written_in_any_case(shop: ASGIApp) -> None:
    program = await a_program(shop, Role.OWNER)
    header = program.headers["Authorization"].replace("Bearer", "bearer")

    assert await visitor(a_browser(shop, Authorization=header)) is not None


async def test_when_a_key_was_used_is_written_at_most_once_a_minute(shop: Application) -> None:
    program = await a_program(shop, Role.OWNER)
    prefix = program.headers["Authorization"].split("_")[1]

    async def last_used() -> datetime | None:
        await visitor(program)
        await shop.state["last_seen"].settled()
        async with reading() as session:
            return next(key.last_used_at for key in await all_keys(session) if key.prefix == prefix)

    first = await last_used()
    assert first is not None
    assert await last_used() == first
    earlier = first - timedelta(seconds=61)
    async with transaction() as session:
        await session.driver.execute(
            "UPDATE api_keys SET last_used_at = %s WHERE prefix = %s", [earlier, prefix]
        )
    again = await last_used()
    assert again is not None
    assert again > first


@pytest.mark.parametrize(
    ("name", "role", "scopes"),
    [
        ("x", None, []),
        ("x", None, ["everything"]),
        ("x", Role.OWNER, ["everything"]),
        ("x", Role.WAREHOUSE, ["pricing.write"]),
        ("", Role.OWNER, []),
        ("x" * 201, Role.OWNER, []),
    ],
)
async def test_a_key_that_makes_no_sense_is_not_made(
    shop: ASGIApp,
    name: str,
    role: Role | None,
    scopes: list[str],
) -> None:
    async with reading() as session:
        before = len(await all_keys(session))
    with pytest.raises(Invalid):
        await keys.create(name, role, scopes, utcnow(), None)

    async with reading() as session:
        assert len(await all_keys(session)) == before


def test_the_owner_may_everything_and_nobody_what_does_not_exist() -> None:
    assert SCOPES_OF[Role.OWNER] == SCOPES
    assert set(SCOPES_OF) == set(Role)
    assert all(scopes <= SCOPES for scopes in SCOPES_OF.values())


def test_only_the_owner_makes_keys_and_staff() -> None:
    house = {"keys.write", "staff.write", "settings.write", "providers.write"}

    assert [role for role in Role if SCOPES_OF[role] & house] == [Role.OWNER]


KEYS = "/v1/admin/keys"


async def test_owners_make_list_and_revoke_keys(shop: ASGIApp, staff: AsyncClient) -> None:
    draft = {"name": "erp", "role": "warehouse", "scopes": ["stock.read", "stock.read"]}
    answers = [
        await staff.post(KEYS, json=draft, headers={"Idempotency-Key": "a-key-of-this-test-alone"})
        for _ in range(2)
    ]
    made, again = (it.json() for it in answers)
    key = made.pop("key")
    assert [it.status_code for it in answers] == [201, 201]
    assert again == {**made, "key": None}
    assert (made["scopes"], made["staff"], made["expires_at"]) == (["stock.read"], None, None)
    program = a_browser(shop, Authorization=f"Bearer {key}")
    assert (await program.get("/v1/admin/stock")).status_code == 200
    assert (await program.get("/v1/admin/orders")).status_code == 403
    assert made["id"] in {it["id"] for it in (await staff.get(KEYS)).json()["items"]}

    ended = [await staff.delete(f"{KEYS}/{made['id']}") for _ in range(2)]

    assert [it.status_code for it in ended] == [204, 404]
    assert (await program.get("/v1/admin/stock")).status_code == 401
    assert made["id"] not in {it["id"] for it in (await staff.get(KEYS)).json()["items"]}


async def test_a_key_makes_and_revokes_none_that_may_more_than_itself(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    small = await a_program(shop, None, "keys.write", "orders.read")
    owners = (await staff.post(KEYS, json={"name": "big", "role": "owner"})).json()

    beyond = [
        await small.post(KEYS, json={"name": "x", "role": "owner"}),
        await small.post(KEYS, json={"name": "x", "scopes": ["orders.write"]}),
        await small.delete(f"{KEYS}/{owners['id']}"),
    ]
    within = await small.post(KEYS, json={"name": "x", "scopes": ["orders.read"]})

    assert [refusal(it)[:2] for it in beyond] == [(403, "rights-beyond-yours")] * 3
    assert within.status_code == 201
    for role in (Role.MANAGER, Role.SUPPORT):
        assert (await (await a_program(shop, role)).get(KEYS)).status_code == 403
    program = a_browser(shop, Authorization=f"Bearer {owners['key']}")
    assert (await program.get(KEYS)).status_code == 200


async def test_owners_make_no_key_that_makes_no_sense(shop: ASGIApp, staff: AsyncClient) -> None:
    before = len((await staff.get(KEYS)).json()["items"])
    drafts: list[dict[str, Any]] = [
        {"name": "x"},
        {"name": "x", "role": "editor", "scopes": ["orders.read"]},
        {"name": "x", "role": "editor", "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "x", "role": "editor", "staff": str(uuid4())},
        {"name": " ", "role": "editor"},
        {"name": "x", "scopes": ["everything"]},
        {"name": "x", "role": "editor", "key_hash": "00"},
    ]

    answers = [await staff.post(KEYS, json=it) for it in drafts]

    assert [refusal(it)[1] for it in answers[:4]] == [
        "key-allows-nothing",
        "scope-outside-role",
        "key-ends-before",
        "staff-not-found",
    ]
    assert [it.status_code for it in answers[4:]] == [400, 400, 400]
    assert len((await staff.get(KEYS)).json()["items"]) == before
