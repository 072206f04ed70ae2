"""The files of pictures: what is left of processes that died is swept, also in a bucket of S3."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from httpx import AsyncClient
from support.applications import holding
from support.background import change
from support.media.pictures import ALL, a_ready_picture, uploaded
from support.refusals import refusal

from trastienda.application import Application
from trastienda.controllers.media import media
from trastienda.database.db import utcnow
from trastienda.jobs.media.sweeping import sweeping
from trastienda.services.media.store import MediaStore, opened
from trastienda.settings import Settings, WrongSetting, read

MOTO = Path(sys.prefix) / "s3/bin/moto_server"
BUCKET = "pictures"


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a stand-in for S3, with a bucket; the environment leads to it."""
    if not MOTO.exists():
        pytest.skip("`make .venv/s3/.ready` installs a stand-in for S3")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    log = (tmp_path_factory.mktemp("s3") / "log").open("wb")
    process = subprocess.Popen(  # noqa: S603 - ours
        [str(MOTO), "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
    )
    try:
        while process.poll() is None:
            try:
                httpx.put(f"{url}/{BUCKET}").raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.1)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {
                "AWS_ENDPOINT_URL": url,
                "AWS_ALLOW_HTTP": "true",
                "AWS_ACCESS_KEY_ID": "key",
                "AWS_SECRET_ACCESS_KEY": "secret",
                "AWS_REGION": "us-east-1",
            }.items():
                patch.setenv(name, value)
            yield f"s3://{BUCKET}/shop"
    finally:
        process.terminate()
        process.wait()
        log.close()


@pytest.fixture(params=["folder", "s3"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, shop: Application
) -> AsyncIterator[MediaStore]:
    bucket = request.getfixturevalue("s3") if request.param == "s3" else None
    url = f"{bucket}/{uuid4().hex}" if bucket else None
    kept = opened(tmp_path, url)
    with holding(shop, media=kept):
        yield kept


async def content(store: MediaStore, media_id: UUID, name: str) -> bytes | None:
    found = await store.find(media_id, name)
    return None if found is None else b"".join([it async for it in found.pieces])


async def paths(store: MediaStore) -> list[str]:
    tomorrow = utcnow() + timedelta(days=1)
    listed = [it async for it in store.older(tomorrow)]
    return sorted(path for files in listed for these in files.values() for path in these)


async def test_a_store_keeps_finds_and_forgets(store: MediaStore) -> None:
    media_id, large = uuid4(), os.urandom(6_000_000)
    await store.keep_original(media_id, BytesIO(large))
    await store.keep(media_id, [("1.webp", b"one"), ("2.webp", large)])
    await store.keep(media_id, [("1.webp", b"ONE")])

    assert await store.original(media_id) == large
    assert await content(store, media_id, "1.webp") == b"ONE"
    assert await content(store, media_id, "2.webp") == large
    assert await content(store, media_id, "3.webp") is None
    assert await content(store, uuid4(), "1.webp") is None
    assert [it async for it in store.older(utcnow() - timedelta(hours=1))] in ([], [{}])
    await store.discard_original(media_id)
    await store.discard_original(media_id)
    assert await store.original(media_id) is None
    await store.delete(await paths(store))
    assert await paths(store) == []


async def test_pictures_are_uploaded_shown_and_served_from_it(
    store: MediaStore, shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    picture = await a_ready_picture(shop, staff)
    answer = await buyer.get(picture["url"])

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.content == await content(store, UUID(picture["id"]), "8.jpg")
    assert len(await paths(store)) == 3


async def test_only_what_belongs_to_nothing_is_swept_a_day_later(
    store: MediaStore, shop: Application, staff: AsyncClient
) -> None:
    ready, gone = [await a_ready_picture(shop, staff) for _ in range(2)]
    waiting = await uploaded(staff)
    await staff.delete(f"{ALL}/{gone['id']}")
    kept, strange = await paths(store), [uuid4(), uuid4()]
    await store.keep_original(strange[0], BytesIO(b"its process died before the row"))
    await store.keep_original(UUID(ready["id"]), BytesIO(b"its process died after the files"))
    await store.keep(strange[1], [("1.webp", b"its picture was deleted meanwhile")])
    before = await paths(store)

    async def a_day_later() -> list[str]:
        limit = utcnow() + timedelta(minutes=1)
        async for files in store.older(limit):
            await store.delete(await media.orphans(files, limit - timedelta(hours=1)))
        return await paths(store)

    await sweeping(store)()
    young, swept = await paths(store), await a_day_later()
    await change(
        "UPDATE media_removals SET removed_at = removed_at - interval '1 day' WHERE media_id = %s",
        UUID(gone["id"]),
    )
    left = await a_day_later()

    assert (len(before), len(kept), young, swept) == (10, 7, before, kept)
    assert left == [it for it in kept if gone["id"] not in it]
    assert {Path(it).name[:36] for it in left} == {ready["id"], waiting["id"]}


class Away:
    """A store that does not answer."""

    def __getattr__(self, name: str) -> object:
        raise OSError(name)


async def test_while_the_store_is_away_nothing_is_recorded(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    picture = await uploaded(staff)
    before = (await staff.get(f"{ALL}?limit=1")).json()
    away = MediaStore(Away)  # type: ignore[arg-type]  # that is the test
    with holding(shop, media=away):
        answer = await staff.post(ALL, files={"file": ("a.png", b"\x89PNG\r\n\x1a\nanything")})
        shown = await buyer.get(f"/media/{picture['id']}/8.jpg")

    assert refusal(answer) == refusal(shown) == (503, "media-store-away", None)
    assert (await staff.get(f"{ALL}?limit=1")).json() == before


@pytest.mark.parametrize(
    "url", ["s3://", "https://bucket", "s3://a b", "file:///etc", "s3://x/../y"]
)
def test_a_place_that_is_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(WrongSetting, match="TRASTIENDA_MEDIA_URL"):
        read({"TRASTIENDA_MEDIA_URL": url})


def test_a_bucket_is_a_place() -> None:
    settings = read({"TRASTIENDA_MEDIA_URL": "s3://pictures.example/shop-1/media"})

    assert settings == Settings(media_url="s3://pictures.example/shop-1/media")
