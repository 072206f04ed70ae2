"""Jobs and events: what the shop does by itself, and what happened in it."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.jobs import jobs
from trastienda.database.db import reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.jobs.job import JobStatus
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.jobs import listing
from trastienda.services.pages import event_log, job_moves

Page = Response[Any]
DECISIONS = {job_moves.CANCEL: jobs.cancel, job_moves.RETRY: jobs.retry}


@get()
async def show_jobs(request: AnyRequest, visitor: Asking) -> Page:
    """List the jobs of the queue."""
    status, task = frames.asked(request, "status", 20), frames.asked(request, "task", 128)
    state = JobStatus(status) if status in set(JobStatus) else None
    async with reading() as session:
        found = await listing.page(session, state, task, frames.SHOWN, frames.cursor(request))
        counts = await listing.counts(session)
    return frames.shown(
        request,
        visitor,
        "operations/jobs.html",
        items=found.items,
        counts=counts,
        state=state,
        states=list(JobStatus),
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )


@get()
async def show_job(request: AnyRequest, visitor: Asking, job_id: FromPath[int]) -> Page:
    """Show a job."""
    return await _page(request, visitor, job_id, Form())


@post(status_code=200)
async def decide_job_by_form(request: AnyRequest, visitor: Asking, job_id: FromPath[int]) -> Page:
    """Try a failed job again, or cancel one that waits."""
    form, address = forms.sent(request), f"/admin/jobs/{job_id}"
    does = form.get("do")
    try:
        if does not in DECISIONS:
            raise forms.FormIncomplete
        await DECISIONS[does](job_id)
    except forms.Refusal as error:
        return await _page(request, visitor, job_id, frames.refused(request, form, error))
    if does == job_moves.CANCEL:
        undo = (address, {"do": job_moves.RETRY})
        return frames.done_with_undo(request, address, marked("The job was cancelled."), undo)
    return frames.done(request, address, marked("The job is tried again."))


@get()
async def show_events(request: AnyRequest, visitor: Asking) -> Page:
    """Show what happened last, and what happens from now on."""
    before = frames.asked(request, "before", 18)
    async with reading() as session:
        found = await event_log.newest(
            session, int(before) if before and before.isdecimal() else None
        )
    following = (
        f"/admin/events?before={found[-1].position}" if len(found) == event_log.SHOWN else None
    )
    return frames.shown(
        request,
        visitor,
        "operations/events.html",
        items=found,
        following=following,
        first="/admin/events" if before else None,
    )


async def _page(request: AnyRequest, visitor: Visitor, job_id: int, form: Form) -> Page:
    async with reading() as session:
        found = await listing.view(session, job_id)
    return frames.shown(
        request, visitor, "operations/job.html", form, job=found, moves=job_moves.of(found)
    )
