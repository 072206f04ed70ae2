"""The events of the shop, for programs that follow them."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.types import ASGIApp

from trastienda.database.db import reading
from trastienda.database.models.accounts.user import StaffScope
from trastienda.handlers.shared import streams
from trastienda.handlers.shared.answers import Document
from trastienda.handlers.shared.process import held
from trastienda.handlers.shared.streams import EventStream, Subscriber
from trastienda.middlewares.answers.faults import fault
from trastienda.middlewares.identity.access import asking, still_allowed
from trastienda.middlewares.requests.validation import InvalidRequest
from trastienda.schemas.events.event import EventPage, EventView
from trastienda.services.events import feed

FARTHEST = 10**15
SCOPE: StaffScope = "events.read"
After = Annotated[int, QueryParameter(ge=0, le=FARTHEST)]
Types = Annotated[str | None, QueryParameter(min_length=1, max_length=2_000)]
Limit = Annotated[int, QueryParameter(ge=1, le=500)]
Wait = Annotated[int, QueryParameter(ge=0, le=30)]
From = Annotated[int | None, QueryParameter(ge=0, le=FARTHEST)]
NO_POSITION = fault("/Last-Event-ID", "not_null", "header")
LastSeen = Annotated[int | None, HeaderParameter(name="Last-Event-ID", ge=0, le=FARTHEST)]


@get(responses={200: ResponseSpec(EventPage, generate_examples=False)})
async def list_events(
    request: Request[Any, Any, Any],
    *,
    after: After = 0,
    types: Types = None,
    limit: Limit = 100,
    wait: Wait = 0,
) -> ASGIApp:
    """Read the events after a position, in order, one page at a time.

    Ask again with `after` set to the `next_after` of the answer, at once while there is `more`.
    `types` are names, or `order.*` for all of a kind, separated by commas. With `wait`, the request
    waits up to that many seconds for an event, and is answered as soon as there is one.
    """
    client = (await asking(request)).actor
    look = partial(streams.read, wanted=feed.types(types), limit=limit)
    work = streams.page(after, look, wait, client, held(request).listener)
    batch = await (streams.unless_gone(work, request.receive) if wait else work)
    items = b",".join(event.view for event in batch.events)
    end = f'],"next_after":{batch.next_after},"more":{str(batch.more).lower()}}}'
    return Document(b'{"items":[' + items + end.encode())


@get(responses={200: ResponseSpec(EventView, generate_examples=False)})
async def get_event(event_id: FromPath[UUID]) -> ASGIApp:
    """Read one event. It has its position at most a second after it happened."""
    async with reading() as session:
        return Document(await feed.by_id(session, event_id))


@get(
    media_type="text/event-stream",
    responses={200: ResponseSpec(str, media_type="text/event-stream", generate_examples=False)},
)
async def stream_events(
    request: Request[Any, Any, Any],
    *,
    types: Types = None,
    after: From = None,
    last_event_id: LastSeen = None,
) -> ASGIApp:
    """Follow events as they happen, as server-sent events (`EventSource` in browsers).

    The stream starts after the position in `Last-Event-ID`, which browsers send when they
    reconnect, or else after `after`, or else now. It ends when the key is revoked or the session is
    over.
    """
    if last_event_id is None and "last-event-id" in request.headers:  # `null` is not a position
        raise InvalidRequest(errors=[NO_POSITION])
    wanted = feed.types(types)
    position = after if last_event_id is None else last_event_id
    async with reading() as session:
        start = await feed.start(session, position)
    client = (await asking(request)).actor
    subscriber = Subscriber(held(request).listener, client, partial(still_allowed, request, SCOPE))
    return EventStream(wanted, start, subscriber)
