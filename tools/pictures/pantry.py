"""What one eats: bottles, jars, bags and tins."""

from math import cos, pi, sin

from pictures.colour import LIGHT, PALETTE, SHADE, darker, lighter
from pictures.drawing import Drawing, Point, box, oval
from pictures.plants import sprig
from pictures.shapes import METAL, Turned, ground, liquid, mouth, round_fill, slope_fill, turn
from pictures.textures import grain

PAPER = "#f3e8d2"


def wrap(d: Drawing, body: Turned, span: Point, paper: str = PAPER) -> None:
    """Put a paper label around a body, between two heights."""
    label = Turned(
        x=body.x, profile=[(span[0], body.widest + 0.5), (span[1], body.widest + 0.5)], sharp=True
    )
    y, r = span[0], body.widest
    front = (
        f"M{body.x - r} {y}A{r} {r * 0.2} 0 0 0 {body.x + r} {y}V{span[1]}"
        f"A{r} {r * 0.25} 0 0 1 {body.x - r} {span[1]}Z"
    )
    d.path(front, round_fill(d, paper, label.span))


def olive_oil(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    glass = "#4f5f33"
    profile = [
        (150, 34),
        (178, 32),
        (250, 34),
        (296, 56),
        (344, 104),
        (400, 112),
        (610, 112),
        (634, 106),
        (640, 96),
    ]
    body = Turned(profile=profile)
    ground(d, 116)
    d.oval((500, 655), (120, 18), "#9aa544", opacity=0.35, filter=d.blur(16))
    turn(d, body, glass, gloss=0.55)
    wrap(d, Turned(profile=[(0, 112)]), (420, 580))
    sprig(d, (400, 506), 0.95, "#7d8a4a")
    for x, y in ((436, 524), (370, 484)):
        d.oval((x, y), (11, 14), slope_fill(d, "#4d5a2c", (x - 10, y - 12), (x + 10, y + 12)))
    collar = Turned(profile=[(170, 37), (196, 37)], sharp=True)
    d.path(collar.outline, round_fill(d, PALETTE["brass"], collar.span, METAL))
    cork = Turned(profile=[(112, 27), (156, 29)], sharp=True)
    turn(d, cork, "#c79f6e", gloss=0.1)
    d.oval((400, 112), (27, 5.4), lighter("#c79f6e", 0.3))


def honey(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    gold = "#d98e1f"
    body = Turned(profile=[(330, 126), (346, 148), (380, 160), (600, 160), (630, 150), (640, 136)])
    ground(d, 160)
    d.oval((540, 658), (140, 22), gold, opacity=0.5, filter=d.blur(18))
    turn(d, body, gold, gloss=0.6)
    d.open(clip_path=d.clip(body.outline))
    d.oval((400, 480), (120, 130), lighter(gold, 0.5), opacity=0.4, filter=d.blur(40))
    d.close()
    wrap(d, Turned(profile=[(0, 160)]), (430, 570))
    for column, row in ((0, 0), (1, 0), (-1, 0), (0.5, -1), (-0.5, -1), (0.5, 1), (-0.5, 1)):
        x, y = 400 + column * 40, 522 + row * 34
        corners = [(x + 21 * sin(pi * at / 3), y + 21 * cos(pi * at / 3)) for at in range(6)]
        tone = gold if (column, row) != (0.5, -1) else PALETTE["mustard"]
        d.path("M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in corners) + "Z", lighter(tone, 0.12))
    lid = Turned(profile=[(268, 132), (276, 138), (330, 138)], sharp=True)
    turn(d, lid, "#c79f6e", gloss=0.12)
    grain(d, lid.outline, "#c79f6e", (262, 268, 538, 360))
    d.oval((400, 268), (132, 26), slope_fill(d, lighter("#c79f6e", 0.2), (270, 250), (530, 290)))


def _bean(d: Drawing, at: Point, angle: float, size: float, colour: str = "#5a3523") -> None:
    d.open(transform=f"translate({at[0]} {at[1]}) rotate({angle}) scale({size})")
    d.oval((3, 5), (17, 11), SHADE, opacity=0.35, filter=d.blur(3))
    d.oval((0, 0), (17, 11.5), slope_fill(d, colour, (-14, -12), (14, 12)))
    d.line("M-14 2Q-4 -6 2 0T14 -3", darker(colour, 0.7), 2.2)
    d.close()


def coffee(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    paper = "#b98f63"
    ground(d, 150, 400, 624)
    front = "M262 236C252 380 246 520 252 628C300 646 500 646 548 628C554 520 548 380 538 236C470 246 330 246 262 236Z"
    shades = [(0, darker(paper, 0.2)), (0.12, lighter(paper, 0.2)), (0.5, paper), (0.88, darker(paper, 0.06)), (1, darker(paper, 0.4))]  # fmt: skip
    d.path(front, d.linear((248, 0), (552, 0), shades))
    for crease, light in (
        ("M272 250C300 330 286 430 270 560", 1),
        ("M530 250C506 340 514 440 532 570", 0),
    ):
        d.line(
            crease,
            lighter(paper, 0.4) if light else darker(paper, 0.5),
            9,
            opacity=0.4,
            filter=d.blur(5),
        )
    top = "M262 238L270 170H530L538 238C470 248 330 248 262 238Z"
    d.path(top, d.linear((0, 170), (0, 244), [(0, darker(paper, 0.1)), (0.4, lighter(paper, 0.18)), (1, darker(paper, 0.34))]))  # fmt: skip
    d.box(
        (260, 190),
        (280, 15),
        d.linear((260, 0), (540, 0), [(0, "#3d3a38"), (0.3, "#77706a"), (1, "#2e2b2a")]),
        4,
    )
    d.path(box((312, 312), (176, 226), 6), slope_fill(d, PAPER, (312, 312), (488, 540)))
    d.path(box((324, 324), (152, 202), 3), "none", stroke="#8a5a3a", stroke_width=2.5)
    for x, y, angle in ((400, 392, -30), (372, 432, 20), (428, 436, -70)):
        _bean(d, (x, y), angle, 1.6)
    d.line("M360 492H440", "#8a5a3a", 4)
    for x, y, angle in (
        (196, 650, 20),
        (238, 668, -30),
        (582, 664, 50),
        (624, 650, -10),
        (300, 676, 80),
    ):
        _bean(d, (x, y), angle, 1)


BLENDS = {"breakfast": "#a8442f", "chamomile": "#dba63f", "green": "#5f8a5c"}


def tea(d: Drawing, look: str) -> None:
    colour = BLENDS[look]
    body = Turned(profile=[(290, 128), (628, 128), (640, 122)], sharp=True)
    ground(d, 132)
    turn(d, body, colour, gloss=0.35)
    wrap(d, Turned(profile=[(0, 128)]), (372, 560))
    d.oval((400, 486), (66, 70), lighter(colour, 0.72))
    if look == "chamomile":
        for petal in range(12):
            d.oval(
                (400, 458),
                (10, 26),
                "#fffdf6",
                transform=f"rotate({petal * 30} 400 486)",
                stroke="#e4d8bd",
            )
        d.oval((400, 486), (18, 18), slope_fill(d, "#e0a52c", (386, 470), (414, 504)))
    else:
        sprig(d, (400, 482), 0.9, colour if look == "green" else "#8b5a36")
    for y in (384, 566):
        band = f"M272 {y}A128 25 0 0 0 528 {y}"
        d.line(band, PALETTE["brass"], 4, opacity=0.9)
    lid = Turned(profile=[(218, 120), (228, 132), (296, 132)], sharp=True)
    turn(d, lid, darker(colour, 0.12), gloss=0.4)
    d.oval((400, 219), (120, 24), slope_fill(d, lighter(colour, 0.1), (280, 200), (520, 240)))
    knob = Turned(profile=[(184, 18), (194, 22), (212, 14), (220, 16)])
    turn(d, knob, PALETTE["brass"], METAL)


def sea_salt(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    clay = "#7fa0ab"
    body = Turned(profile=[(430, 156), (450, 160), (560, 158), (620, 142), (640, 124)])
    ground(d, 150)
    turn(d, body, clay, gloss=0.36)
    hollow = mouth(d, body, clay, clay, 10)
    liquid(d, body, hollow, "#f7f4ee", 16)
    d.open(clip_path=d.clip(hollow))
    d.oval((392, 438), (112, 28), LIGHT, filter=d.blur(5))
    for at in range(46):
        x, y = 290 + (at * 47) % 220, 418 + (at * 29) % 42
        d.box((x, y), (7, 5), "#ffffff" if at % 3 else "#d9d6d0", 1)
    d.close()
    d.open(transform="translate(596 560) rotate(16)")
    lid = oval((0, 0), (54, 104))
    d.oval((26, 92), (70, 14), SHADE, opacity=0.4, filter=d.blur(10))
    d.path(lid, darker(PALETTE["oak"], 0.35), transform="translate(9 3)")
    d.path(lid, slope_fill(d, PALETTE["oak"], (-50, -90), (50, 90)))
    grain(d, lid, PALETTE["oak"], (-54, -104, 54, 104))
    d.oval((-4, 0), (15, 18), slope_fill(d, PALETTE["walnut"], (-16, -16), (12, 18)))
    d.close()


def paprika(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    red = "#b23a2b"
    ground(d, 128, 400, 622)
    shades = [(0, darker(red, 0.3)), (0.1, lighter(red, 0.25)), (0.5, red), (0.9, darker(red, 0.15)), (1, darker(red, 0.45))]  # fmt: skip
    tin = box((270, 300), (260, 336), 26)
    d.path(tin, d.linear((270, 0), (530, 0), shades))
    d.path(tin, d.linear((0, 480), (0, 640), [(0, SHADE, 0), (1, SHADE, 0.3)]))
    d.line("M300 324V610", LIGHT, 16, opacity=0.35, filter=d.blur(6))
    d.path(box((306, 352), (188, 240), 94), PAPER)
    d.path(box((316, 362), (168, 220), 84), "none", stroke=PALETTE["brass"], stroke_width=4)
    pepper = "M398 434C436 420 462 446 452 488C444 524 408 552 362 556C388 534 388 514 380 488C372 458 376 442 398 434Z"
    d.path(pepper, slope_fill(d, "#c2402c", (370, 420), (450, 560)))
    d.line("M442 456C450 480 434 512 408 532", LIGHT, 7, opacity=0.5, filter=d.blur(3))
    d.line("M412 434C414 414 424 404 440 398", "#5f7a3f", 11)
    for y, wide in ((266, 196), (232, 150)):
        cap = box((400 - wide / 2, y), (wide, 40), 8)
        d.path(cap, round_fill(d, PALETTE["brass"], (400 - wide / 2, 400 + wide / 2), METAL))


LYING: set[object] = set()
