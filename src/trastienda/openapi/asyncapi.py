"""The description of all events and of the ways to hear of them: AsyncAPI 3, by the catalogue."""

from typing import Any
from urllib.parse import urlsplit

import msgspec

from trastienda.openapi.compose import Schema, example, portable
from trastienda.openapi.examples import PRODUCT
from trastienda.schemas.event import EventType, EventView
from trastienda.services.event_types import CATALOGUE, WEBHOOK_TEST
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
    "order.fulfilled": (3, "open", "paid", "fulfilled"),
    "order.cancelled": (2, "cancelled", "cancelled", "unfulfilled"),
}
"""What the example of each says of its order."""
SELDOM = {"access_token", "vat_number", "vat_check"}
"""No event tells the first; most orders are of nobody with a VAT number."""
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
    """Return AsyncAPI 3.0: what the shop sends."""
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
            for each in (drawn, *drawn.get("anyOf", ())):
                if field.endswith(TIMES) and each.get("type") == "string":
                    each["format"] = "date-time"  # msgspec leaves it out
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
    """Show an order as it is at that moment, without what it mostly has not."""
    state = dict(zip(STATES, ORDERS[moment], strict=True))
    sent = state["fulfilment_status"] == "fulfilled"
    lines = [it | {"fulfilled_quantity": it["quantity"] if sent else 0} for it in shown["lines"]]
    shipping = {
        name: it for name, it in shown["shipping_option"].items() if name != "pickup_address"
    }
    left = {name: it for name, it in shown.items() if name not in SELDOM}
    return left | state | {"lines": lines, "shipping_option": shipping}


def _envelope(kind: EventType, told: Any) -> Any:  # noqa: ANN401 - any JSON
    aggregate, _, verb = kind.name.partition(".")
    nowhere = kind is WEBHOOK_TEST  # nothing has happened: it has no place
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
