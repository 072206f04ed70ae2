"""The description of the API: complete, true to the code, and readable without the internet."""

import re
from collections.abc import Iterator

import jsonschema_rs
import msgspec
import pytest
from litestar.types import ASGIApp
from support.analysis.descriptions import DOCUMENT, OPERATIONS, Document, described, media
from support.probes import PROBES, SETTINGS, a_client

from trastienda.application import guarded, shop
from trastienda.handlers.docs import PAGE
from trastienda.openapi.compose import MISSING, example
from trastienda.settings import Switch

every_operation = pytest.mark.parametrize("name", OPERATIONS)


def needed(schema: Document) -> Document:
    """Return the components that a schema refers to: to compile all 500 each time takes minutes."""
    known: Document = {}
    waiting = [schema]
    while waiting:
        for name in re.findall(r"#/components/schemas/(\w+)", repr(waiting.pop())):
            if name not in known:
                known[name] = DOCUMENT["components"]["schemas"][name]
                waiting.append(known[name])
    return known


def faults(schema: Document, value: object) -> list[str]:
    whole = {**schema, "components": {"schemas": needed(schema)}}
    validator = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return [str(fault.message) for fault in validator.iter_errors(value)]


def test_every_operation_has_a_name_of_its_own() -> None:
    count = sum(len(methods) for methods in DOCUMENT["paths"].values())

    assert DOCUMENT["openapi"].startswith("3.1")
    assert len(OPERATIONS) == count


def test_schemas_are_in_an_order_that_does_not_depend_on_the_process() -> None:
    names = list(DOCUMENT["components"]["schemas"])

    assert names == sorted(names)


@every_operation
def test_every_operation_says_what_it_does(name: str) -> None:
    _, _, operation = OPERATIONS[name]

    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]


def unsaid(shown: object, at: str) -> Iterator[str]:
    """Name the fields of an example that neither their schema nor `openapi/examples.py` says."""
    if shown == MISSING:
        yield at
    inner = dict(enumerate(shown)) if isinstance(shown, list) else shown
    for name, value in inner.items() if isinstance(inner, dict) else ():
        yield from unsaid(value, f"{at}/{name}")


@every_operation
def test_every_example_is_complete_and_fits_its_schema(name: str) -> None:
    _, _, operation = OPERATIONS[name]
    shown = list(media(operation))
    parameters = [it for it in operation["parameters"] if "example" in it]

    assert [
        f"{at} has no example" for part, it in shown for at in unsaid(it["example"], part)
    ] == []
    assert [(part, faults(it["schema"], it["example"])) for part, it in shown] == [
        (part, []) for part, _ in shown
    ]
    assert [(it["name"], faults(it["schema"], it["example"])) for it in parameters] == [
        (it["name"], []) for it in parameters
    ]
    successes = [status for status in operation["responses"] if status < "300"]
    assert set(successes) - {part for part, _ in shown} <= {"204"}


@every_operation
def test_every_operation_says_how_it_refuses(name: str) -> None:
    path, method, operation = OPERATIONS[name]
    refusals = {status for status in operation["responses"] if status >= "400"}

    assert {"400", "429", "503"} <= refusals
    assert ("404" in refusals) or "{" not in path
    assert method == "get" or {"401", "403", "409"} <= refusals
    assert {"413", "415", "422"} <= refusals or "requestBody" not in operation
    assert {"401", "403"} <= refusals or "security" not in operation
    for status in refusals:
        answer = operation["responses"][status]
        if "$ref" in answer:
            answer = DOCUMENT["components"]["responses"][answer["$ref"].rsplit("/", 1)[-1]]
        [(kind, answer)] = answer["content"].items()
        assert kind == "application/problem+json"
        assert faults(answer["schema"], answer["example"]) == []
        assert answer["example"]["status"] == int(status)


def test_limits_and_forbidden_fields_are_told() -> None:
    probes = described(PROBES)
    [limit, q, _] = probes["paths"]["/probes"]["get"]["parameters"]
    line = probes["components"]["schemas"]["ProbeLine"]

    assert limit["schema"] == {"type": "integer", "minimum": 1, "maximum": 100, "default": 24}
    assert q["schema"] == {"type": "string"}
    assert (line["required"], line["additionalProperties"]) == (["sku"], False)
    assert line["properties"]["quantity"]["maximum"] == 9_999


def test_a_handler_may_name_a_refusal_that_no_rule_foresees() -> None:
    _, _, checkout = OPERATIONS["checkout"]

    assert {"200", "201", "402"} <= checkout["responses"].keys()


def test_patterns_are_those_of_json_schema() -> None:
    patterns = re.findall(r"'pattern': '([^']*)'", repr(DOCUMENT))

    assert patterns
    assert [it for it in patterns if r"\A" in it or r"\Z" in it] == []


def test_a_field_without_an_example_is_noticed() -> None:
    assert example({"type": "string"}, {}, "unheard_of") == MISSING
    assert example({"type": "string", "examples": ["heard"]}, {}, "unheard_of") == "heard"


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return guarded(shop(SETTINGS), SETTINGS)


async def test_the_description_is_served_and_kept_by_its_etag(app: ASGIApp) -> None:
    async with a_client(app) as client:
        answer = await client.get("/openapi.json")
        again = await client.get("/openapi.json", headers={"if-none-match": answer.headers["etag"]})
        plain = await client.get("/openapi.json", headers={"accept-encoding": "identity"})

    assert answer.json() == plain.json() == DOCUMENT
    assert (answer.headers["content-type"], again.status_code) == ("application/json", 304)
    assert answer.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers


async def test_without_a_storefront_the_shops_address_leads_to_the_page() -> None:
    settings = msgspec.structs.replace(SETTINGS, storefront=Switch.OFF)
    async with a_client(guarded(shop(settings), settings)) as client:
        answer = await client.get("/")
        page = await client.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (302, "/docs")
    assert page.status_code == 200


@pytest.mark.parametrize("address", ["/docs", "/docs/events.html"])
async def test_the_page_and_all_it_loads_come_from_here_under_a_strict_policy(
    app: ASGIApp, address: str
) -> None:
    async with a_client(app) as client:
        page = await client.get(address)
        loaded = re.findall(r'<(?:script src|link rel="[a-z]+" href)="([^"]+)"', page.text)
        answers = {path: await client.get(path) for path in loaded}

    assert {path.rpartition("/")[0] for path in loaded} == {"/docs"}
    assert {it.status_code for it in answers.values()} == {200}
    assert {path.rsplit(".")[-1] for path in loaded} == {"css", "js", "svg"}
    policy = page.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "default-src 'none'" in policy
    assert "<script>" not in page.text


@pytest.mark.parametrize("name", ["nothing.js", "..%2findex.html", "%2e%2e", "docs.js.map"])
async def test_nothing_else_is_served_from_there(app: ASGIApp, name: str) -> None:
    async with a_client(app) as client:
        assert (await client.get(f"/docs/{name}")).status_code == 404


def test_where_the_page_comes_from_is_told() -> None:
    licence = (PAGE / "swagger-ui.LICENSE.txt").read_text()

    assert "Apache License" in licence
    assert "swagger-ui-dist" in (PAGE / "README.txt").read_text()
