"""How a call is made, whatever sends it: what to send next, and for how long to wait.

A conversation yields requests and pauses, and is sent the answers. So `Shop` and `AsyncShop` only
differ in how they send and wait.
"""

import random
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

import httpx
import msgspec

from trastienda_client import problems
from trastienda_client.calls import Call, Form, Values
from trastienda_client.refusals import NoAnswer, Refusal, refusal
from trastienda_client.store import show_session

T = TypeVar("T")
SESSION = "__Host-session"
PROBLEM = "application/problem+json"
PASSING = {409, 429, 503}
"""Statuses of refusals that end by themselves, if the answer says when (`Retry-After`)."""
FINAL = range(300, 500)
"""Statuses with which another try is of no use, if it is not the shop that answers."""


class Pause(NamedTuple):
    """Wait for this many seconds before the next try."""

    seconds: float


Answer = httpx.Response | httpx.TransportError | None
"""What came of a request, None after a pause."""
Conversation = Generator[httpx.Request | Pause, Answer, T]


class Failure(NamedTuple):
    error: Refusal | NoAnswer
    retry_after: float | None = None
    """Seconds."""


@dataclass
class Talker:
    """What the conversations of one shop share: the settings, and the CSRF token of the session."""

    client: httpx.Client | httpx.AsyncClient
    key: str | None
    tries: int
    first_pause: float
    longest_pause: float
    csrf: str | None = None

    def conversation(self, call: Call[T], idempotency_key: str | None = None) -> Conversation[T]:
        """Make a call. Raise Refusal or NoAnswer."""
        headers = self._headers(call, idempotency_key)
        content = _content(call.body, headers)
        failures, is_renewed = 0, False
        while True:
            if call.method != "GET" and self._has_session():
                headers["X-CSRF-Token"] = self.csrf or (yield from self._token())
            request = self.client.build_request(
                call.method, call.path, params=_told(call.query), headers=headers, content=content
            )
            answer = yield request
            found = _understood(call, answer)
            if not isinstance(found, Failure):
                self._remember(call, found)
                return found
            if isinstance(found.error, problems.CsrfTokenWrong) and not is_renewed:
                is_renewed = True  # another program with these cookies has logged in or out
                self.csrf = None
                continue
            failures += 1
            yield self._pause(call, found, failures)

    def _headers(self, call: Call[Any], idempotency_key: str | None) -> dict[str, str]:
        headers = {"Accept": "application/json, */*;q=0.5", **_told(call.header)}
        if "If-Match" in headers:
            headers["If-Match"] = f'"{headers["If-Match"]}"'
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        if call.method != "GET" and call.is_repeatable:
            headers["Idempotency-Key"] = idempotency_key or str(uuid4())
        return headers

    def _has_session(self) -> bool:
        return self.key is None and any(it.name == SESSION for it in self.client.cookies.jar)

    def _token(self) -> Conversation[str]:
        session = yield from self.conversation(show_session())
        return session.csrf_token

    def _remember(self, call: Call[Any], found: object) -> None:
        """Keep the token of a new session; forget it when the session has ended."""
        if call.method == "DELETE" and call.path == show_session().path:
            self.csrf = None
        if isinstance(token := getattr(found, "csrf_token", None), str):
            self.csrf = token

    def _pause(self, call: Call[Any], failure: Failure, failures: int) -> Pause:
        """Return how long to wait before the next try; raise the error if there is none."""
        # Without `Retry-After`, a random part keeps clients from coming back together.
        backoff = self.first_pause * 2 ** (failures - 1) * random.uniform(0.5, 1)  # noqa: S311
        seconds = _until_next(failure, backoff) if call.is_repeatable else None
        if seconds is None or seconds > self.longest_pause or failures >= self.tries:
            raise failure.error
        return Pause(seconds)


def _until_next(failure: Failure, backoff: float) -> float | None:
    """Return the seconds to wait before another try, None if it is of no use."""
    error, asked = failure
    if isinstance(error, Refusal):
        if error.status not in PASSING:
            return None
        return (
            backoff if asked is None and error.status == HTTPStatus.SERVICE_UNAVAILABLE else asked
        )
    if error.status in FINAL and error.status != HTTPStatus.TOO_MANY_REQUESTS:
        return None
    return backoff if asked is None else asked


def _understood(call: Call[T], answer: Answer) -> T | Failure:
    if not isinstance(answer, httpx.Response):
        error = NoAnswer("The shop did not answer.")
        error.__cause__ = answer
        return Failure(error)
    asked = _seconds(answer.headers.get("Retry-After"))
    try:
        if answer.status_code in call.answers:
            found: T = _decoded(answer, call.answers[answer.status_code])
            return found
        if answer.headers.get("Content-Type", "").startswith(PROBLEM):
            return Failure(refusal(msgspec.json.decode(answer.content, type=dict[str, Any])), asked)
    except msgspec.ValidationError:
        raise  # the shop has another version of the API than this client
    except msgspec.DecodeError:
        pass  # it is no JSON
    said = f"The answer {answer.status_code} is not the shop's."
    return Failure(NoAnswer(said, answer.status_code), asked)


def _decoded(answer: httpx.Response, kind: Any) -> Any:  # noqa: ANN401 - what the call says
    if kind is None:
        return None
    if kind is str:
        return answer.text
    return answer.content if kind is bytes else msgspec.json.decode(answer.content, type=kind)


def _content(body: object, headers: dict[str, str]) -> bytes | None:
    """Encode a body once: each try sends the same bytes, as its Idempotency-Key stands for them."""
    if body is None:
        return None
    if not isinstance(body, Form):
        headers["Content-Type"] = "application/json"
        return msgspec.json.encode(body)
    files = {"file": (body.filename, body.file)}
    form = httpx.Request("POST", "https://localhost", data=dict(body.fields), files=files)
    headers["Content-Type"] = form.headers["Content-Type"]
    return form.read()


def _told(values: Values) -> dict[str, Any]:
    """Return parameters as texts, or lists of them; what is None is left out."""
    return {name: _text(it) for name, it in values.items() if it is not None}


def _text(value: object) -> str | list[Any]:
    if isinstance(value, list):
        return [_text(it) for it in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _seconds(text: str | None) -> float | None:
    """Read `Retry-After` (RFC 9110): seconds, or a date."""
    if text is None or text.isdigit():
        return None if text is None else float(text)
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
