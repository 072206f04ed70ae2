"""New passwords: with a link from a mail, or with the password before."""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.background import ask, body, change, mails_about
from support.people import (
    PASSWORD,
    a_browser,
    a_customer,
    a_program,
    an_address,
    count_rows,
    drain_resets,
    log_in,
    machine_of,
    register,
    reset_token,
    reset_tokens,
    visitor,
)
from support.refusals import refusal

from trastienda.controllers.accounts import passwords
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.accounts.user import PasswordResetDraft
from trastienda.services.accounts import password_resets
from trastienda.services.accounts.throttles import SlowDown
from trastienda.settings import Settings

NEW = "another horse battery"
MINE = "/v1/users/me/password"


async def request(browser: AsyncClient, email: str) -> Response:
    return await browser.post("/v1/password-resets", json={"email": email})


async def a_token(shop: ASGIApp, email: str) -> str:
    await request(a_browser(shop), email)
    return await reset_token(email)


async def use(browser: AsyncClient, token: str, password: str = NEW) -> Response:
    return await browser.put(f"/v1/password-resets/{token}", json={"password": password})


async def change_it(browser: AsyncClient, current: str = PASSWORD, new: str = NEW) -> Response:
    return await browser.put(MINE, json={"current": current, "password": new})


async def told(email: str) -> list[str]:
    rows = await ask(
        "SELECT type FROM events JOIN users ON users.id = aggregate_id WHERE email = %s"
        " ORDER BY sequence",
        email,
    )
    return [name for (name,) in rows]


async def test_a_new_password_comes_by_mail_and_ends_all_sessions(
    shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    before = await a_customer(shop, email)
    stranger = a_browser(shop, **{"Accept-Language": "es"})
    answer = await request(stranger, email.upper())
    await drain_resets()
    ((user_id,),) = await ask("SELECT id FROM users WHERE email = %s", email)
    there = msgspec.structs.replace(settings, storefront_url="https://shop.example")
    (mail,) = await mails_about(user_id, there)
    (code,) = [word for word in body(mail).split() if len(word) == 43]

    assert (answer.status_code, answer.json()) == (202, {"email": email})
    assert (mail["Subject"], mail["To"]) == ("Una contraseña nueva para Shop", email)
    assert f"\nhttps://shop.example/reset-password?token={code}\n" in body(mail)
    assert (await use(stranger, code)).status_code == 204
    assert await visitor(before) is None
    assert (await log_in(a_browser(shop), email)).status_code == 401
    assert (await log_in(a_browser(shop), email, NEW)).status_code == 200
    assert (await told(email))[2:] == ["user.password_reset_requested", "user.password_changed"]
    assert "Su contraseña en Shop ha cambiado" in {
        it["Subject"] for it in await mails_about(user_id, settings)
    }


async def test_an_address_without_an_account_is_answered_like_any_other(
    shop: ASGIApp, statements: list[str], settings: Settings
) -> None:
    known, unknown, waiting = an_address(), an_address(), an_address()
    await a_customer(shop, known)
    await register(a_browser(shop), waiting)
    await drain_resets()  # what other tests have left
    answers = []
    for email in (known, unknown, waiting):
        statements.clear()
        answer = await request(a_browser(shop), email)
        answers.append((answer.status_code, sorted(answer.headers), list(statements)))
        assert answer.json() == {"email": email}
    events = await count_rows("events")
    await drain_resets()

    assert answers[0][0] == 202
    assert answers[0] == answers[1] == answers[2]
    assert await count_rows("events") == events + 1
    left = await ask(
        "SELECT email_key FROM password_resets WHERE email_key = ANY (%s)",
        [known, unknown, waiting],
    )
    assert left == [(known,)]


async def test_of_several_uses_of_a_link_at_once_one_counts(shop: ASGIApp) -> None:
    email = an_address()
    await a_customer(shop, email)
    token = await a_token(shop, email)
    tried = [f"{NEW} {number}" for number in range(4)]
    answers = await asyncio.gather(*(use(a_browser(shop), token, it) for it in tried))
    again = await use(a_browser(shop), token)

    assert sorted(it.status_code for it in answers) == [204, 422, 422, 422]
    assert refusal(again) == (422, "password-reset-expired", None)
    logins = [(await log_in(a_browser(shop), email, it)).status_code for it in tried]
    assert [it == 200 for it in logins] == [it.status_code == 204 for it in answers]
    assert (await told(email)).count("user.password_changed") == 1


async def test_a_link_works_for_fifteen_minutes_and_until_the_next_one_is_used(
    shop: ASGIApp,
) -> None:
    email = an_address()
    await a_customer(shop, email)
    for _ in range(2):
        await request(a_browser(shop), email)
    first, second = await reset_tokens(email)
    assert first is not None
    assert second is not None
    weak = await use(a_browser(shop), first, "Password123!")
    assert (await use(a_browser(shop), second)).status_code == 204
    used = await use(a_browser(shop), first)
    late = await a_token(shop, email)
    await change(
        "UPDATE password_resets SET expires_at = expires_at - %s, requested_at = requested_at - %s"
        " WHERE email_key = %s",
        password_resets.LIFETIME,
        timedelta(days=1),
        email,
    )

    assert refusal(weak)[:2] == (422, "password-too-common")
    assert refusal(used)[1] == "password-reset-expired"
    assert refusal(await use(a_browser(shop), late))[1] == "password-reset-expired"
    assert (await log_in(a_browser(shop), email, NEW)).status_code == 200


async def test_no_token_stands_in_the_database(shop: ASGIApp) -> None:
    email = an_address()
    await a_customer(shop, email)
    token = await a_token(shop, email)
    stored = await ask(
        "SELECT password_resets::text FROM password_resets UNION ALL SELECT data::text FROM events"
    )

    assert [row for (row,) in stored if token in row] == []


async def test_an_address_and_a_client_get_few_mails(shop: ASGIApp) -> None:
    email, now = an_address(), utcnow()
    for _ in range(3):
        draft = PasswordResetDraft(email)
        await passwords.request_reset(draft, an_address(), now, Locale.ENGLISH)
    with pytest.raises(SlowDown):
        await passwords.request_reset(draft, an_address(), now, Locale.ENGLISH)
    browser = a_browser(shop)
    others = [await request(browser, an_address()) for _ in range(21)]

    assert [it.status_code for it in others] == [202] * 20 + [429]
    assert await ask("SELECT count(*) FROM password_resets WHERE email_key = %s", email) == [(3,)]


async def test_a_changed_password_ends_all_sessions_but_this_one(
    shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    browser, other = await a_customer(shop, email), a_browser(shop)
    await log_in(other, email)
    before, device = browser.cookies["__Host-session"], browser.cookies["__Host-device"]
    token = await a_token(shop, email)

    answer = await change_it(browser)

    assert answer.status_code == 200
    assert answer.json()["visitor"]["email"] == email
    assert browser.cookies["__Host-session"] != before
    assert browser.cookies["__Host-device"] != device
    browser.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    assert await visitor(other) is None
    assert await visitor(a_browser(shop, Cookie=f"__Host-session={before}")) is None
    assert (await use(a_browser(shop), token)).status_code == 422
    assert (await log_in(a_browser(shop), email)).status_code == 401
    assert (await change_it(browser, NEW, PASSWORD)).status_code == 200
    ((user_id,),) = await ask("SELECT id FROM users WHERE email = %s", email)
    told_by_mail = [it["Subject"] for it in await mails_about(user_id, settings)]
    assert told_by_mail.count("Your password at Shop was changed") == 2


async def test_who_does_not_know_the_password_changes_nothing_and_has_to_wait(
    shop: ASGIApp,
) -> None:
    email = an_address()
    browser = await a_customer(shop, email)
    events = await told(email)
    weak = await change_it(browser, new="Password123!")
    wrong = [await change_it(browser, "a guess") for _ in range(5)]
    right = await change_it(browser)
    elsewhere = a_browser(shop)
    at_login = await browser.post("/v1/session", json={"email": email, "password": PASSWORD})

    assert refusal(weak)[:2] == (422, "password-too-common")
    assert {refusal(it) for it in wrong} == {(422, "password-wrong", "/current")}
    assert refusal(right)[:2] == (429, "slow-down")
    assert at_login.status_code in {200, 429}  # a browser that is known waits for its own failures
    assert machine_of(browser) != machine_of(elsewhere)
    assert (await log_in(elsewhere, email)).status_code == 200
    assert await told(email) == events


async def test_of_two_changes_at_once_one_counts(shop: ASGIApp) -> None:
    email = an_address()
    browsers = [await a_customer(shop, email), a_browser(shop)]
    await log_in(browsers[1], email)
    wanted = [f"{NEW} {number}" for number in range(2)]
    answers = await asyncio.gather(
        *(change_it(it, new=new) for it, new in zip(browsers, wanted, strict=True))
    )

    # The other one finds its session ended, or another password than the one it knows.
    won, lost = sorted(it.status_code for it in answers)
    assert won == 200
    assert lost in {401, 403, 422}
    logins = [(await log_in(a_browser(shop), email, it)).status_code for it in wanted]
    assert [it == 200 for it in logins] == [it.status_code == 200 for it in answers]


async def test_a_program_has_no_password(shop: ASGIApp) -> None:
    program = await a_program(shop, Role.OWNER)

    assert refusal(await change_it(program))[:2] == (403, "for-customers")
