"""Endpoints that events are sent to, as staff manage them."""

from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.webhooks.webhook import Webhook
from trastienda.errors import Conflict, Invalid, NotFound, Stale
from trastienda.schemas.webhooks.webhook import WebhookPage, WebhookState, WebhookTold, WebhookView
from trastienda.services.events.types import CATALOGUE
from trastienda.services.shared import advisory_locks, cursors, tokens
from trastienda.services.shared.records import Records, shown
from trastienda.services.webhooks.outbound import callable_url
from trastienda.services.webhooks.sending import PURPOSE, Sender

MOST = 100
ALL = "*"
_KNOWN = {ALL, *CATALOGUE, *(f"{name.partition('.')[0]}.*" for name in CATALOGUE)}

_COLUMNS = """id, url, types, description, owner_email, ordered, active, disabled, resting_until,
    previous_until, created_at, version"""
_PAGE = prepared(f"""
    SELECT {_COLUMNS} FROM webhooks WHERE %(id)s::uuid IS NULL OR id > %(id)s::uuid
    ORDER BY id LIMIT %(limit)s + 1
""")
_VIEW = prepared(f"SELECT {_COLUMNS} FROM webhooks WHERE id = %(id)s")
_LOCK = 0x7765_6268_6F6F_6B73  # "webhooks": the advisory lock for creating one
_COUNT = prepared("SELECT count(*) FROM webhooks")


async def page(session: Reading, limit: int, cursor: str | None) -> WebhookPage:
    """List endpoints, the oldest first. Raise CursorUnusable for another list's cursor."""
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


async def add(session: Session, webhook: Webhook, secret: str) -> None:
    """Save a new endpoint with its secret sealed. Raise WebhooksFull.

    One at a time: otherwise several could count the endpoints at once and all take the last place.
    """
    await advisory_locks.take(session, _LOCK)
    row = await _COUNT.row(session)
    if row and row[0] >= MOST:
        raise WebhooksFull(limit=MOST)
    webhook.secret = sealed(webhook.id, secret)
    await _RECORDS.save(session, webhook)


def sealed(webhook_id: UUID, secret: str) -> bytes:
    """Encrypt a secret so that it can be opened for this endpoint only."""
    return tokens.seal(PURPOSE, secret, webhook_id.bytes)


def redacted(view: WebhookView) -> WebhookTold:
    """Return the view for an event, with only the host of the URL: the rest may hold secrets."""
    return shown(view, WebhookTold, host=urlsplit(view.url).hostname or "")


def check_types(types: Sequence[str]) -> None:
    """Raise WebhookTypeUnknown for the first filter that matches no event type."""
    for number, name in enumerate(types):
        if name not in _KNOWN:
            raise WebhookTypeUnknown(pointer=f"/types/{number}", event_type=name)


def check_url(url: str, sender: Sender) -> None:
    """Raise WebhookUrlUnusable for a URL that `sender` would refuse to call."""
    if not callable_url(url, private=sender.private, plain=sender.plain):
        raise WebhookUrlUnusable(pointer="/url")


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


_RECORDS = Records(Webhook, missing=WebhookNotFound, changed=WebhookChanged, key_share=True)
claim, save, remove = _RECORDS.claim, _RECORDS.save, _RECORDS.remove
