"""Payment providers as rows: credentials that only go in, and clients that follow the rows."""

import asyncio
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient
from support.applications import SECRET
from support.background import ask, change, relay_all
from support.payments.accounts import WHERE, a_name, connected, knowing
from support.payments.books import payment_of
from support.payments.gift_sales import a_cart_with, a_voucher_sku
from support.payments.house import HOUSE, KEYS, MADE
from support.people import a_program
from support.processes.command_lines import typed
from support.products import a_cart_to_order, a_sku_for_sale, check_out

from trastienda.application import Application
from trastienda.controllers.payments.providers import refresh, rotate
from trastienda.database.db import reading
from trastienda.database.models.accounts.user import Role
from trastienda.services.accounts import security
from trastienda.services.payments import Providers
from trastienda.services.payments.providers.credentials import PURPOSE
from trastienda.services.payments.providers.kinds import Field, Kind
from trastienda.services.shared.keyring import Keyring
from trastienda.settings import Settings

OTHER = "key-test-ffffffffffffffff"


@pytest.fixture
async def providers(shop: Application) -> AsyncIterator[Providers]:
    async with knowing(shop, {"house": HOUSE}) as known:
        yield known


async def house(staff: AsyncClient, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    return await connected(staff, "house", **{"credentials": KEYS, **fields})


async def a_cart(staff: AsyncClient, buyer: AsyncClient) -> str:
    cart = await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1})
    return str(cart["id"])


async def offered(buyer: AsyncClient, cart: str) -> list[str]:
    answer = await buyer.get(f"/v1/carts/{cart}/payment-options")
    assert answer.status_code == 200, answer.text
    return [it["provider"] for it in answer.json()["items"]]


async def counted() -> int:
    """Return how often the security log tells of other credentials."""
    await relay_all()
    async with reading() as session:
        return (await security.totals(session))[security.Kind.CREDENTIALS_CHANGED]


async def test_staff_connect_an_account_and_never_see_its_credentials_again(
    providers: Providers, staff: AsyncClient
) -> None:
    made = await house(staff)
    address = f"{WHERE}/{made['id']}"
    read, listed = await staff.get(address), await staff.get(WHERE)
    told = await ask("SELECT data::text FROM events WHERE aggregate_id = %s", made["id"])
    kept = await ask("SELECT credentials FROM payment_providers WHERE id = %s", made["id"])

    assert made["credentials"] == {"key": "…cdef", "public": "…cdef"}
    assert made["webhook_path"] == f"/v1/payments/{made['name']}/webhook"
    assert read.json() == made == listed.json()["items"][0]
    assert read.headers["etag"] == '"1"'
    assert KEYS["key"].encode() not in bytes(kept[0][0])
    assert len(told) == 1
    assert "cdef" not in told[0][0]


@pytest.mark.parametrize(
    ("wrong", "problem", "pointer"),
    [
        ({"kind": "purse"}, "provider-kind-unknown", "/kind"),
        ({"credentials": {}}, "provider-field-missing", "/credentials/key"),
        ({"credentials": {**KEYS, "a/b": "1"}}, "provider-field-unknown", "/credentials/a~1b"),
        ({"mode": "live"}, "provider-field-unusable", "/credentials/key"),
        ({"options": {"colour": "green"}}, "provider-field-unusable", "/options/colour"),
        ({"channels": ["moon"]}, "channel-unknown", "/channels/0"),
        ({"countries": ["ES", "XX"]}, "country-unknown", "/countries/1"),
        ({"currencies": ["EUX"]}, "no-such-currency", "/currencies/0"),
        ({"name": "manual"}, "payment-provider-name-taken", "/name"),
    ],
)
async def test_what_cannot_be_used_is_refused_with_its_field(
    providers: Providers, staff: AsyncClient, wrong: dict[str, Any], problem: str, pointer: str
) -> None:
    draft = {"name": a_name(), "kind": "house", "mode": "test", "credentials": KEYS, **wrong}
    answer = await staff.post(WHERE, json=draft)

    assert answer.status_code == (409 if problem.endswith("taken") else 422)
    assert answer.json()["type"] == f"/problems/{problem}"
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert KEYS["key"] not in answer.text
    assert await ask("SELECT 1 FROM payment_providers WHERE name = %s", draft["name"]) == []


async def test_a_shop_has_fifty_of_them_at_most_and_each_name_once(
    providers: Providers, staff: AsyncClient
) -> None:
    made = await house(staff)
    draft = {"name": made["name"], "kind": "house", "mode": "test", "credentials": KEYS}
    twice = await asyncio.gather(*(staff.post(WHERE, json=draft) for _ in range(2)))
    await change(
        "INSERT INTO payment_providers SELECT (jsonb_populate_record(row, jsonb_build_object("
        "'id', gen_random_uuid(), 'name', 'copy' || number))).*"
        " FROM payment_providers AS row, generate_series(1, 48) AS number WHERE row.id = %s",
        made["id"],
    )
    last = [{**draft, "name": a_name()} for _ in range(3)]
    answers = await asyncio.gather(*(staff.post(WHERE, json=it) for it in last))

    assert [it.json()["type"] for it in twice] == ["/problems/payment-provider-name-taken"] * 2
    assert sorted(it.status_code for it in answers) == [201, 409, 409]


async def test_credentials_are_replaced_one_by_one_and_the_security_log_counts_it(
    providers: Providers, staff: AsyncClient
) -> None:
    made = await house(staff)
    address = f"{WHERE}/{made['id']}"
    client = MADE[-1]
    before = await counted()
    patched = await staff.patch(
        address, json={"credentials": {"key": OTHER, "public": None}}, headers={"if-match": '"1"'}
    )
    stale = await staff.patch(address, json={"position": 3}, headers={"if-match": '"1"'})
    broken = await staff.patch(address, json={"credentials": {"key": None}})
    told = await ask(
        "SELECT type FROM events WHERE aggregate_id = %s ORDER BY sequence", made["id"]
    )

    assert await counted() == before + 1
    assert patched.json()["credentials"] == {"key": "…ffff"}
    assert (stale.status_code, broken.status_code) == (412, 422)
    assert (client.closed, MADE[-1].account.credentials) == (True, {"key": OTHER})
    assert [it for (it,) in told] == [
        "payment_provider.created",
        "payment_provider.changed",
        "payment_provider.credentials_changed",
    ]


async def test_who_may_see_and_who_may_set(providers: Providers, shop: Application) -> None:
    manager, support = await a_program(shop, Role.MANAGER), await a_program(shop, Role.SUPPORT)
    async with manager, support:
        seen = await manager.get(WHERE)
        set_ = await manager.post(WHERE, json={})
        hidden = await support.get(WHERE)

    assert (seen.status_code, set_.status_code, hidden.status_code) == (200, 403, 403)


async def test_a_cart_is_offered_who_takes_its_payment(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    second = await house(staff, position=2, channels=["default"], countries=["ES"])
    first = await house(staff, position=1, currencies=["EUR"])
    for places in ({"countries": ["PT"]}, {"currencies": ["USD"]}, {"enabled": False}):
        await house(staff, **places)
    cart = await a_cart(staff, buyer)
    options = (await buyer.get(f"/v1/carts/{cart}/payment-options")).json()
    bare = (await buyer.post("/v1/carts", json={})).json()["id"]

    assert options["currency"] == "EUR"
    assert [it["provider"] for it in options["items"]] == [
        first["name"],
        second["name"],
        "manual",
        "test",
    ]
    assert options["items"][0] == {
        "provider": first["name"],
        "kind": "house",
        "mode": "test",
        "client": {"public": KEYS["public"]},
    }
    assert await offered(buyer, bare) == ["manual", "test"]  # nothing to pay, and no country


async def test_a_checkout_refuses_who_is_not_offered_and_changes_nothing(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    abroad = await house(staff, countries=["PT"])
    at_home = await house(staff)
    cart = await a_cart(staff, buyer)
    before = (await buyer.get(f"/v1/carts/{cart}")).json()
    refused = await check_out(buyer, cart, abroad["name"], token="ok")
    unknown = await check_out(buyer, cart, "nobody", token="ok")
    after = (await buyer.get(f"/v1/carts/{cart}")).json()
    paid = await check_out(buyer, cart, at_home["name"], token="ok")

    assert (refused.status_code, unknown.status_code) == (422, 422)
    assert refused.json()["type"] == "/problems/provider-not-offered"
    assert refused.json()["offered"] == [at_home["name"], "manual", "test"]
    assert abroad["name"] in unknown.json()["known"]
    assert after == before
    assert (paid.status_code, paid.json()["payment_status"]) == (201, "paid")


async def test_less_than_a_provider_takes_is_refused_before_it_is_asked(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    one = await house(staff)
    cart = await a_cart_with(buyer, {await a_voucher_sku(staff, 40): 2}, ships=False)
    refused = await check_out(buyer, cart["id"], one["name"], token="ok")

    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/amount-too-small")
    assert (refused.json()["minimum"], refused.json()["offered"]) == (100, ["manual", "test"])
    assert one["name"] not in await offered(buyer, cart["id"])


async def test_in_production_a_provider_in_test_mode_is_for_staff(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with knowing(shop, {"house": HOUSE}, only_live=True):
        trial = await house(staff)
        cart = await a_cart(staff, buyer)
        theirs = await a_cart(staff, staff)

        assert trial["name"] not in await offered(buyer, cart)
        assert trial["name"] in await offered(staff, theirs)


async def test_a_provider_with_payments_can_only_be_disabled_and_these_go_on(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    unused, used = await house(staff), await house(staff)
    cart = await a_cart(staff, buyer)
    waiting = await check_out(buyer, cart, used["name"], token="challenge")
    gone = await staff.delete(f"{WHERE}/{unused['id']}")
    kept = await staff.delete(f"{WHERE}/{used['id']}")
    disabled = await staff.patch(f"{WHERE}/{used['id']}", json={"enabled": False})
    other = await check_out(buyer, await a_cart(staff, buyer), used["name"], token="ok")
    url = waiting.json()["payment"]["next_action"]["url"]
    await buyer.post(url[url.index("/v1/") :], params={"outcome": "succeed"})
    paid = await buyer.get(f"/v1/carts/{cart}/payment")

    assert (waiting.status_code, gone.status_code, disabled.status_code) == (202, 204, 200)
    assert (kept.status_code, kept.json()["type"]) == (409, "/problems/payment-provider-in-use")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/provider-not-offered")
    assert paid.json()["status"] == "succeeded"


async def test_of_a_deletion_and_a_checkout_at_once_one_is_refused(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await house(staff)
    cart = await a_cart(staff, buyer)
    deleted, paid = await asyncio.gather(
        staff.delete(f"{WHERE}/{made['id']}"), check_out(buyer, cart, made["name"], token="ok")
    )
    left = await ask("SELECT 1 FROM payment_providers WHERE id = %s", made["id"])
    payments = await ask("SELECT state FROM payment_attempts WHERE cart_id = %s", cart)

    assert (deleted.status_code, paid.status_code, len(left), payments) in [
        (204, 404, 0, []),  # the row went first
        (204, 422, 0, []),  # and this process knew already
        (409, 201, 1, [("succeeded",)]),
    ]


async def test_a_client_is_closed_after_its_last_call_and_not_before(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await house(staff)
    cart, old = await a_cart(staff, buyer), MADE[-1]
    old.may_answer.clear()
    paying = asyncio.ensure_future(check_out(buyer, cart, made["name"], token="ok"))
    await old.asked.wait()
    await staff.patch(f"{WHERE}/{made['id']}", json={"credentials": {"key": OTHER}})
    was_closed = old.closed
    old.may_answer.set()
    paid = await paying

    assert (was_closed, paid.status_code, old.closed) == (False, 201, True)
    assert MADE[-1].account.credentials["key"] == OTHER


async def test_another_process_knows_a_change_when_it_looks_and_reopens_nothing_else(
    providers: Providers, staff: AsyncClient
) -> None:
    other = Providers({}, providers.ring, kinds={"house": HOUSE})
    made = await house(staff)
    await refresh(other)
    opened = len(MADE)
    await staff.patch(f"{WHERE}/{made['id']}", json={"enabled": False, "position": 9})
    await refresh(other)
    closed = other.row(made["name"])
    await staff.delete(f"{WHERE}/{made['id']}")
    await refresh(other)

    assert (closed, made["name"] in other, len(MADE)) == (None, False, opened)
    assert MADE[opened - 1].closed


async def test_a_provider_that_was_deleted_elsewhere_takes_no_payment(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await house(staff)
    cart = await a_cart(staff, buyer)
    await change("DELETE FROM payment_providers WHERE id = %s", made["id"])
    answer = await check_out(buyer, cart, made["name"], token="ok")
    again = await check_out(buyer, cart)

    assert (answer.status_code, again.status_code) == (404, 201)


@pytest.mark.parametrize(
    ("key", "result"),
    [("0123456789", "works"), ("012345dead", "refused"), ("012345mute", "unknown")],
)
async def test_a_check_asks_the_provider(
    providers: Providers, staff: AsyncClient, key: str, result: str
) -> None:
    made = await house(staff, credentials={"key": f"key-test-{key}"})
    answer = await staff.post(f"{WHERE}/{made['id']}/check")

    assert (answer.status_code, answer.json()) == (200, {"result": result})


async def test_credentials_are_read_with_an_old_secret_and_encrypted_anew(
    providers: Providers, staff: AsyncClient
) -> None:
    made = await house(staff)
    both = Keyring(PURPOSE, [b"the new secret", SECRET.encode()])
    new = Keyring(PURPOSE, [b"the new secret"])
    before = await rotate(new)
    done = await rotate(both), await rotate(both)
    with_new = Providers({}, new, kinds={"house": HOUSE})
    await refresh(with_new)
    with_old = Providers({}, providers.ring, kinds={"house": HOUSE})
    await refresh(with_old)

    assert before == ([], [made["name"]])
    assert done == (([made["name"]], []), ([], []))
    assert with_new.row(made["name"]) is not None
    assert (made["name"] in with_old, with_old.row(made["name"])) == (True, None)


async def test_the_command_encrypts_anew_and_names_what_it_cannot_read(
    providers: Providers, staff: AsyncClient, settings: Settings, tmp_path: Path
) -> None:
    made, before, after = await house(staff), "b" * 40, "a" * 40
    await rotate(Keyring(PURPOSE, [before.encode(), SECRET.encode()]))
    given = os.environ | {
        "DATABASE_URL": settings.database_url or "",
        "TRASTIENDA_DATA": str(tmp_path),
        "TRASTIENDA_SECRET": after,
    }
    command = ("payments", "rotate")
    (lost,) = await asyncio.to_thread(typed, given, command)
    (anew,) = await asyncio.to_thread(typed, given | {"TRASTIENDA_OLD_SECRETS": before}, command)

    assert (lost.code, anew.code) == (1, 0)
    assert f"not in TRASTIENDA_OLD_SECRETS: {made['name']}." in lost.err
    assert anew.err.endswith(f"Encrypted anew: {made['name']}.\n")


@pytest.mark.parametrize(
    "kind",
    [
        HOUSE._replace(credentials={**HOUSE.credentials, "pin": Field(re.compile(r"\d+"))}),
        HOUSE._replace(path="support.payments.burnt_down:House"),
    ],
)
async def test_one_that_cannot_be_opened_keeps_nothing_else_from_working(
    providers: Providers, staff: AsyncClient, kind: Kind
) -> None:
    made = await house(staff)
    other = Providers({}, providers.ring, kinds={"house": kind})
    await refresh(other)

    assert (made["name"] in other, other.row(made["name"])) == (True, None)


async def test_credentials_are_of_one_row_only(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    mine, theirs = await house(staff), await house(staff, credentials={"key": OTHER})
    await change(
        "UPDATE payment_providers SET credentials = ("
        "SELECT credentials FROM payment_providers WHERE id = %s) WHERE id = %s",
        theirs["id"],
        mine["id"],
    )
    await refresh(providers)
    cart = await a_cart(staff, buyer)
    checked = await staff.post(f"{WHERE}/{mine['id']}/check")

    assert mine["name"] not in await offered(buyer, cart)
    assert checked.json() == {"result": "unknown"}


async def test_a_payment_notes_the_row_of_its_provider(
    providers: Providers, staff: AsyncClient, buyer: AsyncClient
) -> None:
    made = await house(staff)
    cart = await a_cart(staff, buyer)
    await check_out(buyer, cart, made["name"], token="ok")

    assert str((await payment_of(cart))["provider_id"]) == made["id"]
