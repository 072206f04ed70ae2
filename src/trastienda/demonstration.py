"""The demonstration shop, when the real one has nothing to sell yet."""

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from trastienda import welcome
from trastienda.controllers import demonstration
from trastienda.database.db import Database, connected, utcnow
from trastienda.demo.content import catalogue
from trastienda.settings import Settings

CONNECTIONS = 2


def ready(settings: Settings, say: Callable[[str], None]) -> bool:
    """Load it into an empty shop; say whether its owner can log in with what we tell."""

    async def work() -> bool:
        async with connected(Database(settings.database_url or "", CONNECTIONS)):
            return await offer(settings.data, say)

    return asyncio.run(work())


async def offer(data: Path, say: Callable[[str], None]) -> bool:
    login = partial(welcome.demonstration_login, data)
    if await demonstration.load(catalogue, login, utcnow()):
        say("The demonstration shop is set up.")
        return True
    if welcome.login_file(data).exists() and await demonstration.opens(*login()):
        return True
    say("The shop has goods of its own already: the demonstration is left out.")
    return False
