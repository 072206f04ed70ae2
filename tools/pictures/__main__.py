"""Draw every picture of the demonstration catalogue, and its thumbnail."""

from importlib import import_module
from io import BytesIO

import resvg_py
from PIL import Image

from pictures.scene import scene
from trastienda.demo.content import PICTURE_SIZE, THUMBNAIL_SIZE, Picture, catalogue

WALLS = {
    "tableware": "#e9d9c6",
    "cookware": "#e2d8cf",
    "pantry": "#ecd9c5",
    "kitchen": "#eddfc0",
    "home": "#dfdcd2",
    "textiles": "#ecdcd5",
    "stationery": "#dde2df",
    "garden": "#dde2d0",
}


def draw(picture: Picture, slug: str, category: str) -> None:
    artists = import_module(f"pictures.{category}")
    artist = getattr(artists, slug.replace("-", "_"))
    svg = scene(artist, picture.value or "", WALLS[category], lying=artist in artists.LYING)
    png = resvg_py.svg_to_bytes(svg_string=svg, width=PICTURE_SIZE)
    large = Image.open(BytesIO(png)).convert("RGB")
    for file, size in ((picture.file, PICTURE_SIZE), (picture.thumbnail, THUMBNAIL_SIZE)):
        file.parent.mkdir(parents=True, exist_ok=True)
        small = large.resize((size, size), Image.Resampling.LANCZOS)
        small.save(file, "WEBP", quality=88, method=6)


shop = catalogue()
for product in shop.products:
    for each in shop.pictures(product):
        draw(each, product.slug, product.categories[0])
