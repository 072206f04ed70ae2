"""Letters about registering: what proves an address, and what tells nobody anything."""

import msgspec
from litestar.types import ASGIApp
from people import a_browser, a_customer, an_address, log_in, register
from post import ask, body, letters_about

from trastienda.controllers import users
from trastienda.database.db import utcnow
from trastienda.database.models.user import Role
from trastienda.settings import Settings


async def user_id(email: str) -> str:
    ((found,),) = await ask("SELECT id FROM users WHERE email = %s", email)
    return str(found)


async def test_the_code_in_a_letter_makes_the_account_usable(
    shop: ASGIApp, settings: Settings
) -> None:
    browser, email = a_browser(shop), an_address()
    await register(browser, email)
    (letter,) = await letters_about(await user_id(email), settings)

    assert (letter["Subject"], letter["To"]) == ("Confirm your e-mail address", email)
    (code,) = [word for word in body(letter).split() if len(word) == 43]
    assert f">{code}</td>" in body(letter, "html")
    answer = await browser.post("/v1/users/verification", json={"token": code})
    assert answer.status_code == 204
    assert (await log_in(browser, email)).status_code == 200


async def test_with_a_storefront_a_registration_is_confirmed_by_a_link(
    shop: ASGIApp, settings: Settings
) -> None:
    there = msgspec.structs.replace(settings, storefront_url="https://shop.example")
    browser, email = a_browser(shop, **{"Accept-Language": "es"}), an_address()
    await register(browser, email)
    (letter,) = await letters_about(await user_id(email), there)

    assert letter["Subject"] == "Confirme su dirección de correo"
    (code,) = [word for word in body(letter).split() if len(word) == 43]
    assert f"\nhttps://shop.example/verify?token={code}\n" in body(letter)


async def test_a_letter_about_registering_repeats_nothing_that_was_typed(
    shop: ASGIApp, settings: Settings
) -> None:
    browser, email = a_browser(shop), an_address()
    draft = {"email": email, "password": "correct horse battery", "name": "Win at evil.example"}
    await browser.post("/v1/users", json=draft)
    (letter,) = await letters_about(await user_id(email), settings)

    assert "evil" not in body(letter) + body(letter, "html") + str(letter.items())


async def test_who_has_an_account_hears_that_somebody_registered_the_address(
    shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    await a_customer(shop, email)
    await register(a_browser(shop), email)
    (letter,) = await letters_about(await user_id(email), settings)

    assert (letter["Subject"], letter["To"]) == ("You have an account already", email)
    assert "nobody has got in, and nothing has changed" in body(letter)


async def test_who_registers_again_before_confirming_gets_another_code(
    shop: ASGIApp, settings: Settings
) -> None:
    browser, email = a_browser(shop), an_address()
    await register(browser, email)
    await register(browser, email)
    first, second = await letters_about(await user_id(email), settings)

    assert {first["Subject"], second["Subject"]} == {"Confirm your e-mail address"}
    assert body(first) != body(second)


async def test_who_is_appointed_hears_of_it_and_reads_no_password(
    shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    password = await users.appoint(email, "Sam", Role.EDITOR, utcnow())
    (letter,) = await letters_about(await user_id(email), settings)

    assert (letter["Subject"], letter["To"]) == ("You work at Shop now", email)
    assert password not in body(letter) + body(letter, "html")


async def test_who_has_proved_their_address_gets_no_other_code(
    shop: ASGIApp, settings: Settings
) -> None:
    email = an_address()
    await a_customer(shop, email)

    assert await letters_about(await user_id(email), settings) == []
    states = await ask("SELECT state, attempts FROM letters_sent WHERE recipient = %s", email)
    assert states == [("suppressed", 1)]
