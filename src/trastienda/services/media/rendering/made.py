"""What is made of a picture, as it comes out of the process that makes it.

That process loads nothing of the database: it would take longer than most pictures.
"""

from dataclasses import dataclass
from enum import StrEnum

EXIT_MEMORY = 3
"""The exit status of a process whose memory did not suffice."""
AVIF, WEBP, JPEG, PNG = "avif", "webp", "jpg", "png"
TYPES = {AVIF: "image/avif", WEBP: "image/webp", JPEG: "image/jpeg", PNG: "image/png"}
"""Media types by the ending of a file's name."""


class Fault(StrEnum):
    """Why a picture is refused; each is a MediaFailure."""

    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too_many_pixels"
    ANIMATED = "animated"


@dataclass(frozen=True)
class RenderedPicture:
    """The files of a picture, by name, such as `320.webp`."""

    widths: list[int]
    """In pixels, in ascending order; each has an AVIF and a WebP."""
    height: int
    """Of the largest, in pixels."""
    fallback: str
    """The ending of the only file that is neither: a JPEG, or a PNG if it is transparent."""
    files: dict[str, bytes]

    @property
    def width(self) -> int:
        return self.widths[-1]


class Unrenderable(Exception):
    """A picture of which no files can be made."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault
