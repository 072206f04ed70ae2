"""Forms of pages: their fields are read before the application, which then hears the same body.

The CSRF check needs the token among them, and a page that asks people to log in again needs all of
them, so that nothing they typed is lost. Of a form with files, whose token is its first field, only
the beginning is kept. The API takes no token from a form, and hears its bodies undisturbed.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from litestar.types import HTTPReceiveMessage, Receive, Scope

from trastienda.middlewares.identity import cookies
from trastienda.middlewares.requests.validation import HungUp, InvalidText

API = "/v1/"
FIELDS = "form fields"
"""Where the fields are kept, in the state of the request."""
MOST = 2_000
BEGINNING = 8_192
"""Bytes of a form with files in which its token has to be."""
TOKEN = "csrf_token"  # noqa: S105 - the name of a field
URL_ENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_TOKEN_PART = re.compile(rb'name="csrf_token"\r\n\r\n([!-~]{1,300})\r\n')
Fields = list[tuple[str, str]]


async def heard(scope: Scope, receive: Receive) -> Receive:
    """Read the fields of a form, if the body is one; return what the application is to hear."""
    kind = (cookies.header(scope, b"content-type") or "").partition(";")[0].strip().lower()
    if scope["path"].startswith(API) or kind not in {URL_ENCODED, MULTIPART}:
        return receive
    if kind == URL_ENCODED:
        body, coming = await _read(receive, lambda _: False)
        found = _fields(body)
    else:
        body, coming = await _read(receive, _is_enough)
        found = _token(body)
    scope.setdefault("state", {})[FIELDS] = found
    left = [body]

    async def again() -> HTTPReceiveMessage:
        if not left:
            return await receive()  # type: ignore[return-value]
        return {"type": "http.request", "body": left.pop(), "more_body": coming}

    return again


def fields(scope: Scope) -> Fields:
    """Return the fields of a form, in their order; none if the body is no form."""
    state: dict[str, Any] = scope.get("state") or {}
    known: Fields = state.get(FIELDS, [])
    return known


def token(scope: Scope) -> str | None:
    return next((text for name, text in fields(scope) if name == TOKEN), None)


async def _read(receive: Receive, enough: Callable[[bytes], bool]) -> tuple[bytes, bool]:
    """Read a body until its end, or until that is enough; say whether more of it is coming."""
    body, coming = bytearray(), True
    while coming and not enough(bytes(body[:BEGINNING])):
        message: Any = await receive()
        if message["type"] == "http.disconnect":
            raise HungUp
        body += message.get("body", b"")
        coming = message.get("more_body", False)
    return bytes(body), coming


def _is_enough(beginning: bytes) -> bool:
    return len(beginning) == BEGINNING or _TOKEN_PART.search(beginning) is not None


def _fields(body: bytes) -> Fields:
    try:
        found = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST
        )
    except ValueError:  # not ASCII, not UTF-8 behind the escapes, or too many fields
        raise InvalidText from None
    if any("\0" in text for pair in found for text in pair):
        raise InvalidText
    return [(name, text.replace("\r\n", "\n")) for name, text in found]


def _token(body: bytes) -> Fields:
    """Return the token of a form with files; what else is in it is for its handler to read."""
    found = _TOKEN_PART.search(body[:BEGINNING])
    return [(TOKEN, found[1].decode())] if found else []
