"""What staff read about the queue of jobs."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct


class JobStatus(StrEnum):
    TODO = "todo"
    DOING = "doing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ABORTED = "aborted"


class JobFailure(Struct):
    """Why the last try failed, without arguments or others' answers."""

    kind: Annotated[str, Meta(examples=["MailDelayed"])]
    reason: Annotated[str, Meta(examples=["The mail could not be sent now."])]
    at: datetime
    deaths: Annotated[
        int, Meta(description="How many workers in a row died over it.", examples=[0])
    ] = 0


class JobView(Struct):
    id: Annotated[int, Meta(examples=[4711])]
    task: Annotated[str, Meta(examples=["mail"])]
    status: Annotated[JobStatus, Meta(examples=["failed"])]
    priority: Annotated[int, Meta(description="Higher goes first.", examples=[0])]
    attempts: Annotated[int, Meta(description="Tries that have ended.", examples=[11])]
    queued_at: datetime | None
    due_at: Annotated[
        datetime | None, Meta(description="When it is tried next, or was to be tried last.")
    ]
    event_id: Annotated[str | None, Meta(description="The event that it is about, if any.")]
    failure: JobFailure | None


class JobPage(Struct):
    items: list[JobView]
    next_cursor: str | None


class JobCount(Struct):
    task: str
    status: JobStatus
    jobs: int
    oldest_seconds: float
    """Seconds for which the oldest due job has waited; 0 unless the status is `todo`."""
