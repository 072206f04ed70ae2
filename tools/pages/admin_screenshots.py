"""Pictures of a running shop's admin: `make screenshots SHOP=… OWNER=… PASSWORD=…` takes them, too.

The shop has the demonstration goods, and orders that `screenshots` or somebody else has placed.
"""

import asyncio
import shutil
import sys

from playwright.async_api import Page, async_playwright
from tools.pages.screenshots import FOLDER, SIZES

TAKEN = {
    "desktop": ("home", "orders", "order", "categories", "variants"),
    "phone": ("products", "order"),
}
"""The pictures that docs/admin.md shows."""
FIRST = "table.data tbody a"


async def main(shop: str, owner: str, password: str) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        for size, names in TAKEN.items():
            width, height = SIZES[size]
            context = await chromium.new_context(
                ignore_https_errors=True,
                base_url=shop,
                viewport={"width": width, "height": height},
                locale="en",
            )
            page = await context.new_page()
            await _log_in(page, owner, password)
            for name in names:
                await _open(page, name)
                await _take(page, f"admin-{name}-{size}")
        await chromium.close()


async def _log_in(page: Page, owner: str, password: str) -> None:
    await page.goto("/admin")
    await page.locator("[name=email]").fill(owner)
    await page.locator("[name=password]").fill(password)
    await page.get_by_role("button", name="Log in").click()
    await page.locator(".tiles").wait_for()


async def _open(page: Page, name: str) -> None:
    """Open a page of the admin: the first order, or what more colours would make of the mug."""
    if name == "order":
        await page.goto("/admin/orders")
        await page.locator(FIRST).first.click()
    elif name == "variants":
        await page.goto("/admin/products?q=mug")
        await page.locator(FIRST).first.click()
        await page.get_by_role("link", name="Make variants of options").click()
        values = page.locator("[name='options/0/values']")
        await values.fill(f"{await values.input_value()}\nGreen\nWhite")
        await page.get_by_role("button", name="Show the variants").click()
        await page.locator("#variants").evaluate("it => it.scrollIntoView({block: 'end'})")
    elif name == "categories":
        await page.goto("/admin/categories?at=tableware")
    else:
        await page.goto("/admin" if name == "home" else f"/admin/{name}")


async def _take(page: Page, name: str) -> None:
    # Not until the network is idle: the first page listens for as long as it is open.
    await page.wait_for_load_state("load")
    await page.wait_for_timeout(400)
    await page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=75)
    sys.stdout.write(f"{name}.jpg\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
