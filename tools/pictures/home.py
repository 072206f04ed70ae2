"""Light, time, flowers and somewhere to sit."""

from math import cos, pi, sin

from pictures.colour import LIGHT, PALETTE, SHADE, darker, lighter, mix
from pictures.drawing import Drawing, Point, box, oval, smooth
from pictures.pantry import wrap
from pictures.plants import leaf, plume
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
from pictures.textures import grain

GLOW = "#ffdf9e"


def table_lamp(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    ground(d, 96)
    d.oval((400, 640), (230, 40), GLOW, opacity=0.5, filter=d.blur(30))
    base = Turned(profile=[(430, 20), (450, 40), (500, 86), (560, 104), (610, 92), (640, 66)])
    turn(d, base, colour, gloss=0.42)
    speckles(d, base.outline, colour, (290, 430, 510, 650))
    neck = Turned(profile=[(372, 11), (434, 11)], sharp=True)
    d.path(neck.outline, round_fill(d, PALETTE["brass"], neck.span, METAL))
    _shade(d, (176, 112), (384, 190), PALETTE["ivory"])


def _shade(d: Drawing, top: Point, bottom: Point, cloth: str) -> None:
    (y0, r0), (y1, r1) = top, bottom
    d.oval((400, (y0 + y1) / 2), (r1 * 1.3, (y1 - y0) * 0.8), GLOW, opacity=0.55, filter=d.blur(46))
    shade = Turned(profile=[(y0, r0), (y1, r1)], sharp=True)
    d.path(shade.outline, round_fill(d, cloth, shade.span))
    d.path(
        shade.outline,
        d.radial((400, y1 - 50), r1 * 1.05, [(0, "#fff3cf", 0.95), (0.6, GLOW, 0.5), (1, GLOW, 0)]),
    )
    d.oval((400, y0), (r0, r0 * 0.2), "#fff1cc")
    d.oval((400, y0), (r0, r0 * 0.2), "none", stroke=darker(cloth, 0.12), stroke_width=4)
    d.line(f"M{400 - r1} {y1}A{r1} {r1 * 0.25} 0 0 0 {400 + r1} {y1}", darker(cloth, 0.16), 5)


def pendant_lamp(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    d.oval((400, 600), (250, 90), GLOW, opacity=0.75, filter=d.blur(50))
    d.line("M400 90V310", "#5b4a3c", 5)
    cap = Turned(profile=[(290, 20), (330, 24)], sharp=True)
    body = Turned(profile=[(326, 28), (344, 52), (392, 124), (460, 196), (520, 228), (536, 230)])
    d.path(cap.outline, round_fill(d, PALETTE["brass"], cap.span, METAL))
    turn(d, body, colour, gloss=0.4)
    under = oval((400, 536), (230, 50))
    d.path(under, lighter(colour, 0.1))
    inside = oval((400, 538), (222, 44))
    d.path(
        inside,
        d.radial(
            (400, 540), 210, [(0, "#fffbe8"), (0.35, "#ffe9b4"), (1, mix(colour, GLOW, 0.55))]
        ),
    )
    d.oval((400, 544), (46, 26), "#fffef8", filter=d.blur(5))


def candle(d: Drawing, look: str) -> None:
    wax = {"fig": "#8d7a93", "orange-blossom": "#e7b27b", "cedar": "#7f8d6c"}[look]
    body = Turned(profile=[(400, 118), (420, 120), (610, 120), (640, 112)])
    ground(d, 120)
    turn(d, body, lighter(wax, 0.1), gloss=0.5)
    hollow = mouth(d, body, "#e9e3d8", wax, 9)
    d.open(clip_path=d.clip(hollow))
    d.oval((400, 412), (112, 23), slope_fill(d, lighter(wax, 0.5), (290, 400), (510, 430)))
    d.oval((400, 410), (44, 9), "#fff3d6", opacity=0.9, filter=d.blur(5))
    d.close()
    wrap(d, Turned(profile=[(0, 120.5)]), (478, 586))
    leaf(d, (400, 580), 0.95, 0, darker(wax, 0.1))
    leaf(d, (396, 576), 0.7, -48, darker(wax, 0.1))
    leaf(d, (404, 576), 0.7, 48, darker(wax, 0.1))
    flame(d, (400, 404), 1)


def flame(d: Drawing, at: Point, size: float) -> None:
    """Draw a burning wick whose foot is at a point."""
    d.open(transform=f"translate({at[0]} {at[1]}) scale({size})")
    d.oval((0, -50), (90, 100), GLOW, opacity=0.5, filter=d.blur(28))
    d.line("M0 0C0 -8 2 -14 1 -20", "#43342c", 4)
    fire = "M0 -10C-24 -14 -24 -46 0 -92C24 -46 24 -14 0 -10Z"
    d.path(
        fire,
        d.linear(
            (0, -92),
            (0, -10),
            [(0, "#ffb545"), (0.5, "#ffe08a"), (0.85, "#fff7d9"), (1, "#f0a040")],
        ),
    )
    d.oval((0, -30), (7, 16), "#fffdf2", filter=d.blur(3))
    d.close()


def candlesticks(d: Drawing, look: str) -> None:
    metal = PALETTE[look]
    for x, floor, size in ((500, 600, 0.92), (320, 640, 1.12)):
        d.open(transform=f"translate({x} {floor}) scale({size}) translate(-400 -640)")
        ground(d, 86)
        taper = Turned(profile=[(160, 11), (392, 16)], sharp=True)
        turn(d, taper, PALETTE["ivory"], gloss=0.2)
        d.oval((400, 160), (11, 3), lighter(PALETTE["ivory"], 0.4))
        flame(d, (400, 164), 0.72)
        profile = [
            (384, 26),
            (398, 26),
            (408, 15),
            (452, 12),
            (466, 24),
            (480, 12),
            (570, 14),
            (604, 26),
            (622, 72),
            (630, 86),
            (640, 86),
        ]
        turn(d, Turned(profile=profile), metal, METAL, 0.2)
        d.close()


def wall_clock(d: Drawing, look: str) -> None:
    frame = PALETTE[look]
    below(d, oval((400, 400), (280, 280)), 1.3)
    d.oval((400, 400), (280, 280), slope_fill(d, frame, (200, 200), (600, 600)))
    d.oval((400, 400), (252, 252), d.linear((220, 220), (580, 580), [(0, darker(frame, 0.5)), (1, lighter(frame, 0.3))]))  # fmt: skip
    face = PALETTE["ivory"]
    d.oval((400, 400), (246, 246), slope_fill(d, face, (200, 200), (700, 700)))
    d.oval(
        (400, 400),
        (240, 240),
        "none",
        stroke=SHADE,
        stroke_width=16,
        opacity=0.12,
        filter=d.blur(8),
    )
    for minute in range(60):
        angle, long = minute * pi / 30, (8 if minute % 5 else 26)
        ends = [(400 + sin(angle) * r, 400 - cos(angle) * r) for r in (222, 222 - long)]
        d.line(
            f"M{ends[0][0]:.1f} {ends[0][1]:.1f}L{ends[1][0]:.1f} {ends[1][1]:.1f}",
            "#4a3d36",
            2.5 if minute % 5 else 7,
        )
    for angle, long, width in ((305, 118, 15), (60, 178, 10)):
        place = f"rotate({angle} 400 400)"
        d.line(
            f"M400 436V{400 - long}",
            SHADE,
            width,
            opacity=0.28,
            filter=d.blur(5),
            transform=f"translate(7 10) {place}",
        )
        d.line(f"M400 436V{400 - long}", "#3d332f", width, transform=place)
    d.line("M400 450V210", "#c4553a", 4, transform="rotate(160 400 400)")
    d.oval((400, 400), (15, 15), slope_fill(d, PALETTE["brass"], (388, 388), (412, 412)))
    d.line("M226 330A190 190 0 0 1 330 224", LIGHT, 22, opacity=0.5, filter=d.blur(14))


def vase(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    profile = [(352, 50), (372, 42), (410, 52), (470, 104), (540, 126), (604, 104), (640, 72)]
    body = Turned(profile=profile)
    ground(d, 112)
    d.oval((400, 352), (50, 10), darker(colour, 0.45))
    stems = (
        ((398, 356), (372, 250), (300, 150)),
        ((402, 356), (420, 240), (500, 120)),
        ((400, 356), (400, 230), (408, 80)),
    )
    for stem in stems:
        d.line(smooth(stem), "#8d8a58", 5)
        plume(d, stem[1], stem[2])
    turn(d, body, colour, gloss=0.34)
    speckles(d, body.outline, colour, (270, 360, 530, 650))


def storage_basket(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    straw = "#cfa86c"
    body = Turned(profile=[(390, 186), (420, 190), (540, 182), (610, 164), (640, 150)])
    ground(d, 180)
    for side in (-1, 1):
        x = 400 + side * 178
        bar(
            d,
            smooth([(x, 440), (x + side * 34, 360), (x + side * 4, 320), (x - side * 34, 372)]),
            "#8a5f3f",
            18,
        )
    turn(d, body, straw, gloss=0.1)
    d.open(clip_path=d.clip(body.outline))
    for row in range(15):
        y = 408 + row * 18
        for column in range(24):
            x = 206 + column * 17 + (row % 2) * 8.5
            sag = 36 * (1 - ((x - 400) / 195) ** 2)
            tone = lighter(straw, 0.4) if (column + row) % 3 else darker(straw, 0.22)
            d.line(f"M{x} {y + sag:.1f}q8 7 16 0", tone, 5, opacity=0.55)
            d.line(f"M{x} {y + sag + 5:.1f}q8 7 16 0", darker(straw, 0.6), 2.5, opacity=0.35)
    d.close()
    mouth(d, body, lighter(straw, 0.1), "#a57e4a", 14)


def picture_frame(d: Drawing, look: str) -> None:
    frame = PALETTE[look]
    outer = box((180, 110), (440, 580), 4)
    below(d, outer, 1.3)
    d.path(outer, slope_fill(d, frame, (180, 110), (620, 690)))
    if look in {"oak", "walnut"}:
        grain(d, outer, frame, (180, 110, 620, 690))
    d.line(
        "M180 110L212 142M620 110L588 142M180 690L212 658M620 690L588 658",
        darker(frame, 0.4),
        1.5,
        opacity=0.6,
    )
    d.box((210, 140), (380, 520), darker(frame, 0.55))
    d.box((216, 147), (374, 513), "#f8f3e8")
    d.box((262, 196), (276, 410), "#ead9bf")
    d.open(clip_path=d.clip(box((262, 196), (276, 410))))
    d.oval((440, 320), (62, 62), "#d9704a")
    d.path("M240 440Q330 372 420 430T560 400V620H240Z", "#b98a6a")
    d.path("M240 494Q340 430 430 490T560 470V620H240Z", "#6d7f6a")
    d.path("M240 556Q330 510 400 540T560 530V620H240Z", PALETTE["navy"])
    d.close()
    d.path(
        "M216 147H430L216 470Z",
        d.linear((216, 147), (400, 330), [(0, LIGHT, 0.42), (1, LIGHT, 0.05)]),
    )


def stool(d: Drawing, look: str) -> None:
    wood = PALETTE[look]
    d.oval((420, 640), (190, 26), SHADE, opacity=0.3, filter=d.blur(18))
    for x0, x1, y, tone in ((340, 316, 600, 0.35), (460, 486, 600, 0.4)):
        leg = f"M{x0 - 13} 300H{x0 + 13}L{x1 + 9} {y}H{x1 - 9}Z"
        d.path(leg, darker(wood, tone))
    d.line("M306 520H494", darker(wood, 0.4), 15)
    for x0, x1 in ((290, 250), (510, 550)):
        leg = f"M{x0 - 17} 310H{x0 + 17}L{x1 + 12} 644Q{x1} 650 {x1 - 12} 644Z"
        d.path(leg, round_fill(d, wood, (min(x0, x1) - 16, max(x0, x1) + 16)))
        grain(d, leg, wood, (x1 - 60, 310, x1 + 60, 646))
    bar(d, "M266 546H534", wood, 18)
    seat = Turned(profile=[(272, 186), (284, 192), (306, 192), (320, 184)], tilt=0.26)
    turn(d, seat, darker(wood, 0.1), gloss=0.15)
    top = oval((400, 274), (187, 48))
    d.path(top, slope_fill(d, wood, (240, 230), (560, 320)))
    grain(d, top, wood, (200, 222, 600, 324))


LYING = {wall_clock, picture_frame}
