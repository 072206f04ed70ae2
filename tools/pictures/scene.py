"""One picture: a product in the room or on the table, as large and as central as any other."""

from collections.abc import Callable
from io import BytesIO

import resvg_py
from PIL import Image

from pictures.drawing import Drawing
from pictures.shapes import room, tabletop

Artist = Callable[[Drawing, str], None]
LARGEST = 1.6  # an egg cup need not look like a bucket
SOLID = 150  # what is fainter than this, of 255, is a shadow
PROBE = 200


def extent(draw: Artist, look: str) -> tuple[float, float, float, float]:
    """Find the box that the product fills, without its shadow."""
    d = Drawing()
    d.open(transform="translate(200 200) scale(0.5)")
    draw(d, look)
    d.close()
    picture = Image.open(BytesIO(resvg_py.svg_to_bytes(svg_string=d.svg(), width=PROBE)))
    found = picture.getchannel("A").point(lambda alpha: 255 * (alpha > SOLID)).getbbox()
    if found is None:
        raise ValueError(draw.__name__)
    left, top, right, bottom = ((side * 4 - 200) * 2 for side in found)
    return left, top, right, bottom


def scene(draw: Artist, look: str, wall: str, lying: bool) -> str:  # noqa: FBT001
    """Compose the whole picture, as SVG."""
    left, top, right, bottom = extent(draw, look)
    fill = (610, 610) if lying else (590, 540)
    scale = min(fill[0] / (right - left), fill[1] / (bottom - top), LARGEST)
    x, y = 400 - scale * (left + right) / 2, (400 if lying else 412) - scale * (top + bottom) / 2
    d = Drawing()
    if lying:
        tabletop(d, wall)
    else:
        room(d, wall, min(y + scale * bottom - 80, 640))
    d.open(transform=f"translate({x:.1f} {y:.1f}) scale({scale:.3f})")
    draw(d, look)
    d.close()
    return d.svg()
