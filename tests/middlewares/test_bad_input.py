"""Bodies, queries, paths and headers that cannot be meant: 4xx, with the place of the fault."""

import json
from time import thread_time

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.probes import a_client, probed, problem, speak

JSON = {"content-type": "application/json"}
NESTED = b"[" * 40 + b"]" * 40
MUCH = 950_000
ENOUGH = 8.0
"""Times what counting the bytes takes; with the square it would be thousands of times."""
MOST_TRIES = 20
"""A machine that is busy makes some slower than others, and never all of them."""
HOSTILE = {
    "quotes that are escaped and never closed": b"[" * 33 + b'"' + b'\\"' * (MUCH // 2),
    "quotes": b'["' + b"[" * 33 + b'"' * MUCH,
    "brackets that open": b"[" * MUCH,
    "brackets in pairs": b"[]" * (MUCH // 2),
    "brackets as deep as allowed": (b"[" * 32 + b"]" * 32) * (MUCH // 64),
    "backslashes": b"[" * 33 + b'"' + b"\\" * MUCH,
    "backslashes before a NUL": b'["' + b"\\" * MUCH + b'u0000"]',
    "a name that reads like a message": b'{"' + b" - at `key` in `$" * (MUCH // 17) + b'":1}',
}


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return probed()


@pytest.fixture
def client(app: ASGIApp) -> AsyncClient:
    return a_client(app)


@pytest.mark.parametrize(
    ("body", "kind", "pointer"),
    [
        (b"", "invalid-request", ""),
        (b"{", "malformed-json", None),
        (b'{"lines":[]} x', "malformed-json", None),
        (b'\xef\xbb\xbf{"lines":[]}', "malformed-json", None),
        (b'{"lines":[{"sku":"\\ud800"}]}', "malformed-json", None),
        (b'{"lines":[{"sku":"\xff"}]}', "invalid-text", None),
        (b'{"lines":[{"sku":"a\\u0000"}]}', "invalid-text", None),
        (b'{"lines":[{"sku":"\\\\\\u0000"}]}', "invalid-text", None),
        (b'{"lines":[{"sku":"a"}],"prices":' + NESTED + b"}", "nested-too-deep", None),
        (b"[" * 900_000, "nested-too-deep", None),
        (b"[]", "invalid-request", ""),
        (b'{"lines":[{}]}', "invalid-request", "/lines/0/sku"),
        (b'{"lines":[],"colour":1}', "invalid-request", "/colour"),
        (b'{"lines":[],"a/b~c":1}', "invalid-request", "/a~1b~0c"),
        (b'{"lines":[{"sku":"a","quantity":"5"}]}', "invalid-request", "/lines/0/quantity"),
        (b'{"lines":[{"sku":"a","quantity":1.5}]}', "invalid-request", "/lines/0/quantity"),
        (b'{"lines":[{"sku":"a","quantity":0}]}', "invalid-request", "/lines/0/quantity"),
        (b'{"lines":[{"sku":"a","quantity":1' + b"0" * 400 + b"}]}", "invalid-request", None),
        (b'{"lines":[],"prices":{"EUR":"x"}}', "invalid-request", "/prices"),
    ],
)
async def test_a_bad_body_is_refused_and_the_fault_is_shown(
    client: AsyncClient, body: bytes, kind: str, pointer: str | None
) -> None:
    answer = await client.post("/probes", content=body, headers=JSON)

    refusal = problem(answer)
    assert (answer.status_code, refusal["type"]) == (400, f"/problems/{kind}")
    if pointer is not None:
        assert [fault["pointer"] for fault in refusal["errors"]] == [pointer]


@pytest.mark.parametrize(
    "text", ["a\\\\u0000", "[" * 50, "{" * 40 + '\\"' + "[" * 40, "ñ \\u00e9 \\ud83d\\ude00"]
)
async def test_text_that_only_looks_bad_is_taken(client: AsyncClient, text: str) -> None:
    body = f'{{"lines":[{{"sku":"{text}"}}]}}'
    answer = await client.post("/probes", content=body.encode(), headers=JSON)

    assert answer.status_code == 201, answer.text
    assert answer.json()["lines"][0]["sku"] == json.loads(f'"{text}"')


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_body_takes_about_as_long_as_its_bytes_take_to_count(
    app: ASGIApp, body: bytes
) -> None:
    message = {"type": "http.request", "body": body, "more_body": False}
    ratios: list[float] = []
    while len(ratios) < MOST_TRIES and min(ratios, default=ENOUGH) >= ENOUGH:
        began = thread_time()
        for _ in body:
            pass
        counted = thread_time()
        start, *_ = await speak(app, [(b"content-type", b"application/json")], [message])
        assert start["status"] == 400
        ratios.append((thread_time() - counted) / (counted - began))

    assert min(ratios) < ENOUGH, ratios


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "json", ""])
async def test_a_body_must_say_that_it_is_json(client: AsyncClient, kind: str) -> None:
    answer = await client.post("/probes", content=b'{"lines":[]}', headers={"content-type": kind})

    assert (answer.status_code, problem(answer)["type"]) == (415, "/problems/wrong-content-type")


async def test_json_with_a_charset_is_json(client: AsyncClient) -> None:
    kind = {"content-type": "Application/JSON; charset=utf-8"}

    assert (await client.post("/probes", content=b'{"lines":[]}', headers=kind)).status_code == 201


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("limit=0", "invalid-request"),
        ("limit=101", "invalid-request"),
        ("limit=ten", "invalid-request"),
        ("limit=" + "9" * 300, "invalid-request"),
        ("limit=", "invalid-request"),
        ("colour=blue", "unknown-parameter"),
        ("q=%ff", "invalid-text"),
        ("q=%00", "invalid-text"),
        ("%ff=1", "invalid-text"),
    ],
)
async def test_a_bad_query_is_refused(client: AsyncClient, query: str, kind: str) -> None:
    answer = await client.get(f"/probes?{query}")

    refusal = problem(answer)
    assert (answer.status_code, refusal["type"]) == (400, f"/problems/{kind}")
    if kind != "invalid-text":
        [fault] = refusal["errors"]
        assert (fault["pointer"], fault["source"]) == (f"/{query.partition('=')[0]}", "query")


async def test_every_address_takes_a_locale(client: AsyncClient) -> None:
    assert (await client.get("/probes?locale=es")).status_code == 200


@pytest.mark.parametrize("name", ["%ff", "a%00b", "%c3%28"])
async def test_a_path_that_is_no_text_is_refused(client: AsyncClient, name: str) -> None:
    answer = await client.get(f"/probes/fail/{name}")

    assert (answer.status_code, problem(answer)["type"]) == (400, "/problems/invalid-text")


async def test_a_body_announced_too_large_is_refused(client: AsyncClient) -> None:
    answer = await client.post("/probes", content=b"x" * 1_000_001, headers=JSON)

    assert (answer.status_code, problem(answer)["limit"]) == (413, 1_000_000)


async def test_a_body_that_turns_out_too_large_is_refused(app: ASGIApp) -> None:
    part = {"type": "http.request", "body": b"x" * 300_000, "more_body": True}
    start, body = await speak(app, [(b"content-type", b"application/json")], [part] * 4)

    assert start["status"] == 413
    assert json.loads(body["body"])["type"] == "/problems/body-too-large"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([(b"content-length", b"many")], 400),
        ([(b"content-length", b"-1")], 400),
        ([(b"transfer-encoding", b"gzip, chunked")], 400),
        ([(b"transfer-encoding", b"chunked")] * 2, 400),
        ([(b"x-long", b"x" * 9_000)], 431),
        ([(b"x-many", b"x")] * 200, 431),
        ([(b"host", b"localhost:8443")], 400),
    ],
)
async def test_headers_that_make_no_sense_are_refused(
    app: ASGIApp, headers: list[tuple[bytes, bytes]], status: int
) -> None:
    start, *_ = await speak(app, headers)

    assert start["status"] == status
