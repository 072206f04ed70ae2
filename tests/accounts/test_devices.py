"""Others' guesses do not lock the owner of an account out, and stay few all the same."""

from datetime import datetime, timedelta

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.people import PASSWORD, a_browser, a_customer, an_address, log_in, machine_of

from trastienda.controllers.accounts import users
from trastienda.controllers.accounts.sessions import Browser, InvalidCredentials, StartedSession
from trastienda.controllers.accounts.sessions import log_in as log_in_at
from trastienda.database.db import reading, transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.accounts.session import Credentials
from trastienda.services.accounts import devices, throttles
from trastienda.services.accounts.throttles import SlowDown
from trastienda.services.accounts.users import Account, by_email

DAY = 86_400
GUESS = "a guess"


async def fail(email: str, clients: int, now: datetime) -> None:
    """Count wrong passwords, one from each of so many addresses that nobody else has."""
    async with transaction() as session:
        for _ in range(clients):
            await throttles.record(session, throttles.for_login(email, an_address()), now)


async def account_of(email: str) -> Account:
    async with reading() as session:
        account = await by_email(session, email)
    assert account is not None
    return account


async def attempt(
    email: str, device: str | None, now: datetime, password: str = GUESS
) -> StartedSession | str | int:
    """Try to log in from an address of its own; an integer is how many seconds to wait."""
    browser = Browser(an_address(), device=device)
    try:
        return await log_in_at(Credentials(email, password), browser, now)
    except SlowDown as error:
        wait = error.facts["retry_after"]
        assert isinstance(wait, int)
        return wait
    except InvalidCredentials:
        return "wrong"


def device_of(browser: AsyncClient) -> str:
    return browser.cookies["__Host-device"]


async def test_wrong_passwords_from_elsewhere_do_not_delay_the_owner(shop: ASGIApp) -> None:
    email = an_address()
    await a_customer(shop, email)
    guesses = [await log_in(a_browser(shop), email, "a guess") for _ in range(11)]

    answer = await log_in(a_browser(shop), email)

    assert [it.status_code for it in guesses] == [401] * 11
    assert answer.status_code == 200


async def test_a_browser_that_has_logged_in_before_is_not_delayed_by_anybody(
    shop: ASGIApp,
) -> None:
    email, now = an_address(), utcnow()
    known = await a_customer(shop, email)
    neighbours = throttles.for_login(an_address(), machine_of(known))
    async with transaction() as session:
        for _ in range(25):
            await throttles.record(session, neighbours, now)
    await fail(email, 100, now)
    await known.delete("/v1/session")

    strangers, owners = await log_in(a_browser(shop), email), await log_in(known, email)

    assert (strangers.status_code, strangers.json()["type"]) == (429, "/problems/slow-down")
    assert 295 < strangers.json()["retry_after"] <= 300
    assert owners.status_code == 200


async def test_a_day_of_guesses_from_everywhere_is_388_and_288_in_each_further_day(
    shop: ASGIApp,
) -> None:
    email, begun = an_address(), utcnow()
    tried, at = [0, 0], 0
    async with transaction() as session:
        while at < 2 * DAY:
            now = begun + timedelta(seconds=at)
            limits = throttles.for_login(email, an_address())
            wait = await throttles.seconds(session, limits, now)
            if not wait:
                await throttles.record(session, limits, now)
                tried[at // DAY] += 1
            at += wait

    assert tried == [100 + DAY // 300 - 1, DAY // 300]


async def test_a_quiet_time_gives_back_what_it_would_have_let_through(shop: ASGIApp) -> None:
    email, now = an_address(), utcnow()
    await fail(email, 100, now)
    later = now + timedelta(seconds=3_000)
    await fail(email, 9, later)

    async with reading() as session:
        limits = throttles.for_login(email, an_address())
        assert await throttles.seconds(session, limits, later) == 0
    await fail(email, 1, later)
    async with reading() as session:
        assert await throttles.seconds(session, limits, later) == 300


async def test_a_stolen_device_cookie_buys_ten_guesses_and_locks_nobody_out(
    shop: ASGIApp,
) -> None:
    email, now = an_address(), utcnow()
    cookie = device_of(await a_customer(shop, email))
    await fail(email, 100, now)

    guesses = [await attempt(email, cookie, now) for _ in range(10)]

    assert guesses == ["wrong"] * 10
    assert await attempt(email, cookie, now) == 300  # what any stranger has to wait
    assert await attempt(email, cookie, now, PASSWORD) == 300
    assert isinstance(
        await attempt(email, cookie, now + timedelta(seconds=300), PASSWORD), StartedSession
    )


async def test_guesses_with_a_device_cookie_count_for_it_alone(shop: ASGIApp) -> None:
    email, now = an_address(), utcnow()
    cookie = device_of(await a_customer(shop, email))
    for _ in range(10):
        await attempt(email, cookie, now)

    async with reading() as session:
        limits = throttles.for_login(email, an_address())
        keys = [limit.key for limit in limits]
        rows = await session.driver.execute(
            "SELECT count(*) FROM login_failures WHERE key = ANY(%s)", [keys]
        )
        assert await rows.fetchone() == (0,)


async def test_a_browser_keeps_its_nonce_so_that_cookies_cannot_be_collected(
    shop: ASGIApp,
) -> None:
    email, now = an_address(), utcnow()
    first = device_of(await a_customer(shop, email))
    again = await attempt(email, first, now, PASSWORD)
    fresh = await attempt(email, None, now, PASSWORD)

    assert isinstance(again, StartedSession)
    assert isinstance(fresh, StartedSession)
    assert again.device.partition(".")[0] == first.partition(".")[0]
    assert fresh.device.partition(".")[0] != first.partition(".")[0]


@pytest.mark.parametrize("part", [0, 1, 2], ids=["nonce", "end", "signature"])
async def test_a_forged_device_cookie_is_none(shop: ASGIApp, part: int) -> None:
    email, now = an_address(), utcnow()
    parts = device_of(await a_customer(shop, email)).split(".")
    forged = [*parts]
    forged[part] = {"0": "1"}.get(parts[part][0], "0") + parts[part][1:]
    await fail(email, 100, now)

    assert await attempt(email, ".".join(forged), now) == 300
    assert await attempt(email, ".".join(parts), now) == "wrong"


async def test_a_device_cookie_ends_after_180_days(shop: ASGIApp) -> None:
    email = an_address()
    cookie = device_of(await a_customer(shop, email))
    account, end = await account_of(email), int(cookie.split(".")[1])

    def known(at: float) -> bool:
        moment = utcnow() + timedelta(seconds=at - utcnow().timestamp())
        return devices.recognised(cookie, account, moment) is not None

    assert abs(end - utcnow().timestamp() - 180 * DAY) < 60
    assert known(end - 1)
    assert not known(end + 1)


async def test_a_device_cookie_of_another_account_is_none(shop: ASGIApp) -> None:
    email, now = an_address(), utcnow()
    await a_customer(shop, email)
    cookie = device_of(await a_customer(shop))
    await fail(email, 100, now)

    assert await attempt(email, cookie, now) == 300


async def test_a_device_cookie_ends_with_the_password(shop: ASGIApp) -> None:
    email, now = an_address(), utcnow()
    cookie = device_of(await a_customer(shop, email))
    await users.appoint(email, "Ana", Role.SUPPORT, now)
    await fail(email, 100, now)

    assert await attempt(email, cookie, now) == 300


@pytest.mark.parametrize("cookie", ["", ".", "..", "a.b", "a.b.c.d", "a.1e9.c", "é.²." + "x" * 190])
async def test_what_is_no_device_cookie_is_ignored(shop: ASGIApp, cookie: str) -> None:
    email = an_address()
    await a_customer(shop, email)

    assert devices.recognised(cookie, await account_of(email), utcnow()) is None
    assert devices.recognised(cookie, None, utcnow()) is None
