"""Pots, tools and what grows."""

from math import cos, pi, sin

from pictures.colour import LIGHT, PALETTE, SHADE, darker, lighter, mix
from pictures.drawing import Drawing, blob, box, smooth
from pictures.home import flame
from pictures.plants import GREEN, basil, fronds, leaf, sunflower, tomato
from pictures.shapes import (
    METAL,
    Turned,
    bar,
    below,
    ground,
    mouth,
    round_fill,
    slope_fill,
    speckles,
    turn,
)
from pictures.textures import grain, weave

SOIL = "#4c382c"


def _pot(d: Drawing, colour: str, top: float = 430) -> None:
    body = Turned(profile=[(top + 46, 132), (634, 98), (640, 92)], sharp=True)
    rim = Turned(profile=[(top, 150), (top + 8, 153), (top + 56, 148)], sharp=True)
    ground(d, 112)
    turn(d, body, colour, gloss=0.14)
    d.oval(
        (400, top + 62),
        (136, 30),
        SHADE,
        opacity=0.4,
        filter=d.blur(7),
        clip_path=d.clip(body.outline),
    )
    turn(d, rim, colour, gloss=0.2)
    speckles(d, rim.outline, colour, (250, top, 550, top + 90))
    mouth(d, rim, colour, SOIL, 13)


def plant_pot(d: Drawing, look: str) -> None:
    _pot(d, PALETTE[look])
    fronds(d, (400, 436), 1)


def watering_can(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    body = Turned(x=420, profile=[(380, 132), (394, 136), (620, 146), (640, 140)], sharp=True)
    ground(d, 150, 425)
    spout = "M300 560L120 352L146 334L318 470Z"
    d.path(spout, d.linear((190, 380), (250, 500), [(0, lighter(colour, 0.35)), (0.5, colour), (1, darker(colour, 0.4))]))  # fmt: skip
    d.path(
        "M86 372L158 308L170 324L108 388Z",
        slope_fill(d, darker(colour, 0.05), (100, 330), (160, 380)),
    )
    d.oval((121, 340), (49, 17), darker(colour, 0.15), transform="rotate(-42 121 340)")
    for dot in range(-3, 4):
        d.oval((121 + dot * 11, 340 - dot * 9.5), (2.8, 2.8), darker(colour, 0.7))
    bar(d, smooth([(552, 420), (640, 420), (668, 500), (640, 580), (560, 596)]), colour, 24)
    turn(d, body, colour, gloss=0.36)
    for y in (420, 596):
        d.line(
            f"M{420 - 137} {y}A138 30 0 0 0 {420 + 138} {y}", lighter(colour, 0.35), 4, opacity=0.6
        )
    mouth(d, body, colour, colour, 7)
    cover = "M288 380A132 27 0 0 1 420 353V407A132 27 0 0 1 288 380Z"
    d.path(cover, slope_fill(d, lighter(colour, 0.1), (290, 350), (420, 410)))
    bar(d, smooth([(326, 372), (350, 280), (420, 250), (490, 280), (516, 372)]), colour, 22)


def trowel(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    steel, wood = PALETTE["steel"], "#a8743f"
    d.open(transform="rotate(40 400 400)")
    blade = "M342 330C336 220 352 110 400 50C448 110 464 220 458 330C452 372 348 372 342 330Z"
    neck = "M392 352C390 400 396 430 392 470H408C404 430 410 400 408 352Z"
    handle = "M380 462C378 452 422 452 420 462C430 540 440 640 428 700C422 730 378 730 372 700C360 640 370 540 380 462Z"
    for part in (blade, neck, handle):
        below(d, part, 0.8)
    d.path(neck, round_fill(d, steel, (390, 410), METAL))
    d.path(blade, d.linear((342, 0), (458, 0), [(0, darker(steel, 0.25)), (0.3, lighter(steel, 0.6)), (0.5, darker(steel, 0.3)), (0.75, steel), (1, lighter(steel, 0.5))]))  # fmt: skip
    d.path("M376 320C372 220 384 140 400 104C416 140 428 220 424 320Z", d.linear((376, 0), (424, 0), [(0, darker(steel, 0.42)), (1, lighter(steel, 0.25))]), filter=d.blur(4))  # fmt: skip
    d.path(handle, round_fill(d, wood, (366, 434)))
    grain(d, handle, wood, (366, 456, 434, 726))
    d.box((378, 458), (44, 22), round_fill(d, PALETTE["brass"], (378, 422), METAL), 5)
    d.oval((400, 696), (7, 7), darker(wood, 0.7))
    d.close()


def seeds(d: Drawing, look: str) -> None:
    tone = {"tomato": "#c25a3c", "basil": "#6d8c5c", "sunflower": "#d39b35"}[look]
    packet = box((238, 140), (324, 520), 6)
    below(d, packet, 1)
    d.path(packet, slope_fill(d, "#f3e9d4", (238, 140), (600, 700)))
    d.path(
        "M238 146Q238 140 244 140H556Q562 140 562 146V226H238Z",
        slope_fill(d, tone, (238, 140), (562, 240)),
    )
    d.line("M238 186H562", darker(tone, 0.5), 2, opacity=0.5)
    d.path("M238 180H562V192H238Z", d.linear((0, 180), (0, 194), [(0, SHADE, 0.3), (1, SHADE, 0)]))
    d.line("M300 272H500", tone, 10)
    d.line("M340 304H460", tone, 4, opacity=0.8)
    frame = "M278 620V440A122 118 0 0 1 522 440V620Z"
    d.path(frame, lighter(tone, 0.72))
    d.path(frame, "none", stroke=tone, stroke_width=4)
    {"tomato": tomato, "basil": basil, "sunflower": sunflower}[look](d)
    for at in range(7):
        x, y = 600 + (at * 37) % 90, 560 + (at * 53) % 110
        d.oval((x + 3, y + 5), (9, 6), SHADE, opacity=0.35, filter=d.blur(3))
        d.oval((x, y), (9, 5.5), slope_fill(d, "#a5855a", (x - 8, y - 5), (x + 8, y + 5)), transform=f"rotate({at * 41} {x} {y})")  # fmt: skip


def garden_gloves(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    for x, turned, tone in ((540, 14, "#b88a58"), (290, -10, "#c79a66")):
        d.open(transform=f"translate({x} 410) rotate({turned}) scale({-1 if turned > 0 else 1} 1)")
        hand = "M-96 120C-112 30 -112 -60 -104 -180C-102 -212 -62 -214 -60 -182L-54 -70L-48 -232C-46 -264 -6 -264 -5 -232L-2 -76L14 -226C18 -256 56 -252 54 -222L46 -62L68 -164C76 -192 110 -182 106 -154L88 10C98 -20 120 -56 146 -72C172 -84 192 -56 176 -30C148 20 124 80 96 124Z"
        cuff = "M-100 112H100L118 268Q0 296 -118 268Z"
        for part in (hand, cuff):
            below(d, part, 0.9)
        d.path(hand, slope_fill(d, tone, (-110, -240), (150, 130)))
        for seam in ("M-57 -90V-40", "M-4 -90V-36", "M48 -80L42 -30", "M84 20C74 50 60 70 40 84"):
            d.line(seam, darker(tone, 0.5), 3, opacity=0.6)
        d.path("M-92 40C-50 10 40 10 88 50L94 110H-96Z", darker(tone, 0.14), opacity=0.7)
        d.path(cuff, slope_fill(d, PALETTE["green"], (-110, 110), (130, 290)))
        weave(d, cuff, PALETTE["green"], (-120, 110, 120, 290), 8)
        d.line(
            "M-100 128Q0 140 102 128M-114 250Q0 278 114 250",
            lighter(PALETTE["green"], 0.6),
            2.5,
            stroke_dasharray="8 6",
        )
        d.close()


def lantern(d: Drawing, look: str) -> None:
    metal = PALETTE[look]
    ground(d, 130, 400, 632)
    d.oval((400, 650), (210, 36), "#ffdf9e", opacity=0.45, filter=d.blur(24))
    d.line(
        smooth([(330, 236), (340, 130), (400, 92), (460, 130), (470, 236)]), darker(metal, 0.2), 10
    )
    d.box(
        (290, 330),
        (220, 270),
        d.radial((400, 520), 240, [(0, "#fff0c4", 0.95), (1, "#ffe2a6", 0.35)]),
    )
    wax = Turned(profile=[(500, 44), (596, 44)], sharp=True)
    turn(d, wax, "#f6ecd8", gloss=0.3)
    d.oval((400, 500), (44, 9), "#fff6de")
    flame(d, (400, 502), 0.95)
    d.path("M300 336H360L300 470Z", LIGHT, opacity=0.35)
    d.path("M440 596L500 470V520L470 596Z", LIGHT, opacity=0.2)
    for x in (284, 504):
        d.box((x, 322), (13, 282), round_fill(d, metal, (x, x + 13)))
    d.path("M284 330L348 240H452L516 330Z", d.linear((284, 0), (516, 0), [(0, darker(metal, 0.2)), (0.3, lighter(metal, 0.3)), (0.6, metal), (1, darker(metal, 0.4))]))  # fmt: skip
    d.box((356, 214), (88, 30), round_fill(d, metal, (356, 444)), 6)
    for y, wide, tall in ((320, 252, 18), (592, 264, 40)):
        d.box(
            (400 - wide / 2, y),
            (wide, tall),
            round_fill(d, metal, (400 - wide / 2, 400 + wide / 2)),
            5,
        )


def bird_house(d: Drawing, look: str) -> None:
    roof, wood = PALETTE[look], PALETTE["oak"]
    ground(d, 140, 400, 630)
    front = "M262 330L400 210L538 330V632H262Z"
    d.path(front, slope_fill(d, wood, (262, 220), (560, 640)))
    grain(d, front, wood, (262, 210, 538, 632))
    for x in (354, 446):
        d.line(f"M{x} 254V630", darker(wood, 0.5), 2.5, opacity=0.6)
    shadow = "M240 372L400 232L560 372V340L400 200L240 340Z"
    d.path(shadow, SHADE, opacity=0.4, filter=d.blur(10), clip_path=d.clip(front))
    for side in (-1, 1):
        plank = f"M400 160L{400 + side * 188} 326L{400 + side * 164} 354L400 210Z"
        tone = lighter(roof, 0.12) if side < 0 else darker(roof, 0.22)
        d.path(plank, slope_fill(d, tone, (400 - 40, 160), (400 + side * 190, 360)))
    d.oval((400, 414), (56, 56), darker(wood, 0.3))
    d.oval((400, 414), (48, 48), d.radial((408, 428), 56, [(0, "#2c211b"), (1, "#120d0a")]))
    d.oval((400, 522), (28, 9), SHADE, opacity=0.35, filter=d.blur(5), transform="translate(10 12)")
    d.oval((400, 520), (12, 12), slope_fill(d, PALETTE["walnut"], (390, 510), (412, 534)))
    base = box((232, 622), (336, 26), 4)
    d.path(base, slope_fill(d, darker(wood, 0.08), (232, 610), (568, 660)))


def hanging_planter(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    d.oval((400, 96), (17, 17), "none", stroke=PALETTE["brass"], stroke_width=7)
    for x in (262, 538):
        d.line(f"M400 112L{x} 432", "#b99f78", 6)
    body = Turned(profile=[(430, 148), (450, 150), (530, 132), (590, 82), (612, 30), (614, 20)])
    trails = ((-1, 120, 650), (1, 128, 600), (-1, 150, 560), (1, 86, 690), (-1, 60, 610))
    turn(d, body, colour, gloss=0.3)
    speckles(d, body.outline, colour, (250, 430, 550, 620))
    mouth(d, body, colour, SOIL, 11)
    d.line("M400 112L404 458", "#cbb48c", 6)
    for side, reach, low in trails:
        path = [
            (400 + side * 40, 432),
            (400 + side * reach, 420),
            (400 + side * (reach + 44), 470),
            (400 + side * (reach + 30), low),
        ]
        d.line(smooth(path), darker(GREEN, 0.2), 4)
        steps = int((low - 440) / 30)
        for step in range(steps):
            y = 446 + step * 30
            x = 400 + side * (reach + 40 - 10 * (step / max(steps, 1)))
            tone = mix(GREEN, "#9db676", (step % 3) / 3)
            leaf(d, (x, y), 0.52, 110 * side, tone)
            leaf(d, (x, y + 8), 0.5, -130 * side, darker(tone, 0.14))
    for angle in (-60, -30, 0, 30, 60):
        leaf(d, (400 + angle, 436), 0.85, angle, GREEN)


def succulent(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    _pot(d, PALETTE["ivory"], 450)
    for ring, (count, long, wide, tone) in enumerate(
        (
            (11, 176, 46, 0.34),
            (9, 136, 42, 0.16),
            (8, 98, 36, 0),
            (6, 62, 28, -0.16),
            (4, 34, 18, -0.3),
        )
    ):
        colour = darker("#7fa38a", tone) if tone > 0 else lighter("#8fb096", -tone)
        for number in range(count):
            angle = 2 * pi * (number + 0.5 * (ring % 2)) / count
            x, y = sin(angle), -cos(angle)
            tip = (400 + x * long, 396 + y * long * 0.78 - ring * 5)
            side = (-y * wide, x * wide * 0.78)
            middle = (400 + x * long * 0.62, 396 + y * long * 0.5 - ring * 5)
            petal = blob(
                [
                    (400, 396 - ring * 5),
                    (middle[0] + side[0], middle[1] + side[1]),
                    tip,
                    (middle[0] - side[0], middle[1] - side[1]),
                ]
            )
            d.path(petal, SHADE, opacity=0.22, filter=d.blur(6), transform="translate(4 7)")
            d.path(
                petal,
                d.linear(
                    (400, 396), tip, [(0, darker(colour, 0.4)), (0.75, colour), (1, "#c98c86")]
                ),
            )
            d.line(petal, lighter(colour, 0.45), 1.6, opacity=0.6)


LYING = {trowel, seeds, garden_gloves}
