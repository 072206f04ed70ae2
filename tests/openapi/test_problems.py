"""Each problem has a page, and each operation names those that it can answer with."""

import ast
import sys
from collections.abc import Iterator

import pytest
from litestar.types import ASGIApp
from support.analysis.descriptions import DOCUMENT, ERRORS, OPERATIONS
from support.probes import SETTINGS, a_client, problem

from trastienda.application import guarded, shop
from trastienda.database.models.shared.text import Locale
from trastienda.errors import ShopError
from trastienda.handlers.shared.context import PRINTED
from trastienda.middlewares.answers.errors import KINDS
from trastienda.openapi import refusals
from trastienda.openapi.declared import SOMETIMES, always
from trastienda.openapi.facts import FACTS
from trastienda.openapi.problems import facts_of
from trastienda.services.shared.records import Refusal
from trastienda.titles import kind
from trastienda.translation import translate

NAMES = sorted(kind(it).rpartition("/")[2] for it in ERRORS if it is not ShopError)


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return guarded(shop(SETTINGS), SETTINGS)


def test_every_fact_of_every_problem_is_described_in_both_languages() -> None:
    given = {name for kind in ERRORS for name in facts_of(kind)}

    assert given - FACTS.keys() == set()
    for name, (_, english) in FACTS.items():
        assert translate(f"fact {name}", english, Locale.SPANISH) != english


async def test_the_list_has_all_problems_and_each_type_resolves(app: ASGIApp) -> None:
    async with a_client(app) as client:
        listed = (await client.get("/problems")).json()["items"]
        answers = [await client.get(it["type"]) for it in listed]

    assert [it["type"].rpartition("/")[2] for it in listed] == NAMES
    assert [it.json() for it in answers] == listed


async def test_a_problem_says_what_it_means_in_the_language_asked_for(app: ASGIApp) -> None:
    async with a_client(app) as client:
        english = (await client.get("/problems/total-changed")).json()
        spanish = (await client.get("/problems/total-changed?locale=es")).json()

    assert english == {
        "type": "/problems/total-changed",
        "title": "The total is not the one you expected.",
        "meaning": "The request was fine; the state of the shop does not allow it.",
        "status": 409,
        "facts": [
            {
                "name": "expected_total",
                "meaning": "The total that you sent, in the currency's minor unit.",
            },
            {"name": "total", "meaning": "The total now, in the currency's minor unit."},
        ],
    }
    assert spanish["title"] == "El total no es el que usted esperaba."
    assert spanish["facts"][1]["meaning"] == "El total actual, en la unidad mínima de la moneda."


async def test_browsers_get_pages(app: ASGIApp) -> None:
    async with a_client(app, accept="text/html,*/*", **{"accept-language": "es"}) as client:
        page = await client.get("/problems/total-changed")
        listed = await client.get("/problems")

    assert page.headers["content-type"] == listed.headers["content-type"]
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>El total no es el que usted esperaba.</h1>" in page.text
    assert '<a href="/problems/total-changed">' in listed.text
    assert page.headers["vary"] == "Accept, Accept-Language"


async def test_a_problem_that_does_not_exist_is_not_found(app: ASGIApp) -> None:
    async with a_client(app) as client:
        answer = await client.get("/problems/nothing")

    assert (answer.status_code, problem(answer)["type"]) == (404, "/problems/no-such-problem")


def declared(name: str, status: str) -> set[str]:
    _, _, operation = OPERATIONS[name]
    [content] = operation["responses"][status]["content"].values()
    refs = content["schema"].get("oneOf", [content["schema"]])
    schemas = [DOCUMENT["components"]["schemas"][it["$ref"].rpartition("/")[2]] for it in refs]
    return {it["properties"]["type"]["const"].rpartition("/")[2] for it in schemas}


def test_an_operation_names_the_problems_that_its_code_raises() -> None:
    assert declared("checkout", "402") == {"payment-declined"}
    assert declared("checkout", "409") >= {
        "cart-not-ready",
        "checkout-in-progress",
        "coupon-used-up",
        "coupon-used-up-by-you",
        "key-in-use",
        "out-of-stock",
        "promotion-used-up",
        "total-changed",
    }
    assert "category-not-empty" not in declared("checkout", "409")
    for name in ("list_products", "get_order", "list_webhooks"):  # nothing there is in a way
        assert "409" not in OPERATIONS[name][2]["responses"]
    assert declared("checkout", "412") == {"cart-changed"}
    assert declared("list_products", "422") == {"currency-unknown"}
    assert declared("delete_category", "409") >= {"category-not-empty", "key-in-use"}


def test_the_facts_stand_beside_their_problem() -> None:
    schema = DOCUMENT["components"]["schemas"]["TotalChangedProblem"]

    general = DOCUMENT["components"]["schemas"]["Problem"]
    assert schema["properties"].keys() - general["properties"].keys() == {"expected_total", "total"}
    assert schema["required"] == [*general["required"], "expected_total", "total"]
    assert schema["properties"]["status"] == {"type": "integer", "const": 409}
    assert refusals.facts()["TotalChanged"] == {"expected_total", "total"}


def raised() -> Iterator[tuple[type[ShopError], set[str | None]]]:
    """Give each place that makes an error, with the facts it gives (None: perhaps others)."""
    for name in sorted(it for it in sys.modules if it.startswith(refusals.OURS)):
        known = vars(sys.modules[name])
        for it in ast.walk(refusals.tree(name)):
            made = it.exc if isinstance(it, ast.Raise) else it
            called = made.func if isinstance(made, ast.Call) else made
            kind = known.get(called.id) if isinstance(called, ast.Name) else None
            if isinstance(kind, type) and issubclass(kind, ShopError):
                if isinstance(made, ast.Call):
                    yield kind, {word.arg for word in made.keywords}
                elif isinstance(it, ast.Raise):
                    yield kind, set()
            elif kind is Refusal and isinstance(made, ast.Call):
                stated = Refusal(*(known[ast.unparse(name)] for name in made.args))
                words = {it.arg: ast.literal_eval(it.value) for it in made.keywords}
                yield stated.error, {words.get("tells"), "pointer" if "pointer" in words else None}


def test_a_fact_is_required_where_every_place_gives_it_and_only_there() -> None:
    places = list(raised()) + [(it, set[str | None]()) for it in KINDS.values()]
    missing = [(it, fact) for it, given in places for fact in set(always(it)) - given]
    seldom = {(it.__name__, fact) for it, given in places for fact in set(facts_of(it)) - given}

    assert len(places) > 300
    assert missing == []
    assert {(it, fact) for it, facts in SOMETIMES.items() for fact in facts} <= seldom


@pytest.mark.parametrize("key", sorted(PRINTED))
async def test_a_key_that_is_printed_is_refused(app: ASGIApp, key: str) -> None:
    async with a_client(app) as client:
        answer = await client.post("/v1/carts", json={}, headers={"idempotency-key": key})

    assert (answer.status_code, problem(answer)["type"]) == (400, "/problems/key-printed")


def test_nothing_optional_is_prefilled_and_every_call_takes_a_locale() -> None:
    named = {**DOCUMENT["components"]["parameters"]}
    for _, _, operation in OPERATIONS.values():
        given = [
            named[it["$ref"].rpartition("/")[2]] if "$ref" in it else it
            for it in operation["parameters"]
        ]
        assert "locale" in {it["name"] for it in given}
        assert [it["name"] for it in given if "example" in it and not it.get("required")] == []


def test_no_field_has_a_default_that_generators_would_make_required() -> None:
    schemas = DOCUMENT["components"]["schemas"].values()
    fields = [it for schema in schemas for it in schema.get("properties", {}).values()]

    assert [it for it in fields if "default" in it] == []
    free = [it for it in fields if it.get("type") == "object" and "properties" not in it]
    assert [it for it in free if "additionalProperties" not in it] == []


def test_the_order_of_a_checkout_is_open_and_its_sums_add_up() -> None:
    _, _, operation = OPERATIONS["checkout"]
    order = operation["responses"]["201"]["content"]["application/json"]["example"]
    totals = order["totals"]

    assert (order["status"], order["payment_status"], order["fulfilment_status"]) == (
        "open",
        "paid",
        "unfulfilled",
    )
    assert totals["subtotal"] == sum(it["unit_price"] * it["quantity"] for it in order["lines"])
    assert totals["total"] == totals["subtotal"] - totals["discount"] + totals["shipping"]


def test_a_handler_that_runs_in_a_thread_is_described_as_it_was_written() -> None:
    _, _, operation = OPERATIONS["get_problem"]

    assert operation["tags"] == ["problems"]
    assert operation["summary"].startswith("Explain one type of problem")
    assert "no-such-problem" in declared("get_problem", "404")


def test_a_moment_that_may_be_null_has_its_format() -> None:
    due = DOCUMENT["components"]["schemas"]["OrderView"]["properties"]["payment_due_at"]

    assert due["anyOf"] == [{"type": "string", "format": "date-time"}, {"type": "null"}]
