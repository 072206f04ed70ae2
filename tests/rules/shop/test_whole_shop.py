"""Buyers, staff, the payment provider and the clock act in any order; a small model says what then.

The suite tries a few such stories, `make fuzz` many. The model is `support/machine/models.py`, the
rules are beside it.
"""

import asyncio
import os
from contextvars import copy_context

from httpx import AsyncClient
from hypothesis import HealthCheck, Phase
from hypothesis import settings as stories
from hypothesis.stateful import run_state_machine_as_test
from support.machine.crediting import Crediting
from support.machine.drivers import Driver
from support.machine.editing import Editing
from support.machine.paying import PayingLater
from support.machine.returning import Returning

from trastienda.application import Application
from trastienda.settings import Settings

FUZZ = bool(os.environ.get("FUZZ"))
STORIES = int(os.environ.get("STORIES", "100" if FUZZ else "4"))


class Whole(Crediting, Editing, PayingLater, Returning):
    """One story, of goods of its own, in which everything happens."""


async def test_a_shop_does_what_a_small_model_says_whatever_happens(
    shop: Application, staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    loop, here = asyncio.get_running_loop(), copy_context()
    driver = Driver(shop, staff, buyer, settings)
    often = stories(
        max_examples=STORIES,
        stateful_step_count=50 if FUZZ else 30,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=list(Phase) if FUZZ else [Phase.generate],
    )

    class Here(Whole):
        def __init__(self) -> None:
            super().__init__(driver, loop)

    def tell() -> None:
        run_state_machine_as_test(Here, settings=often)

    await asyncio.to_thread(here.run, tell)
