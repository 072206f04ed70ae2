"""Pictures as staff upload and read them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.media.media import MediaFailure, MediaState
from trastienda.database.models.shared.text import Locale

AltText = Annotated[str, Meta(max_length=500)]
AltTexts = Annotated[dict[Locale, AltText], Meta(examples=[{"en": "A blue mug"}])]
"""What the picture shows, for those who do not see it, by language. Empty: it only decorates."""
PictureUrl = Annotated[
    str, Meta(min_length=1, max_length=2_000, examples=["https://supplier.example/mug-blue.jpg"])
]


class MediaDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """A picture to be fetched from a public address."""

    url: PictureUrl
    alt: AltTexts = {}


class MediaPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """Replaces the texts; products that show the picture keep their own."""

    alt: AltTexts


class PictureSource(Struct):
    """A format of a picture, as a `<source>` of HTML's `<picture>` takes it."""

    type: Annotated[str, Meta(examples=["image/avif"])]
    srcset: str


class StaffMediaView(Struct, kw_only=True):
    """A picture as staff see it: `url`, `width` and the like are null until it is ready."""

    id: UUID
    name: Annotated[str, Meta(description="The name of the file that was uploaded.")]
    state: MediaState
    failure: MediaFailure | None
    bytes: Annotated[int, Meta(description="The size of the upload.")]
    alt: dict[Locale, str]
    url: str | None
    thumbnail: str | None
    width: int | None
    height: int | None
    sources: list[PictureSource] | None
    created_at: datetime
    version: int


class MediaPage(Struct):
    items: list[StaffMediaView]
    next_cursor: str | None


class UploadedMedia(Struct):
    """The picture of an upload, and whether it was there before."""

    media: StaffMediaView
    again: bool = False
