"""What hangs, stands and lies around in a kitchen."""

from pictures.colour import LIGHT, PALETTE, SHADE, darker, lighter
from pictures.drawing import Drawing, box, smooth
from pictures.shapes import METAL, Turned, bar, below, ground, round_fill, slope_fill, turn
from pictures.textures import grain, weave


def storage_jar(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    glass, pasta = "#d7dfdc", "#e0b869"
    body = Turned(profile=[(300, 128), (320, 146), (350, 150), (610, 150), (632, 144), (640, 132)])
    ground(d, 150)
    d.path(body.outline, round_fill(d, glass, body.span), opacity=0.6)
    d.open(
        clip_path=d.clip(Turned(profile=[(380, 140), (604, 140), (628, 132)], sharp=True).outline)
    )
    d.box((250, 370), (300, 290), darker(pasta, 0.28))
    for at in range(64):
        x, y, angle = 250 + (at * 71) % 300, 384 + (at * 43) % 260, (at * 67) % 180
        d.open(transform=f"translate({x} {y}) rotate({angle})")
        d.path(
            "M-26 -10L0 -3L26 -10L22 0L26 10L0 3L-26 10L-22 0Z",
            slope_fill(d, pasta, (-20, -12), (20, 12)),
        )
        d.close()
    d.box((250, 370), (300, 290), d.linear((250, 0), (550, 0), [(0, SHADE, 0.3), (0.25, LIGHT, 0.15), (0.6, SHADE, 0), (1, SHADE, 0.4)]))  # fmt: skip
    d.close()
    d.path(body.outline, d.linear((250, 0), (550, 0), [(0, "#8f9c99", 0.25), (0.1, LIGHT, 0.3), (0.6, LIGHT, 0.03), (0.92, LIGHT, 0.22), (1, "#8f9c99", 0.3)]))  # fmt: skip
    d.line("M284 350V596", LIGHT, 18, opacity=0.75, filter=d.blur(4))
    d.line("M524 380V560", LIGHT, 6, opacity=0.6, filter=d.blur(2))
    cork = Turned(profile=[(232, 128), (240, 134), (306, 126)], sharp=True)
    turn(d, cork, "#c79f6e", gloss=0.1)
    grain(d, cork.outline, "#c79f6e", (262, 232, 538, 330))
    d.oval((400, 233), (128, 25), slope_fill(d, lighter("#c79f6e", 0.22), (280, 210), (520, 256)))


def apron(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    cloth = "M306 150H494C500 240 524 300 590 326L602 690C540 706 260 706 198 690L210 326C276 300 300 240 306 150Z"
    strap = "M316 158C308 60 492 60 484 158"
    for side in (-1, 1):
        tie = smooth(
            [
                (400 + side * 188, 334),
                (400 + side * 236, 400),
                (400 + side * 222, 520),
                (400 + side * 246, 604),
            ]
        )
        d.line(tie, SHADE, 14, opacity=0.3, filter=d.blur(6), transform="translate(6 9)")
        d.line(tie, darker(colour, 0.18), 14)
    d.line(strap, SHADE, 16, opacity=0.3, filter=d.blur(6), transform="translate(6 9)")
    d.line(strap, darker(colour, 0.18), 16)
    below(d, cloth)
    d.path(cloth, slope_fill(d, colour, (220, 150), (600, 720)))
    weave(d, cloth, colour, (190, 140, 610, 710), 6)
    d.open(clip_path=d.clip(cloth))
    for fold in (
        "M262 400C252 500 268 600 250 720",
        "M546 390C556 500 536 600 556 720",
        "M330 200C340 280 320 330 330 380",
    ):
        d.line(fold, darker(colour, 0.5), 20, opacity=0.3, filter=d.blur(10))
        d.line(
            fold,
            lighter(colour, 0.4),
            9,
            opacity=0.4,
            filter=d.blur(6),
            transform="translate(-16 0)",
        )
    d.close()
    _pocket(d, colour)


def _pocket(d: Drawing, colour: str) -> None:
    pocket = "M282 430H518V560C518 580 506 590 488 590H312C294 590 282 580 282 560Z"
    d.path(pocket, SHADE, opacity=0.35, filter=d.blur(5), transform="translate(2 5)")
    d.path(pocket, slope_fill(d, lighter(colour, 0.05), (290, 430), (510, 600)))
    weave(d, pocket, colour, (280, 430, 520, 590), 6)
    d.line(
        "M290 446H510M400 446V580", lighter(colour, 0.5), 2.5, stroke_dasharray="7 6", opacity=0.8
    )


def cookbook(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    cover = "#c25a3c"
    book = box((210, 140), (390, 520), 10)
    below(d, book, 1.2)
    d.path(box((216, 150), (392, 520), 8), darker(cover, 0.45))
    d.path(box((222, 147), (382, 518), 4), "#efe6d4")
    d.path(book, slope_fill(d, cover, (220, 140), (600, 660)))
    d.box((210, 140), (44, 520), d.linear((210, 0), (254, 0), [(0, darker(cover, 0.35)), (0.6, lighter(cover, 0.06)), (0.86, darker(cover, 0.4)), (1, cover)]), 8)  # fmt: skip
    d.oval((428, 366), (124, 124), "#f0e2c4")
    d.oval((428, 366), (112, 112), "none", stroke=cover, stroke_width=3)
    d.path("M336 352C344 440 382 462 428 462S512 440 520 352Z", PALETTE["navy"])
    d.line("M328 352H528", darker(PALETTE["navy"], 0.3), 14)
    for x in (392, 428, 464):
        d.line(smooth([(x, 330), (x - 9, 314), (x + 7, 294), (x - 3, 274)]), cover, 6)
    d.line("M330 560H526M366 588H490", "#f0e2c4", 8)
    d.line("M330 196H526", PALETTE["mustard"], 8)


def pepper_mill(d: Drawing, look: str) -> None:
    wood = PALETTE[look]
    ground(d, 78)
    lower = Turned(
        profile=[(318, 58), (340, 50), (400, 44), (480, 56), (560, 72), (620, 78), (640, 76)]
    )
    turn(d, lower, wood, gloss=0.34)
    grain(d, lower.outline, wood, (322, 310, 478, 660))
    band = Turned(profile=[(296, 56), (318, 58)], sharp=True)
    d.path(band.outline, round_fill(d, PALETTE["steel"], band.span, METAL))
    upper = Turned(profile=[(168, 14), (182, 42), (218, 62), (256, 56), (278, 46), (296, 54)])
    turn(d, upper, wood, gloss=0.36)
    grain(d, upper.outline, wood, (336, 160, 464, 310))
    bar(d, "M400 146V158", PALETTE["steel"], 22)


LYING = {apron, cookbook}
