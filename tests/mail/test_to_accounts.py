"""Mails about registering: what proves an address, and what tells nobody anything."""

import msgspec
from litestar.types import ASGIApp
from support.background import ask, body, mails_about
from support.people import a_browser, a_customer, an_address, log_in, register

from trastienda.controllers.accounts import users
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.settings import Settings


async def user_id(email: str) -> str:
    ((found,),) = await ask("SELECT id FROM users WHERE email = %s", email)
    return str(found)


async def test_the_code_in_a_mail_makes_the_account_usable(
    shop: ASGIApp, settings: Settings
) -> None:
    browser, email = a_browser(shop), an_address()
    await register(browser, email)
    (mail,) = await mails_about(await user_id(email), settings)

    assert (mail["Subject"], mail["To"]) == ("Confirm your e-mail address", email)
    (code,) = [word for word in body(mail).split() if len(word) == 43]
    assert f">{code}</td>" in body(mail, "html")
    answer = await browser.post("/v1/users/verification", json={"token": code})
    assert answer.status_code == 204
    assert (await log_in(browser, email)).status_code == 200


async def test_with_a_storefront_a_registration_is_confirmed_by_a_link(
    shop: ASGIApp, settings: Settings
) -> None:
    there = msgspec.structs.replace(settings, storefront_url="https://shop.example")
    browser, email = a_browser(shop, **{"Accept-Language": "es"}), an_address()
    await register(browser, email)
    (mail,) = await mails_about(await user_id(email), there)

    assert mail["Subject"] == "Confirme su dirección de correo"
    (code,) = [word for word in body(mail).split() if len(word) == 43]
    assert f"\nhttps://shop.example/verify?token={code}\n" in body(mail)


async def test_a_mail_about_registering_repeats_nothing_that_was_typed(
    shop: ASGIApp, settings: Settings
) -> None:
    browser, email = a_browser(shop), an_address()
    draft = {"email": email, "password": "correct horse battery", "name": "Win at evil.example"}
    await browser.post("/v1/users", json=draft)
    (mail,) = await mails_about(await user_id(email), settings)

    assert "evil" not in body(mail) + body(mail, "html") + str(mail.items())


async def test_who_has_an_account_hears_that_somebody_registered_the_address(
    shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    await a_customer(shop, email)
    await register(a_browser(shop), email)
    (mail,) = await mails_about(await user_id(email), settings)

    assert (mail["Subject"], mail["To"]) == ("You have an account already", email)
    assert "nobody has got in, and nothing has changed" in body(mail)


async def test_who_registers_again_before_confirming_gets_another_code(
    shop: ASGIApp, settings: Settings
) -> None:
    browser, email = a_browser(shop), an_address()
    await register(browser, email)
    await register(browser, email)
    first, second = await mails_about(await user_id(email), settings)

    assert {first["Subject"], second["Subject"]} == {"Confirm your e-mail address"}
    assert body(first) != body(second)


async def test_who_is_appointed_hears_of_it_and_reads_no_password(
    shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    password = await users.appoint(email, "Sam", Role.EDITOR, utcnow())
    (mail,) = await mails_about(await user_id(email), settings)

    assert (mail["Subject"], mail["To"]) == ("You work at Shop now", email)
    assert password not in body(mail) + body(mail, "html")


async def test_who_has_proved_their_address_gets_no_other_code(
    shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    await a_customer(shop, email)

    assert await mails_about(await user_id(email), settings) == []
    states = await ask("SELECT state, attempts FROM letters_sent WHERE recipient = %s", email)
    assert states == [("suppressed", 1)]
