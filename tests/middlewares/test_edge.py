"""What is true of every request and every answer, whatever the shop sells."""

import json
import socket
import sys
from typing import Any

import pytest
from httpx import AsyncClient
from litestar.exceptions import LitestarException
from litestar.types import ASGIApp
from structlog.testing import capture_logs
from support.probes import a_client, probed, problem, speak

from trastienda.node import serving
from trastienda.settings import Environment, Settings

STRICT = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "accelerometer=(), camera=(), geolocation=(), gyroscope=(), "
    "microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=1800",
}


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return probed()


@pytest.fixture
def client(app: ASGIApp) -> AsyncClient:
    return a_client(app)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/probes", 200),
        ("HEAD", "/probes", 200),
        ("OPTIONS", "/probes", 204),
        ("GET", "/probes?limit=0", 400),
        ("GET", "/probes/fail/payment", 402),
        ("GET", "/nowhere", 404),
        ("HEAD", "/nowhere", 404),
        ("PUT", "/probes", 405),
        ("GET", "/probes/fail/conflict", 409),
        ("GET", "/probes/fail/stale", 412),
        ("GET", "/probes?q=" + "x" * 5_000, 414),
        ("POST", "/probes", 415),
        ("GET", "/probes/fail/rate", 429),
        ("GET", "/probes/fail/bug", 500),
        ("GET", "/probes/fail/database", 503),
    ],
)
async def test_every_answer_has_a_number_and_the_strict_headers(
    client: AsyncClient, method: str, path: str, status: int
) -> None:
    body = b"{}" if method == "POST" else None
    answers = [await client.request(method, path, content=body) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [status, status]
    assert STRICT.items() <= dict(answers[0].headers).items()
    assert answers[0].headers["x-request-id"] != answers[1].headers["x-request-id"]
    if status >= 400 and method != "HEAD":
        problem(answers[0])


async def test_a_clients_own_request_id_is_not_taken_over(client: AsyncClient) -> None:
    answer = await client.get("/probes", headers={"x-request-id": "mine"})

    assert answer.headers.get_list("x-request-id") != ["mine"]
    assert len(answer.headers.get_list("x-request-id")) == 1


async def test_an_answer_that_says_how_long_it_keeps_is_not_overruled(client: AsyncClient) -> None:
    assert (await client.get("/probes")).headers.get_list("cache-control") == ["private"]
    assert (await client.get("/nowhere")).headers.get_list("cache-control") == ["no-store"]


async def test_https_is_promised_for_a_year_in_production() -> None:
    production = Settings(
        secret="s" * 32, env=Environment.PRODUCTION, public_url="https://shop.example"
    )
    async with a_client(probed(production)) as client:
        answer = await client.get("/probes", headers={"host": "shop.example"})

    promised = answer.headers["strict-transport-security"]
    assert promised == "max-age=31536000; includeSubDomains"


async def test_head_answers_as_get_without_the_body(client: AsyncClient) -> None:
    get, head = await client.get("/probes"), await client.head("/probes")
    differs = {"x-request-id"}

    assert head.content == b""
    assert head.headers["content-length"] == str(len(get.content))
    assert {k: v for k, v in head.headers.items() if k not in differs} == {
        k: v for k, v in get.headers.items() if k not in differs
    }


async def test_a_wrong_method_names_the_right_ones(client: AsyncClient) -> None:
    answer = await client.delete("/probes")

    assert problem(answer)["type"] == "/problems/method-not-allowed"
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8443", 200),
        ("LOCALHOST:8443", 200),
        ("127.0.0.1:8443", 200),
        ("[::1]:8443", 200),
        ("localhost", 400),
        ("localhost:1", 400),
        ("evil.example", 400),
        ("localhost:8443.evil.example", 400),
        ("", 400),
    ],
)
async def test_only_our_own_names_are_answered(client: AsyncClient, host: str, status: int) -> None:
    answer = await client.get("/probes", headers={"host": host})

    assert answer.status_code == status
    if status == 400:
        assert problem(answer)["type"] == "/problems/unknown-host"


@pytest.mark.parametrize("host", ["shop.example", "shop.example:443", "localhost:8443"])
async def test_the_public_name_is_ours(host: str) -> None:
    async with a_client(
        probed(Settings(secret="s" * 32, public_url="https://Shop.example/"))
    ) as it:
        assert (await it.get("/probes", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    ("query", "accepted", "title"),
    [
        ("", "", "There is nothing at this address."),
        ("", "es", "No hay nada en esta dirección."),
        ("", "es-MX;q=0.9, en;q=0.8", "No hay nada en esta dirección."),
        ("", "es;q=0.1, en-GB", "There is nothing at this address."),
        ("", "es;q=0, en;q=0", "There is nothing at this address."),
        ("", "fr, ;q=x, es;q=nan", "There is nothing at this address."),
        ("?locale=es", "en", "No hay nada en esta dirección."),
        ("?locale=fr", "es", "No hay nada en esta dirección."),
        ("?locale=%ff", "", "There is nothing at this address."),
    ],
)
async def test_titles_are_in_the_clients_language(
    client: AsyncClient, query: str, accepted: str, title: str
) -> None:
    answer = await client.get(f"/nowhere{query}", headers={"accept-language": accepted})

    assert problem(answer)["title"].rstrip(".") == title.rstrip(".")
    assert answer.headers["vary"] == "Accept-Language"


async def test_facts_stand_beside_the_title(client: AsyncClient) -> None:
    conflict = problem(await client.get("/probes/fail/conflict"))
    stale = problem(await client.get("/probes/fail/stale"))

    assert (conflict["type"], conflict["left"]) == ("/problems/out-of-probes", 0)
    assert stale["current"] == {"sku": "MUG", "quantity": 1}


@pytest.mark.parametrize(("kind", "wait"), [("rate", "7"), ("database", "2"), ("unavailable", "2")])
async def test_who_may_try_again_is_told_when(client: AsyncClient, kind: str, wait: str) -> None:
    answer = await client.get(f"/probes/fail/{kind}")

    assert answer.headers.get_list("retry-after") == [wait]


async def test_a_lost_database_is_unavailable_not_broken(client: AsyncClient) -> None:
    answer = await client.get("/probes/fail/database")

    assert (answer.status_code, problem(answer)["type"]) == (503, "/problems/database-away")
    assert "server closed" not in answer.text


async def test_a_number_that_the_database_cannot_hold_is_the_clients(client: AsyncClient) -> None:
    assert (await client.get("/probes/fail/number")).status_code == 400


async def test_a_bug_tells_the_log_everything_and_the_client_nothing(client: AsyncClient) -> None:
    with capture_logs() as logs:
        answer = await client.get("/probes/fail/bug")

    assert set(problem(answer)) == {"type", "title", "status", "instance"}
    [failed] = [line for line in logs if line["log_level"] == "error"]
    assert failed["exc_info"]
    assert "hunter2" not in answer.text


async def test_the_log_knows_the_route_and_never_what_was_in_it(client: AsyncClient) -> None:
    with capture_logs() as logs:
        await client.get("/probes/fail/payment?locale=secret-in-query")
        await client.get("/secret-in-path")

    lines = [line for line in logs if line["event"] == "request"]
    told = [(line["method"], line["route"], line["status"]) for line in lines]
    assert told == [("GET", "/probes/fail/{kind}", 402), ("GET", None, 404)]
    assert all(line["ms"] >= 0 for line in lines)
    assert "secret" not in str(logs)


async def test_a_client_that_hangs_up_is_no_error(app: ASGIApp) -> None:
    half = {"type": "http.request", "body": b'{"lines"', "more_body": True}
    with capture_logs() as logs:
        came = await speak(app, [(b"content-type", b"application/json")], [half])

    assert came == []
    assert {line["log_level"] for line in logs} == {"info"}
    assert logs[-1]["status"] == 499


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/probes/break-off", 405)])
async def test_a_request_is_heard_out_also_when_it_is_refused(
    app: ASGIApp, path: str, status: int
) -> None:
    part = {"type": "http.request", "body": b"{", "more_body": True}
    parts = iter([part, part, {**part, "more_body": False}])

    came = await speak(app, [], parts, path=path)

    assert came[0]["status"] == status
    assert list(parts) == []


async def test_chunks_that_are_malformed_are_told_as_everything_else(app: ASGIApp) -> None:
    """Granian tells of them as of a client that has left, and would answer 500 for us."""
    headers = [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")]
    start, body = await speak(app, headers, [{"type": "http.disconnect"}])

    told = json.loads(body["body"])
    assert (start["status"], told["type"]) == (400, "/problems/broken-chunks")
    assert dict(start["headers"])[b"x-request-id"].decode() == told["instance"]


async def test_an_answer_that_fails_half_way_is_cut_off(app: ASGIApp) -> None:
    with capture_logs() as logs, pytest.raises(LitestarException):
        await speak(app, method="GET", path="/probes/break-off")

    assert "failed in the middle of an answer" in {line["event"] for line in logs}


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such option")
async def test_who_has_vanished_is_given_up_after_a_minute() -> None:
    heard: list[str] = []

    async def application(scope: Any, _receive: Any, _send: Any) -> None:  # noqa: ANN401 - ASGI
        heard.append(scope["type"])

    with socket.create_server(("127.0.0.1", 0)) as ours, socket.create_server(("", 0)) as other:
        serve = serving.with_draining(application, ours.getsockname()[1], leave=lambda: None)
        await serve({"type": "http"}, None, None)
        options = []
        for listener in (ours, other):
            with socket.create_connection(listener.getsockname()):
                visit, _ = listener.accept()
                with visit:
                    options.append(visit.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT))

    assert (heard, options) == (["http"], [60_000, 0])
