"""Cloth: soft edges, folds and threads."""

from pictures.colour import LIGHT, PALETTE, SHADE, darker, lighter
from pictures.drawing import Drawing, box, smooth
from pictures.shapes import below, slope_fill
from pictures.textures import weave


def fold(d: Drawing, path: str, colour: str, width: float = 18) -> None:
    """Draw a soft crease: dark, with the light beside it."""
    d.line(path, darker(colour, 0.6), width, opacity=0.32, filter=d.blur(width * 0.5))
    d.line(path, lighter(colour, 0.6), width * 0.5, opacity=0.3, filter=d.blur(width * 0.35), transform=f"translate({-width * 0.8} {-width * 0.3})")  # fmt: skip


def cushion(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    shape = "M150 150C230 178 570 178 650 150C678 230 678 570 650 650C570 622 230 622 150 650C122 570 122 230 150 150Z"
    below(d, shape, 1.5)
    d.path(shape, slope_fill(d, colour, (160, 160), (640, 640)))
    weave(d, shape, colour, (120, 140, 680, 660), 10)
    d.open(clip_path=d.clip(shape))
    d.oval((340, 330), (190, 180), lighter(colour, 0.6), opacity=0.42, filter=d.blur(60))
    for x in (250, 300, 500, 550):
        d.line(
            f"M{x} 140C{x + (x - 400) * 0.16} 300 {x + (x - 400) * 0.16} 500 {x} 660",
            lighter(colour, 0.55),
            9,
            opacity=0.8,
        )
    for crease in (
        "M150 150C220 220 250 250 270 300",
        "M650 150C590 220 560 240 540 290",
        "M150 650C220 590 240 560 260 520",
        "M650 650C590 590 560 570 540 520",
    ):
        fold(d, crease, colour, 22)
    d.close()
    d.line(shape, darker(colour, 0.2), 5, opacity=0.7)


def throw(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    for layer, y in ((2, 500), (1, 390), (0, 280)):
        slab = box((150, y), (500, 130), 54)
        if layer == 2:  # noqa: PLR2004 - the lowest
            below(d, box((150, 280), (500, 350), 54), 1.4)
        shades = [
            (0, lighter(colour, 0.34)),
            (0.3, lighter(colour, 0.1)),
            (0.7, colour),
            (1, darker(colour, 0.42)),
        ]
        d.path(slab, d.linear((0, y), (0, y + 130), shades))
        weave(d, slab, colour, (150, y, 650, y + 130), 8)
        for stripe in (0, 1):
            d.path(
                f"M{520 + stripe * 44} {y - 4}h22v140h-22Z",
                lighter(colour, 0.6),
                opacity=0.75,
                clip_path=d.clip(slab),
            )
    front = "M196 300H420V596H196Z"
    d.path(front, SHADE, opacity=0.35, filter=d.blur(10), transform="translate(8 10)")
    d.path(front, slope_fill(d, lighter(colour, 0.08), (196, 280), (430, 620)))
    weave(d, front, colour, (196, 290, 420, 596), 8)
    for y in (520, 552):
        d.box((196, y), (224, 16), lighter(colour, 0.6))
    for x in range(202, 420, 13):
        d.line(smooth([(x, 594), (x + 3, 622), (x - 2 + x % 5, 656)]), darker(colour, 0.12), 5)


def tea_towels(d: Drawing, look: str) -> None:
    colour, linen = PALETTE[look], "#f1e9da"
    for x, y, stripes in ((300, 120, False), (180, 180, True)):
        cloth = box((x, y), (330, 500), 8)
        below(d, cloth)
        ground = linen if stripes else colour
        d.path(cloth, slope_fill(d, ground, (x, y), (x + 330, y + 500)))
        weave(d, cloth, ground, (x, y, x + 330, y + 500), 7)
        d.open(clip_path=d.clip(cloth))
        if stripes:
            for top, tall in ((250, 12), (274, 34), (320, 12), (560, 12), (584, 34), (630, 12)):
                d.box((x, top), (330, tall), colour)
        else:
            for at in range(0, 500, 42):
                d.box((x, y + at), (330, 4), lighter(colour, 0.5))
                d.box((x + at, y), (4, 500), lighter(colour, 0.5))
        fold(d, f"M{x + 165} {y - 10}V{y + 520}", ground, 12)
        fold(d, f"M{x - 10} {y + 250}H{x + 340}", ground, 12)
        d.close()
        d.line(
            f"M{x + 6} {y + 8}H{x + 324}M{x + 6} {y + 492}H{x + 324}",
            darker(ground, 0.25),
            2,
            stroke_dasharray="6 5",
        )


def napkins(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    for number, (angle, tone) in enumerate(((-14, -0.16), (-4, -0.06), (7, 0.08))):
        shade = lighter(colour, tone) if tone > 0 else darker(colour, -tone)
        square = box((210, 210), (380, 380), 10)
        d.open(transform=f"rotate({angle} 400 400) translate({number * 8 - 8} {8 - number * 8})")
        below(d, square, 0.8)
        d.path(square, slope_fill(d, shade, (210, 210), (590, 590)))
        weave(d, square, shade, (210, 210, 590, 590), 7)
        d.path(
            box((226, 226), (348, 348), 3),
            "none",
            stroke=lighter(shade, 0.55),
            stroke_width=4,
            opacity=0.8,
        )
        d.path("M210 590L590 210V580Q590 590 580 590Z", SHADE, opacity=0.1)
        fold(d, "M216 584L584 216", shade, 10)
        d.close()


def tote_bag(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    bag = "M196 300C260 292 540 292 604 300L628 676C630 700 610 712 590 712H210C190 712 170 700 172 676Z"
    for handle, depth in (
        ("M300 306C296 60 504 60 500 306", 0.3),
        ("M276 316C266 110 534 110 524 316", 0.06),
    ):
        d.line(handle, SHADE, 24, opacity=0.28, filter=d.blur(8), transform="translate(8 12)")
        d.line(handle, darker(colour, depth), 24)
        d.line(handle, lighter(colour, 0.3), 2, stroke_dasharray="7 6", opacity=0.8)
    below(d, bag, 1.1)
    d.path(bag, slope_fill(d, colour, (190, 280), (630, 720)))
    weave(d, bag, colour, (166, 286, 634, 716), 7)
    d.open(clip_path=d.clip(bag))
    for crease in (
        "M250 420C240 520 260 600 236 720",
        "M560 330C572 460 548 560 574 700",
        "M330 640C400 620 450 660 520 640",
    ):
        fold(d, crease, colour, 20)
    d.close()
    for x in (276, 524):
        d.box((x - 20, 306), (40, 46), darker(colour, 0.08), 4)
        d.line(f"M{x - 14} 312L{x + 14} 346M{x + 14} 312L{x - 14} 346", lighter(colour, 0.4), 2)
    ink = "#8c4b34" if look == "natural" else "#f1e6d0"
    d.path(
        "M324 520V470L400 424L476 470V520H452V486H348V520ZM372 520V496H428V520Z", ink, opacity=0.92
    )
    d.line("M336 548H464", ink, 6, opacity=0.9)


def bath_towel(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    for number, y in enumerate((470, 370, 270)):
        shade = lighter(colour, 0.06 * number)
        roll = box((160, y), (480, 116), 50)
        below(d, roll, 1.2 if number == 0 else 0.4)
        d.path(
            roll,
            d.linear(
                (0, y),
                (0, y + 116),
                [(0, lighter(shade, 0.3)), (0.5, shade), (1, darker(shade, 0.36))],
            ),
        )
        weave(d, roll, shade, (160, y, 640, y + 116), 5)
        d.open(clip_path=d.clip(roll))
        for stripe, wide in ((230, 12), (252, 30), (292, 12)):
            d.box((stripe, y), (wide, 116), darker(shade, 0.16))
        d.line(f"M166 {y + 58}H600", darker(shade, 0.5), 5, opacity=0.45, filter=d.blur(3))
        d.close()
    d.line("M190 330H606", LIGHT, 14, opacity=0.2, filter=d.blur(8))


def oven_mitt(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    mitt = "M284 640C276 520 250 430 262 300C270 190 330 130 404 134C484 138 530 200 530 300C530 340 528 372 524 400C548 366 576 332 612 340C656 350 660 396 634 434C600 484 556 528 530 640Z"
    cuff = box((270, 600), (274, 92), 16)
    for part in (mitt, cuff):
        below(d, part, 1.2)
    d.path(mitt, slope_fill(d, colour, (270, 150), (600, 640)))
    d.open(clip_path=d.clip(mitt))
    for at in range(-8, 16):
        x = 200 + at * 54
        d.line(
            f"M{x} 100L{x + 560} 660M{x + 300} 100L{x - 260} 660",
            darker(colour, 0.4),
            3,
            opacity=0.3,
        )
        d.line(
            f"M{x - 3} 100L{x + 557} 660M{x + 297} 100L{x - 263} 660",
            lighter(colour, 0.5),
            2,
            opacity=0.4,
        )
    d.oval((370, 280), (110, 130), lighter(colour, 0.6), opacity=0.35, filter=d.blur(40))
    fold(d, "M530 400C510 440 500 470 496 520", colour, 18)
    d.close()
    d.path(cuff, slope_fill(d, "#efe4d0", (270, 600), (540, 700)))
    weave(d, cuff, "#efe4d0", (270, 600, 544, 692), 7)
    d.line("M282 618H532M282 674H532", colour, 7)
    d.line("M300 690C280 740 330 744 322 692", "#d9c9ae", 10)


LYING = {cushion, throw, tea_towels, napkins, tote_bag, bath_towel, oven_mitt}
