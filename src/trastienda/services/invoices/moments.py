"""When an order gets its invoice: as its channel says."""

from uuid import UUID

from trastienda.database.db import Session
from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.services.channels import channels
from trastienda.services.jobs import queue as job_queue
from trastienda.services.jobs.queue import Job

TASK = "invoices"


async def came(session: Session, order_id: UUID, moment: InvoiceMoment) -> None:
    """Queue the invoice of an order if this is the moment for it; the job is its own transaction.

    So no checkout waits for the number of another one, and where this is not the moment, no
    statement is run.
    """
    if channels.current().invoice_moment is moment:
        await job_queue.defer(session, [Job(TASK, order_id, lock=str(order_id))])
