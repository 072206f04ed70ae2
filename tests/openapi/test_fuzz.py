"""A thousand requests, right and wrong, made from the API's own description.

No answer may be a 5xx, and every answer must be as described. `FUZZ=1` takes its time, and tries
other requests each time.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from copy import deepcopy
from typing import Any

import pytest
import requests
from httpx import AsyncClient, Headers, Request, Response
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from litestar.types import ASGIApp
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.openapi import from_dict
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from support.analysis.descriptions import DOCUMENT
from support.applications import an_empty_shop
from support.people import HERE, a_program
from support.products import a_product

from trastienda.database.models.accounts.user import Role
from trastienda.postgres.embedded import Embedded

THOROUGH = bool(os.environ.get("FUZZ"))
EXAMPLES = 300 if THOROUGH else 4
SCHEMA = from_dict(deepcopy(DOCUMENT))
SCHEMA.config.checks.negative_data_rejection.expected_statuses = ["4XX"]
READ: list[Any] = list(SCHEMA.get_all_operations())  # what it cannot read has no `ok`
OPERATIONS = {it.ok().definition.raw["operationId"]: it.ok() for it in READ}
ENDLESS = {"stream_events"}
"""Its answer ends when the client leaves, and these wait for the end."""
LONGEST = 30  # seconds that the feed waits
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
WAYS = [
    (name, mode)
    for name, it in OPERATIONS.items()
    if name not in ENDLESS
    for mode in GenerationMode
    if mode.is_positive or any([*it.path_parameters, *it.query, *it.headers, *it.body])
]
"""Without parameters and body there is nothing to get wrong."""
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=not THOROUGH,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
async def staff(
    server: Embedded, shop: ASGIApp, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[AsyncClient]:
    """Return a program with an owner's key, in a shop of its own.

    Other tests go by settings, zones, promotions and the like that these requests may make.
    """
    data = tmp_path_factory.mktemp("shop")
    async with (
        an_empty_shop(server, data) as app,
        await a_program(app, Role.OWNER) as client,
    ):
        yield client


@pytest.fixture(scope="module")
async def real(staff: AsyncClient) -> dict[str, str]:
    """Things that exist, so that not every made-up path ends at 404."""
    product = await a_product(staff, stock=1_000)
    sku = product["variants"][0]["sku"]
    cart = (await staff.post("/v1/carts", json={"lines": [{"sku": sku, "quantity": 1}]})).json()
    drafts: dict[str, dict[str, Any]] = {
        "categories": {"name": "Mugs"},
        "shipping-options": {"name": "Courier", "prices": {"EUR": 500}},
        "locations": {"code": "depot", "name": "Depot"},
        "price-lists": {"name": "Resellers", "currency": "EUR"},
    }
    made = [(await staff.post(f"/v1/admin/{it}", json=draft)) for it, draft in drafts.items()]
    category_id, option_id, location_id, list_id = (it.json()["id"] for it in made)
    return {
        "category_id": category_id,
        "option_id": option_id,
        "location_id": location_id,
        "list_id": list_id,
        "cart_id": cart["id"],
        "line_id": cart["lines"][0]["id"],
        "product_id": product["id"],
        "sku": sku,
        "slug": product["slug"],
    }


@pytest.mark.parametrize(("name", "mode"), WAYS, ids=str)
@pytest.mark.timeout(3_600 if THOROUGH else 600)
async def test_no_request_breaks_the_shop(
    staff: AsyncClient, real: dict[str, str], name: str, mode: GenerationMode
) -> None:
    operation, loop = OPERATIONS[name], asyncio.get_running_loop()
    places = {name: real[name] for name in path_parameters(operation) & real.keys()}
    anywhere = operation.as_strategy(mode)
    cases = operation.as_strategy(mode, path_parameters=places) if places else anywhere

    @QUIET
    @given(case=st.one_of(anywhere, cases))
    def check(case: Case[Any]) -> None:
        hurried(case)
        answer = asyncio.run_coroutine_threadsafe(sent(staff, case), loop).result()
        expected = [*CHECKS, negative_data_rejection] if mode.is_negative else CHECKS
        case.validate_response(answer, checks=expected)
        assert len(answer.headers["x-request-id"]) == 36
        assert answer.headers["x-content-type-options"] == "nosniff"

    await asyncio.to_thread(check)


def path_parameters(operation: Any) -> set[str]:  # noqa: ANN401 - its generics do not matter here
    return {it.name for it in operation.path_parameters}


def hurried(case: Case[Any]) -> None:
    """Wait not at all for events, where a case would wait for what nobody causes."""
    wait = (case.query or {}).get("wait")
    if isinstance(wait, int | float) and 0 < wait <= LONGEST:
        case.query["wait"] = 0


async def sent(client: AsyncClient, case: Case[Any]) -> Response:
    """Send a case as it is serialised for the wire, without a wire."""
    told = case.as_transport_kwargs(base_url=HERE)
    known = ("method", "url", "headers", "params", "data", "json", "cookies", "files")
    wire: Any = requests.Request(**{key: told[key] for key in known if key in told}).prepare()
    headers = Headers({**client.headers, **wire.headers}, encoding="latin-1")
    request = Request(str(wire.method), str(wire.url), headers=headers, content=wire.body)
    return await client.send(request)
