"""Pictures, as staff upload and manage them, and everybody sees them."""

import asyncio
import json
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.background import ask, work_off
from support.events.readers import everything, the_end
from support.media.pictures import ALL, a_picture, a_ready_picture, render, upload, uploaded
from support.people import a_browser, a_program
from support.refusals import changes_once, refusal

from trastienda.application import Application
from trastienda.database.models.accounts.user import Role
from trastienda.services.media.formats import LARGEST
from trastienda.settings import Settings


async def files_of(shop: Application, media_id: str) -> bool:
    """Say whether the upload of a picture is in the store."""
    return await shop.process.media.original(UUID(media_id)) is not None


async def test_a_picture_is_uploaded_made_ready_and_shown(
    shop: Application, settings: Settings, staff: AsyncClient, buyer: AsyncClient
) -> None:
    start = await the_end(staff)
    answer = await staff.post(
        ALL,
        files={"file": ("C:\\pictures\\mug.png", a_picture(400, 300))},
        data={"alt": json.dumps({"en": "A mug"})},
    )
    media = answer.json()
    kept = await files_of(shop, media["id"])
    await work_off(settings, media["id"])
    ready = (await staff.get(f"{ALL}/{media['id']}")).json()
    shown = await buyer.get(ready["url"])
    again = await buyer.get(ready["url"], headers={"if-none-match": shown.headers["etag"]})
    await the_end(staff)
    told = [it["type"] for it in await everything(staff, start)]

    at = f"/media/{media['id']}"
    assert (answer.status_code, answer.headers["etag"], kept) == (201, '"1"', True)
    assert (media["state"], media["url"], media["name"]) == ("processing", None, "mug.png")
    assert media["alt"] == {"en": "A mug", "es": "A mug"}
    assert (ready["state"], ready["width"], ready["height"]) == ("ready", 400, 300)
    assert (ready["url"], ready["thumbnail"]) == (f"{at}/400.jpg", f"{at}/320.webp")
    assert ready["sources"] == [
        {"type": f"image/{it}", "srcset": f"{at}/320.{it} 320w, {at}/400.{it} 400w"}
        for it in ("avif", "webp")
    ]
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["content-security-policy"].startswith("default-src 'none'")
    assert int(shown.headers["content-length"]) == len(shown.content)
    assert (again.status_code, again.content) == (304, b"")
    assert told == ["media.created", "media.ready"]
    assert await files_of(shop, media["id"]) is False


async def test_the_job_may_run_twice(shop: Application, staff: AsyncClient) -> None:
    media = await a_ready_picture(shop, staff)
    await render(shop, media)

    assert (await staff.get(f"{ALL}/{media['id']}")).json() == media


async def test_a_picture_that_cannot_be_read_fails_with_the_reason_and_may_be_tried_again(
    shop: Application, staff: AsyncClient
) -> None:
    damaged = b"\x89PNG\r\n\x1a\n" + uuid4().bytes * 4
    media = await uploaded(staff, damaged)
    await render(shop, media)
    failed = (await staff.get(f"{ALL}/{media['id']}")).json()
    lost = await uploaded(staff)
    await shop.process.media.discard_original(UUID(lost["id"]))
    await render(shop, lost)

    assert (failed["state"], failed["failure"], failed["url"]) == ("failed", "unreadable", None)
    assert (await staff.get(f"{ALL}/{lost['id']}")).json()["failure"] == "lost"
    assert (await uploaded(staff, damaged))["id"] != media["id"]
    assert await files_of(shop, media["id"]) is False


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "picture-empty"),
        (b"\xff\xd8", "picture-format-unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "picture-format-unknown"),
        (b"<!doctype html><script>alert(1)</script>" * 9, "picture-format-unknown"),
    ],
)
async def test_what_does_not_begin_as_a_picture_is_refused_whatever_its_name(
    staff: AsyncClient, content: bytes, problem: str
) -> None:
    (before,) = await ask("SELECT count(*) FROM media")
    answer = await upload(staff, content, "mug.png")

    assert refusal(answer) == (422, problem, None)
    assert await ask("SELECT count(*) FROM media") == [before]


@pytest.mark.once
async def test_an_upload_of_more_than_20_mb_is_refused(staff: AsyncClient) -> None:
    large = a_picture() + bytes(LARGEST)
    announced = await upload(staff, large + bytes(50_000))
    counted = await upload(staff, large)

    assert (refusal(announced), announced.json()["limit"]) == (
        (413, "body-too-large", None),
        20_020_000,
    )
    assert (refusal(counted), counted.json()["limit"]) == (
        (422, "picture-too-large", None),
        LARGEST,
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        ("{}", "application/json", (400, "invalid-request", "/url")),
        ('{"url": 1}', "application/json", (400, "invalid-request", "/url")),
        ("{", "application/json", (400, "malformed-json", None)),
        (
            '{"url": "https://a.example/", "id": 1}',
            "application/json",
            (400, "invalid-request", "/id"),
        ),
        ("x", "image/png", (415, "upload-unclear", None)),
        ("x", "multipart/form-data", (400, "form-malformed", None)),
        ("x", "multipart/form-data; boundary=a", (400, "form-malformed", None)),
        ("--a--", "multipart/form-data; boundary=a", (400, "form-malformed", None)),
    ],
)
async def test_bodies_that_are_neither_a_form_nor_json_are_refused(
    staff: AsyncClient, content: str, kind: str, expected: tuple[int, str, str | None]
) -> None:
    answer = await staff.post(ALL, content=content, headers={"content-type": kind})

    assert refusal(answer) == expected


@pytest.mark.once
async def test_a_form_has_one_file_and_texts_and_nothing_else(staff: AsyncClient) -> None:
    file = ("file", ("mug.png", a_picture()))

    twice = await staff.post(ALL, files=[file, file])
    other = await staff.post(ALL, files=[file], data={"state": "ready"})
    none = await staff.post(ALL, files=[("alt", (None, "{}"))])
    texts = await staff.post(ALL, files=[file], data={"alt": '{"fr": "Une tasse"}'})
    endless = await staff.post(ALL, files=[file], data={"alt": " " * 10_001})

    assert [refusal(it)[:2] for it in (twice, other, none, endless)] == [
        (400, "form-malformed")
    ] * 4
    assert refusal(texts)[:2] == (400, "invalid-request")


async def test_the_same_bytes_are_one_picture_also_at_once(
    shop: Application, staff: AsyncClient
) -> None:
    content = a_picture()
    answers = await asyncio.gather(*(upload(staff, content) for _ in range(6)))
    ready = await a_ready_picture(shop, staff)
    (name,) = await ask("SELECT name FROM media WHERE id = %s", UUID(ready["id"]))

    assert len({it.json()["id"] for it in answers}) == 1
    assert sorted(it.status_code for it in answers) == [200] * 5 + [201]
    assert name == ("mug.png",)


async def test_an_upload_with_a_key_takes_effect_once(staff: AsyncClient) -> None:
    key, content = uuid4().hex, a_picture()
    first = await upload(staff, content, **{"idempotency-key": key})
    again = await upload(staff, content, **{"idempotency-key": key})
    other = await upload(staff, a_picture(), **{"idempotency-key": key})

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert refusal(other)[:2] == (422, "key-reused")


async def test_texts_are_replaced_under_a_condition(staff: AsyncClient) -> None:
    media = await uploaded(staff)
    address = f"{ALL}/{media['id']}"

    late = await changes_once(staff, address, {"alt": {"en": "A jug", "es": "Una jarra"}})

    assert refusal(late)[:2] == (412, "media-changed")
    assert (await staff.get(address)).json()["alt"] == {"en": "A jug", "es": "Una jarra"}


async def test_lists_are_found_by_name_and_state_page_by_page(
    shop: Application, staff: AsyncClient
) -> None:
    word = uuid4().hex
    ids = [(await upload(staff, a_picture(), f"{word}%{it}.png")).json()["id"] for it in range(3)]
    await render(shop, {"id": ids[0]})

    async def found(query: str) -> list[str]:
        answer = await staff.get(f"{ALL}?{query}")
        assert answer.status_code == 200, answer.text
        return [it["id"] for it in answer.json()["items"]]

    page = await staff.get(f"{ALL}?q={word}&limit=2")
    following = await staff.get(page.headers["link"].split("<")[1].split(">")[0])

    assert await found(f"q={word.upper()}") == ids[::-1]
    assert await found(f"q={word}%25") == ids[::-1]
    assert await found(f"q={word}_") == []
    assert await found(f"q={word}&state=ready") == ids[:1]
    assert [it["id"] for it in page.json()["items"] + following.json()["items"]] == ids[::-1]


async def test_a_deleted_picture_is_gone_and_its_files_are_so_a_day_later(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    media = await a_ready_picture(shop, staff)
    address = f"{ALL}/{media['id']}"
    stale = await staff.delete(address, headers={"if-match": '"1"'})
    deleted = await staff.delete(address)

    assert refusal(stale)[:2] == (412, "media-changed")
    assert deleted.status_code == 204
    assert refusal(await staff.get(address)) == (404, "media-not-found", None)
    assert refusal(await staff.delete(address)) == (404, "media-not-found", None)
    assert (await buyer.get(media["url"])).status_code == 200
    await render(shop, media)
    assert refusal(await staff.get(address)) == (404, "media-not-found", None)


@pytest.mark.once
async def test_only_files_of_pictures_are_served(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    media = await uploaded(staff)
    at = f"/media/{media['id']}"
    wrong = ["320.webp", "0.webp", "320.svg", "..%2F..%2Fsecret", "320.webp%00", "%2e%2e"]
    answers = [await buyer.get(f"{at}/{it}") for it in wrong]
    answers += [await buyer.get(f"/media/originals/{media['id']}"), await buyer.get(at)]

    assert {it.status_code for it in answers} <= {400, 404}
    assert await files_of(shop, media["id"])


@pytest.fixture
async def editor(shop: ASGIApp) -> AsyncIterator[AsyncClient]:
    async with await a_program(shop, Role.EDITOR) as client:
        yield client


@pytest.mark.once
async def test_only_who_may_sees_and_writes_pictures(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient, editor: AsyncClient
) -> None:
    address = f"{ALL}/{(await uploaded(staff))['id']}"

    async def asked(client: AsyncClient) -> list[Response]:
        return [
            await upload(client, a_picture()),
            await client.get(ALL),
            await client.get(address),
            await client.patch(address, json={"alt": {}}),
            await client.delete(address),
        ]

    async with await a_program(shop, Role.WAREHOUSE) as warehouse, a_browser(shop) as stranger:
        assert {refusal(it)[:2] for it in await asked(stranger)} == {(401, "log-in-first")}
        assert {refusal(it)[:2] for it in await asked(warehouse)} == {(403, "not-allowed")}
    assert [it.status_code for it in await asked(editor)] == [201, 200, 200, 200, 204]
