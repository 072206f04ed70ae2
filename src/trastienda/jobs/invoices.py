"""Invoices: issued when their moment has come, their files written, their records handed over."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from trastienda.controllers.invoices import issue as invoices
from trastienda.controllers.invoices import records
from trastienda.database.db import utcnow
from trastienda.jobs.retries import Backoff
from trastienda.schemas.shared.context import Context
from trastienda.services.invoices import issuing, moments
from trastienda.services.invoices.verifactu import chain
from trastienda.services.invoices.verifactu.port import Folder
from trastienda.services.invoices.writing import files
from trastienda.settings import Settings

ISSUE, FILES, RECORDS = moments.TASK, issuing.FILES, chain.TASK
RETRIES = Backoff(retries=10, first=3.0)
"""3 s, 9 s, 27 s … 16 h: about a day in all."""


async def issue(event: str) -> None:
    """Issue the invoice of an order, named by its id. It may run twice; there is one invoice."""
    await invoices.issue_due(UUID(event), Context(utcnow()))


def writing(settings: Settings) -> Callable[[str], Awaitable[None]]:
    """Make the job that writes the files of an invoice, named by its id.

    They are made in a thread, of which there are no more than jobs at once; no transaction is open
    meanwhile. Made twice, they are the same bytes, and kept once.
    """
    fonts = settings.data / "fonts"

    async def write(event: str) -> None:
        document = await invoices.unwritten(UUID(event))
        if document is not None:
            made = await asyncio.to_thread(files.make, document, fonts)
            await invoices.keep(UUID(event), made, Context(utcnow()))

    return write


def handing_over(settings: Settings) -> Callable[[str], Awaitable[None]]:
    """Make the job that hands a record over, named by its id."""
    registry = Folder(settings.data / "verifactu")

    async def hand_over(event: str) -> None:
        await records.hand_over(UUID(event), registry)

    return hand_over
