"""Forms with a file (multipart/form-data, RFC 7578), read in pieces and never as a whole."""

from collections.abc import Awaitable, Callable, Mapping

from litestar.types import Scope
from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from trastienda.middlewares.identity import cookies
from trastienda.middlewares.requests import validation
from trastienda.middlewares.requests.validation import JsonRequest

FORM = "multipart/form-data"
FILE = "file"
Take = Callable[[bytes], Awaitable[None]]


class FormBroken(Exception):
    """It is no form, or has other parts than it may have. Callers say which these are."""


def is_form(scope: Scope) -> bool:
    return validation.announced(scope) == FORM


class SentForm:
    """A form on its way in: its file is given on piece by piece, its texts are kept."""

    def __init__(self, take: Take, texts: Mapping[str, int]) -> None:
        """Take nothing yet. `texts` are the other parts that may come, and their bytes at most."""
        self._take, self._most = take, texts
        self._parts: list[str | None] = []
        self.filename = ""
        self.texts: dict[str, bytes] = {}

    async def read(self, request: JsonRequest) -> None:
        """Read the whole form. Raise FormBroken, and what `take` raises."""
        _, options = parse_options_header(cookies.header(request.scope, b"content-type") or "")
        most = 1 + len(self._most)
        try:
            with PushMultipartParser(options.get("boundary", ""), max_segment_count=most) as parser:
                async for piece in request.pieces():
                    for event in parser.parse(piece) if piece else ():
                        await self._hear(event)
        except MultipartError:
            raise FormBroken from None
        if FILE not in self._parts:
            raise FormBroken

    async def _hear(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Take the beginning of a part, a piece of it, or its end."""
        if isinstance(event, MultipartSegment):
            if event.name not in {FILE, *self._most} or event.name in self._parts:
                raise FormBroken
            self._parts.append(event.name)
            if event.name == FILE:
                self.filename = event.filename or ""
        elif event and (name := self._parts[-1]) == FILE:
            await self._take(bytes(event))
        elif event and name:
            self.texts[name] = self.texts.get(name, b"") + event
            if len(self.texts[name]) > self._most[name]:
                raise FormBroken
