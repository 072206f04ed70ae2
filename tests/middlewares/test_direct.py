"""Handlers that are called without the framework's steps answer as the framework would."""

from typing import Any

import pytest
from httpx import AsyncClient
from litestar.types import Scope
from support.probes import SETTINGS

from trastienda.application import shop as routes
from trastienda.handlers.shared.direct import Calls

LONG = "x" * 65


def asked(method: str, path: str) -> Scope:
    scope: Any = {"method": method, "path": path}
    return scope  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def calls() -> Calls:
    return Calls(routes(SETTINGS))


@pytest.mark.once
def test_the_calls_of_a_checkout_are_direct(calls: Calls) -> None:
    for method, path in [
        ("POST", "/v1/carts"),
        ("POST", "/v1/carts/abc/lines"),
        ("PUT", "/v1/carts/abc/contact"),
        ("POST", "/v1/carts/abc/checkout"),
    ]:
        assert calls.of(asked(method, path))


@pytest.mark.once
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/v1/carts/mine"),  # an address of its own, and no cart
        ("GET", f"/v1/carts/{LONG}"),
        ("GET", "/v1/carts//abc"),
        ("GET", "/v1/carts/abc/"),
        ("PATCH", "/v1/carts/abc"),
        ("GET", "/v1/orders/abc"),  # its parameters are no texts
        ("GET", "/v1/products"),
        ("GET", "/v1"),
        ("GET", "/"),
    ],
)
def test_other_addresses_are_left_to_the_framework(calls: Calls, method: str, path: str) -> None:
    assert calls.of(asked(method, path)) is None


async def test_what_is_wrong_with_a_request_is_said_in_the_same_words(buyer: AsyncClient) -> None:
    cart = (await buyer.post("/v1/carts", json={})).json()["id"]

    def told(answer: dict[str, object]) -> dict[str, object]:
        return {name: text for name, text in answer.items() if name != "instance"}

    for method, path, body in [
        ("POST", "lines", b""),
        ("POST", "lines", b"{"),
        ("POST", "lines", b'{"sku": 5}'),
        ("PUT", "contact", b"null"),
        ("POST", "checkout?more=1", b"{}"),
        ("DELETE", "lines", b""),
    ]:
        asked = {"headers": {"content-type": "application/json"}, "content": body}
        direct = await buyer.request(method, f"/v1/carts/{cart}/{path}", **asked)  # type: ignore[arg-type]
        whole, _, query = path.partition("?")
        slash = f"/v1/carts/{cart}/{whole}/" + (f"?{query}" if query else "")
        framework = await buyer.request(method, slash, **asked)  # type: ignore[arg-type]

        assert direct.status_code == framework.status_code >= 400
        assert told(direct.json()) == told(framework.json())
        assert direct.headers.keys() == framework.headers.keys()
