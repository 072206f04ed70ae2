"""Loads the demonstration into a shop that is still empty."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from trastienda.database.db import Database, utcnow
from trastienda.demo import writing
from trastienda.demo.content import catalogue
from trastienda.demo.login import demonstration_login, login_file
from trastienda.process import opened
from trastienda.settings import Settings

CONNECTIONS = 2


def ready(settings: Settings, say: Callable[[str], None]) -> bool:
    """Load the demonstration if the shop is empty; return whether its owner's login is valid."""

    async def work() -> bool:
        async with opened(settings, Database(settings.database_url or "", CONNECTIONS)):
            return await load(settings.data, say)

    return asyncio.run(work())


async def load(data: Path, say: Callable[[str], None]) -> bool:
    """Load the demonstration if the shop is empty; return whether its owner's login is valid."""
    login = partial(demonstration_login, data)
    if await writing.load(catalogue, login, utcnow()):
        say("The demonstration shop is set up.")
        return True
    if login_file(data).exists() and await writing.login_works(*login()):
        return True
    say("The shop has goods of its own already: the demonstration is left out.")
    return False
