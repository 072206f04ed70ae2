"""Forms with a file (multipart/form-data, RFC 7578), read in pieces and never as a whole."""

from collections.abc import Awaitable, Callable, Mapping

from litestar.types import Scope
from multipart import (  # type: ignore[import-untyped]
    MultipartError,
    MultipartSegment,
    PushMultipartParser,
    parse_options_header,
)

from trastienda.errors import Malformed
from trastienda.middlewares.identity import cookies
from trastienda.middlewares.requests import validation
from trastienda.middlewares.requests.validation import JsonRequest

FORM = "multipart/form-data"
FILE = "file"
Take = Callable[[bytes], Awaitable[None]]


def is_form(scope: Scope) -> bool:
    return validation.announced(scope) == FORM


class SentForm:
    """A form on its way in: its file is given on piece by piece, its texts are kept."""

    def __init__(self, take: Take, texts: Mapping[str, int], malformed: type[Malformed]) -> None:
        """Take nothing yet. `texts` are the other parts that may come, and their bytes at most."""
        self._take, self._most, self._malformed = take, texts, malformed
        self._parts: list[str | None] = []
        self.filename = ""
        self.texts: dict[str, bytes] = {}

    async def read(self, request: JsonRequest) -> None:
        """Read the whole form. Raise what is `malformed`, and what `take` raises."""
        _, options = parse_options_header(cookies.header(request.scope, b"content-type") or "")
        most = 1 + len(self._most)
        try:
            with PushMultipartParser(options.get("boundary", ""), max_segment_count=most) as parser:
                async for piece in request.pieces():
                    for event in parser.parse(piece) if piece else ():
                        await self._hear(event)
        except MultipartError:
            raise self._malformed from None
        if FILE not in self._parts:
            raise self._malformed

    async def _hear(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Take the beginning of a part, a piece of it, or its end."""
        if isinstance(event, MultipartSegment):
            if event.name not in {FILE, *self._most} or event.name in self._parts:
                raise self._malformed
            self._parts.append(event.name)
            if event.name == FILE:
                self.filename = event.filename or ""
        elif event and (name := self._parts[-1]) == FILE:
            await self._take(bytes(event))
        elif event and name:
            self.texts[name] = self.texts.get(name, b"") + event
            if len(self.texts[name]) > self._most[name]:
                raise self._malformed
