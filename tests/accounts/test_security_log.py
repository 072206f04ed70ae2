"""Security events: what the log says of each, what it never says, and that they are counted."""

import asyncio
import json
import re
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from structlog.testing import capture_logs
from support.applications import alive
from support.background import ask, relay_all
from support.metrics import measured
from support.people import (
    PASSWORD,
    a_browser,
    a_customer,
    a_member_of_staff,
    a_program,
    an_address,
    log_in,
    machine_of,
    visitor,
)
from support.products import a_cart, a_sku_for_sale
from support.promotions import a_code, put_in
from support.statements import without_frames

from trastienda import application
from trastienda.application import Application
from trastienda.controllers.accounts import keys, security, users
from trastienda.controllers.accounts.passwords import PasswordWrong
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.errors import Forbidden, ShopError, TooMany, Unauthenticated
from trastienda.middlewares.identity.security import kind_of
from trastienda.services.accounts.security import Kind, Tally
from trastienda.settings import Settings

DESCRIBED = (Path(__file__).parents[2] / "docs" / "security-log.md").read_text()
Line = MutableMapping[str, Any]


@pytest.fixture
def lines(shop: ASGIApp) -> Iterator[list[Line]]:
    """Return everything that is logged from now on."""
    with capture_logs() as captured:
        yield captured


def events(lines: list[Line]) -> list[Line]:
    found: list[Line] = [dict(line) for line in lines if line["event"] == "security"]
    for line in found:
        del line["event"], line["log_level"]
    return found


async def user_id(browser: AsyncClient) -> UUID:
    known = await visitor(browser)
    assert known is not None
    return UUID(str(known["id"]))


async def test_a_log_in_that_works_and_one_that_fails(shop: ASGIApp, lines: list[Line]) -> None:
    email, browser = an_address(), a_browser(shop)
    me = await user_id(await a_customer(shop, email))
    lines.clear()
    await log_in(browser, email, "a guess")
    await log_in(browser, an_address(), "a guess")
    await log_in(browser, email)

    failed = {
        "kind": "login_failed",
        "client": machine_of(browser),
        "method": "POST",
        "route": "/v1/session",
        "problem": "/problems/invalid-credentials",
    }
    assert events(lines) == [
        {**failed, "user_id": me},
        failed,
        {"kind": "login_done", "client": machine_of(browser), "user_id": me},
    ]
    assert [line for line in lines if line["event"] == "refused"] == []


async def test_a_guess_at_the_password_that_is_to_be_changed_is_a_failed_log_in(
    shop: ASGIApp, lines: list[Line]
) -> None:
    browser = await a_customer(shop)
    me = await user_id(browser)
    lines.clear()
    draft = {"current": "a guess", "password": "another horse battery"}
    await browser.put("/v1/users/me/password", json=draft)

    assert events(lines) == [
        {
            "kind": "login_failed",
            "client": machine_of(browser),
            "method": "PUT",
            "route": "/v1/users/me/password",
            "problem": "/problems/password-wrong",
            "user_id": me,
        }
    ]


async def test_staff_who_log_in_are_told_with_their_role(shop: ASGIApp, lines: list[Line]) -> None:
    await a_member_of_staff(shop, Role.SUPPORT)

    (done,) = events(lines)
    assert (done["kind"], done["role"]) == ("login_done", "support")


async def test_a_limit_that_is_hit_names_the_account_that_was_tried(
    shop: ASGIApp, lines: list[Line]
) -> None:
    email, browser = an_address(), a_browser(shop)
    me = await user_id(await a_customer(shop, email))
    for _ in range(5):
        await log_in(browser, email, "a guess")
    lines.clear()
    await log_in(browser, email, "a guess")

    assert events(lines) == [
        {
            "kind": "limit_hit",
            "client": machine_of(browser),
            "method": "POST",
            "route": "/v1/session",
            "problem": "/problems/slow-down",
            "user_id": me,
        }
    ]


async def test_a_key_that_is_refused_is_named_without_its_secret(
    shop: ASGIApp, lines: list[Line]
) -> None:
    secret = "x" * 43
    known = a_browser(shop, Authorization=f"Bearer tk_0123456789ab_{secret}")
    other = a_browser(shop, Authorization=f"Basic {secret}")
    for browser in (known, other):
        await browser.get("/v1/admin/orders")

    refused = {
        "kind": "key_refused",
        "method": "GET",
        "route": "/v1/admin/orders",
        "problem": "/problems/wrong-key",
    }
    assert events(lines) == [
        {**refused, "client": machine_of(known), "key": "0123456789ab"},
        {**refused, "client": machine_of(other)},
    ]
    assert secret not in str(lines)


async def test_rights_that_are_refused_name_who_asked_and_what_was_missing(
    shop: ASGIApp, lines: list[Line]
) -> None:
    support, nobody = await a_member_of_staff(shop, Role.SUPPORT), a_browser(shop)
    program = await a_program(shop, None, "catalogue.read")
    me, key = (
        await user_id(support),
        UUID((await program.get("/v1/session")).json()["visitor"]["id"]),
    )
    lines.clear()
    await support.delete("/v1/admin/webhooks/00000000-0000-0000-0000-000000000000")
    await program.get("/v1/admin/orders")
    await program.get("/v1/orders")
    await nobody.get("/v1/orders")

    route = "/v1/admin/webhooks/{webhook_id}"
    refused, missing = {"kind": "rights_refused"}, {"problem": "/problems/not-allowed"}
    assert events(lines) == [
        {
            **refused, **missing, "method": "DELETE", "route": route, "user_id": me,
            "client": machine_of(support), "scope": "webhooks.write",
        },
        {
            **refused, **missing, "method": "GET", "route": "/v1/admin/orders", "key_id": key,
            "client": machine_of(program), "scope": "orders.read",
        },
        {
            **refused, "problem": "/problems/for-customers", "method": "GET",
            "route": "/v1/orders", "key_id": key, "client": machine_of(program),
        },
        {
            **refused, "problem": "/problems/log-in-first", "method": "GET",
            "route": "/v1/orders", "client": machine_of(nobody),
        },
    ]  # fmt: skip


async def test_forged_requests_are_told_with_the_layer_that_refused_them(
    shop: ASGIApp, lines: list[Line], statements: list[str]
) -> None:
    browser = await a_customer(shop)
    lines.clear()
    statements.clear()
    await browser.delete("/v1/session", headers={"Origin": "https://evil.example"})
    await browser.delete("/v1/session", headers={"X-CSRF-Token": "wrong"})

    refused = {"kind": "csrf_refused", "method": "DELETE", "client": machine_of(browser)}
    assert events(lines) == [
        {**refused, "problem": "/problems/foreign-origin"},
        {**refused, "problem": "/problems/csrf-token-wrong"},
    ]
    assert without_frames(statements) == []


async def test_changes_of_rights_are_told_by_the_process_that_has_a_log(
    shop: ASGIApp, lines: list[Line]
) -> None:
    await relay_all()
    lines.clear()
    email = an_address()
    await users.appoint(email, "Sam", Role.MANAGER, utcnow())
    key = await keys.create("erp", None, ["orders.read"], utcnow(), None)
    prefix = key.split("_")[1]
    await keys.revoke(prefix, utcnow())
    assert events(lines) == []
    before = await counted()
    await relay_all()

    ((user, key_id),) = await ask(
        "SELECT users.id, api_keys.id FROM users, api_keys WHERE email = %s AND prefix = %s",
        email,
        prefix,
    )
    told = {line.pop("event_id"): line for line in events(lines)}
    changed = {"kind": "rights_changed", "by": "system"}
    assert list(told.values()) == [
        {**changed, "change": "user.appointed", "user_id": user, "role": "manager"},
        {**changed, "change": "api_key.created", "key_id": key_id, "key": prefix},
        {**changed, "change": "api_key.revoked", "key_id": key_id, "key": prefix},
    ]
    assert await counted() == {**before, "rights_changed": before["rights_changed"] + 3}
    await relay_all()
    assert len(events(lines)) == 3


async def test_no_secret_and_no_cart_is_in_the_log(
    shop: ASGIApp, staff: AsyncClient, lines: list[Line]
) -> None:
    email, browser = an_address(), await a_customer(shop)
    cart = await a_cart(browser, **{await a_sku_for_sale(staff): 1})
    lines.clear()
    for _ in range(11):
        answer = await put_in(browser, cart, code := a_code())
    stranger = a_browser(shop, Authorization="Bearer a-secret-of-somebody")
    await stranger.get(f"/v1/carts/{cart['id']}")
    await browser.post(f"/v1/carts/{cart['id']}/lines", headers={"Origin": "null"}, json={})
    await log_in(a_browser(shop), email, "my secret password")
    await log_in(a_browser(shop), "my secret password", PASSWORD)

    assert answer.status_code == 429
    assert [line["kind"] for line in events(lines)] == [
        "limit_hit",
        "key_refused",
        "csrf_refused",
        "login_failed",
        "login_failed",
    ]
    secrets = [
        cart["id"],
        code,
        email,
        PASSWORD,
        "secret",
        browser.cookies["__Host-session"],
        browser.cookies["__Host-device"],
        browser.cookies["__Host-csrf"],
        browser.headers["X-CSRF-Token"],
    ]
    assert [it for it in secrets if it in str(lines)] == []


def every(kind: type[ShopError]) -> Iterator[type[ShopError]]:
    for each in kind.__subclasses__():
        yield each
        yield from every(each)


def test_no_refusal_of_a_person_is_left_out() -> None:
    found = {it for kind in (Forbidden, Unauthenticated, TooMany) for it in every(kind)}
    others = {it for it in every(ShopError) if kind_of(it) is not None} - found

    assert len(found) >= 9
    assert {it for it in found if kind_of(it) is None} == set()
    assert others == {Forbidden, Unauthenticated, TooMany, PasswordWrong}


def test_every_event_and_field_is_described() -> None:
    rows = set(re.findall(r"^\| `(\w+)` \|", DESCRIBED, re.MULTILINE))
    fields = {
        "client", "method", "route", "problem", "user_id", "key_id", "key", "scope", "role",
        "invitation_id", "provider_id", "provider", "change", "event_id", "by", "request_id",
    }  # fmt: skip

    assert rows == {kind.value for kind in Kind} | fields


def test_events_are_written_at_every_level_as_json_in_production() -> None:
    program = """
from pathlib import Path
from trastienda.node import logs
from trastienda.services.accounts.security import Kind, Tally
from trastienda.settings import Environment, LogLevel, Settings
logs.configure(Settings(env=Environment.PRODUCTION, log_level=LogLevel.ERROR))
Tally().note(Kind.KEY_REFUSED, client="10.0.0.9\\n", key=None)
"""
    ran = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    line = json.loads(ran.stderr)
    del line["timestamp"]

    assert ran.stderr.count("\n") == 1
    assert line == {
        "event": "security",
        "level": "info",
        "kind": "key_refused",
        "client": "10.0.0.9\n",
    }


async def counted() -> dict[str, int]:
    rows = await ask("SELECT kind, count FROM security_counts")
    return {kind.value: 0 for kind in Kind} | {str(kind): int(many) for kind, many in rows}


def without_a_clock(shop: Application, settings: Settings) -> Application:
    """Open another web worker on what the shop holds, where nobody adds counts but the test."""
    app = application.create(settings)
    app.state["process"] = shop.process
    return app


async def test_a_refusal_writes_nothing_and_is_counted_later(
    shop: Application, settings: Settings, statements: list[str]
) -> None:
    await shop.state["last_seen"].settled()  # what the requests of other tests left to be written
    await security.flush(shop.state["tally"])  # or the clock adds what other tests have left
    quiet = without_a_clock(shop, settings)
    before, wrong = await counted(), a_browser(quiet, Authorization="Bearer nothing")
    statements.clear()
    for _ in range(20):
        assert (await wrong.get("/v1/admin/orders")).status_code == 401
    assert without_frames(statements) == []

    await security.flush(quiet.state["tally"])
    added = without_frames(list(statements))
    await security.flush(quiet.state["tally"])

    assert len(added) == 1
    assert await counted() == {**before, "key_refused": before["key_refused"] + 20}


async def test_the_counts_of_several_processes_add_up(shop: Application) -> None:
    await security.flush(shop.state["tally"])  # or the clock adds what other tests have left
    before, workers = await counted(), [Tally() for _ in range(6)]
    for worker in workers:
        for kind in Kind:
            worker.note(kind)
            worker.note(kind)
    await asyncio.gather(*(security.flush(worker) for worker in workers))

    assert await counted() == {kind: many + 12 for kind, many in before.items()}


async def test_metrics_tell_all_kinds_and_never_less_than_before(
    shop: Application, staff: AsyncClient
) -> None:
    await security.flush(shop.state["tally"])
    before, name = await counted(), "trastienda_security_events_total"
    first = await measured(shop)
    await log_in(a_browser(shop), an_address(), "a guess")
    waiting = await measured(shop)
    await security.flush(shop.state["tally"])
    last = await measured(shop)

    assert {kind: first[name, kind] for kind in before} == before
    told = [it[name, "login_failed"] for it in (first, waiting, last)]
    assert told == sorted(told)  # the clock may have added it before we did
    assert told[-1] == told[0] + 1


async def test_counts_that_cannot_be_added_are_kept(shop: ASGIApp) -> None:
    tally = Tally()
    tally.note(Kind.LIMIT_HIT)
    flushing = asyncio.ensure_future(security.flush(tally))
    await asyncio.sleep(0)  # it has begun
    flushing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await flushing

    with tally.taken() as counts:
        assert counts == {Kind.LIMIT_HIT: 1}


async def test_what_a_worker_has_counted_is_added_when_it_stops(
    shop: Application, settings: Settings
) -> None:
    await security.flush(shop.state["tally"])  # or the clock adds what other tests have left
    before, app = await counted(), application.create(settings)
    async with alive(app):
        app.state["tally"].note(Kind.CSRF_REFUSED)

    with app.state["tally"].taken() as counts:
        assert counts == {}
    async with alive(application.create(settings)):
        assert await counted() == {**before, "csrf_refused": before["csrf_refused"] + 1}
