"""One shape for every line: ours, the server's, the queue's and the migrations'.

A developer reads columns, a machine reads JSON. Both go to standard error. Ours do not pass
through the standard library's logging: a line for each request would cost a third of its time.
"""

import json
import logging
import sys
from contextvars import ContextVar
from typing import Any

import msgspec
import structlog
from structlog.typing import EventDict, Processor

from trastienda.settings import Settings

CHATTY = ("alembic", "httpx", "procrastinate", "psycopg", "_granian")
"""They tell at level info what is no news."""

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The number of the request being served; `middlewares/request_id.py` gives it."""


def numbered(_: object, __: str, event: EventDict) -> EventDict:
    """Put the number of the request on a line.

    Not structlog's own context variables: they look through all there are, for every line.
    """
    if number := request_id.get():
        event["request_id"] = number
    return event


def as_json(_: object, __: str, event: EventDict) -> str:
    try:
        return msgspec.json.encode(event, enc_hook=str).decode()
    except UnicodeEncodeError:  # half of a surrogate pair, which is no text, but may be logged
        return json.dumps(event, default=str)


def as_text(_: object, __: str, event: EventDict) -> str:
    """Write a line as `grep` likes it; structlog's own columns take ten times as long."""
    first = f"{event.pop('timestamp')} {event.pop('level')} {event.pop('event')}"
    trace = event.pop("exception", None)
    line = " ".join([first, *(f"{key}={_printed(value)}" for key, value in event.items())])
    return f"{line}\n{trace}" if trace else line


def _printed(value: object) -> str:
    """Keep a value on its line: what came from outside must not write lines of its own."""
    text = str(value)
    return text if text.isprintable() else repr(text)


def encoded(_: object, __: str, line: Any) -> bytes:  # noqa: ANN401 - what the renderer made
    return bytes(line.encode(errors="backslashreplace"))


COMMON: list[Processor] = [
    numbered,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure(settings: Settings) -> None:
    """Set up logging for this process."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    rendered: list[Processor] = [structlog.processors.format_exc_info, as_text]
    if settings.in_production:
        rendered = [structlog.processors.format_exc_info, as_json]
    elif sys.stderr.isatty():
        rendered = [structlog.dev.ConsoleRenderer()]
    structlog.configure(
        processors=[*COMMON, *rendered, encoded],
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=COMMON,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # who needs a connection says more
