"""Cups, plates and glasses."""

from pictures.colour import LIGHT, PALETTE, SHADE, darker, lighter, mix
from pictures.drawing import Drawing, Point, oval, smooth
from pictures.shapes import (
    METAL,
    Turned,
    bar,
    below,
    ground,
    liquid,
    mouth,
    round_fill,
    slope_fill,
    speckles,
    turn,
)

COFFEE = "#5b3826"
TEA = "#b9742f"


def mug(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    profile = [(300, 142), (330, 140), (480, 136), (590, 130), (628, 118), (640, 104)]
    body = Turned(x=370, profile=profile)
    ground(d, 150, 380)
    bar(
        d,
        smooth([(500, 375), (565, 362), (613, 410), (605, 490), (555, 545), (495, 552)]),
        colour,
        34,
    )
    turn(d, body, colour)
    speckles(d, body.outline, colour, (230, 310, 520, 660))
    hollow = mouth(d, body, colour, mix(colour, PALETTE["ivory"], 0.75))
    liquid(d, body, hollow, COFFEE, 22)


def _small_cup(d: Drawing, colour: str, at: Point) -> None:
    x, floor = at
    saucer = Turned(x=x, profile=[(floor - 24, 128), (floor - 14, 116), (floor, 62)], tilt=0.24)
    ground(d, 118, x, floor)
    turn(d, saucer, colour, gloss=0.1)
    mouth(d, saucer, colour, lighter(colour, 0.25), 7)
    body = Turned(
        x=x, profile=[(floor - 158, 80), (floor - 110, 78), (floor - 52, 66), (floor - 22, 44)]
    )
    d.oval((x + 12, floor - 18), (66, 13), SHADE, opacity=0.4, filter=d.blur(7))
    bar(d, smooth([(x + 70, floor - 128), (x + 112, floor - 134), (x + 120, floor - 92), (x + 62, floor - 66)]), colour, 18)  # fmt: skip
    turn(d, body, colour)
    hollow = mouth(d, body, colour, PALETTE["ivory"], 6)
    liquid(d, body, hollow, "#4a2b1c", 12)


def espresso_cups(d: Drawing, look: str) -> None:
    _small_cup(d, PALETTE[look], (500, 574))
    _small_cup(d, PALETTE[look], (296, 640))


def dinner_plate(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    below(d, oval((400, 400), (300, 300)), 1.1)
    for radius, tone in ((300, lighter(colour, 0.25)), (293, colour)):
        d.oval((400, 400), (radius, radius), slope_fill(d, tone, (190, 190), (610, 610)))
    speckles(d, oval((400, 400), (290, 290)), colour, (110, 110, 690, 690))
    d.oval((404, 406), (214, 214), darker(colour, 0.35), opacity=0.5, filter=d.blur(9))
    well = d.linear(
        (230, 230),
        (570, 570),
        [(0, darker(colour, 0.12)), (0.6, colour), (1, lighter(colour, 0.35))],
    )
    d.oval((400, 400), (208, 208), well)
    d.oval(
        (400, 400), (208, 208), "none", stroke=lighter(colour, 0.4), stroke_width=3, opacity=0.55
    )
    d.line("M176 304A244 244 0 0 1 318 170", LIGHT, 26, opacity=0.5, filter=d.blur(11))


def breakfast_bowl(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    profile = [(392, 232), (420, 229), (500, 204), (570, 150), (606, 104), (622, 92), (640, 94)]
    body = Turned(profile=profile)
    ground(d, 150)
    turn(d, body, colour)
    speckles(d, body.outline, colour, (170, 400, 630, 650))
    hollow = mouth(d, body, colour, PALETTE["ivory"], 9)
    liquid(d, body, hollow, "#f3e6d2", 24)
    d.open(clip_path=d.clip(hollow))
    fruit = [
        (322, 398, 22),
        (300, 412, 17),
        (366, 404, 24),
        (412, 396, 22),
        (456, 402, 18),
        (432, 413, 24),
        (340, 418, 17),
        (386, 420, 18),
    ]
    for x, y, size in fruit:
        berry = "#46537e" if size > 20 else "#b8453f"  # noqa: PLR2004 - the large ones are blue
        d.oval((x + 5, y + 6), (size, size * 0.62), SHADE, opacity=0.28, filter=d.blur(4))
        d.oval(
            (x, y),
            (size, size * 0.72),
            slope_fill(d, berry, (x - size, y - size), (x + size, y + size)),
        )
        d.oval(
            (x - size * 0.3, y - size * 0.28),
            (size * 0.3, size * 0.18),
            LIGHT,
            opacity=0.5,
            filter=d.blur(2),
        )
    d.close()


def teapot(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    profile = [(366, 92), (384, 128), (440, 172), (510, 184), (580, 164), (624, 124), (640, 104)]
    body = Turned(x=390, profile=profile)
    ground(d, 180, 395)
    spout = "M540 470C600 470 606 386 652 352L688 372C662 404 664 520 548 566Z"
    fill = d.linear(
        (570, 390), (680, 500), [(0, colour), (0.5, darker(colour, 0.12)), (1, darker(colour, 0.4))]
    )
    d.path(spout, fill)
    d.oval((670, 362), (21, 9), darker(colour, 0.45), transform="rotate(28 670 362)")
    bar(
        d,
        smooth([(252, 424), (178, 392), (122, 450), (138, 530), (196, 566), (240, 560)]),
        colour,
        32,
    )
    turn(d, body, colour, gloss=0.36)
    d.oval((390, 372), (108, 22), darker(colour, 0.4), opacity=0.55, filter=d.blur(4))
    lid = Turned(x=390, profile=[(318, 26), (330, 66), (352, 98), (370, 106)])
    turn(d, lid, colour, gloss=0.25)
    d.oval((390, 306), (30, 28), round_fill(d, colour, (360, 420)))
    d.oval((380, 296), (9, 7), LIGHT, opacity=0.6, filter=d.blur(3))


def jug(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    profile = [(232, 92), (270, 84), (330, 92), (430, 128), (540, 142), (610, 128), (640, 108)]
    body = Turned(x=380, profile=profile)
    ground(d, 150, 385)
    bar(d, smooth([(448, 262), (540, 232), (604, 300), (588, 400), (508, 470)]), colour, 30)
    lip = "M296 330C290 276 274 238 236 206C276 204 320 212 352 218L352 300Z"
    d.path(
        lip, d.linear((250, 210), (330, 290), [(0, lighter(colour, 0.1)), (1, darker(colour, 0.2))])
    )
    turn(d, body, colour, gloss=0.34)
    speckles(d, body.outline, colour, (240, 240, 530, 650))
    mouth(d, body, colour, colour, 8)
    d.path("M254 212C280 210 310 214 336 218L300 240C286 228 270 218 254 212Z", darker(colour, 0.3))


def _glass(d: Drawing, at: Point, colour: str, size: float, drink: str) -> None:
    x, floor = at
    top = floor - 250 * size
    body = Turned(
        x=x, profile=[(top, 84 * size), (floor - 20, 70 * size), (floor, 62 * size)], sharp=True
    )
    wide = 84 * size
    ground(d, 72 * size, x, floor)
    d.oval((x + 80 * size, floor + 14), (90 * size, 14), colour, opacity=0.5, filter=d.blur(14))
    d.oval((x, top), (wide, wide * 0.2), lighter(colour, 0.3), opacity=0.5)
    sides = [(0, darker(colour, 0.25), 0.85), (0.14, lighter(colour, 0.3), 0.5), (0.6, colour, 0.45), (0.92, darker(colour, 0.15), 0.75), (1, darker(colour, 0.3), 0.9)]  # fmt: skip
    level = floor - 150 * size
    filled = Turned(x=x, profile=[(level, 76 * size), (floor - 30, 67 * size)], sharp=True)
    d.path(filled.outline, drink, opacity=0.62)
    d.oval((x, level), (76 * size, 15 * size), lighter(drink, 0.35), opacity=0.75)
    d.path(body.outline, d.linear((x - wide, 0), (x + wide, 0), sides))
    base = Turned(x=x, profile=[(floor - 22, 69 * size), (floor, 62 * size)], sharp=True)
    d.path(base.outline, darker(colour, 0.2), opacity=0.45)
    d.line(
        f"M{x - 58 * size} {top + 36}L{x - 50 * size} {floor - 50}",
        LIGHT,
        14 * size,
        opacity=0.7,
        filter=d.blur(3),
    )
    d.line(
        f"M{x + 62 * size} {top + 60}L{x + 56 * size} {floor - 80}",
        LIGHT,
        5 * size,
        opacity=0.6,
        filter=d.blur(2),
    )
    d.oval(
        (x, top),
        (wide, wide * 0.2),
        "none",
        stroke=lighter(colour, 0.55),
        stroke_width=5,
        opacity=0.95,
    )


def tumblers(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    drink = "#cfdcdc" if look == "clear" else lighter(colour, 0.25)
    _glass(d, (530, 574), colour, 1.1, drink)
    _glass(d, (300, 640), colour, 1.25, drink)


def _wine_glass(d: Drawing, x: float, floor: float, wine: str) -> None:
    colour = "#dde4e1"
    ground(d, 84, x, floor)
    foot = Turned(x=x, profile=[(floor - 10, 10), (floor - 3, 60), (floor, 84)], tilt=0.18)
    d.path(foot.outline, round_fill(d, colour, (x - 84, x + 84)), opacity=0.85)
    d.path(f"M{x - 7} {floor - 190}C{x - 3} {floor - 120} {x - 3} {floor - 60} {x - 14} {floor - 8}H{x + 14}C{x + 3} {floor - 60} {x + 3} {floor - 120} {x + 7} {floor - 190}Z", round_fill(d, colour, (x - 14, x + 14), METAL))  # fmt: skip
    rim = floor - 430
    bowl = Turned(
        x=x,
        profile=[
            (rim, 78),
            (rim + 70, 98),
            (rim + 140, 100),
            (rim + 200, 72),
            (rim + 238, 22),
            (rim + 246, 8),
        ],
    )
    pour = Turned(
        x=x,
        profile=[
            (rim + 118, 100),
            (rim + 150, 97),
            (rim + 200, 71),
            (rim + 234, 24),
            (rim + 240, 10),
        ],
    )
    d.oval((x, rim), (78, 15), LIGHT, opacity=0.35)
    d.path(pour.outline, round_fill(d, wine, pour.span), opacity=0.93)
    d.oval((x, rim + 118), (97, 19), lighter(wine, 0.2))
    sides = [(0, darker(colour, 0.3), 0.75), (0.16, LIGHT, 0.35), (0.5, LIGHT, 0.06), (0.86, LIGHT, 0.2), (1, darker(colour, 0.35), 0.8)]  # fmt: skip
    d.path(bowl.outline, d.linear((x - 100, 0), (x + 100, 0), sides))
    d.line(
        smooth([(x - 58, rim + 34), (x - 74, rim + 100), (x - 58, rim + 176)]),
        LIGHT,
        13,
        opacity=0.75,
        filter=d.blur(3),
    )
    d.oval((x, rim), (78, 15), "none", stroke=lighter(colour, 0.6), stroke_width=4)


def wine_glasses(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    _wine_glass(d, 510, 590, "#d9a94e")
    _wine_glass(d, 300, 640, "#7c2336")


def cutlery_set(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    handle = "C{0} 430 {0} 560 {1} 640C{1} 664 {2} 664 {2} 640C{3} 560 {3} 430"
    fork = f"M262 420{handle.format(258, 246, 286, 274)} 270 420C306 410 306 360 306 330L302 140H292L288 270H282L278 136H268L264 270H258L254 136H244L240 270H234L230 140H222L218 330C218 370 226 412 262 420Z"
    knife = f"M392 420{handle.format(390, 380, 420, 410)} 410 420C424 400 432 330 428 270C424 200 408 150 388 138C384 240 386 340 392 420Z"
    spoon = f"M526 380{handle.format(526, 516, 556, 546)} 544 380C590 350 596 290 582 230C572 180 556 150 535 150C514 150 498 180 488 230C474 290 480 350 526 380Z"
    for piece, x in ((fork, 264), (knife, 405), (spoon, 535)):
        below(d, piece, 0.6)
        stops = [
            (0, lighter(colour, 0.55)),
            (0.3, colour),
            (0.45, lighter(colour, 0.75)),
            (0.62, darker(colour, 0.12)),
            (1, darker(colour, 0.4)),
        ]
        d.path(piece, d.linear((x - 60, 200), (x + 60, 560), stops))
        d.line(
            f"M{x - 4} 470C{x - 6} 540 {x - 10} 600 {x - 10} 634",
            LIGHT,
            6,
            opacity=0.6,
            filter=d.blur(2),
        )
    hollow = d.linear(
        (490, 180), (580, 350), [(0, darker(colour, 0.4)), (0.5, colour), (1, lighter(colour, 0.8))]
    )
    d.oval((535, 262), (38, 88), hollow)


LYING = {dinner_plate, cutlery_set}
