"""Pictures that are fetched: only from public addresses, and no more than a picture can be."""

from collections.abc import AsyncIterator, Sequence
from uuid import uuid4

import pytest
from httpx import AsyncClient, Response
from support.applications import holding
from support.media.pictures import ALL, a_picture, upload
from support.media.servers import PictureServer, a_picture_server
from support.refusals import refusal

from trastienda.application import Application
from trastienda.services.media.fetching import Fetcher
from trastienda.services.media.formats import LARGEST

LATE = 0.3
"""Seconds of patience, with a server that never answers."""


@pytest.fixture
async def pictures(shop: Application) -> AsyncIterator[PictureServer]:
    """Return a server that the shop may ask, though it is on this machine."""
    fetcher = Fetcher(private=True, plain=True)
    async with a_picture_server() as server:
        with holding(shop, fetcher=fetcher):
            yield server
    await fetcher.close()


async def fetch(staff: AsyncClient, url: str, **headers: str) -> Response:
    return await staff.post(ALL, json={"url": url, "alt": {"en": "A mug"}}, headers=headers)


def trouble(answer: Response) -> tuple[tuple[int, str, str | None], str]:
    return refusal(answer), answer.json()["trouble"]


async def test_a_picture_is_fetched_and_is_one_with_the_same_bytes_uploaded(
    staff: AsyncClient, pictures: PictureServer
) -> None:
    content = a_picture()
    url = pictures.at("/blue%20mug.png?size=9", content)
    moved = pictures.at("/old", b"", "301 Moved", location="/blue%20mug.png?size=9")

    fetched = await fetch(staff, url)
    again = [await fetch(staff, moved), await upload(staff, content)]

    assert fetched.status_code == 201, fetched.text
    media = fetched.json()
    assert (media["name"], media["bytes"]) == ("blue mug.png", len(content))
    assert media["alt"] == {"en": "A mug", "es": "A mug"}
    assert [(it.status_code, it.json()["id"]) for it in again] == [(200, media["id"])] * 2


async def test_a_fetch_with_a_key_takes_effect_once(
    staff: AsyncClient, pictures: PictureServer
) -> None:
    key, url = uuid4().hex, pictures.at("/a.png", a_picture())
    first = await fetch(staff, url, **{"idempotency-key": key})
    pictures.at("/a.png", a_picture())
    again = await fetch(staff, url, **{"idempotency-key": key})
    other = await fetch(staff, f"{url}?", **{"idempotency-key": key})

    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert refusal(other)[:2] == (400, "malformed") or refusal(other)[:2][0] == 422


@pytest.mark.once
async def test_what_an_address_gives_is_checked_like_an_upload(
    staff: AsyncClient, pictures: PictureServer
) -> None:
    page = pictures.at("/mug.png", b"<!doctype html><script></script>" * 9, type="image/png")
    large = pictures.at("/large.png", a_picture() + bytes(LARGEST))
    empty = pictures.at("/empty.png", b"")

    answers = [refusal(await fetch(staff, it)) for it in (page, large, empty)]

    assert answers == [
        (422, "picture-format-unknown", None),
        (422, "picture-too-large", None),
        (422, "picture-empty", None),
    ]


@pytest.mark.once
async def test_an_address_that_gives_nothing_is_told_so(
    shop: Application, staff: AsyncClient, pictures: PictureServer
) -> None:
    refused = (422, "picture-not-fetched", "/url")
    gone = pictures.at("/gone", b"", "404 Not Found")
    circle = pictures.at("/circle", b"", "302 Found", location="/circle")
    elsewhere = pictures.at("/elsewhere", b"", "302 Found", location="http://shop.example/")
    short = pictures.at("/short", a_picture()[:40], **{"content-length": "999"})
    nowhere = "https://nowhere.invalid/mug.png"

    asked = (gone, circle, elsewhere, short)
    troubles = [trouble(await fetch(staff, it)) for it in asked]
    with holding(shop, fetcher=Fetcher(private=True, plain=True, patience=LATE)):
        late = trouble(await fetch(staff, pictures.at("/x", b"").replace("/x", "/silent")))
    with holding(shop, fetcher=Fetcher(private=True, resolve=_nobody)):
        unknown = trouble(await fetch(staff, nowhere))

    assert troubles == [
        (refused, "refused"),
        (refused, "redirected"),
        (refused, "address_refused"),
        (refused, "bad_answer"),
    ]
    assert (late, unknown) == ((refused, "timeout"), (refused, "name_not_found"))
    assert pictures.asked.count("/circle") == 4


async def _nobody(_host: str, _port: int) -> Sequence[str]:
    raise OSError


async def _inside(_host: str, _port: int) -> Sequence[str]:
    return ["203.0.113.9", "10.0.0.7"]


@pytest.mark.once
@pytest.mark.parametrize(
    "url",
    [
        "http://shop.example/mug.png",
        "https://127.0.0.1/mug.png",
        "https://[::1]/mug.png",
        "https://169.254.169.254/latest/meta-data",
        "https://ana:secret@shop.example/mug.png",
        "file:///etc/passwd",
        "https://",
        "https://shop.example:99999/",
    ],
)
async def test_addresses_that_are_not_public_are_not_called(staff: AsyncClient, url: str) -> None:
    assert refusal(await fetch(staff, url)) == (422, "picture-url-unusable", "/url")


@pytest.mark.once
async def test_a_name_with_an_address_inside_is_not_called(
    shop: Application, staff: AsyncClient
) -> None:
    with holding(shop, fetcher=Fetcher(private=False, resolve=_inside)):
        answer = await fetch(staff, "https://shop.example/mug.png")

    assert trouble(answer) == ((422, "picture-not-fetched", "/url"), "address_refused")
