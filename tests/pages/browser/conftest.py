"""One demonstration shop and one Chromium for all tests of this folder.

Both take nine seconds of a processor to start. They are there until the last of these tests is
done; each test opens a window of its own, with nothing in it.
"""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser
from support.pages.chromium import chromium
from support.processes.nodes import Node, nodes


@pytest.fixture(scope="package")
async def node() -> AsyncIterator[Node]:
    with nodes(1, "--demo", TRASTIENDA_WORKERS=1, TRASTIENDA_RATE_LIMITS="off") as [it]:
        yield it


@pytest.fixture(scope="package")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as it:
        yield it
