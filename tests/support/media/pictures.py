"""Pictures of every kind, made by Pillow, and their uploads."""

from io import BytesIO
from typing import Any
from uuid import uuid4

from httpx import AsyncClient, Response
from PIL import Image

from trastienda.application import Application
from trastienda.jobs.media.rendering import rendering

ALL = "/v1/admin/media"


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:  # noqa: ANN401
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def decoded(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def a_picture(width: int = 8, height: int = 6) -> bytes:
    """Return a PNG that nobody has uploaded."""
    colour = tuple(uuid4().bytes[:3])
    image = Image.new("RGB", (width, height), colour)
    image.putpixel((0, 0), tuple(uuid4().bytes[:3]))
    return encoded(image)


async def upload(
    staff: AsyncClient, content: bytes, name: str = "mug.png", **headers: str
) -> Response:
    return await staff.post(ALL, files={"file": (name, content)}, headers=headers)


async def uploaded(staff: AsyncClient, content: bytes | None = None) -> dict[str, Any]:
    answer = await upload(staff, content or a_picture())
    assert answer.status_code == 201, answer.text
    media: dict[str, Any] = answer.json()
    return media


async def render(shop: Application, media: dict[str, Any]) -> None:
    """Do what the job does."""
    await rendering(shop.process.media)(media["id"])


async def a_ready_picture(
    shop: Application, staff: AsyncClient, content: bytes | None = None
) -> dict[str, Any]:
    media = await uploaded(staff, content)
    await render(shop, media)
    ready: dict[str, Any] = (await staff.get(f"{ALL}/{media['id']}")).json()
    assert ready["state"] == "ready", ready
    return ready
