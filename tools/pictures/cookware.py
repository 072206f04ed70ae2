"""What one cooks with."""

from pictures.colour import LIGHT, PALETTE, SHADE, darker, lighter
from pictures.drawing import Drawing, Point, box, oval, smooth
from pictures.shapes import METAL, Turned, bar, below, ground, mouth, round_fill, slope_fill, turn
from pictures.textures import brushed, grain

STEEL = PALETTE["steel"]
IRON = "#3d3c3e"


def casserole(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    body = Turned(profile=[(420, 226), (440, 224), (560, 214), (620, 196), (640, 170)])
    ground(d, 220)
    for side in (-1, 1):
        x = 400 + side * 214
        bar(
            d,
            smooth([(x, 452), (x + side * 62, 446), (x + side * 66, 486), (x - side * 2, 492)]),
            colour,
            26,
        )
    turn(d, body, colour, gloss=0.36)
    d.oval((400, 424), (228, 46), darker(colour, 0.5), opacity=0.7, filter=d.blur(3))
    lid = Turned(profile=[(352, 60), (366, 140), (388, 204), (414, 232), (424, 230)])
    turn(d, lid, lighter(colour, 0.04), gloss=0.3)
    knob = Turned(profile=[(306, 30), (318, 38), (334, 30), (350, 20), (356, 26)])
    d.oval((412, 358), (40, 9), SHADE, opacity=0.4, filter=d.blur(5))
    turn(d, knob, PALETTE["brass"], METAL)
    mouth(d, Turned(profile=[(308, 31)]), PALETTE["brass"], lighter(PALETTE["brass"], 0.5), 3)


def frying_pan(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    handle = box((378, 560), (44, 230), 22)
    below(d, oval((400, 330), (250, 250)))
    below(d, handle)
    d.path(handle, round_fill(d, PALETTE["walnut"], (378, 422)))
    grain(d, handle, PALETTE["walnut"], (378, 560, 422, 790))
    d.oval((400, 766), (9, 9), darker(PALETTE["walnut"], 0.7))
    d.path("M372 548H428L420 628H380Z", round_fill(d, STEEL, (374, 426), METAL))
    d.oval((400, 330), (250, 250), slope_fill(d, "#57565a", (220, 150), (580, 510)))
    d.oval(
        (400, 330), (240, 240), d.linear((220, 150), (580, 510), [(0, "#232224"), (1, "#5d5c60")])
    )
    d.oval(
        (400, 332),
        (204, 204),
        d.radial((320, 250), 330, [(0, "#5c5b5e"), (0.6, "#3e3d40"), (1, "#333235")]),
    )
    for radius in (60, 100, 140, 176):
        d.oval(
            (400, 332), (radius, radius), "none", stroke="#6d6c70", stroke_width=1.4, opacity=0.35
        )
    d.line("M212 300A192 192 0 0 1 330 150", LIGHT, 14, opacity=0.3, filter=d.blur(7))
    d.oval((400, 330), (249, 249), "none", stroke="#86858a", stroke_width=2.5, opacity=0.6)


def chopping_board(d: Drawing, look: str) -> None:
    wood = PALETTE[look]
    outline = "M230 150H330C352 150 360 132 362 112C366 70 434 70 438 112C440 132 448 150 470 150H570C604 150 620 168 620 200V670C620 704 604 720 570 720H230C196 720 180 704 180 670V200C180 168 196 150 230 150Z"  # fmt: skip
    below(d, outline, 1.1)
    d.path(outline, darker(wood, 0.35), transform="translate(4 7)")
    d.path(outline, slope_fill(d, wood, (200, 120), (620, 720)))
    grain(d, outline, wood, (180, 80, 620, 720))
    d.oval((400, 116), (19, 19), darker(wood, 0.72))
    d.oval((403, 119), (16, 16), lighter(PALETTE["ivory"], 0.1))
    d.path(
        box((208, 180), (384, 512), 22),
        "none",
        stroke=darker(wood, 0.4),
        stroke_width=5,
        opacity=0.45,
    )
    d.path(
        box((211, 183), (384, 512), 22),
        "none",
        stroke=lighter(wood, 0.4),
        stroke_width=3,
        opacity=0.5,
    )


def chef_knife(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    d.open(transform="rotate(-38 400 400)")
    blade = "M20 372C130 372 330 366 520 366V470C400 478 160 462 20 372Z"
    handle = "M540 366H742C774 366 782 392 778 420C776 446 758 444 730 440C660 430 610 452 540 450Z"
    bolster = "M512 364H546V454C530 460 512 470 512 470Z"
    for part in (blade, handle, bolster):
        below(d, part, 0.7)
    stops = [(0, darker(STEEL, 0.3)), (0.3, lighter(STEEL, 0.55)), (1, darker(STEEL, 0.05))]
    d.path(blade, d.linear((0, 366), (0, 470), stops))
    edge = "M20 372C170 440 400 452 520 436V470C400 478 160 462 20 372Z"
    d.path(edge, d.linear((100, 0), (520, 0), [(0, lighter(STEEL, 0.7)), (0.6, lighter(STEEL, 0.35)), (1, lighter(STEEL, 0.8))]))  # fmt: skip
    brushed(d, blade, (20, 360, 520, 476))
    d.path(handle, d.linear((0, 366), (0, 450), [(0, lighter("#6b4a34", 0.25)), (0.4, "#6b4a34"), (1, darker("#6b4a34", 0.5))]))  # fmt: skip
    grain(d, handle, "#6b4a34", (540, 366, 780, 452))
    d.path(bolster, d.linear((0, 364), (0, 470), [(0, darker(STEEL, 0.2)), (0.3, lighter(STEEL, 0.8)), (1, darker(STEEL, 0.45))]))  # fmt: skip
    for x in (590, 650, 710):
        d.oval((x, 407), (9, 9), slope_fill(d, PALETTE["brass"], (x - 9, 398), (x + 9, 416)))
    d.close()


def _spoon(d: Drawing, wood: str, turn_by: float, slots: int) -> None:
    d.open(transform=f"rotate({turn_by} 400 760)")
    piece = "M386 330C392 480 386 620 384 720C384 744 416 744 416 720C414 620 408 480 414 330C458 318 470 250 458 190C448 140 424 120 400 120C376 120 352 140 342 190C330 250 342 318 386 330Z"  # fmt: skip
    below(d, piece, 0.7)
    d.path(piece, round_fill(d, wood, (336, 464)))
    grain(d, piece, wood, (336, 116, 464, 744))
    if slots:
        for x in (374, 400, 426):
            d.path(box((x - 6, 180), (12, 96), 6), darker(wood, 0.65))
    else:
        d.oval((400, 222), (46, 80), d.linear((350, 160), (450, 300), [(0, darker(wood, 0.35)), (0.7, wood), (1, lighter(wood, 0.35))]))  # fmt: skip
    d.close()


def wooden_spoons(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    _spoon(d, PALETTE["walnut"], -24, 0)
    _spoon(d, PALETTE["oak"], 24, 0)
    _spoon(d, "#b98a58", 0, 3)


def mortar(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    stone = "#b9b3aa"
    body = Turned(profile=[(400, 176), (420, 178), (500, 166), (560, 132), (596, 112), (640, 136)])
    ground(d, 160)
    pestle = "M540 196C566 180 598 204 588 234L470 452C456 476 408 450 420 424Z"
    turn(d, body, stone, gloss=0.2)
    flecks(d, body.outline)
    hollow = mouth(d, body, stone, stone, 24)
    d.open(clip_path=d.clip("M0 0H800V402H571V404A152 31 0 0 1 229 404H0Z"))
    d.path(
        pestle,
        SHADE,
        opacity=0.4,
        filter=d.blur(9),
        transform="translate(14 8)",
        clip_path=d.clip(hollow),
    )
    d.path(pestle, d.linear((480, 300), (560, 340), [(0, lighter(stone, 0.35)), (0.5, stone), (1, darker(stone, 0.4))]))  # fmt: skip
    d.close()


def flecks(d: Drawing, path: str) -> None:
    grain(d, path, "#8f8a83", (220, 400, 580, 660), veins=True)


def moka_pot(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    ground(d, 130)
    facets = [(-1, -0.42, -0.3), (-0.42, 0.08, 0.7), (0.08, 0.62, -0.06), (0.62, 1, -0.42)]
    bar(d, smooth([(500, 268), (600, 262), (622, 300), (600, 420)]), IRON, 34)
    _faceted(d, (190, 96), (410, 80), facets)
    _faceted(d, (434, 92), (640, 132), facets)
    d.path("M304 190L250 206L318 276Z", d.linear((250, 200), (320, 270), [(0, lighter(STEEL, 0.7)), (1, darker(STEEL, 0.4))]))  # fmt: skip
    band = Turned(profile=[(404, 88), (440, 94)], sharp=True)
    d.path(band.outline, round_fill(d, STEEL, band.span, METAL))
    d.oval((400, 536), (13, 13), slope_fill(d, PALETTE["brass"], (388, 524), (412, 548)))
    lid = Turned(profile=[(150, 12), (162, 44), (194, 98)], sharp=True)
    d.path(lid.outline, round_fill(d, STEEL, lid.span, METAL))
    knob = Turned(profile=[(104, 16), (116, 22), (140, 18), (154, 12)])
    turn(d, knob, IRON)


def _faceted(
    d: Drawing, top: Point, bottom: Point, facets: list[tuple[float, float, float]]
) -> None:
    (y0, r0), (y1, r1) = top, bottom
    for left, right, light in facets:
        sag0, sag1 = r0 * 0.16, r1 * 0.2
        (a, b) = ((1 - left * left) ** 0.5, (1 - right * right) ** 0.5)
        face = (
            f"M{400 + left * r0} {y0 + a * sag0}L{400 + right * r0} {y0 + b * sag0}"
            f"L{400 + right * r1} {y1 + b * sag1}L{400 + left * r1} {y1 + a * sag1}Z"
        )
        tone = lighter(STEEL, light) if light > 0 else darker(STEEL, -light)
        d.path(
            face, d.linear((0, y0), (0, y1), [(0, lighter(tone, 0.15)), (1, darker(tone, 0.25))])
        )


def kettle(d: Drawing, look: str) -> None:
    colour = PALETTE[look]
    body = Turned(
        x=410, profile=[(330, 92), (350, 130), (430, 172), (540, 192), (620, 190), (640, 176)]
    )
    ground(d, 190, 415)
    spout = "M262 500C214 470 196 410 158 384L126 402C150 440 170 540 260 590Z"
    d.path(spout, d.linear((140, 400), (240, 580), [(0, lighter(colour, 0.2)), (0.5, colour), (1, darker(colour, 0.3))]))  # fmt: skip
    d.oval((142, 393), (19, 9), darker(colour, 0.5), transform="rotate(-30 142 393)")
    d.line(smooth([(300, 360), (284, 250), (340, 178), (410, 164), (480, 178), (536, 250), (520, 360)]), darker(STEEL, 0.3), 12)  # fmt: skip
    bar(
        d,
        smooth([(318, 196), (360, 170), (410, 162), (460, 170), (502, 196)]),
        PALETTE["walnut"],
        32,
    )
    turn(d, body, colour, gloss=0.4)
    lid = Turned(x=410, profile=[(300, 22), (312, 62), (332, 94), (338, 96)])
    turn(d, lid, colour, gloss=0.3)
    d.oval((410, 290), (22, 20), round_fill(d, PALETTE["walnut"], (388, 432)))


def rolling_pin(d: Drawing, look: str) -> None:  # noqa: ARG001 - one look
    wood = PALETTE["oak"]
    d.open(transform="rotate(-32 400 400)")
    handle = "M46 400C46 372 76 362 104 376C120 384 130 386 150 386H650C670 386 680 384 696 376C724 362 754 372 754 400C754 428 724 438 696 424C680 416 670 414 650 414H150C130 414 120 416 104 424C76 438 46 428 46 400Z"
    roll = box((150, 342), (500, 116), 20)
    shading = [
        (0, darker(wood, 0.12)),
        (0.25, lighter(wood, 0.3)),
        (0.55, wood),
        (1, darker(wood, 0.42)),
    ]
    for part in (handle, roll):
        below(d, part, 0.9)
    d.path(
        handle,
        d.linear((0, 370), (0, 430), [(0, lighter("#9a6a42", 0.2)), (1, darker("#9a6a42", 0.4))]),
    )
    d.path(roll, d.linear((0, 342), (0, 458), shading))
    grain(d, roll, wood, (150, 342, 650, 458))
    d.close()


LYING = {frying_pan, chopping_board, chef_knife, wooden_spoons, rolling_pin}
