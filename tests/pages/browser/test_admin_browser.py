"""The admin in Chromium: the first five minutes of a merchant, keys, and axe-core on every page."""

import csv
import io
import re
from asyncio import to_thread

import pytest
from playwright.async_api import Browser, Download, FilePayload, Page, ViewportSize
from support.pages.chromium import AXE, BROWSER, DESKTOP, PHONE, a_window, faults
from support.processes.nodes import Node

from trastienda.routes.pages import admin

pytestmark = [
    pytest.mark.xdist_group("chromium"),
    pytest.mark.once,
    pytest.mark.skipif(
        not (BROWSER and AXE.exists()),
        reason="this needs Chromium (Debian: apt install chromium), and `make .venv/.node`",
    ),
]
PLAIN = sorted(
    route.path for route in admin.routes if "GET" in (route.methods or ()) and "{" not in route.path
)


async def at_the_desk(page: Page, node: Node) -> None:
    """Log in as the owner, whose password `up` has printed."""
    email, password = owner(node)
    await page.goto("/admin")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password").fill(password)
    await page.get_by_role("button", name="Log in").click()
    await page.locator(".tiles").wait_for()


def owner(node: Node) -> tuple[str, str]:
    found = re.search(r"log in as +(\S+) +(\S+)", node.said)
    assert found is not None
    return found[1], found[2]


async def buy_two_mugs(page: Page) -> None:
    await page.goto("/products?q=mug")
    await page.locator(".card a").first.click()
    await page.get_by_label("Quantity").fill("2")
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
    await page.locator(".radio", has_text="Test card").click()
    await page.get_by_label("What the card does").select_option("ok")
    await page.locator("button", has_text="Order and pay").click()
    await page.get_by_role("heading", name="Thank you for your order").wait_for()


async def ship_and_refund_one(page: Page) -> None:
    """Find the order on the first page, send both mugs, and pay one of them back."""
    await page.get_by_role("link", name="To ship").first.click()
    await page.locator("table.data tbody a").first.click()
    await page.get_by_role("button", name="Ship 2 items").click()
    await page.get_by_text("The parcel was packed.").wait_for()
    await page.get_by_role("link", name="Refund").click()
    await page.get_by_label("of 2").fill("1")
    await page.get_by_role("button", name="Work the amount out").click()
    await page.get_by_role("button", name=re.compile("Refund €")).click()
    await page.get_by_text("The refund is on its way.").wait_for()


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_mug_is_bought_sent_and_half_refunded_and_the_report_knows(
    browser: Browser, node: Node, *, scripts: bool
) -> None:
    async with a_window(browser, node, java_script_enabled=scripts) as page:
        await buy_two_mugs(page)
        await at_the_desk(page, node)
        await ship_and_refund_one(page)
        await page.goto("/admin/reports")
        row = page.locator("table.data tbody tr").last  # today's, also just after midnight
        assert "€" in await row.locator("td").last.inner_text()
        refunds = await row.locator('td[data-label="Refunds"]').inner_text()
        assert refunds != "€0.00"


async def test_axe_finds_nothing_on_any_page_at_both_sizes(browser: Browser, node: Node) -> None:
    async with a_window(browser, node) as page:
        await at_the_desk(page, node)
        found = {}
        for path, size in (
            *((it, DESKTOP) for it in PLAIN[::2]),
            *((it, PHONE) for it in PLAIN[1::2]),
        ):
            await page.set_viewport_size(ViewportSize(width=size["width"], height=size["height"]))
            await page.goto(path)
            found[path] = await faults(page)
            width = await page.evaluate("document.documentElement.scrollWidth")
            assert width <= size["width"], path
        assert {path: it for path, it in found.items() if it} == {}


async def test_keys_and_search_lead_everywhere(browser: Browser, node: Node) -> None:
    async with a_window(browser, node) as page:
        await at_the_desk(page, node)
        await press(page, "g", "p")
        await page.wait_for_url("**/admin/products")
        await press(page, "j", "Enter")
        await page.locator("form[data-counts]").wait_for()
        await press(page, "/")
        await page.keyboard.type("mug")
        await page.locator("#found a", has_text="Mug").first.wait_for()
        assert await page.locator(".admin-search .found").count() == 1
        await press(page, "Escape")
        await page.locator("#found a").first.wait_for(state="detached")


async def test_two_people_on_one_product_merge_and_either_can_undo(
    browser: Browser, node: Node
) -> None:
    async with (
        a_window(browser, node) as mine,
        a_window(browser, node, viewport=PHONE, has_touch=True) as theirs,
    ):
        for page in (mine, theirs):
            await at_the_desk(page, node)
            await page.goto("/admin/products?q=mug")
            await page.locator("table.data tbody a").first.click()
        described = mine.locator("#description")
        await described.fill("Holds a whole pint.")
        name = await mine.locator("#name").input_value()
        await theirs.locator("#name").fill(f"{name}, large")
        await theirs.get_by_role("button", name="Save").click()
        await theirs.get_by_text("Saved.").wait_for()

        await mine.get_by_role("button", name="Save").click()
        await mine.get_by_role("heading", name="Somebody else has changed").wait_for()
        assert await mine.locator('input[name="name"]:checked').input_value() == f"{name}, large"
        assert await faults(mine) == []
        await mine.get_by_role("button", name="Save what is chosen").click()
        await mine.get_by_text("Saved.").wait_for()
        assert await mine.locator("#name").input_value() == f"{name}, large"
        assert await described.input_value() == "Holds a whole pint."

        await press(mine, "u")
        await mine.get_by_text("It is as it was before.").wait_for()
        assert await described.input_value() != "Holds a whole pint."
        assert await mine.locator("#name").input_value() == f"{name}, large"
        await theirs.get_by_role("link", name="Make variants of options").click()
        await theirs.get_by_role("button", name="Show the variants").click()
        await theirs.locator("#variants").wait_for()
        assert await faults(theirs) == []
        width = await theirs.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"]


async def press(page: Page, *keys: str) -> None:
    """Press keys once the page's scripts, which listen to them, have run."""
    await page.wait_for_load_state()
    for key in keys:
        await page.keyboard.press(key)


async def tab_to(page: Page, what: str) -> None:
    """Press Tab until something with these words has the focus."""
    said = "document.activeElement.innerText || document.activeElement.getAttribute('aria-label')"
    for _ in range(120):
        await page.keyboard.press("Tab")
        if what in (await page.evaluate(said) or ""):
            return
    pytest.fail(f"Tab never comes to {what}")


async def test_an_order_is_sent_and_categories_are_moved_by_keys_alone(
    browser: Browser, node: Node
) -> None:
    async with a_window(browser, node) as page:
        await buy_two_mugs(page)
        await at_the_desk(page, node)
        await press(page, "g", "o")
        await page.wait_for_url("**/admin/orders")
        await press(page, "j", "Enter")
        await page.locator(".owed").first.wait_for()
        await tab_to(page, "Ship ")
        await press(page, "Enter")
        await page.get_by_text("The parcel was packed.").wait_for()

        await page.goto("/admin/categories")
        names = page.locator(".tree p > a")
        before = await names.all_inner_texts()
        await tab_to(page, before[0])
        await press(page, "Space")
        await tab_to(page, "Move it down")
        await press(page, "Enter")
        await page.get_by_text("The category was moved.").wait_for()
        await page.wait_for_load_state()
        assert await names.all_inner_texts() != before
        await press(page, "u")
        await page.wait_for_function(
            "first => document.querySelector('.tree p > a').innerText === first", arg=before[0]
        )

        rows = page.locator(".tree-form > .tree > li > p")
        last = await rows.last.locator("a").inner_text()
        await rows.last.drag_to(rows.first, target_position={"x": 40, "y": 3})
        await page.wait_for_function(
            "last => document.querySelector('.tree p > a').innerText === last", arg=last
        )


async def text_of(download: Download) -> str:
    """Return a file as a spreadsheet reads it."""
    content = await to_thread((await download.path()).read_bytes)
    return content.decode("utf-8-sig")


async def test_products_come_from_a_file_that_was_exported_and_edited(
    browser: Browser, node: Node
) -> None:
    async with a_window(browser, node) as page:
        await at_the_desk(page, node)
        await page.goto("/admin/products?q=mug&locale=es")
        async with page.expect_download() as coming:
            await page.get_by_role("link", name="Exportar").click()
        exported = await text_of(await coming.value)
        names, first = list(csv.reader(io.StringIO(exported)))[:2]
        own = {"slug": "", "name": "Jarra", "sku": "JARRA", "published": "false"}
        new = {**dict(zip(names, first, strict=True)), **own}
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows([names, new.values(), ["", "Sin SKU"]])
        await page.get_by_role("link", name="Importar").click()
        content = text.getvalue().encode()
        file = FilePayload(name="jarras.csv", mimeType="text/csv", buffer=content)
        await page.locator("#file").set_input_files(file)
        await page.get_by_role("button", name="Comprobar el archivo").click()
        start = page.get_by_role("button", name="Empezar la importación")
        await start.wait_for()  # the page looks by itself until the job is done
        assert await faults(page) == []
        assert await page.locator("table.data tbody tr").count() == 1
        await start.click()
        await page.locator("#import .badge", has_text="Hecho").wait_for()
        async with page.expect_download() as coming:
            await page.get_by_role("link", name="Descargar estas filas").click()
        assert "Sin SKU" in await text_of(await coming.value)
        await page.set_viewport_size(ViewportSize(width=PHONE["width"], height=PHONE["height"]))
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        await page.goto("/admin/products?q=JARRA")
        await page.locator("table.data tbody a", has_text="Jarra").wait_for()


async def test_an_ended_session_loses_nothing_that_was_typed(browser: Browser, node: Node) -> None:
    async with a_window(browser, node) as page:
        await at_the_desk(page, node)
        await page.goto("/admin/zones/new")
        await page.get_by_label("Name").fill("Islands")
        await page.get_by_label("Country").first.fill("ES")
        await page.context.clear_cookies(name="__Host-session")
        await page.get_by_role("button", name="Save").click()
        email, password = owner(node)
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_label("Password").fill(password)
        await page.get_by_role("button", name="Log in").click()
        await page.get_by_role("button", name="Send it").click()
        await page.get_by_role("heading", name="Islands").wait_for()
