"""What is made of pictures, and which are refused: pure, without a shop."""

import pytest
from PIL import Image, ImageCms, PngImagePlugin
from support.media.pictures import decoded, encoded

from trastienda.database.models.media.media import MediaFailure
from trastienda.services.media.rendering import renderer
from trastienda.services.media.rendering.made import Fault, RenderedPicture, Unrenderable
from trastienda.services.media.rendering.pictures import ORIENTATION, render

RED, GREEN = (255, 0, 0), (0, 255, 0)


def colours(image: Image.Image, at: tuple[int, int]) -> tuple[int, ...]:
    pixel = image.convert("RGB").getpixel(at)
    assert isinstance(pixel, tuple)
    return tuple(int(it) for it in pixel)


def close(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 12 for a, b in zip(one, other, strict=True))


def fault(upload: bytes) -> Fault:
    with pytest.raises(Unrenderable) as refused:
        render(upload)
    return refused.value.fault


def test_a_large_picture_gets_three_widths_in_two_formats_and_a_fallback() -> None:
    made = render(encoded(Image.new("RGB", (2400, 1200), RED), "JPEG"))

    assert (made.widths, made.height, made.fallback) == ([320, 800, 1600], 800, "jpg")
    sizes = {name: (decoded(it).format, decoded(it).size) for name, it in made.files.items()}
    assert sizes == {
        "1600.jpg": ("JPEG", (1600, 800)),
        "320.avif": ("AVIF", (320, 160)),
        "320.webp": ("WEBP", (320, 160)),
        "800.avif": ("AVIF", (800, 400)),
        "800.webp": ("WEBP", (800, 400)),
        "1600.avif": ("AVIF", (1600, 800)),
        "1600.webp": ("WEBP", (1600, 800)),
    }
    assert all(close(colours(decoded(it), (9, 9)), RED) for it in made.files.values())


@pytest.mark.parametrize(
    ("size", "widths", "height"),
    [((200, 100), [200], 100), ((500, 500), [320, 500], 500), ((10, 8000), [1, 2, 4], 3200)],
)
def test_no_picture_is_enlarged_or_endlessly_high(
    size: tuple[int, int], widths: list[int], height: int
) -> None:
    made = render(encoded(Image.new("RGB", size)))

    assert (made.widths, made.height) == (widths, height)


def test_a_transparent_picture_stays_so_and_an_opaque_one_needs_no_png() -> None:
    glass = Image.new("RGBA", (40, 30), (*RED, 100))
    wall = Image.new("RGBA", (40, 30), (*RED, 255))

    made = render(encoded(glass))

    assert made.fallback == "png"
    for name in ("40.png", "40.webp", "40.avif"):
        pixel = decoded(made.files[name]).convert("RGBA").getpixel((5, 5))
        assert isinstance(pixel, tuple)
        assert abs(pixel[3] - 100) <= 4
    assert render(encoded(wall)).fallback == "jpg"


def test_pictures_of_phones_stand_upright_and_say_nothing_of_where_they_were_taken() -> None:
    image = Image.new("RGB", (60, 40), RED)
    image.paste(GREEN, (0, 0, 30, 40))
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # lies on its left side
    exif[0x010F] = "secret camera"
    upload = encoded(image, "JPEG", exif=exif, comment=b"secret comment", quality=95)

    made = render(upload)

    assert b"secret camera" in upload
    assert b"secret comment" in upload
    for content in made.files.values():
        shown = decoded(content)
        assert shown.size == (40, 60)
        assert close(colours(shown, (20, 10)), GREEN)
        assert close(colours(shown, (20, 50)), RED)
        assert dict(shown.getexif()) == {}
        assert b"secret" not in content


def test_nothing_behind_or_beside_the_pixels_is_left() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Comment", "<script>alert(1)</script>")
    polyglot = encoded(Image.new("RGB", (20, 20)), pnginfo=texts) + b"PK\x03\x04<script>"

    made = render(polyglot)

    assert not [name for name, content in made.files.items() if b"<script>" in content]


def test_colours_are_those_of_srgb_whatever_profile_they_came_with() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    broken = render(encoded(Image.new("RGB", (20, 20), RED), icc_profile=lab))
    printed = render(encoded(Image.new("CMYK", (20, 20), (0, 255, 255, 0)), "JPEG"))

    for made in (broken, printed):
        shown = decoded(made.files["20.jpg"])
        assert shown.mode == "RGB"
        assert close(colours(shown, (9, 9)), RED)
        assert "icc_profile" not in shown.info


def test_sixteen_bits_a_palette_and_grey_become_what_they_look_like() -> None:
    deep = Image.new("I;16", (20, 20), 40_000)
    palette = Image.new("RGB", (20, 20), RED).convert("P")
    grey = Image.new("LA", (20, 20), (90, 255))
    shown = [
        colours(decoded(render(encoded(it)).files["20.jpg"]), (9, 9))
        for it in (deep, palette, grey)
    ]

    assert [
        close(it, wanted)
        for it, wanted in zip(shown, [(156, 156, 156), RED, (90, 90, 90)], strict=True)
    ] == [True] * 3


def test_what_moves_is_refused_and_what_only_could_is_not() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, GREEN)]
    options = {"save_all": True, "append_images": frames[1:]}

    assert [fault(encoded(frames[0], it, **options)) for it in ("GIF", "WEBP", "PNG", "AVIF")] == [
        Fault.ANIMATED
    ] * 4
    assert render(encoded(frames[0], "GIF")).widths == [20]
    assert render(encoded(frames[0], "MPO", **options)).widths == [20]  # two views of a phone


def test_a_hundred_megapixels_are_refused_before_one_is_decoded() -> None:
    bomb = encoded(Image.new("1", (10_000, 10_000)))

    assert len(bomb) < 100_000
    assert fault(bomb) is Fault.TOO_MANY_PIXELS


def zero_pixels() -> bytes:
    png = bytearray(encoded(Image.new("RGB", (1, 1))))
    png[16:24] = bytes(8)
    return bytes(png)


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff" + b"x" * 200,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        encoded(Image.effect_noise((90, 90), 50), "JPEG")[:900],
        encoded(Image.effect_noise((90, 90), 50), "WEBP")[:900],
        encoded(Image.effect_noise((90, 90), 50), "AVIF")[:900],
        zero_pixels(),
        encoded(Image.new("RGB", (9, 9)), "TIFF"),
    ],
)
def test_what_is_damaged_or_no_picture_is_unreadable(upload: bytes) -> None:
    assert fault(upload) is Fault.UNREADABLE


async def test_a_process_of_its_own_makes_them_and_says_why_it_cannot() -> None:
    made = await renderer.render(encoded(Image.new("RGB", (30, 20), RED)))
    damaged = await renderer.render(b"\x89PNG\r\n\x1a\n")
    late = await renderer.render(b"", patience=0)

    assert isinstance(made, RenderedPicture)
    assert decoded(made.files["30.webp"]).size == (30, 20)
    assert (damaged, late) == (MediaFailure.UNREADABLE, MediaFailure.TOO_COMPLEX)
    assert [MediaFailure(it) for it in Fault]


async def test_the_largest_picture_fits_into_the_memory_of_its_process() -> None:
    made = await renderer.render(encoded(Image.new("RGBA", (7_000, 7_100)), compress_level=1))

    assert isinstance(made, RenderedPicture)
    assert (made.widths, made.fallback) == ([320, 800, 1600], "png")
