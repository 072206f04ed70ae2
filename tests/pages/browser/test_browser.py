"""The storefront in Chromium: bought in all ways, and looked at by axe-core."""

import pytest
from playwright.async_api import Browser, Page
from support.pages import front_ends
from support.pages.chromium import AXE, BROWSER, PHONE, a_window, faults
from support.processes.nodes import Node

pytestmark = [
    pytest.mark.xdist_group("chromium"),
    pytest.mark.once,
    pytest.mark.skipif(
        not (BROWSER and AXE.exists()),
        reason="this needs Chromium (Debian: apt install chromium), and `make .venv/.node`",
    ),
]


async def to_checkout(page: Page) -> None:
    """Find a mug, choose a colour, and give an address."""
    await page.goto("/products?q=mug")
    await page.locator(".card a").first.click()
    await page.locator("button", has_text="Add to cart").click()
    await page.locator("a", has_text="Check out").click()
    await page.get_by_label("E-mail", exact=True).fill("ada@example.com")
    where = page.locator("#shipping-address")
    await where.get_by_label("Full name").fill("Ada Lovelace")
    await where.get_by_label("Country").select_option("ES")
    await where.get_by_label("Street and number").fill("Calle Mayor 1")
    await where.get_by_label("Postal code").fill("28013")
    await where.get_by_label("City").fill("Madrid")
    await page.locator("button", has_text="Show delivery and total").click()
    await page.locator("#delivery .radio").first.wait_for()


async def pay(page: Page, card: str) -> None:
    await page.locator(".radio", has_text="Test card").click()
    await page.get_by_label("What the card does").select_option(card)
    await page.locator("button", has_text="Order and pay").click()


async def test_a_guest_buys(browser: Browser, node: Node) -> None:
    async with a_window(browser, node) as page:
        await to_checkout(page)
        await pay(page, "ok")
        await page.get_by_role("heading", name="Thank you for your order").wait_for()
        assert await faults(page) == []


async def test_a_declined_card_and_then_3d_secure_on_a_phone(browser: Browser, node: Node) -> None:
    async with a_window(browser, node, viewport=PHONE, has_touch=True) as page:
        await to_checkout(page)
        await pay(page, "decline")
        await page.locator("#summary").wait_for()
        assert await page.locator("#summary").evaluate("it => it === document.activeElement")
        assert await page.get_by_label("Street and number").first.input_value() == "Calle Mayor 1"
        await pay(page, "challenge")
        await page.get_by_role("button", name="Succeed").click()
        await page.get_by_role("heading", name="Thank you for your order").wait_for()


async def test_without_scripts(browser: Browser, node: Node) -> None:
    async with a_window(browser, node, java_script_enabled=False) as page:
        await to_checkout(page)
        await pay(page, "ok")
        await page.get_by_role("heading", name="Thank you for your order").wait_for()


async def test_search_as_you_type_and_back(browser: Browser, node: Node) -> None:
    async with a_window(browser, node) as page:
        await page.goto("/products")
        await page.get_by_label("Search here").fill("teapot")
        await page.wait_for_url("**q=teapot**")
        await page.locator("#results .card a").first.click()
        await page.locator("#buy").wait_for()
        await page.go_back()
        assert await page.get_by_label("Search here").input_value() == "teapot"
        assert "teapot" in (await page.locator("#results").inner_text()).lower()


async def test_a_variant_is_chosen_by_keyboard_alone(browser: Browser, node: Node) -> None:
    async with a_window(browser, node) as page:
        await page.goto("/products?q=mug")
        await page.locator(".card a").first.focus()
        await page.keyboard.press("Enter")
        chosen = page.locator(".choices input").first
        await chosen.focus()
        before = await page.locator(".stock .hint").inner_text()
        await page.keyboard.press("ArrowRight")
        await page.wait_for_function(
            "before => document.querySelector('.stock .hint').innerText !== before", arg=before
        )
        await page.get_by_label("Quantity").focus()
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/cart")
        assert await page.locator(".cart-lines li").count() == 1


async def test_in_spanish(browser: Browser, node: Node) -> None:
    async with a_window(browser, node, locale="es-ES") as page:
        await page.goto("/")
        assert await page.get_by_role("link", name="Ver todos los productos").count() == 1
        await page.goto("/products")
        assert "," in await page.locator(".price").first.inner_text()


PAGES = [
    "/",
    "/products",
    "/products?q=nothing-like-this",
    "/products?q=mug&max_price=much",
    "/cart",
    "/login",
    "/register",
    "/orders/find",
    "/nothing",
    "/components",
]


async def test_axe_finds_nothing(browser: Browser, node: Node) -> None:
    async with a_window(browser, node) as page:
        for address in PAGES:
            await page.goto(address)
            assert (address, await faults(page)) == (address, [])
        await to_checkout(page)
        assert await faults(page) == []
        await page.goto("/cart")
        assert await faults(page) == []
        await page.locator(".cart-lines li a").nth(1).click()
        await page.locator("#buy").wait_for()
        assert await faults(page) == []


async def test_axe_finds_nothing_in_the_dark(browser: Browser, node: Node) -> None:
    async with a_window(browser, node, color_scheme="dark", viewport=PHONE) as page:
        for address in ("/", "/components"):
            await page.goto(address)
            assert (address, await faults(page)) == (address, [])


async def test_a_front_end_elsewhere_sells_and_a_stranger_gets_nothing(
    browser: Browser, node: Node
) -> None:
    """It is examples/storefront, from an origin that the channel lists, and from another."""
    shop = f"https://localhost:{node.port}"
    with front_ends.front_end(node) as ours, front_ends.front_end(node) as strange:
        front_ends.allow(node, ours)
        async with a_window(browser, node, front_end=ours) as page:
            await page.goto(ours)
            await front_ends.to_payment(page)
            await front_ends.pay(page, "decline")
            await page.get_by_text("The payment was declined.").wait_for()
            await front_ends.pay(page, "challenge")
            await page.get_by_role("button", name="Succeed").click()
            await page.get_by_role("heading", name="Order").wait_for()
            assert "paid" in await page.locator("main").inner_text()
            assert "token" not in page.url
            assert await faults(page) == []

            await front_ends.log_in_there(page, node)
            assert await page.evaluate(front_ends.WITHOUT_TOKEN, shop) == 403
            stranger = await page.context.new_page()
            await stranger.goto(strange)
            await stranger.get_by_text("The shop cannot be reached.").wait_for()
            told = await stranger.evaluate(front_ends.AS_A_STRANGER, shop)
            assert told == ["TypeError"] * 4
            await stranger.close()

            await page.reload()  # what both tried has not ended the session
            await page.get_by_role("button", name="Log out").click()
            await page.get_by_role("heading", name="Log in").wait_for()
