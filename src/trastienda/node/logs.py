"""One format for all log lines: those of the shop, the server, the queue and the migrations.

Developers read columns, machines read JSON. Both go to standard error. The shop's lines bypass the
standard library's logging, which would take a third of the time of a request's line.
"""

import json
import logging
import sys
from typing import Any

import msgspec
import structlog
from structlog.typing import EventDict, Processor

from trastienda.middlewares.requests.request_id import request_id
from trastienda.settings import Settings

CHATTY = ("alembic", "httpx", "procrastinate", "psycopg", "stripe", "_granian")
"""Libraries whose info level is too detailed."""


def numbered(_: object, __: str, event: EventDict) -> EventDict:
    """Add the request's id to a line.

    structlog's own context variables are not used: they look through all variables for every line.
    """
    if number := request_id.get():
        event["request_id"] = number
    return event


def as_json(_: object, __: str, event: EventDict) -> str:
    try:
        return msgspec.json.encode(event, enc_hook=str).decode()
    except UnicodeEncodeError:  # half of a surrogate pair: no valid text, but it may be logged
        return json.dumps(event, default=str)


def as_text(_: object, __: str, event: EventDict) -> str:
    """Format a line so that it is easy to grep; structlog's own columns take ten times as long."""
    first = f"{event.pop('timestamp')} {event.pop('level')} {event.pop('event')}"
    trace = event.pop("exception", None)
    line = " ".join([first, *(f"{key}={_printed(value)}" for key, value in event.items())])
    return f"{line}\n{trace}" if trace else line


def _printed(value: object) -> str:
    """Keep a value on one line, so that outside input cannot forge log lines."""
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
        # the pretty tracebacks show local variables, and with them secrets
        plain = structlog.dev.plain_traceback
        rendered = [structlog.dev.ConsoleRenderer(exception_formatter=plain)]
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
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # the failed request or job logs more
