"""Forms are read for their token, and the application hears the same body."""

from collections.abc import Sequence
from typing import Any

import pytest

from trastienda.middlewares.requests import form_bodies

FILES = "multipart/form-data; boundary=x"
TOKEN = b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\nright\r\n'
REST = b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n' + b"a" * 20_000


class Arriving:
    """A body that arrives in parts, of which it counts those that were asked for."""

    def __init__(self, *parts: bytes) -> None:
        self.left = list(parts)

    async def __call__(self) -> Any:  # noqa: ANN401 - ASGI
        body = self.left.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(self.left)}


def a_scope(path: str, kind: str) -> Any:  # noqa: ANN401 - ASGI
    return {"type": "http", "path": path, "headers": [(b"content-type", kind.encode())]}


async def heard(receive: Any) -> bytes:  # noqa: ANN401 - ASGI
    body, coming = b"", True
    while coming:
        message = await receive()
        body += message["body"]
        coming = message["more_body"]
    return body


@pytest.mark.parametrize(
    ("parts", "token", "left"),
    [
        ((TOKEN, REST, REST), "right", 2),
        ((TOKEN[:50], TOKEN[50:] + REST, REST), "right", 1),
        ((REST, TOKEN, REST), None, 2),  # too late: a form of ours begins with it
        ((REST[:100],), None, 0),
    ],
    ids=["at once", "in two parts", "behind the file", "without"],
)
async def test_of_a_form_with_files_only_the_beginning_is_kept(
    parts: Sequence[bytes], token: str | None, left: int
) -> None:
    arriving, scope = Arriving(*parts), a_scope("/admin/media", FILES)

    receive = await form_bodies.heard(scope, arriving)

    assert form_bodies.token(scope) == token
    assert len(arriving.left) == left
    assert await heard(receive) == b"".join(parts)


async def test_all_fields_of_a_plain_form_are_read() -> None:
    body = b"csrf_token=right&name=Caf%C3%A9&name=", b"two%0D%0Alines&empty="
    scope = a_scope("/account", form_bodies.URL_ENCODED)

    receive = await form_bodies.heard(scope, Arriving(*body))

    assert form_bodies.fields(scope) == [
        ("csrf_token", "right"),
        ("name", "Café"),
        ("name", "two\nlines"),
        ("empty", ""),
    ]
    assert await heard(receive) == b"".join(body)


@pytest.mark.parametrize("kind", [FILES, form_bodies.URL_ENCODED])
async def test_the_api_hears_its_bodies_undisturbed(kind: str) -> None:
    arriving, scope = Arriving(TOKEN, REST), a_scope("/v1/admin/media", kind)

    assert await form_bodies.heard(scope, arriving) is arriving
    assert form_bodies.token(scope) is None
