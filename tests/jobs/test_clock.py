"""What is done by the clock goes on, whatever happens."""

import asyncio

import pytest

from trastienda.errors import Unavailable
from trastienda.jobs.clock import every


@pytest.mark.parametrize("trouble", [Unavailable, KeyError])
async def test_a_work_that_fails_is_done_again(trouble: type[Exception]) -> None:
    stopping, tries = asyncio.Event(), 0

    async def work() -> bool:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise trouble
        stopping.set()
        return False

    await every(0.001, "something", work, stopping)

    assert tries == 3
