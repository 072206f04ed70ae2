"""Which pictures are taken: told by their first bytes, never by their name or announced type."""

from trastienda.errors import Invalid

LARGEST = 20_000_000
"""Bytes of an upload."""
FIRST = 32
"""Bytes that are enough to tell a format."""
_SIGNATURES = (
    b"\xff\xd8\xff",  # JPEG
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
)
_RIFF, _WEBP = b"RIFF", b"WEBP"
_FTYP, _AVIF = b"ftyp", (b"avif", b"avis", b"mif1")


def check(first: bytes) -> None:
    """Raise PictureEmpty, or PictureFormatUnknown for what does not begin as a picture does.

    This only spares a job: whether it is a picture is known when it is read.
    """
    if not first:
        raise PictureEmpty
    begins = first.startswith(_SIGNATURES)
    webp = first[:4] == _RIFF and first[8:12] == _WEBP
    avif = first[4:8] == _FTYP and first[8:12] in _AVIF
    if not (begins or webp or avif):
        raise PictureFormatUnknown


class PictureEmpty(Invalid):
    """The file is empty."""


class PictureFormatUnknown(Invalid):
    """The file is not a JPEG, PNG, WebP, AVIF or GIF."""


class PictureTooLarge(Invalid):
    """The file is larger than pictures may be."""
