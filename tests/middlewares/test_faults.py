"""What a fault says to people: a code, facts and a sentence, and never a regular expression."""

import enum
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from litestar.routes import HTTPRoute
from litestar.types import ASGIApp
from msgspec import Meta, Struct, inspect
from support.probes import SETTINGS, a_client, problem

from trastienda.application import guarded, shop
from trastienda.database.models.shared.text import Locale
from trastienda.middlewares.answers.fault_texts import EXPECTED, SENTENCES, named
from trastienda.middlewares.answers.faults import MESSAGES, said, translated
from trastienda.middlewares.requests.validation import SHAPE
from trastienda.schemas.shared.problem import Fault
from trastienda.translation import translate

JSON = {"content-type": "application/json"}
OURS = re.compile(r"`|regex|\\|RFC3339|\bint\b|\bstr\b|got")


class Tongue(enum.Enum):
    ENGLISH = "en"
    SPANISH = "es"


class Circle(Struct, tag="circle", tag_field="kind"):
    radius: int


class Square(Struct, tag="square", tag_field="kind", forbid_unknown_fields=True):
    side: Annotated[int, Meta(ge=1)]


class Drawing(Struct):
    shapes: dict[str, list[Circle | Square]] = {}
    tongues: dict[Tongue, str] = {}


Given = tuple[Any, str, str, dict[str, Any]]
REFUSED: list[Given] = [
    (int, '"5"', "wrong_type", {"expected": ["integer"]}),
    (int | None, "1.5", "wrong_type", {"expected": ["integer"]}),
    (str, "5", "wrong_type", {"expected": ["string"]}),
    (bool, "5", "wrong_type", {"expected": ["boolean"]}),
    (float, '"x"', "wrong_type", {"expected": ["number"]}),
    (None, "1", "wrong_type", {"expected": ["null"]}),
    (list[int], "{}", "wrong_type", {"expected": ["array"]}),
    (dict[str, int], "[]", "wrong_type", {"expected": ["object"]}),
    (UUID, "5", "wrong_type", {"expected": ["uuid"]}),
    (str | list[int] | None, "{}", "wrong_type", {"expected": ["string", "array"]}),
    (datetime, "3", "wrong_type", {"expected": ["date-time"]}),
    (UUID, '"x"', "format", {"expected": ["uuid"]}),
    (datetime, '"x"', "format", {"expected": ["date-time"]}),
    (
        Annotated[datetime, Meta(tz=True)],
        '"2026-01-01T00:00:00"',
        "format",
        {"expected": ["date-time"]},
    ),
    (date, '"x"', "format", {"expected": ["date"]}),
    (time, '"x"', "format", {"expected": ["time"]}),
    (timedelta, '"x"', "format", {"expected": ["duration"]}),
    (Decimal, '"x"', "format", {"expected": ["decimal"]}),
    (bytes, '"*"', "format", {"expected": ["base64"]}),
    (float, "1e999", "out_of_range", {}),
    (Annotated[int, Meta(ge=1)], "0", "too_small", {"minimum": 1}),
    (Annotated[int, Meta(gt=0)], "0", "too_small", {"minimum": 1}),
    (Annotated[int, Meta(le=9)], "10", "too_large", {"maximum": 9}),
    (Annotated[int, Meta(le=2**63 - 1)], "9" * 25, "too_large", {"maximum": 2**63 - 1}),
    (Annotated[float, Meta(ge=0.5)], "0.1", "too_small", {"minimum": 0.5}),
    (Annotated[int, Meta(multiple_of=5)], "3", "not_multiple", {"step": 5}),
    (Annotated[str, Meta(min_length=3)], '"a"', "too_short", {"minimum": 3}),
    (Annotated[str, Meta(max_length=1)], '"aa"', "too_long", {"maximum": 1}),
    (Annotated[list[int], Meta(min_length=1)], "[]", "too_few", {"minimum": 1}),
    (Annotated[list[int], Meta(max_length=1)], "[1,2]", "too_many", {"maximum": 1}),
    (Annotated[dict[str, int], Meta(min_length=1)], "{}", "too_few", {"minimum": 1}),
    (Annotated[dict[str, int], Meta(max_length=0)], '{"a":1}', "too_many", {"maximum": 0}),
    (Annotated[str, Meta(pattern=r"\A[A-Z]{3}\Z")], '"eur"', "pattern", {"expected": ["currency"]}),
    (Annotated[str, Meta(pattern="^unheard of$")], '"x"', "malformed", {}),
    (Tongue, '"fr"', "not_one_of", {"allowed": ["en", "es"]}),
    (Literal[1, 2], "3", "not_one_of", {"allowed": [1, 2]}),
    (Tongue | None, "3", "wrong_type", {"expected": ["string"]}),
]


@pytest.mark.parametrize(("kind", "body", "code", "facts"), REFUSED, ids=str)
def test_whatever_msgspec_refuses_has_a_code_facts_and_sentences(
    kind: Any,  # noqa: ANN401 - a type
    body: str,
    code: str,
    facts: dict[str, Any],
) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(body, type=kind)
    fault = translated(str(refused.value), kind)
    found = {name for name in facts if getattr(fault, name) is not None}

    assert (fault.code, {name: getattr(fault, name) for name in found}) == (code, facts)
    spanish = said(fault, Locale.SPANISH).detail
    assert fault.detail != spanish
    assert not OURS.search(fault.detail + spanish)


@pytest.mark.parametrize(
    ("body", "pointer", "code", "allowed"),
    [
        ({"shapes": {"a": [{"kind": "circle"}]}}, "/shapes", "missing", None),
        ({"shapes": {"a": [{"kind": "line"}]}}, "/shapes", "not_one_of", ["circle", "square"]),
        ({"shapes": {"a": [{"kind": "square", "x`y": 1}]}}, "/shapes", "unknown", None),
        ({"tongues": {"fr": "x"}}, "/tongues", "not_one_of", ["en", "es"]),
    ],
)
def test_the_place_is_as_near_as_can_be_told(
    body: object, pointer: str, code: str, allowed: list[str] | None
) -> None:
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(json.dumps(body), type=Drawing)
    fault = translated(str(refused.value), Drawing)

    assert (fault.pointer, fault.code, fault.allowed) == (pointer, code, allowed)


@pytest.mark.parametrize("name", [" - at `$", " - at `$.side`", "a/b~c", "", "a\nb", "$" * 9])
def test_a_field_of_any_name_is_only_unknown(name: str) -> None:
    body = {"kind": "square", "side": 1, name: 1}
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.json.decode(json.dumps(body), type=Square)
    fault = translated(str(refused.value), Square)

    assert (fault.pointer, fault.code) == (
        "/" + name.replace("~", "~0").replace("/", "~1"),
        "unknown",
    )


def declared() -> Iterator[tuple[str, Any]]:
    """Give the type of each body and of each parameter of all handlers."""
    app = shop(SETTINGS)
    routes = [it for it in app.routes if isinstance(it, HTTPRoute)]
    for handler in (it for route in routes for it in route.route_handlers):
        if SHAPE in handler.opt:
            yield handler.handler_name, handler.opt[SHAPE].type
        for name, parameter in handler.parsed_fn_signature.parameters.items():
            if parameter.kwarg_definition and name not in {"data", *app.dependencies}:
                yield handler.handler_name, parameter.raw


def within(kind: inspect.Type, seen: set[type]) -> Iterator[inspect.Type]:
    yield kind
    fields: tuple[Any, ...] = ()
    if isinstance(kind, inspect.StructType) and kind.cls not in seen:
        seen.add(kind.cls)
        fields = tuple(it.type for it in kind.fields)
    inner = [getattr(kind, it, None) for it in ("type", "item_type", "key_type", "value_type")]
    for it in (*fields, *getattr(kind, "types", ()), *inner):
        if isinstance(it, inspect.Type):
            yield from within(it, seen)


KINDS = [it for handler, model in declared() for it in within(inspect.type_info(model), set())]


def test_every_pattern_of_the_schemas_has_words() -> None:
    patterns = {
        it.pattern for it in KINDS if isinstance(it, inspect.StrType) and it.pattern is not None
    }

    assert len(patterns) > 10
    assert [it for it in patterns if named(it) not in EXPECTED] == []


def test_every_type_of_the_schemas_has_words() -> None:
    told = {
        inspect.AnyType, inspect.BoolType, inspect.BytesType, inspect.DateTimeType,
        inspect.DateType,
        inspect.DictType, inspect.EnumType, inspect.FloatType, inspect.IntType, inspect.ListType,
        inspect.LiteralType, inspect.Metadata, inspect.NoneType, inspect.StrType,
        inspect.StructType, inspect.UnionType, inspect.UUIDType,
    }  # fmt: skip

    assert {type(it) for it in KINDS} - told == set()


def test_every_code_and_every_expectation_is_said_in_two_languages() -> None:
    for code, words in SENTENCES.items():
        limits = ("minimum", "maximum", "step")
        told: dict[str, Any] = {name: 3 for name in limits if f"{{{name}}}" in words}
        expected = [["integer", "uuid"]] if "{expected}" in words else [None]
        for each in expected:
            fault = Fault("/x", code, "", expected=each, allowed=["a"], **told)
            english, spanish = (said(fault, it).detail for it in Locale)
            assert english != spanish
            assert english.endswith(".")
            assert spanish.endswith(".")
            assert "{" not in english + spanish
    for name, words in EXPECTED.items():
        assert (translate(f"expected {name}", words, Locale.SPANISH) != words) is (name != "null")
    assert len(MESSAGES) == 20


def test_the_page_for_front_ends_names_every_code() -> None:
    page = (Path(__file__).parents[2] / "docs" / "front-end.md").read_text("utf-8")

    assert [code for code in SENTENCES if f"`{code}`" not in page] == []


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return guarded(shop(SETTINGS), SETTINGS)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '{"lines": [{"sku": "MUG-BLUE", "quantity": 0}]}',
            {
                "pointer": "/lines/0/quantity",
                "code": "too_small",
                "detail": "Debe ser 1 como mínimo.",
                "minimum": 1,
            },
        ),
        (
            '{"currency": "eur"}',
            {
                "pointer": "/currency",
                "code": "pattern",
                "detail": ("Escriba las tres mayúsculas de una moneda (ISO 4217), como EUR."),
                "expected": ["currency"],
            },
        ),
        ("", {"pointer": "", "code": "missing", "detail": "Falta el cuerpo de la petición."}),
    ],
)
async def test_a_body_is_refused_in_the_language_of_the_client(
    app: ASGIApp, body: str, expected: dict[str, Any]
) -> None:
    async with a_client(app, **{"accept-language": "es"}) as client:
        answer = await client.post("/v1/carts", content=body, headers=JSON)

    assert problem(answer)["errors"] == [expected]


async def test_each_parameter_that_is_wrong_is_told(app: ASGIApp) -> None:
    async with a_client(app) as client:
        answer = await client.get("/v1/products?sort=best&limit=0&colour=blue&locale=es")
        many = await client.get("/v1/products?sort=best&limit=0&currency=eur")

    assert problem(answer)["errors"] == [
        {
            "pointer": "/colour",
            "code": "unknown",
            "detail": "Aquí no existe ningún campo ni parámetro con este nombre.",
            "source": "query",
        }
    ]
    assert {it["pointer"]: it["code"] for it in problem(many)["errors"]} == {
        "/sort": "not_one_of",
        "/limit": "too_small",
        "/currency": "pattern",
    }
    [sort] = [it for it in many.json()["errors"] if it["pointer"] == "/sort"]
    assert sort["detail"] == "Expected one of: newest, price, -price, name, relevance."
    assert sort["allowed"] == ["newest", "price", "-price", "name", "relevance"]


async def test_what_is_no_json_tells_from_which_byte_on(app: ASGIApp) -> None:
    async with a_client(app) as client:
        broken = await client.post("/v1/carts", content=b'{"lines":[,', headers=JSON)
        cut = await client.post("/v1/carts", content=b'{"lines":[', headers=JSON)

    assert (problem(broken)["byte"], problem(cut)["byte"]) == (10, 10)
    assert "detail" not in broken.json()


def test_a_pattern_without_words_is_still_a_fault_at_its_place() -> None:
    message = "Expected `str` matching regex 'new[0-9]' - at `$.a`"

    it = translated(message, dict)

    assert (it.pointer, it.code) == ("/a", "malformed")
