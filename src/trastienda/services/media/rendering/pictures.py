"""Makes the files of a picture with Pillow. Pure, and run in a process of its own: `child.py`.

Each file is encoded anew from pixels in sRGB, so nothing else of the upload is left in it: no
metadata (EXIF with its place and camera, XMP, comments), no profile, and nothing behind the end.
"""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageCms, UnidentifiedImageError

from trastienda.services.media.rendering.made import (
    AVIF,
    JPEG,
    PNG,
    WEBP,
    Fault,
    RenderedPicture,
    Unrenderable,
)

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
MPO = "MPO"
"""A JPEG of a phone, with further views behind the first."""
MOST_PIXELS = 50_000_000
WIDTHS = (320, 800, 1600)
TALLEST = 2
"""A picture is at most this many times as high as it may be wide."""
ORIENTATION = 0x0112  # EXIF
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by its EXIF orientation."""
ON_ITS_SIDE = frozenset({5, 6, 7, 8})
OPAQUE = 255
BYTE = 256
ENCODED: dict[str, tuple[str, dict[str, object]]] = {
    AVIF: ("AVIF", {"quality": 60, "speed": 8, "max_threads": 1}),
    WEBP: ("WEBP", {"quality": 80, "method": 4}),
    JPEG: ("JPEG", {"quality": 85, "progressive": True, "optimize": True}),
    PNG: ("PNG", {"compress_level": 9}),
}
"""Pillow's format and options, by the ending of a file's name."""
Size = tuple[int, int]


def render(upload: bytes) -> RenderedPicture:
    """Make the files of a picture. Raise Unrenderable.

    Other exceptions mean that it is broken in a way that Pillow has no error for.
    """
    try:
        largest = _largest(_opened(upload))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise Unrenderable(Fault.UNREADABLE) from error
    fallback = PNG if largest.mode == "RGBA" else JPEG
    files = {f"{largest.width}.{fallback}": _encoded(largest, fallback)}
    sizes = {size[0]: size for size in _sizes(largest.size)}
    for width, size in sizes.items():
        sized = largest.resize(size, Image.Resampling.LANCZOS) if size != largest.size else largest
        for ending in (AVIF, WEBP):
            files[f"{width}.{ending}"] = _encoded(sized, ending)
    return RenderedPicture(sorted(sizes), largest.height, fallback, files)


def _opened(upload: bytes) -> Image.Image:
    """Read what comes before the pixels, and refuse what must not be decoded."""
    Image.MAX_IMAGE_PIXELS = None  # ours is lower, and an error
    image = Image.open(BytesIO(upload), formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise Unrenderable(Fault.TOO_MANY_PIXELS)
    if image.format != MPO and getattr(image, "is_animated", False):
        raise Unrenderable(Fault.ANIMATED)
    return image


def _largest(image: Image.Image) -> Image.Image:
    """Decode a picture; return it upright in sRGB, in its largest size, with nothing beside it."""
    orientation = image.getexif().get(ORIENTATION, 1)
    lying = orientation in ON_ITS_SIDE
    width, height = _within(_turned(image.size, lying=lying), WIDTHS[-1])
    size = _turned((width, height), lying=lying)
    image.draft(None, size)  # a JPEG is decoded smaller at once
    image.load()
    profile = image.info.get("icc_profile")
    sized = _in_channels(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if orientation in TURNS:
        sized = sized.transpose(TURNS[orientation])
    plain = _srgb(sized, profile)
    plain.info = {}
    return plain


def _in_channels(image: Image.Image) -> Image.Image:
    """Return it in 8 bits for each channel, and without a palette."""
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would cut off at 255
        return image.convert("I").point(lambda value: value * (1 / BYTE)).convert("L")
    if image.mode in {"P", "PA", "LA", "La", "RGBa"} or "transparency" in image.info:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "RGBA", "CMYK"} else image.convert("RGB")


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return it in RGB, or in RGBA if any of it is transparent."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            theirs, ours = ImageCms.getOpenProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(image, theirs, ours, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            found = None  # it does not fit the picture, and is left out
        image = found or image
    image = image if image.mode == mode else image.convert(mode)
    if mode == "RGBA" and image.getchannel("A").getextrema() == (OPAQUE, OPAQUE):
        return image.convert("RGB")
    return image


def _turned(size: Size, *, lying: bool) -> Size:
    return (size[1], size[0]) if lying else size


def _within(size: Size, most: int) -> Size:
    """Return the largest size of the same shape that is at most so wide, and never a larger one."""
    scale = min(1.0, most / size[0], most * TALLEST / size[1])
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _sizes(largest: Size) -> Iterator[Size]:
    yield from (_within(largest, most) for most in WIDTHS[:-1])
    yield largest


def _encoded(image: Image.Image, ending: str) -> bytes:
    kind, options = ENCODED[ending]
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()
