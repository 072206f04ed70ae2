from typing import Any

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp, Receive, Scope, Send
from support.people import (
    HERE,
    PASSWORD,
    a_browser,
    a_customer,
    a_program,
    an_address,
    count_rows,
    log_in,
    register,
    visitor,
)

from trastienda.database.models.accounts.user import Role
from trastienda.middlewares.identity import csrf
from trastienda.settings import Environment, Settings

pytestmark = pytest.mark.once
"""Headers and cookies are compared here; the sessions are those of `test_sessions.py`."""
FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://localhost:8443"},
    {"Origin": "https://localhost"},
    {"Origin": "https://localhost:8444"},
    {"Origin": "https://localhost:8443.evil.example"},
    {"Origin": "https://localhost:8443, https://evil.example"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
OURS: list[dict[str, str]] = [
    {},
    {"Origin": HERE},
    {"Origin": "https://127.0.0.1:8443"},
    {"Origin": "https://[::1]:8443"},
    {"Origin": HERE, "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
]


async def log_out(browser: AsyncClient, **headers: str) -> Response:
    return await browser.delete("/v1/session", headers=headers)


def refused(answer: Response, problem: str) -> bool:
    seen = answer.status_code, answer.json()["type"], answer.headers.get("set-cookie")
    return seen == (403, f"/problems/{problem}", None)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_page_of_another_site_cannot_log_anybody_in(
    shop: ASGIApp, headers: dict[str, str]
) -> None:
    email = an_address()
    await a_customer(shop, email)
    before = await count_rows("sessions")
    login = {"email": email, "password": PASSWORD}
    answer = await a_browser(shop).post("/v1/session", json=login, headers=headers)

    assert refused(answer, "foreign-origin")
    assert await count_rows("sessions") == before


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_page_of_another_site_cannot_use_a_session_even_with_its_token(
    shop: ASGIApp, headers: dict[str, str]
) -> None:
    browser = await a_customer(shop)

    assert refused(await log_out(browser, **headers), "foreign-origin")
    assert await visitor(browser) is not None


@pytest.mark.parametrize("headers", OURS, ids=str)
async def test_our_own_pages_and_programs_without_a_browser_pass(
    shop: ASGIApp, headers: dict[str, str]
) -> None:
    browser = await a_customer(shop)

    assert (await log_out(browser, **headers)).status_code == 204
    assert await visitor(browser) is None


async def test_a_page_of_another_site_cannot_register_anybody(shop: ASGIApp) -> None:
    before = await count_rows("users")
    answer = await register(a_browser(shop, Origin="https://evil.example"), an_address())

    assert refused(answer, "foreign-origin")
    assert await count_rows("users") == before


async def test_two_origins_are_one_too_many(shop: ASGIApp) -> None:
    headers = [("Origin", HERE), ("Origin", "https://evil.example")]
    answer = await a_browser(shop).post("/v1/users", json={}, headers=headers)

    assert refused(answer, "foreign-origin")


async def test_reading_is_not_asked_where_it_comes_from(shop: ASGIApp) -> None:
    answer = await a_browser(shop).get("/v1/session", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 200


async def test_a_session_needs_its_own_token(shop: ASGIApp) -> None:
    browser, other, nobody = await a_customer(shop), await a_customer(shop), a_browser(shop)
    mine = browser.headers.pop("X-CSRF-Token")
    unknown = (await nobody.get("/v1/session")).json()["csrf_token"]
    wrong = [other.headers["X-CSRF-Token"], unknown, mine[:-1], mine + "A", "ñ".encode(), ""]

    assert refused(await log_out(browser), "csrf-token-wrong")
    for token in wrong:
        headers: Any = {"X-CSRF-Token": token}
        assert refused(await browser.delete("/v1/session", headers=headers), "csrf-token-wrong")
    assert await visitor(browser) is not None
    assert (await log_out(browser, **{"X-CSRF-Token": mine})).status_code == 204


async def test_the_token_is_worth_nothing_without_the_cookie_that_came_with_it(
    shop: ASGIApp,
) -> None:
    browser, other = await a_customer(shop), await a_customer(shop)
    browser.cookies.delete("__Host-csrf")
    assert refused(await log_out(browser), "csrf-token-wrong")

    browser.cookies.set("__Host-csrf", other.cookies["__Host-csrf"])
    assert refused(await log_out(browser), "csrf-token-wrong")
    assert await visitor(browser) is not None


async def test_the_token_changes_with_every_log_in(shop: ASGIApp) -> None:
    email = an_address()
    browser = await a_customer(shop, email)
    before = browser.headers["X-CSRF-Token"]
    await log_in(browser, email)

    assert refused(await log_out(browser, **{"X-CSRF-Token": before}), "csrf-token-wrong")
    assert await visitor(browser) is not None


async def test_logging_in_over_a_session_needs_its_token(shop: ASGIApp) -> None:
    email = an_address()
    browser = await a_customer(shop, email)
    del browser.headers["X-CSRF-Token"]
    before = await count_rows("sessions")

    assert refused(await log_in(browser, email), "csrf-token-wrong")
    assert await count_rows("sessions") == before


async def test_a_session_that_has_ended_can_be_replaced(shop: ASGIApp) -> None:
    email = an_address()
    await a_customer(shop, email)
    browser = a_browser(shop)
    browser.cookies.set("__Host-session", "ended")
    shown = (await browser.get("/v1/session")).json()
    browser.headers["X-CSRF-Token"] = shown["csrf_token"]

    assert shown["visitor"] is None
    assert (await log_in(browser, email)).status_code == 200


async def test_a_bearer_key_needs_no_token_and_cookies_beside_it_count_for_nothing(
    shop: ASGIApp,
) -> None:
    browser, program = await a_customer(shop), await a_program(shop, Role.OWNER)
    del browser.headers["X-CSRF-Token"]
    key = program.headers["Authorization"]
    answer = await log_out(browser, Authorization=key, Origin="https://evil.example")

    assert answer.status_code == 204
    browser.cookies.set("__Host-session", "")
    shown = (await browser.get("/v1/session", headers={"Authorization": key})).json()
    assert shown["visitor"]["email"] is None


async def test_a_bearer_key_ends_no_session_of_the_browser(shop: ASGIApp) -> None:
    browser, program = await a_customer(shop), await a_program(shop, Role.OWNER)
    session = browser.cookies["__Host-session"]
    await log_out(browser, Authorization=program.headers["Authorization"])

    again = a_browser(shop)
    again.cookies.set("__Host-session", session)
    assert await visitor(again) is not None


@pytest.mark.parametrize("authorization", ["Basic YTpi", "Bearer", "Bearer ", ""])
async def test_what_is_no_bearer_key_is_not_exempt(shop: ASGIApp, authorization: str) -> None:
    browser = await a_customer(shop)
    del browser.headers["X-CSRF-Token"]

    assert refused(await log_out(browser, Authorization=authorization), "csrf-token-wrong")
    assert await visitor(browser) is not None


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


async def test_what_the_host_header_says_does_not_make_an_origin_ours() -> None:
    browser = a_browser(csrf.protected({HERE}, set)(nothing), Host="evil.example")

    with pytest.raises(csrf.ForeignOrigin):
        await browser.post("/", headers={"Origin": "https://evil.example"})


async def test_the_storefront_of_a_channel_may_use_the_shop_from_its_own_host() -> None:
    storefronts = {"https://tienda.example"}
    browser = a_browser(csrf.protected(frozenset(), lambda: storefronts)(nothing))
    storefront = {"Origin": "https://tienda.example"}
    assert (await browser.post("/", headers=storefront)).status_code == 204

    storefronts.clear()
    with pytest.raises(csrf.ForeignOrigin):
        await browser.post("/", headers=storefront)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://shop.example", "https://shop.example"),
        ("https://Shop.Example:443/", "https://shop.example"),
        ("https://shop.example:8443", "https://shop.example:8443"),
        ("https://españa.example", "https://xn--espaa-rta.example"),
        ("https://[2001:db8::1]:444", "https://[2001:db8::1]:444"),
    ],
)
def test_in_production_only_the_public_url_is_ours(url: str, origin: str) -> None:
    settings = Settings(env=Environment.PRODUCTION, public_url=url)

    assert csrf.our_origins(settings) == {origin}
