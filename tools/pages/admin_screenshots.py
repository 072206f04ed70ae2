"""Pictures of a running shop's admin: `make screenshots SHOP=… OWNER=… PASSWORD=…` takes them, too.

The shop has the demonstration goods, and orders that `screenshots` or somebody else has placed.
"""

import asyncio
import shutil
import sys

from playwright.async_api import Browser, Page, async_playwright
from tools.pages.screenshots import FOLDER, SIZES

FIRST = "table.data tbody a"
PLAIN = {
    "home": "",
    "orders": "orders",
    "products": "products",
    "categories": "categories",
    "stock": "stock",
    "customers": "customers",
    "promotions": "promotions",
    "reports": "reports",
    "mail": "mail",
    "jobs": "jobs",
    "staff": "staff",
    "storefront": "storefront",
    "legal-page": "legal-pages/terms",
    "keys": "keys",
}
"""The pages that have an address of their own; a new key is one of them."""
OWN_LOOK = {
    "brand_colour": "#b4451f",
    "accent_colour": "#f3e3c8",
    "texts/en/announcement": "Free delivery in Spain from €60 on",
    "texts/en/welcome": "Things that last, for kitchen and table",
    "texts/en/introduction": "Made by small workshops in Spain, sent from Madrid in two days.",
}


async def main(shop: str, owner: str, password: str) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        for size in SIZES:
            await _walk(chromium, shop, size, (owner, password))
        await chromium.close()


async def _walk(chromium: Browser, shop: str, size: str, who: tuple[str, str]) -> None:
    width, height = SIZES[size]
    context = await chromium.new_context(
        ignore_https_errors=True,
        base_url=shop,
        viewport={"width": width, "height": height},
        locale="en",
    )
    page = await context.new_page()
    await page.goto("/admin")
    await page.locator("[name=email]").fill(who[0])
    await page.locator("[name=password]").fill(who[1])
    await page.get_by_role("button", name="Log in").click()
    await page.locator(".tiles").wait_for()
    for name, address in PLAIN.items():
        await page.goto(f"/admin/{address}")
        await _take(page, f"admin-{name}-{size}")
    await _inside(page, size)
    await _with_own_look(page, size)


async def _inside(page: Page, size: str) -> None:
    """Take pictures of one order, one product, and the variants that options would make."""
    await page.goto("/admin/orders")
    await page.locator(FIRST).first.click()
    await _take(page, f"admin-order-{size}")
    await page.goto("/admin/products?q=mug")
    await page.locator(FIRST).first.click()
    await _take(page, f"admin-product-{size}")
    await page.goto(f"{page.url}/variants")
    values = page.locator("[name='options/0/values']")
    await values.fill(f"{await values.input_value()}\nGreen\nWhite")
    await page.get_by_role("button", name="Show the variants").click()
    await _take(page, f"admin-variants-{size}")


async def _with_own_look(page: Page, size: str) -> None:
    """Take a picture of the shop in colours and words of its own, and take these back."""
    for fields in (OWN_LOOK, dict.fromkeys(OWN_LOOK, "")):
        await page.goto("/admin/storefront")
        for name, text in fields.items():
            await page.locator(f"[name='{name}']").fill(text)
        await page.get_by_role("button", name="Save", exact=True).click()
        await page.get_by_text("Saved.").wait_for()
        await page.goto("/")
        if fields is OWN_LOOK:
            await _take(page, f"own-look-{size}")


async def _take(page: Page, name: str) -> None:
    # Not until the network is idle: the first page listens for as long as it is open.
    await page.wait_for_load_state("load")
    await page.wait_for_timeout(400)
    await page.screenshot(path=FOLDER / f"{name}.jpg", type="jpeg", quality=75)
    sys.stdout.write(f"{name}.jpg\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:4]))
