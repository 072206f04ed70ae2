"""The API's description, and the errors that it speaks of."""

import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from support.analysis.source import modules
from support.probes import SETTINGS

from trastienda import cli, openapi
from trastienda.application import shop
from trastienda.errors import ShopError

Document = dict[str, Any]


def described(*routes: Any) -> Document:  # noqa: ANN401 - routers
    return openapi.document(shop(SETTINGS, routes=routes, description=openapi.config(SETTINGS)))


def printed() -> Document:
    """Return what `trastienda openapi` prints. It is the whole document, and takes seconds."""
    with redirect_stdout(StringIO()) as said:
        cli.openapi()
    found: Document = json.loads(said.getvalue())
    return found


DOCUMENT = printed()


OPERATIONS = {
    operation["operationId"]: (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def media(operation: Document) -> Iterator[tuple[str, Document]]:
    parts = {"body": operation.get("requestBody", {}), **operation["responses"]}
    for name, part in parts.items():
        for kind in part.get("content", {}).values():
            yield name, kind


MODULES = modules()


def family(of: type[ShopError]) -> Iterator[type[ShopError]]:
    yield of
    for heir in of.__subclasses__():
        yield from family(heir)


ERRORS = sorted(
    {it for it in family(ShopError) if it.__module__.startswith("trastienda.")},
    key=lambda it: it.__name__,
)
