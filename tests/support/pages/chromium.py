"""A shop with demonstration goods, and a Chromium that looks at it."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from support.processes.nodes import Node

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(__file__).parents[2] / "node" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    # Pages of other sites reach a shop on this machine as they would one on the Internet.
    "--disable-features=LocalNetworkAccessChecks",
]
PATIENCE = 200_000  # milliseconds: a machine that tests may be very busy
DESKTOP, PHONE = {"width": 1_440, "height": 900}, {"width": 390, "height": 844}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def a_window(
    browser: Browser,
    node: Node,
    *,
    front_end: str = "data:",
    **options: Any,  # noqa: ANN401 - Playwright's
) -> AsyncIterator[Page]:
    """Open a window with nothing in it; it fails on whatever the browser complains about.

    It loads nothing but the shop's, and that of a `front_end` on another origin.
    """
    settings: dict[str, Any] = {"viewport": DESKTOP, "locale": "en", **options}
    context = await browser.new_context(
        ignore_https_errors=True, base_url=f"https://localhost:{node.port}", **settings
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if _is_bad(said) else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    ours = (f"https://localhost:{node.port}/", front_end, "data:", "about:")
    page.on("request", lambda it: None if it.url.startswith(ours) else complaints.append(it.url))
    try:
        yield page
    finally:
        await context.close()
    assert complaints == []


def _is_bad(said: Any) -> bool:  # noqa: ANN401 - Playwright's message
    """Leave out what Chromium says of every answer of 4xx: that is what a test asks for."""
    return said.type == "error" and "Failed to load resource" not in said.text


AT_REST = """() => document.getAnimations().forEach((it) => {
  try { it.finish(); } catch { it.cancel(); }
})"""
"""Ends what moves: halfway through a fade, a text has another contrast."""


async def faults(page: Page) -> list[str]:
    """Return what axe-core finds wrong on a page, and where."""
    axe = await asyncio.to_thread(AXE.read_text)
    await page.evaluate(AT_REST)
    await page.evaluate(axe)
    found = await page.evaluate(
        f"axe.run(document, {{runOnly: {json.dumps(WCAG)}, resultTypes: ['violations']}})"
    )
    return [
        f"{it['id']}: {node['target']} {node['failureSummary']}"
        for it in found["violations"]
        for node in it["nodes"]
    ]
