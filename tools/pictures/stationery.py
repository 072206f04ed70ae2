"""Paper, and what marks it."""

from pictures.colour import LIGHT, PALETTE, SHADE, darker, lighter
from pictures.drawing import Drawing, Point, box, oval, smooth
from pictures.shapes import Turned, below, ground, mouth, round_fill, slope_fill, turn
from pictures.textures import brushed, weave

GRAPHITE = "#57504b"


def notebook(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    book = box((200, 130), (400, 540), 20)
    below(d, book, 1.2)
    d.path(box((208, 140), (398, 538), 18), darker(colour, 0.5))
    d.path(box((214, 137), (388, 534), 12), "#f2ead9")
    d.path(book, slope_fill(d, colour, (210, 130), (600, 670)))
    weave(d, book, colour, (200, 130, 600, 670), 5)
    d.path(
        "M220 130H262V670H220C208 670 200 662 200 650V150C200 138 208 130 220 130Z",
        darker(colour, 0.32),
    )
    d.line("M262 130V670", SHADE, 3, opacity=0.35, filter=d.blur(2))
    d.path(
        box((322, 236), (196, 120), 6),
        SHADE,
        opacity=0.3,
        filter=d.blur(4),
        transform="translate(2 4)",
    )
    d.path(box((322, 236), (196, 120), 6), "#f4ecda")
    d.path(box((334, 248), (172, 96), 2), "none", stroke=darker(colour, 0.1), stroke_width=2.5)
    d.line("M362 290H478M380 314H460", darker(colour, 0.2), 3, opacity=0.55)
    d.box(
        (544, 128),
        (15, 546),
        d.linear((544, 0), (559, 0), [(0, "#5b4a40"), (0.4, "#8a7667"), (1, "#463a33")]),
        3,
    )
    d.path("M300 668H316V730L308 720L300 730Z", "#b5533a")


def sketchbook(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    paper = box((140, 190), (520, 440), 6)
    below(d, paper, 1.2)
    for shift in (10, 5):
        d.path(box((140 + shift, 190 + shift), (520, 440), 6), darker("#efe6d3", 0.1 + shift / 60))
    d.path(paper, slope_fill(d, "#f7f1e4", (140, 190), (760, 700)))
    d.line("M200 520Q330 496 470 512T620 500", GRAPHITE, 3.4, opacity=0.75)
    d.line("M350 500L358 390Q400 372 446 390L452 502", GRAPHITE, 3.4, opacity=0.75)
    d.line(oval((402, 390), (45, 11)), GRAPHITE, 3, opacity=0.75)
    for stem in (
        ((396, 390), (372, 320), (310, 270)),
        ((402, 390), (408, 320), (400, 250)),
        ((408, 390), (440, 330), (500, 286)),
    ):
        d.line(smooth(stem), GRAPHITE, 2.8, opacity=0.75)
        for share in (0.35, 0.6, 0.85, 1):
            x, y = (stem[0][at] + (stem[2][at] - stem[0][at]) * share for at in (0, 1))
            d.line(
                f"M{x:.0f} {y:.0f}q-22 -10 -26 -30q22 4 26 30q16 -16 34 -12q-10 18 -34 12",
                GRAPHITE,
                2.2,
                opacity=0.7,
            )
    for x in range(430, 452, 6):
        d.line(f"M{x} {404 + (x - 430)}L{x - 8} 496", GRAPHITE, 1.6, opacity=0.5)
    d.box((140, 190), (520, 16), SHADE)
    for x in range(164, 650, 24):
        d.oval((x, 200), (7, 7), "#4b443f")
        d.line(f"M{x} 202C{x - 12} 190 {x - 10} 168 {x} 168S{x + 10} 184 {x + 5} 196", "#8b8580", 5)
        d.line(f"M{x - 4} 174C{x} 168 {x + 4} 172 {x + 6} 180", "#e9e5df", 1.8)


def pencils(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    tones = ("#b8473b", "#d9a441", "#5c8063", "#4a76a3", "#34486a", "#8c6a86")
    for number, tone in enumerate(tones):
        x, lift = 250 + number * 60, (0, 26, -12, 18, -22, 8)[number]
        d.open(transform=f"translate({x} {lift})")
        body = "M-22 250H22V690Q22 704 8 704H-8Q-22 704 -22 690Z"
        tip = "M-22 250L-5 176H5L22 250C14 262 8 248 0 256C-8 248 -14 262 -22 250Z"
        below(d, body, 0.7)
        below(d, tip, 0.7)
        d.path(tip, d.linear((-22, 0), (22, 0), [(0, "#eacda0"), (0.4, "#e4c08c"), (1, "#b98f5f")]))
        d.path("M-8 196L-2 158Q0 152 2 158L8 196C4 202 -4 202 -8 196Z", darker(tone, 0.2))
        facets = [(0, lighter(tone, 0.1)), (0.33, lighter(tone, 0.3)), (0.34, tone), (0.68, darker(tone, 0.06)), (0.69, darker(tone, 0.3)), (1, darker(tone, 0.42))]  # fmt: skip
        d.path(
            body + "M-22 250C-14 262 -8 248 0 256C8 248 14 262 22 250Z",
            d.linear((-22, 0), (22, 0), facets),
            fill_rule="nonzero",
        )
        d.box((-22, 640), (44, 12), PALETTE["brass"])
        d.line("M-12 270V630", LIGHT, 4, opacity=0.45, filter=d.blur(2))
        d.close()


def fountain_pen(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    d.open(transform="rotate(-36 400 400)")
    barrel = box((330, 366), (390, 68), 34)
    grip = "M214 380H334V420H214C204 414 204 386 214 380Z"
    nib = "M70 400C110 374 160 372 214 380V420C160 428 110 426 70 400Z"
    for part in (barrel, grip, nib):
        below(d, part, 0.8)
    steel = PALETTE["brass"]
    d.path(nib, d.linear((0, 374), (0, 426), [(0, lighter(steel, 0.6)), (0.45, steel), (0.52, lighter(steel, 0.8)), (1, darker(steel, 0.4))]))  # fmt: skip
    d.line("M74 400H160", darker(steel, 0.7), 2.4)
    d.oval((164, 400), (5, 5), darker(steel, 0.7))
    lacquer = [(0, darker(colour, 0.2)), (0.16, lighter(colour, 0.2)), (0.28, lighter(colour, 0.75)), (0.4, colour), (1, darker(colour, 0.5))]  # fmt: skip
    d.path(grip, d.linear((0, 380), (0, 420), [(0, "#5a5557"), (0.3, "#8d888a"), (1, "#262426")]))
    d.path(barrel, d.linear((0, 366), (0, 434), lacquer))
    for x, wide in ((330, 12), (476, 7), (690, 7)):
        d.box((x, 365), (wide, 70), d.linear((0, 365), (0, 435), [(0, darker(steel, 0.2)), (0.28, lighter(steel, 0.8)), (1, darker(steel, 0.45))]))  # fmt: skip
    d.close()
    d.open(transform="rotate(-36 400 400) translate(60 130)")
    cap = box((290, 362), (270, 76), 38)
    clip = box((300, 392), (178, 16), 8)
    below(d, cap, 0.8)
    d.path(cap, d.linear((0, 362), (0, 438), lacquer))
    d.box((530, 361), (16, 78), d.linear((0, 361), (0, 439), [(0, darker(steel, 0.2)), (0.28, lighter(steel, 0.8)), (1, darker(steel, 0.45))]))  # fmt: skip
    d.path(clip, SHADE, opacity=0.4, filter=d.blur(4), transform="translate(3 6)")
    d.path(
        clip,
        d.linear(
            (0, 392), (0, 408), [(0, lighter(steel, 0.7)), (0.5, steel), (1, darker(steel, 0.4))]
        ),
    )
    d.close()


INKS = {"blue": "#2f5f9e", "black": "#2b2a2e", "green": "#2f6b52", "burgundy": "#77283a"}


def ink(d: Drawing, look: str) -> None:
    dye, glass = INKS[look], "#cfd9d8"
    body = box((262, 400), (276, 236), 34)
    ground(d, 142, 400, 622)
    d.oval((510, 642), (120, 16), dye, opacity=0.4, filter=d.blur(16))
    d.path(body, round_fill(d, glass, (262, 538)))
    inner = box((280, 436), (240, 182), 24)
    d.path(inner, round_fill(d, dye, (280, 520)))
    d.path(
        inner, d.linear((0, 436), (0, 620), [(0, LIGHT, 0.16), (0.3, LIGHT, 0), (1, SHADE, 0.25)])
    )
    d.oval((400, 438), (120, 10), lighter(dye, 0.25))
    d.path(body, d.linear((262, 0), (538, 0), [(0, "#8e9b9a", 0.5), (0.08, LIGHT, 0.6), (0.16, LIGHT, 0), (0.9, LIGHT, 0), (0.95, LIGHT, 0.5), (1, "#8e9b9a", 0.6)]))  # fmt: skip
    d.line("M300 440V590", LIGHT, 15, opacity=0.55, filter=d.blur(4))
    d.path(box((324, 486), (152, 108), 4), "#f4ecda")
    drop = "M400 502C420 530 428 542 428 554A28 28 0 0 1 372 554C372 542 380 530 400 502Z"
    d.path(drop, slope_fill(d, dye, (376, 510), (426, 580)))
    d.oval((390, 556), (6, 10), LIGHT, opacity=0.5, filter=d.blur(2))
    neck = Turned(profile=[(376, 62), (410, 66)], sharp=True)
    d.path(neck.outline, round_fill(d, glass, neck.span))
    cap = Turned(profile=[(300, 76), (308, 80), (384, 80)], sharp=True)
    turn(d, cap, "#3a3838", gloss=0.35)
    for x in range(326, 480, 11):
        d.line(f"M{x} {318 + 8 * (1 - ((x - 400) / 80) ** 2):.0f}v62", "#1f1d1e", 2, opacity=0.6)
    d.oval((400, 300), (76, 15), slope_fill(d, "#5a5757", (330, 288), (470, 314)))


def pen_pot(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    body = Turned(profile=[(400, 116), (420, 117), (610, 112), (634, 106), (640, 98)])
    ground(d, 114)
    turn(d, body, colour, gloss=0.3)
    mouth(d, body, colour, colour, 8)
    d.open(clip_path=d.clip("M0 0H800V400H508A108 21 0 0 1 292 400H0Z"))
    for x, top, lean, tone in (
        (352, 190, -10, "#d9a441"),
        (386, 150, -3, "#b8473b"),
        (456, 210, 12, "#4a76a3"),
    ):
        d.open(transform=f"rotate({lean} {x} 420)")
        d.path(f"M{x - 12} {top + 44}L{x} {top}L{x + 12} {top + 44}V440H{x - 12}Z", "#e4c08c")
        d.path(f"M{x - 4} {top + 15}L{x} {top}L{x + 4} {top + 15}Z", darker(tone, 0.25))
        d.box((x - 12, top + 44), (24, 400), round_fill(d, tone, (x - 12, x + 12)))
        d.close()
    d.open(transform="rotate(7 424 420)")
    d.box((408, 176), (34, 270), slope_fill(d, PALETTE["steel"], (408, 176), (442, 440)))
    for y in range(186, 420, 9):
        d.line(f"M408 {y}h{14 if y % 2 else 9}", "#5c6064", 1.6)
    d.close()
    d.close()


def washi_tape(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    rolls = (
        (270, 290, PALETTE["terracotta"]),
        (520, 330, PALETTE["sage"]),
        (370, 530, PALETTE["mustard"]),
    )
    for number, (x, y, tone) in enumerate(rolls):
        ring = oval((x, y), (124, 124)) + oval((x, y), (76, 76))
        below(d, ring)
        tail = f"M{x + 20} {y + 122}H{x + 210}l-8 -9l8 -9l-8 -9l8 -9H{x + 90}Z"
        below(d, tail, 0.3)
        d.path(tail, slope_fill(d, tone, (x, y + 80), (x + 220, y + 130)))
        d.path(
            ring, slope_fill(d, tone, (x - 110, y - 110), (x + 110, y + 110)), fill_rule="evenodd"
        )
        for radius in (84, 92, 100, 108, 116):
            d.oval(
                (x, y),
                (radius, radius),
                "none",
                stroke=darker(tone, 0.3),
                stroke_width=1.2,
                opacity=0.4,
            )
        core = oval((x, y), (80, 80)) + oval((x, y), (68, 68))
        d.path(
            core, slope_fill(d, "#c9a57b", (x + 70, y + 70), (x - 70, y - 70)), fill_rule="evenodd"
        )
        for dot in range(5):
            if number == 1:
                d.line(
                    f"M{x + 104 + dot * 20} {y + 120}l12 -32",
                    "#f5eede",
                    5,
                    opacity=0.85,
                    stroke_linecap="butt",
                )
            else:
                d.oval((x + 106 + dot * 20, y + 104), (5.5, 5.5), "#f5eede", opacity=0.9)


def scissors(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    steel, brass = PALETTE["steel"], PALETTE["brass"]
    d.open(transform="rotate(28 400 400)")
    for side, blade_tone in ((-1, darker(steel, 0.08)), (1, lighter(steel, 0.2))):
        d.open(transform=f"translate(400 400) scale({side} 1) rotate(13)")
        blade = "M-24 30L-20 -330Q-16 -346 -6 -330L26 -30L24 40Z"
        loop = "M-14 26C-10 110 -96 96 -104 190C-110 262 -40 300 10 276C60 250 62 190 40 130C30 100 26 70 26 30Z"
        hole = "M-62 196C-58 150 -24 138 -2 150C26 168 26 214 4 236C-22 258 -62 244 -62 196Z"
        below(d, blade, 0.7)
        below(d, loop + hole, 0.7)
        d.path(loop + hole, d.linear((-100, 100), (50, 280), [(0, lighter(brass, 0.5)), (0.5, brass), (1, darker(brass, 0.35))]), fill_rule="evenodd")  # fmt: skip
        d.line("M-92 200C-88 140 -34 124 -8 90", LIGHT, 6, opacity=0.6, filter=d.blur(3))
        d.path(blade, d.linear((-24, 0), (26, 0), [(0, darker(steel, 0.3)), (0.45, blade_tone), (0.5, lighter(steel, 0.8)), (1, steel)]))  # fmt: skip
        brushed(d, blade, (-30, -340, 30, 40))
        d.close()
    d.oval((400, 404), (17, 17), slope_fill(d, brass, (386, 390), (414, 418)))
    d.line("M392 412L408 396", darker(brass, 0.6), 3.5)
    d.close()


def _card(d: Drawing, at: Point, angle: float, paper: str) -> None:
    d.open(transform=f"translate({at[0]} {at[1]}) rotate({angle})")
    card = box((-130, -180), (260, 360), 6)
    below(d, card, 0.8)
    d.path(card, slope_fill(d, paper, (-130, -180), (180, 260)))
    d.close()


def cards(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    envelope = box((150, 420), (400, 270), 6)
    d.open(transform="rotate(-5 350 550)")
    below(d, envelope, 1)
    d.path(envelope, slope_fill(d, "#c8a98a", (150, 420), (560, 690)))
    d.path(
        "M150 424L350 576L550 424Z",
        SHADE,
        opacity=0.35,
        filter=d.blur(6),
        transform="translate(0 6)",
    )
    d.path(
        "M152 422H548L360 562Q350 570 340 562Z", slope_fill(d, "#d8bd9f", (200, 420), (480, 600))
    )
    d.oval((350, 566), (28, 28), slope_fill(d, "#a8402f", (330, 545), (372, 590)))
    d.oval((350, 566), (18, 18), "none", stroke="#84301f", stroke_width=3)
    d.close()
    for at, angle, paper in (((300, 270), -12, "#e7ddcb"), ((470, 280), 8, "#f6efe1")):
        _card(d, at, angle, paper)
    d.open(transform="translate(470 280) rotate(8)")
    d.line("M0 130C-4 60 6 0 0 -30", "#6f8660", 6)
    for side in (-1, 1):
        d.path(
            f"M0 70C{side * 20} 40 {side * 60} 40 {side * 70} 16C{side * 30} 14 {side * 6} 30 0 70Z",
            "#86a077",
        )
    for petal in range(8):
        d.oval(
            (0, -92),
            (17, 36),
            "#d2674a" if petal % 2 else "#dd8466",
            transform=f"rotate({petal * 45} 0 -52)",
        )
    d.oval((0, -52), (20, 20), slope_fill(d, PALETTE["mustard"], (-14, -66), (14, -38)))
    d.close()


LYING = {notebook, sketchbook, pencils, fountain_pen, washi_tape, scissors, cards}
