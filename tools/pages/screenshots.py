"""Pictures of a running shop's pages, at both sizes: `make screenshots SHOP=https://localhost:8443`.

The shop has the demonstration goods; an order is placed in it.
"""

import asyncio
import shutil
import sys
from pathlib import Path

from playwright.async_api import Page, async_playwright

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
SIZES = {"desktop": (1_440, 900), "phone": (390, 844)}
ADDRESS = {
    "shipping_address/name": "Ada Lovelace",
    "shipping_address/line1": "Calle Mayor 1",
    "shipping_address/postal_code": "28013",
    "shipping_address/city": "Madrid",
}


async def main(shop: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        for size, (width, height) in SIZES.items():
            context = await chromium.new_context(
                ignore_https_errors=True,
                base_url=shop,
                viewport={"width": width, "height": height},
                locale="en",
            )
            await _walk(await context.new_page(), size)
        await chromium.close()


async def _walk(page: Page, size: str) -> None:
    """Buy a mug, and take a picture of each page on the way."""

    async def take(name: str) -> None:
        await page.wait_for_load_state("networkidle")
        await page.screenshot(path=FOLDER / f"{name}-{size}.jpg", type="jpeg", quality=75)
        print(f"{name}-{size}.jpg")

    for name, address in (("home", "/"), ("list", "/products"), ("login", "/login")):
        await page.goto(address)
        await take(name)
    await page.goto("/products?filter=Colour%3DBlue")
    await page.locator(".facet summary").first.click()
    await take("filters")
    await page.goto("/products/mug")
    await take("product")
    await page.locator("#add .button.primary").click()
    await page.wait_for_url("**/cart")
    await take("cart")
    await page.goto("/checkout")
    await page.locator("[name=email]").fill("ada@example.com")
    await page.locator("[name='shipping_address/country']").select_option("ES")
    for field, text in ADDRESS.items():
        await page.locator(f"[name='{field}']").fill(text)
    await page.locator("button[value=update]").click()
    await page.locator("#delivery .radio").first.wait_for()
    await page.goto("/checkout")
    await take("checkout")
    await page.locator("button[value=pay]").click()
    await page.wait_for_url("**/orders/**")
    await take("order")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
