"""What has happened in the shop, as programs that follow it read it."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, HeaderParameter, QueryParameter
from litestar.types import ASGIApp

from trastienda.database.db import reading
from trastienda.handlers import streams
from trastienda.handlers.answers import Document
from trastienda.handlers.streams import EventStream, Follower
from trastienda.middlewares.access import asking, still_allowed
from trastienda.middlewares.validation import InvalidRequest
from trastienda.schemas.event import EventPage, EventView
from trastienda.schemas.problem import Fault
from trastienda.services import event_feed

FARTHEST = 10**15
SCOPE = "events.read"
After = Annotated[int, QueryParameter(ge=0, le=FARTHEST)]
Types = Annotated[str | None, QueryParameter(min_length=1, max_length=2_000)]
Limit = Annotated[int, QueryParameter(ge=1, le=500)]
Wait = Annotated[int, QueryParameter(ge=0, le=30)]
From = Annotated[int | None, QueryParameter(ge=0, le=FARTHEST)]
NO_POSITION = Fault(pointer="/Last-Event-ID", detail="Leave it out instead", source="header")
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
    """Read events in order of their position, those after one position, an answer at a time.

    Ask again with `after` as `next_after` of the answer, at once while there is `more`. `types` are
    names, or `order.*` for all of a kind, with commas between. With `wait`, an answer without
    events comes only after so many seconds; one with events comes as soon as there are any.
    """
    who = (await asking(request)).actor
    work = streams.page(after, event_feed.types(types), limit, wait, who)
    batch = await (streams.unless_gone(work, request.receive) if wait else work)
    items = b",".join(event.view for event in batch.events)
    end = f'],"next_after":{batch.next_after},"more":{str(batch.more).lower()}}}'
    return Document(b'{"items":[' + items + end.encode())


@get(responses={200: ResponseSpec(EventView, generate_examples=False)})
async def get_event(event_id: FromPath[UUID]) -> ASGIApp:
    """Read one event; it has its position a second after it happened at the latest."""
    async with reading() as session:
        return Document(await event_feed.by_id(session, event_id))


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

    It begins after the position in `Last-Event-ID`, which browsers send when they connect again,
    or else `after`, or else now. It ends when the key is revoked or the session is over.
    """
    if last_event_id is None and "last-event-id" in request.headers:  # `null` is no position
        raise InvalidRequest(errors=[NO_POSITION])
    wanted = event_feed.types(types)
    position = after if last_event_id is None else last_event_id
    async with reading() as session:
        start = await event_feed.start(session, position)
    who = (await asking(request)).actor
    follower = Follower(who, partial(still_allowed, request, SCOPE))
    return EventStream(wanted, start, follower)
