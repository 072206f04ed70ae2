"""Endpoints that events are sent to, as staff write them."""

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.webhook import Webhook
from trastienda.errors import Conflict, Invalid, NotFound, Stale
from trastienda.schemas.webhook import WebhookPage, WebhookState, WebhookTold, WebhookView
from trastienda.services import cursors, tokens, webhook_sending
from trastienda.services.event_types import CATALOGUE
from trastienda.services.outbound import public

MOST = 100
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
ALL = "*"
_KNOWN = {ALL, *CATALOGUE, *(f"{name.partition('.')[0]}.*" for name in CATALOGUE)}

_COLUMNS = """id, url, types, description, owner_email, ordered, active, disabled, resting_until,
    previous_until, created_at, version"""
_PAGE = prepared(f"""
    SELECT {_COLUMNS} FROM webhooks WHERE %(id)s::uuid IS NULL OR id > %(id)s::uuid
    ORDER BY id LIMIT %(limit)s + 1
""")
_VIEW = prepared(f"SELECT {_COLUMNS} FROM webhooks WHERE id = %(id)s")
_LOCK = 0x7765_6268_6F6F_6B73  # "webhooks": the advisory lock of whoever makes one
_ALONE = prepared("SELECT pg_advisory_xact_lock(%(lock)s)")
_COUNT = prepared("SELECT count(*) FROM webhooks")


async def page(session: Reading, limit: int, cursor: str | None) -> WebhookPage:
    """List endpoints, the oldest first. Raise CursorUnusable for a cursor of another list."""
    shape = ["webhooks"]
    _, id_ = cursors.read(cursor, shape, str) if cursor else (None, None)
    rows = await _PAGE.rows(session, id=id_, limit=limit)
    items = [_view(row) for row in rows[:limit]]
    more = cursors.after(shape, "", items[-1].id) if len(rows) > limit else None
    return WebhookPage(items, more)


async def view(session: Reading, webhook_id: UUID) -> WebhookView:
    """Return one endpoint. Raise WebhookNotFound."""
    if row := await _VIEW.row(session, id=webhook_id):
        return _view(row)
    raise WebhookNotFound


async def claim(session: Session, webhook_id: UUID, seen: int | None) -> Webhook:
    """Lock one for a change; the relay does not wait. Raise WebhookNotFound or WebhookChanged."""
    query = select(Webhook).where(Webhook.id == webhook_id).with_for_update(key_share=True)
    webhook = await session.orm.scalar(query)
    if webhook is None:
        raise WebhookNotFound
    if seen not in {None, webhook.version}:
        raise WebhookChanged(version=webhook.version)
    return webhook


async def add(session: Session, webhook: Webhook, secret: str) -> None:
    """Write an endpoint down, its secret sealed. Raise WebhooksFull.

    One at a time: those who count at once would all find the last place free.
    """
    await _ALONE(session, lock=_LOCK)
    row = await _COUNT.row(session)
    if row and row[0] >= MOST:
        raise WebhooksFull(limit=MOST)
    webhook.secret = sealed(webhook.id, secret)
    session.orm.add(webhook)
    await session.orm.flush()


async def remove(session: Session, webhook: Webhook) -> None:
    """Take an endpoint away, with all that was to be sent to it."""
    await session.orm.delete(webhook)
    await session.orm.flush()


def sealed(webhook_id: UUID, secret: str) -> bytes:
    """Encrypt a secret so that it opens for this endpoint only."""
    return tokens.seal(webhook_sending.PURPOSE, secret, webhook_id.bytes)


def told(view: WebhookView) -> WebhookTold:
    """Leave out what may hold a secret: paths and queries of addresses often do."""
    return WebhookTold(
        id=view.id,
        host=urlsplit(view.url).hostname or "",
        types=view.types,
        description=view.description,
        owner_email=view.owner_email,
        ordered=view.ordered,
        active=view.active,
        state=view.state,
        disabled=view.disabled,
        version=view.version,
    )


def check_types(types: Sequence[str]) -> None:
    """Raise WebhookTypeUnknown for the first that names no kind of event."""
    for number, each in enumerate(types):
        if each not in _KNOWN:
            raise WebhookTypeUnknown(pointer=f"/types/{number}", event_type=each)


def check_url(url: str) -> None:
    """Raise WebhookUrlUnusable for what we would never call."""
    sender = webhook_sending.current()
    try:
        parts = urlsplit(url)
        host, whole = parts.hostname, parts.port != 0 and "#" not in url
    except ValueError:
        raise WebhookUrlUnusable(pointer="/url") from None
    spoken = parts.scheme == "https" or (sender.plain and host in LOCAL)
    open_ = sender.private or not _is_address(host or "") or public(host or "")
    if not (host and whole and spoken and open_ and "@" not in parts.netloc):
        raise WebhookUrlUnusable(pointer="/url")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _view(row: Row) -> WebhookView:
    id_, url, types, description, owner, ordered, active, disabled, resting, old, at, version = row
    if active:
        state = WebhookState.RESTING if resting else WebhookState.ACTIVE
    else:
        state = WebhookState.DISABLED if disabled else WebhookState.PAUSED
    return WebhookView(
        id=id_,
        url=url,
        types=types,
        description=description,
        owner_email=owner,
        ordered=ordered,
        active=active,
        state=state,
        disabled=disabled,
        old_secret_until=old,
        created_at=at,
        version=version,
    )


class WebhookNotFound(NotFound):
    """There is no such webhook."""


class WebhookChanged(Stale):
    """The webhook has changed since you read it."""


class WebhooksFull(Conflict):
    """A shop has at most 100 webhooks."""


class WebhookTypeUnknown(Invalid):
    """There is no such type of event; `order.*` is all of a kind, `*` is all."""


class WebhookUrlUnusable(Invalid):
    """A webhook's address is https://, of a host on the internet, without a user or a fragment."""
