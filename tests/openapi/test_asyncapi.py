"""The description of events: AsyncAPI 3.0 in its structure, and true to the catalogue."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import msgspec
import pytest
from support.probes import SETTINGS, a_client

from trastienda import openapi
from trastienda.application import guarded, shop
from trastienda.openapi.compose import MISSING
from trastienda.schemas.events.event import EventView
from trastienda.services.events.types import CATALOGUE, WEBHOOK_TEST

Json = dict[str, Any]
KINDS = {**CATALOGUE, WEBHOOK_TEST.name: WEBHOOK_TEST}
DOCUMENT: Json = openapi.asyncapi.document(SETTINGS)
NAMES = {"propertyNames": {"pattern": r"^[A-Za-z0-9._-]+$"}}
REFERENCE = {
    "type": "object",
    "required": ["$ref"],
    "properties": {"$ref": {"type": "string", "format": "uri-reference"}},
    "additionalProperties": False,
}
TEXT = {"type": "string", "minLength": 1}
STRUCTURE: Json = {
    "type": "object",
    "required": ["asyncapi", "info"],
    "additionalProperties": False,
    "properties": {
        "asyncapi": {"const": "3.0.0"},
        "info": {
            "type": "object",
            "required": ["title", "version"],
            "additionalProperties": False,
            "properties": {"title": TEXT, "version": TEXT, "description": TEXT},
        },
        "defaultContentType": {"const": "application/json"},
        "servers": {
            "type": "object",
            **NAMES,
            "additionalProperties": {
                "type": "object",
                "required": ["host", "protocol"],
                "additionalProperties": False,
                "properties": {
                    "host": {"type": "string", "pattern": r"^[^/]+$"},
                    "protocol": {"enum": ["http", "https"]},
                    "security": {"type": "array", "items": REFERENCE},
                },
            },
        },
        "channels": {
            "type": "object",
            **NAMES,
            "additionalProperties": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "address": {"type": ["string", "null"], "pattern": r"^/[^?#]*$"},
                    "title": TEXT,
                    "description": TEXT,
                    "servers": {"type": "array", "items": REFERENCE, "uniqueItems": True},
                    "messages": {"type": "object", **NAMES, "additionalProperties": REFERENCE},
                },
            },
        },
        "operations": {
            "type": "object",
            **NAMES,
            "additionalProperties": {
                "type": "object",
                "required": ["action", "channel"],
                "additionalProperties": False,
                "properties": {"action": {"enum": ["send", "receive"]}, "channel": REFERENCE},
            },
        },
        "components": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "schemas": {"type": "object", **NAMES},
                "messages": {
                    "type": "object",
                    **NAMES,
                    "additionalProperties": {
                        "type": "object",
                        "additionalProperties": False,
                        "properties": {
                            "name": TEXT,
                            "title": TEXT,
                            "summary": TEXT,
                            "contentType": TEXT,
                            "payload": {"type": "object"},
                            "examples": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "additionalProperties": False,
                                    "properties": {"name": TEXT, "payload": {"type": "object"}},
                                },
                            },
                        },
                    },
                },
                "securitySchemes": {
                    "type": "object",
                    **NAMES,
                    "additionalProperties": {
                        "oneOf": [
                            {"required": ["scheme"], "properties": {"type": {"const": "http"}}},
                            {
                                "required": ["name", "in"],
                                "properties": {
                                    "type": {"const": "httpApiKey"},
                                    "in": {"enum": ["query", "header", "cookie"]},
                                },
                            },
                        ]
                    },
                },
            },
        },
    },
}
"""What the specification's own schema asks of the parts that we use; nothing else may be there."""


def faults(schema: Json, value: object) -> list[str]:
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return [f"{fault.instance_path}: {fault.message}" for fault in validator.iter_errors(value)]


def references(part: Any) -> Iterator[str]:  # noqa: ANN401 - any part of the document
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    for inner in part if isinstance(part, list) else ():
        yield from references(inner)


def found(reference: str) -> Any:  # noqa: ANN401 - as above
    part: Any = DOCUMENT
    for name in reference.removeprefix("#/").split("/"):
        part = part[name]
    return part


def test_the_description_has_the_structure_of_asyncapi_3() -> None:
    assert faults(STRUCTURE, DOCUMENT) == []
    assert faults(STRUCTURE, {**DOCUMENT, "channels": {"a b": {}}}) != []
    for reference in references(DOCUMENT):
        assert isinstance(found(reference), dict), reference


def test_feed_stream_and_webhook_tell_every_type() -> None:
    channels = DOCUMENT["channels"]

    assert {name: it["address"] for name, it in channels.items()} == {
        "feed": "/v1/admin/events",
        "stream": "/v1/admin/events/stream",
        "webhook": None,
    }
    for name, channel in channels.items():
        more = {WEBHOOK_TEST.name} if name == "webhook" else set()
        assert channel["messages"].keys() == CATALOGUE.keys() | more
    assert {it["action"] for it in DOCUMENT["operations"].values()} == {"send"}
    routes = openapi.document(shop(SETTINGS, description=openapi.config(SETTINGS)))["paths"]
    assert {it["address"] for it in channels.values()} - {None} <= routes.keys()


@pytest.mark.parametrize("name", KINDS)
def test_every_type_has_an_example_that_is_whole_and_fits(name: str) -> None:
    message, kind = DOCUMENT["components"]["messages"][name], KINDS[name]
    (shown,) = [it["payload"] for it in message["examples"]]
    schema = {**message["payload"], "components": DOCUMENT["components"]}

    assert message["summary"] == kind.told
    assert MISSING not in re.findall(r'"([^"]*)"', msgspec.json.encode(shown).decode())
    assert faults(schema, shown) == []
    assert faults(schema, {**shown, "type": "another.one"}) != []
    assert msgspec.convert(shown, EventView).type == name
    msgspec.json.decode(msgspec.json.encode(shown["data"]), type=kind.data)
    fields = {it.encode_name for it in msgspec.structs.fields(kind.data)}
    assert shown["data"].keys() <= fields


def test_an_order_is_shown_as_it_is_at_that_moment() -> None:
    shown = {
        name: DOCUMENT["components"]["messages"][f"order.{name}"]["examples"][0]["payload"]
        for name in ("placed", "paid", "fulfilled", "cancelled")
    }
    orders = {name: it["data"] for name, it in shown.items()}

    assert [it["status"] for it in orders.values()] == ["open", "open", "open", "cancelled"]
    assert orders["placed"]["payment_status"] == "pending"
    assert orders["paid"]["payment_status"] == orders["fulfilled"]["payment_status"] == "paid"
    assert shown["fulfilled"]["sequence"] == orders["fulfilled"]["version"] == 3
    assert shown["placed"]["actor"] == {"type": "guest", "id": None}
    for order in orders.values():
        sent = order["fulfilment_status"] == "fulfilled"
        assert all(it["fulfilled_quantity"] == it["quantity"] * sent for it in order["lines"])
        assert "access_token" not in order  # no event opens anything


def test_a_test_of_a_webhook_is_shown_with_no_place_among_events() -> None:
    (example,) = DOCUMENT["components"]["messages"]["webhook.test"]["examples"]

    assert (example["payload"]["position"], example["payload"]["sequence"]) == (0, 0)


async def test_the_description_is_served_beside_the_other_and_named_there() -> None:
    async with a_client(guarded(shop(SETTINGS), SETTINGS)) as client:
        answer = await client.get("/asyncapi.json")
        tag = answer.headers["etag"]
        again = await client.get("/asyncapi.json", headers={"if-none-match": tag})
        other = await client.get("/openapi.json")

    assert answer.json() == DOCUMENT
    assert again.status_code == 304
    assert "/asyncapi.json" in other.json()["info"]["description"]
