"""One shape for every line, that of the request it was written for among it."""

import json
from typing import Any

import pytest

from trastienda.middlewares.requests.request_id import request_id
from trastienda.node import logs

LINE = {"timestamp": "2026-11-24T10:15:00Z", "level": "info", "event": "request"}


def test_a_line_carries_the_number_of_its_request() -> None:
    token = request_id.set("42")
    during = logs.numbered(None, "info", {"event": "during"})
    request_id.reset(token)

    assert during["request_id"] == "42"
    assert logs.numbered(None, "info", {"event": "after"}) == {"event": "after"}


@pytest.mark.parametrize("value", ["plain", "two\nlines", "\ud800", b"\xff", None, 1.5, {"a": 1}])
def test_whatever_is_logged_is_one_line(value: Any) -> None:  # noqa: ANN401
    text = logs.as_text(None, "info", {**LINE, "value": value})
    parsed = json.loads(logs.as_json(None, "info", {**LINE, "value": value}))

    assert text.startswith("2026-11-24T10:15:00Z info request value=")
    assert "\n" not in text
    assert parsed["event"] == "request"
    assert logs.encoded(None, "info", text).decode()


def test_a_traceback_stands_below_its_line() -> None:
    text = logs.as_text(None, "error", {**LINE, "exception": "Traceback:\n  …"})

    assert text == "2026-11-24T10:15:00Z info request\nTraceback:\n  …"
