"""The AsyncAPI 3 description of all events and of the channels that carry them."""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from trastienda.openapi.compose import Schema, example, portable
from trastienda.openapi.examples import PRODUCT
from trastienda.openapi.parcels import PARCEL
from trastienda.openapi.subjects import imports, media, returns
from trastienda.schemas.events.event import EventType, EventView
from trastienda.schemas.orders.event import FulfilmentSnapshot
from trastienda.schemas.returns.order_return import ReturnSnapshot
from trastienda.services.events.types import (
    CATALOGUE,
    ORDER_FULFILLED,
    ORDER_RETURN_CHANGED,
    WEBHOOK_TEST,
)
from trastienda.settings import Settings

SCHEMA = "#/components/schemas/{name}"
TIMES = ("timestamp", "_at")
ABOUT = """\
Everything that happens in the shop, each event at least once and in one envelope. Drop those whose
`id` you have seen; those of one `aggregate_id` come in the order of their `sequence`. The calls
themselves are in `/openapi.json`, and what is guaranteed in `docs/events.md`.
"""
STATES = ("version", "status", "payment_status", "fulfilment_status")
ORDERS = {
    "order.placed": (1, "open", "pending", "unfulfilled"),
    "order.paid": (2, "open", "paid", "unfulfilled"),
    "order.payment_reminded": (2, "open", "pending", "unfulfilled"),
    "order.payment_due_changed": (2, "open", "pending", "unfulfilled"),
    "order.link_wanted": (2, "open", "paid", "unfulfilled"),
    "order.authorised": (2, "open", "authorised", "unfulfilled"),
    "order.payment_requested": (1, "open", "pending", "unfulfilled"),
    "order.edited": (2, "open", "paid", "unfulfilled"),
    "order.fulfilled": (3, "open", "paid", "fulfilled"),
    "order.fulfilment_changed": (4, "open", "paid", "fulfilled"),
    "order.cancelled": (2, "cancelled", "cancelled", "unfulfilled"),
    "order.refunded": (3, "open", "partially_refunded", "unfulfilled"),
    "order.return_changed": (5, "open", "paid", "fulfilled"),
    "order.tagged": (2, "open", "paid", "unfulfilled"),
    "order.noted": (1, "open", "paid", "unfulfilled"),
}
"""How the order in the example of each event differs."""
HELD = {"captured": 0, "capture_before": "2026-12-01T10:15:00Z", "refunded": 0, "reason": None}
TAKEN = HELD | {"captured": 2990, "capture_before": None}
PAYMENTS: dict[str, Schema] = {
    "payment.authorised": {"status": "authorised", **HELD},
    "payment.captured": {"status": "succeeded", **TAKEN},
    "payment.voided": {"status": "voided", **HELD, "capture_before": None},
    "payment.expired": {"status": "expired", **HELD, "capture_before": None, "order_id": None},
    "payment.expiring": {"status": "authorised", **HELD},
    "payment.corrected": {"status": "succeeded", **TAKEN, "was": "authorised"},
}
"""What the example of each says of its payment."""
SELDOM = {"access_token", "vat_number", "vat_check"}
"""Left out of examples: no event contains the first, and few orders have a VAT number."""
CHANNELS: dict[str, Schema] = {
    "feed": {
        "address": "/v1/admin/events",
        "title": "Pull feed",
        "description": "Pages of events after a position; with `wait`, as soon as there are any. "
        "Each message is one of the `items` of an answer.",
    },
    "stream": {
        "address": "/v1/admin/events/stream",
        "title": "Live stream",
        "description": "Server-sent events: `id` is the position, `event` the type, `data` the "
        "message. `Last-Event-ID` says where to go on.",
    },
    "webhook": {
        "address": None,
        "title": "Webhooks",
        "description": "A POST to each address that staff have named, signed by the Standard "
        "Webhooks specification.",
    },
}
SECURITY = {
    "key": {"type": "http", "scheme": "bearer", "description": "An API key with `events.read`."},
    "session": {
        "type": "httpApiKey",
        "in": "cookie",
        "name": "__Host-session",
        "description": "Browsers: set by `POST /v1/session`.",
    },
}


def document(settings: Settings) -> Schema:
    """Return the AsyncAPI 3.0 document of what the shop sends."""
    schemas = _schemas()
    kinds = {**CATALOGUE, WEBHOOK_TEST.name: WEBHOOK_TEST}
    messages = {name: _message(kind, schemas) for name, kind in kinds.items()}
    named = {name: {"$ref": f"#/components/messages/{name}"} for name in kinds}
    told = {name: it for name, it in named.items() if name in CATALOGUE}
    ours = {"servers": [{"$ref": "#/servers/shop"}]}
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Trastienda: events", "version": "1", "description": ABOUT},
        "defaultContentType": "application/json",
        "servers": {"shop": _server(settings)},
        "channels": {
            name: {
                **channel,
                **(ours | {"messages": told} if channel["address"] else {"messages": named}),
            }
            for name, channel in CHANNELS.items()
        },
        "operations": {
            f"send_{name}": {"action": "send", "channel": {"$ref": f"#/channels/{name}"}}
            for name in CHANNELS
        },
        "components": {"messages": messages, "schemas": schemas, "securitySchemes": SECURITY},
    }


def _server(settings: Settings) -> Schema:
    names = [{"$ref": f"#/components/securitySchemes/{name}"} for name in SECURITY]
    parts = urlsplit(settings.url)
    return {"host": parts.netloc, "protocol": parts.scheme, "security": names}


def _schemas() -> Schema:
    told = dict.fromkeys(kind.data for kind in CATALOGUE.values())
    kinds = [EventView, *told, WEBHOOK_TEST.data]
    _, schemas = msgspec.json.schema_components(kinds, ref_template=SCHEMA)
    for schema in schemas.values():
        for field, drawn in schema.get("properties", {}).items():
            for part in (drawn, *drawn.get("anyOf", ())):
                if field.endswith(TIMES) and part.get("type") == "string":
                    part["format"] = "date-time"  # msgspec leaves it out
    portable(schemas)
    return schemas


def _message(kind: EventType, schemas: Schema) -> Schema:
    name = SCHEMA.format(name=kind.data.__name__)
    exact = {
        "type": {"const": kind.name},
        "schema_version": {"const": kind.version},
        "data": {"$ref": name},
    }
    told = example({"$ref": name}, schemas)
    if kind.name in ORDERS:
        told = _order(told, kind.name)
    told = told | PAYMENTS.get(kind.name, {})
    if kind.name == ORDER_RETURN_CHANGED.name:
        told["returns"] = [returns.RETURN]
    if kind.data is ReturnSnapshot:
        told = returns.at(kind.name, told)
    for subject in (imports, media):
        if kind.name in subject.MOMENTS:
            told = subject.at(kind.name, told)
    if kind.data is FulfilmentSnapshot:
        told["order"] = _order(told["order"], ORDER_FULFILLED.name)
    return {
        "name": kind.name,
        "title": kind.name,
        "summary": kind.told,
        "contentType": "application/json",
        "payload": {
            "allOf": [{"$ref": SCHEMA.format(name="EventView")}, {"properties": exact}],
        },
        "examples": [{"name": kind.name.replace(".", "-"), "payload": _envelope(kind, told)}],
    }


def _order(shown: Schema, moment: str) -> Schema:
    """Return an example's order as it is at the event, without seldom used fields."""
    state = dict(zip(STATES, ORDERS[moment], strict=True))
    sent = state["fulfilment_status"] == "fulfilled"
    lines = [it | {"fulfilled_quantity": it["quantity"] if sent else 0} for it in shown["lines"]]
    shipping = {
        name: it for name, it in shown["shipping_option"].items() if name != "pickup_address"
    }
    absent = SELDOM | (set() if _waits(state) else {"payment_due_at"})
    absent |= set() if state["status"] == "cancelled" else {"cancel_reason"}
    left = {name: it for name, it in shown.items() if name not in absent}
    about = {"fulfilment_number": 1} if sent and "locale" in shown else {}
    parcels = {"fulfilments": [PARCEL] if sent else []}
    return left | state | about | parcels | {"lines": lines, "shipping_option": shipping}


def _waits(state: Schema) -> bool:
    return (state["status"], state["payment_status"]) == ("open", "pending")


def _envelope(kind: EventType, told: Any) -> Any:  # noqa: ANN401 - any JSON
    aggregate, _, verb = kind.name.partition(".")
    nowhere = kind is WEBHOOK_TEST  # a test event has no position
    first = 1 if verb in {"created", "placed", "registered"} else 2
    sequence = told["version"] if kind.name in ORDERS else first
    bought = kind.name == "order.placed"
    return {
        "id": PRODUCT,
        "type": kind.name,
        "timestamp": "2026-11-24T10:15:00Z",
        "position": 0 if nowhere else 1042,
        "aggregate": aggregate,
        "aggregate_id": told.get("id", PRODUCT),
        "sequence": 0 if nowhere else sequence,
        "schema_version": kind.version,
        "actor": {"type": "guest", "id": None} if bought else {"type": "staff", "id": PRODUCT},
        "data": told,
    }
