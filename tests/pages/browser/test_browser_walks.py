"""Long walks through the storefront in Chromium, and other sites that try to misuse it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from httpx import AsyncClient
from msgspec.structs import replace
from playwright.async_api import Browser, Page, Route
from support.applications import alive
from support.pages.chromium import AXE, BROWSER, PATIENCE, PHONE, a_window, faults
from support.pages.readers import a_visitor
from support.people import PASSWORD, an_address
from support.processes.nodes import Node

from trastienda import application
from trastienda.settings import Settings

pytestmark = [
    pytest.mark.xdist_group("chromium"),
    pytest.mark.once,
    pytest.mark.skipif(
        not (BROWSER and AXE.exists()),
        reason="this needs Chromium (Debian: apt install chromium), and `make .venv/.node`",
    ),
]
THEME = Path(__file__).parents[3] / "examples" / "theme"
FRAMED = "frame-ancestors 'none'"
EVIL = "https://evil.example"
TOO_WIDE = """() => [...document.querySelectorAll("main *")]
  .filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !it.closest(".table-frame"))
  .map((it) => it.outerHTML.slice(0, 80))"""
"""What stands out of the page on the right."""


async def a_link_in_a_mail(page: Page, email: str) -> str:
    """Wait for the mail that confirms an address, and return its link."""
    for _ in range(600):
        listed = await (await page.request.get("/dev/mail")).text()
        for name in re.findall(r'href="(/dev/mail/[^"/]+)"', listed):
            text = await (await page.request.get(name)).text()
            if email in text and (found := re.search(r"/verify\?token=[\w.~-]+", text)):
                return found[0]
        await page.wait_for_timeout(200)
    raise AssertionError(listed)


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what a selector names has the focus."""
    for _ in range(120):
        if await page.evaluate("it => document.activeElement.matches(it)", selector):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector} of {page.url}")


async def test_a_customer_on_a_phone_buys_in_spanish_with_a_saved_address(
    browser: Browser, node: Node
) -> None:
    email = an_address()
    async with a_window(
        browser, node, viewport=PHONE, has_touch=True, locale="es-ES", color_scheme="dark"
    ) as page:
        await page.goto("/register")
        await page.get_by_label("Nombre").fill("Ana Pérez")
        await page.get_by_label("Correo").fill(email)
        await page.get_by_label("Contraseña").fill(PASSWORD)
        await page.locator("#main button").click()
        await page.goto(await a_link_in_a_mail(page, email))
        await page.locator("#main button").click()
        await page.goto("/login?next=/account/addresses")
        await page.locator("#email").fill(email)
        await page.locator("#password").fill(PASSWORD)
        await page.locator("#main button").click()
        await page.wait_for_url("**/account/addresses")
        await page.locator("[name='address/name']").fill("Ana Pérez")
        await page.locator("[name='address/country']").select_option("ES")
        for name, text in (("line1", "Calle Sol 3"), ("postal_code", "41001"), ("city", "Sevilla")):
            await page.locator(f"[name='address/{name}']").fill(text)
        await page.locator("form[action='/account/addresses'] button").click()
        await page.get_by_text("Calle Sol 3").wait_for()
        assert await faults(page) == []

        await page.goto("/products?q=taza")
        await page.locator(".facet summary").first.tap()
        await page.locator(".facet[open] input").first.tap()
        await page.locator(".chips .chip").nth(1).wait_for()
        assert await page.locator(".facet[open] input:checked").count() == 1
        assert await faults(page) == []
        await page.locator("#results .card a").first.tap()
        await page.locator("#add .button.primary").tap()
        await page.wait_for_url("**/cart")
        await page.locator("aside .button.primary").tap()
        await page.wait_for_url("**/checkout")
        assert await page.locator("[name='shipping_address/line1']").input_value() == "Calle Sol 3"
        await page.locator("button[value=update]").tap()
        await page.locator("#delivery .radio").first.wait_for()
        await page.locator(".radio", has_text="prueba").tap()
        await page.locator("button[value=pay]").tap()
        await page.get_by_role("heading", name="Gracias por su pedido").wait_for()
        assert await page.evaluate(TOO_WIDE) == []
        await page.goto("/account")
        assert await page.locator("table.data tbody tr").count() == 1


async def test_a_guest_finds_and_buys_by_keyboard_alone(browser: Browser, node: Node) -> None:
    async with a_window(browser, node) as page:
        keys = page.keyboard
        await page.goto("/")
        await tab_to(page, "#shop-search")
        await keys.type("mug")
        await keys.press("Enter")
        await page.wait_for_url("**q=mug**")
        await tab_to(page, ".card a")
        await keys.press("Enter")
        await page.locator("#buy").wait_for()
        await tab_to(page, "#add .button.primary")
        await keys.press("Enter")
        await page.wait_for_url("**/cart")
        await tab_to(page, "aside .button.primary")
        await keys.press("Enter")
        await page.wait_for_url("**/checkout")
        for name, text in (
            ("email", "ada@example.com"),
            ("shipping_address/name", "Ada Lovelace"),
            ("shipping_address/country", "Spain"),
            ("shipping_address/line1", "Calle Mayor 1"),
            ("shipping_address/postal_code", "28013"),
            ("shipping_address/city", "Madrid"),
        ):
            await tab_to(page, f"[name='{name}']")
            await keys.type(text)
        await tab_to(page, "button[value=update]")
        await keys.press("Enter")
        await page.locator("#delivery .radio").first.wait_for()
        await tab_to(page, "[name='payment/provider']")
        await page.locator("[name='payment/provider']").first.evaluate("it => it.focus()")
        await keys.press("ArrowDown")
        await keys.press("ArrowUp")
        await tab_to(page, "button[value=pay]")
        await keys.press("Enter")
        await page.get_by_role("heading", name="Thank you for your order").wait_for()


async def test_a_theme_looks_as_its_folder_says(
    browser: Browser, node: Node, settings: Settings, staff: AsyncClient
) -> None:
    """A process has one theme, so that another one answers the browser than the shop does."""
    no_colours = dict.fromkeys(("brand_colour", "dark_brand_colour", "accent_colour"))
    # Colours that another test has set in the admin would take the place of the theme's.
    assert (await staff.patch("/v1/admin/storefront", json=no_colours)).status_code == 200
    themed = application.create(replace(settings, theme=THEME))
    async with alive(themed), a_visitor(themed) as visitor, a_window(browser, node) as page:

        async def answer(route: Route) -> None:
            said = await visitor.get(urlsplit(route.request.url).path)
            left_out = {"content-encoding", "content-length"}
            headers = {name: text for name, text in said.headers.items() if name not in left_out}
            await route.fulfill(status=said.status_code, headers=headers, body=said.content)

        await page.route("**/*", answer)
        await page.goto("/")
        await page.get_by_text("Made by hand in Talavera").wait_for()
        brand = "getComputedStyle(document.documentElement).getPropertyValue('--brand')"
        assert (await page.evaluate(brand)).strip() == "#1f3f8a"
        assert await faults(page) == []
        await page.goto("/products")
        assert await faults(page) == []


async def show(page: Page, name: str, body: str) -> None:
    """Open a page of another site."""

    async def answer(route: Route) -> None:
        await route.fulfill(body=body, content_type="text/html")

    await page.route(f"{EVIL}/{name}", answer)
    await page.goto(f"{EVIL}/{name}")


async def test_other_sites_neither_post_nor_frame_nor_log_in(browser: Browser, node: Node) -> None:
    shop = f"https://localhost:{node.port}"
    context = await browser.new_context(ignore_https_errors=True)
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    stolen = {"email": "mallory@example.com", "password": PASSWORD}
    statuses = {}

    for action, fields in {"login": stolen, "cart": {"product": "mug", "quantity": "1"}}.items():
        inputs = "".join(f'<input name="{it}" value="{text}">' for it, text in fields.items())
        form = f'<form method="post" action="{shop}/{action}">{inputs}<button>Win</button></form>'
        await show(page, action, form)
        async with page.expect_response(f"{shop}/{action}") as answered:
            await page.locator("button").click()
        statuses[action] = (await answered.value).status
    async with page.expect_event("console", lambda it: FRAMED in it.text):
        await show(page, "frame", f'<iframe id="shop" src="{shop}/login"></iframe>')
    inside = page.frame_locator("#shop")

    assert statuses == {"login": 403, "cart": 403}
    names = {it["name"] for it in await context.cookies(shop)}
    assert names & {"__Host-session", "__Host-cart"} == set()
    assert await inside.locator("#password").count() == 0
    await context.close()
