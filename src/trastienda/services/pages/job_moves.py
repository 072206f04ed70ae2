"""What staff can do with a job. The pages ask here, and compare no states themselves."""

from trastienda.schemas.jobs.job import JobView
from trastienda.services.jobs import queue

CANCEL, RETRY = "cancel", "retry"


def of(job: JobView) -> frozenset[str]:
    """Return what can be done with a job as it is now. The controllers decide again."""
    allowed = {CANCEL: job.status in queue.CANCELLED, RETRY: job.status in queue.RETRIED}
    return frozenset(move for move, may in allowed.items() if may)
