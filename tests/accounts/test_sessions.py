import asyncio
from collections.abc import Awaitable
from datetime import datetime, timedelta
from http.cookies import SimpleCookie
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.people import (
    PASSWORD,
    a_browser,
    a_customer,
    a_member_of_staff,
    a_program,
    an_address,
    attempts,
    log_in,
    machine_of,
    mailed,
    register,
    visitor,
)

from trastienda.application import Application
from trastienda.controllers.accounts.sessions import Browser, InvalidCredentials
from trastienda.controllers.accounts.sessions import log_in as log_in_at
from trastienda.database.db import reading, transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.accounts.session import Credentials
from trastienda.services.accounts import sessions, throttles
from trastienda.services.accounts.throttles import SlowDown
from trastienda.services.accounts.users import Account, by_email


def cookies_of(answer: Response) -> dict[str, dict[str, str]]:
    made = {}
    for header in answer.headers.get_list("set-cookie"):
        for name, morsel in SimpleCookie(header).items():
            made[name] = {key: str(value) for key, value in morsel.items() if value}
    return made


async def run(statement: str, *values: object) -> None:
    async with transaction() as session:
        await session.driver.execute(statement, values)


async def an_account(shop: ASGIApp) -> Account:
    email = an_address()
    await a_customer(shop, email)
    async with reading() as session:
        account = await by_email(session, email)
    assert account is not None
    return account


async def test_somebody_unknown_gets_a_token_and_costs_no_statement(
    shop: ASGIApp, statements: list[str]
) -> None:
    answer = await a_browser(shop).get("/v1/session")

    assert answer.status_code == 200
    assert answer.json()["visitor"] is None
    assert len(answer.json()["csrf_token"]) == 43
    assert list(cookies_of(answer)) == ["__Host-csrf"]
    assert statements == []


async def test_the_token_stays_the_same_until_somebody_logs_in(shop: ASGIApp) -> None:
    browser = a_browser(shop)
    first = await browser.get("/v1/session")
    second = await browser.get("/v1/session")

    assert second.json() == first.json()
    assert cookies_of(second) == {}


async def test_logging_in_sets_cookies_that_only_we_get_back(shop: ASGIApp) -> None:
    account, browser = await an_account(shop), a_browser(shop)
    answer = await log_in(browser, account.email)

    locked = {"path": "/", "secure": "True", "httponly": "True", "samesite": "lax"}
    assert cookies_of(answer) == {
        "__Host-session": {**locked, "max-age": "5184000"},
        "__Host-csrf": locked,
        "__Host-device": {**locked, "max-age": "15552000"},
    }
    assert answer.json()["visitor"] == {
        "id": str(account.id),
        "email": account.email,
        "name": "Ana",
        "roles": [],
    }
    assert (await browser.get("/v1/session")).json() == answer.json()


async def test_only_a_hash_of_the_session_is_stored(shop: ASGIApp) -> None:
    browser = await a_customer(shop)
    token = browser.cookies["__Host-session"]

    async with reading() as session:
        rows = await session.driver.execute("SELECT sessions::text FROM sessions")
        stored = "".join(row[0] for row in await rows.fetchall())
    assert token not in stored
    assert token.encode().hex() not in stored


async def test_the_visitor_costs_one_statement(shop: ASGIApp, statements: list[str]) -> None:
    browser = await a_customer(shop)
    statements.clear()
    await browser.get("/v1/session")

    assert len(statements) == 1


async def test_logging_in_again_ends_the_session_before(shop: ASGIApp) -> None:
    email = an_address()
    browser = await a_customer(shop, email)
    before = browser.cookies["__Host-session"]
    await log_in(browser, email)

    old = a_browser(shop)
    old.cookies.set("__Host-session", before)
    assert browser.cookies["__Host-session"] != before
    assert await visitor(browser) is not None
    assert await visitor(old) is None


async def test_logging_out_ends_the_session_everywhere(shop: ASGIApp) -> None:
    browser = await a_customer(shop)
    thief = a_browser(shop)
    thief.cookies.set("__Host-session", browser.cookies["__Host-session"])
    answer = await browser.delete("/v1/session")

    assert answer.status_code == 204
    assert cookies_of(answer)["__Host-session"]["max-age"] == "0"
    assert "__Host-session" not in browser.cookies
    assert await visitor(thief) is None


async def test_logging_out_without_a_session_is_no_error(shop: ASGIApp) -> None:
    assert (await a_browser(shop).delete("/v1/session")).status_code == 204


async def test_why_a_log_in_failed_is_not_told(shop: ASGIApp) -> None:
    known, unverified = (await an_account(shop)).email, an_address()
    await register(a_browser(shop), unverified)
    answers = [
        await log_in(a_browser(shop), known, "not the password"),
        await log_in(a_browser(shop), an_address()),
        await log_in(a_browser(shop), unverified),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["type"] for answer in answers} == {"/problems/invalid-credentials"}
    assert len({frozenset(answer.json()) for answer in answers}) == 1
    assert [cookies_of(answer) for answer in answers] == [{}, {}, {}]


async def test_a_failed_log_in_costs_the_same_statements_with_an_account_and_without(
    shop: ASGIApp, statements: list[str]
) -> None:
    known = (await an_account(shop)).email
    statements.clear()
    await log_in(a_browser(shop), known, "not the password")
    with_account = list(statements)
    statements.clear()
    await log_in(a_browser(shop), an_address())

    assert statements == with_account


async def test_fifty_log_ins_at_once_all_work(shop: ASGIApp) -> None:
    account = await an_account(shop)
    browsers = [a_browser(shop) for _ in range(50)]

    async def enters(browser: AsyncClient) -> Response:
        """Come again when told to, as on a machine too busy to hash fifty in a few seconds."""
        while True:
            answer = await log_in(browser, account.email)
            if answer.json().get("type") != "/problems/too-many-logins":
                return answer

    answers = await asyncio.gather(*map(enters, browsers))

    assert {answer.status_code for answer in answers} == {200}
    assert len({browser.cookies["__Host-session"] for browser in browsers}) == 50


async def test_a_session_ends_when_it_is_idle_or_old(shop: ASGIApp) -> None:
    account, now = await an_account(shop), utcnow()
    async with transaction() as session:
        token, _ = await sessions.start(session, account, "", now)

    async def alive(at: datetime) -> bool:
        async with reading() as session:
            return await sessions.visitor(session, token, at) is not None

    idle, most = sessions.CUSTOMERS
    assert await alive(now + idle - timedelta(seconds=1))
    assert not await alive(now + idle)
    await run("UPDATE sessions SET seen_at = %s WHERE user_id = %s", now + most, account.id)
    assert await alive(now + most - timedelta(seconds=1))
    assert not await alive(now + most)


async def test_staff_sessions_are_shorter(shop: ASGIApp) -> None:
    browser = await a_member_of_staff(shop, Role.SUPPORT)
    (mine,) = (await browser.get("/v1/sessions")).json()["items"]

    start, end = (datetime.fromisoformat(mine[name]) for name in ("created_at", "expires_at"))
    assert end - start == timedelta(hours=12)


async def test_when_a_session_was_seen_is_written_at_most_once_a_minute(shop: Application) -> None:
    browser = await a_customer(shop)

    async def seen_at() -> str:
        await shop.state["last_seen"].settled()
        (mine,) = (await browser.get("/v1/sessions")).json()["items"]
        return str(mine["seen_at"])

    fresh = await seen_at()
    assert await seen_at() == fresh
    known = await visitor(browser)
    assert known is not None
    old = datetime.fromisoformat(fresh) - timedelta(seconds=61)
    await run("UPDATE sessions SET seen_at = %s WHERE user_id = %s", old, UUID(str(known["id"])))
    await visitor(browser)
    assert datetime.fromisoformat(await seen_at()) >= datetime.fromisoformat(fresh)


async def test_a_user_lists_and_ends_their_sessions(shop: ASGIApp) -> None:
    email = an_address()
    laptop, phone = await a_customer(shop, email), a_browser(shop, **{"User-Agent": "Phone/1\t"})
    await log_in(phone, email)
    listed = (await laptop.get("/v1/sessions")).json()
    lost = listed["items"][0]

    assert listed["next_cursor"] is None
    assert [(it["user_agent"], it["current"]) for it in listed["items"]] == [
        ("Phone/1", False),
        (laptop.headers["User-Agent"], True),
    ]
    assert (await laptop.delete(f"/v1/sessions/{lost['id']}")).status_code == 204
    assert await visitor(phone) is None
    assert (await laptop.delete(f"/v1/sessions/{lost['id']}")).status_code == 404


async def test_another_users_session_does_not_exist(shop: ASGIApp) -> None:
    mine, theirs = await a_customer(shop), await a_customer(shop)
    (their,) = (await theirs.get("/v1/sessions")).json()["items"]
    answer = await mine.delete(f"/v1/sessions/{their['id']}")

    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/session-not-found")
    assert await visitor(theirs) is not None


async def test_sessions_are_listed_for_people_only(shop: ASGIApp) -> None:
    nobody = await a_browser(shop).get("/v1/sessions")
    program = await (await a_program(shop, Role.OWNER)).get("/v1/sessions")

    assert (nobody.status_code, program.status_code) == (401, 403)


async def test_a_user_keeps_the_hundred_sessions_seen_last(shop: ASGIApp) -> None:
    account, now = await an_account(shop), utcnow()
    for second in range(101):
        async with transaction() as session:
            later = now + timedelta(seconds=second + 1)
            _, latest = await sessions.start(session, account, f"browser {second}", later)

    async with reading() as session:
        kept = await sessions.live(session, latest, now + timedelta(minutes=5))
    assert [it.user_agent for it in kept] == [f"browser {it}" for it in range(100, 0, -1)]


async def outcome(
    email: str, now: datetime, guess: str = "a guess", client: str | None = None
) -> object:
    """Try to log in at a moment; give how many seconds one has to wait, if that is the answer."""
    try:
        started = await log_in_at(Credentials(email, guess), Browser(client or an_address()), now)
    except SlowDown as error:
        return error.facts["retry_after"]
    except InvalidCredentials:
        return "wrong"
    return started.visitor.email


async def test_guessing_one_account_takes_longer_and_longer(shop: ASGIApp) -> None:
    email, now, machine = (await an_account(shop)).email, utcnow(), an_address()
    guesses = [await outcome(email, now, client=machine) for _ in range(5)]

    assert guesses == ["wrong"] * 5
    for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]:
        assert await outcome(email, now, client=machine) == wait
        now += timedelta(seconds=wait)
        assert await outcome(email, now, client=machine) == "wrong"


async def test_the_right_password_waits_too_and_then_wipes_the_slate(shop: ASGIApp) -> None:
    email, now, machine = (await an_account(shop)).email, utcnow(), an_address()
    for _ in range(5):
        await outcome(email, now, client=machine)

    assert await outcome(email, now, PASSWORD, machine) == 1
    later = now + timedelta(seconds=1)
    assert await outcome(email, later, PASSWORD, machine) == email
    assert await outcome(email, later, client=machine) == "wrong"
    assert await outcome(email, later, PASSWORD, machine) == email


async def test_an_address_without_an_account_is_slowed_down_alike(
    shop: ASGIApp,
) -> None:
    email, now, machine = an_address(), utcnow(), an_address()
    outcomes = [await outcome(email, now, client=machine) for _ in range(6)]

    assert outcomes == ["wrong"] * 5 + [1]


async def test_one_machine_that_tries_many_accounts_is_slowed_down(
    shop: ASGIApp,
) -> None:
    now, machine = utcnow(), an_address()
    outcomes = [await outcome(an_address(), now, client=machine) for _ in range(21)]

    assert outcomes == ["wrong"] * 20 + [1]


async def test_failures_are_forgotten_after_a_quiet_hour(shop: ASGIApp) -> None:
    email, now, machine = (await an_account(shop)).email, utcnow(), an_address()
    for _ in range(5):
        await outcome(email, now, client=machine)
    later = now + timedelta(hours=1, seconds=1)
    guesses = [await outcome(email, later, client=machine) for _ in range(5)]

    assert guesses == ["wrong"] * 5
    assert await outcome(email, later, client=machine) == 1


async def test_who_has_to_wait_is_told_how_long(shop: ASGIApp) -> None:
    account, browser = await an_account(shop), a_browser(shop)
    await log_in(browser, account.email, "a guess")
    until = utcnow() + timedelta(seconds=100)
    keys = [limit.key for limit in throttles.for_login(account.email, machine_of(browser))]
    await run("UPDATE login_failures SET blocked_until = %s WHERE key = ANY(%s)", until, keys)
    answer = await log_in(browser, account.email)

    assert (answer.status_code, answer.json()["type"]) == (429, "/problems/slow-down")
    assert 0 < answer.json()["retry_after"] <= 100
    assert cookies_of(answer) == {}


async def test_guesses_at_once_win_nothing(shop: ASGIApp) -> None:
    account, now, machine = await an_account(shop), utcnow(), an_address()
    guesses = (outcome(account.email, now, client=machine) for _ in range(30))
    outcomes = await asyncio.gather(*guesses)

    assert 5 <= outcomes.count("wrong") <= 6  # five are free, and two are checked at a time


async def test_a_hash_made_with_older_parameters_is_renewed(shop: ASGIApp) -> None:
    account = await an_account(shop)
    old = PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    await run("UPDATE users SET password_hash = %s WHERE id = %s", old, account.id)
    assert (await log_in(a_browser(shop), account.email)).status_code == 200

    async with reading() as session:
        renewed = await by_email(session, account.email)
    assert renewed is not None
    assert renewed.password_hash not in {old, None}
    assert (await log_in(a_browser(shop), account.email)).status_code == 200


async def test_bad_log_ins_are_told_apart_from_wrong_ones(shop: ASGIApp) -> None:
    for body in (
        {},
        {"email": "ana@example.com"},
        {"email": "ana@example.com", "password": ""},
        {"email": "ana@example.com", "password": "x" * 129},
        {"email": "a" * 255, "password": PASSWORD},
        {"email": 1, "password": PASSWORD},
        {"email": "ana@example.com", "password": PASSWORD, "role": "owner"},
    ):
        assert (await a_browser(shop).post("/v1/session", json=body)).status_code == 400


async def test_a_session_cookie_that_is_none_is_nobody(shop: ASGIApp) -> None:
    for token in (str(uuid4()), "x" * 3_000, '"; a=b'):
        browser = a_browser(shop, Cookie=f"__Host-session={token}")
        answer = await browser.get("/v1/session")
        assert (answer.status_code, answer.json()["visitor"]) == (200, None)


async def test_how_many_statements_each_call_costs(
    shop: Application, statements: list[str]
) -> None:
    email, browser = an_address(), a_browser(shop)
    await register(browser, email)
    (attempt,) = await attempts(email)
    token = await mailed(attempt)

    async def cost(call: Awaitable[Response]) -> int:
        await shop.state["last_seen"].settled()
        statements.clear()
        assert (await call).is_success
        return sum(statement != "BEGIN" for statement in statements)

    verified = browser.post("/v1/users/verification", json={"token": token})
    assert {
        "register": await cost(register(a_browser(shop), an_address())),
        "verify": await cost(verified),
        "log in": await cost(log_in(browser, email)),
        "log in again": await cost(log_in(browser, email)),
        "list": await cost(browser.get("/v1/sessions")),
        "log out": await cost(browser.delete("/v1/session")),
    } == {
        "register": 6,
        "verify": 4,
        "log in": 6,
        "log in again": 7,
        "list": 2,
        "log out": 2,
    }
