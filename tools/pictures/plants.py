"""What grows: leaves, twigs, fruit."""

from pictures.colour import LIGHT, darker, lighter, mix
from pictures.drawing import Drawing, Point
from pictures.shapes import slope_fill

GREEN = "#6b8f5b"


def leaf(d: Drawing, at: Point, size: float, angle: float, colour: str) -> None:
    x, y = at
    d.open(transform=f"translate({x} {y}) rotate({angle}) scale({size})")
    d.path("M0 0C-16 -18 -16 -52 0 -78C16 -52 16 -18 0 0Z", colour)
    d.path("M0 0C16 -18 16 -52 0 -78Z", darker(colour, 0.22))
    d.line("M0 0V-62", lighter(colour, 0.3), 2)
    d.close()


def sprig(d: Drawing, at: Point, size: float, colour: str) -> None:
    """Draw a twig with five leaves."""
    x, y = at
    d.line(
        f"M{x} {y + 58 * size}Q{x + 6 * size} {y} {x} {y - 40 * size}",
        darker(colour, 0.2),
        4 * size,
    )
    for height, angle in ((40, -58), (34, 58), (4, -52), (-2, 52), (-36, 0)):
        leaf(d, (x + (2 if height else 0), y + height * size), 0.62 * size, angle, colour)


def plume(d: Drawing, start: Point, end: Point) -> None:
    """Draw dried leaves in pairs along the upper part of a stem."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    lean = 57.3 * (dx / (abs(dy) or 1))
    for step in range(6):
        at = (start[0] + dx * step / 5, start[1] + dy * step / 5)
        tone = mix("#9aa26a", "#c9a86a", step / 6)
        leaf(d, at, 0.78 - step * 0.05, lean - 52, tone)
        leaf(d, at, 0.78 - step * 0.05, lean + 52, tone)
    leaf(d, end, 0.62, lean, "#cbb073")


def fronds(d: Drawing, at: Point, size: float) -> None:
    """Draw a plant of long bowed leaves, the far ones darker."""
    d.open(transform=f"translate({at[0]} {at[1]}) scale({size})")
    blades = ((-150, -150, 0.5), (150, -160, 0.5), (-70, -290, 0.4), (86, -280, 0.42), (-200, -60, 0.2), (196, -70, 0.25), (-120, -230, 0.1), (130, -226, 0.15), (4, -310, 0), (-40, -190, 0.05), (56, -180, 0.08))  # fmt: skip
    for x, y, dark in blades:
        tone = darker(GREEN, dark)
        bow = abs(x) * 0.35
        d.path(
            f"M0 6C{x * 0.1 - 14} {y * 0.6} {x * 0.45 - 10} {y - bow * 0.6} {x} {y}"
            f"C{x * 0.62 + 16} {y * 0.62 - bow * 0.1} {x * 0.3 + 22} {y * 0.4} 10 6Z",
            d.linear(
                (0, 0), (x, y), [(0, darker(tone, 0.35)), (0.6, tone), (1, lighter(tone, 0.25))]
            ),
        )
        d.line(
            f"M4 4C{x * 0.16} {y * 0.6} {x * 0.5} {y - bow * 0.3} {x} {y}",
            lighter(tone, 0.3),
            2,
            opacity=0.6,
        )
    d.close()


def tomato(d: Drawing) -> None:
    for x, y, size in ((372, 470, 52), (444, 500, 44)):
        d.oval(
            (x, y),
            (size, size * 0.92),
            slope_fill(d, "#c8412f", (x - size, y - size), (x + size, y + size)),
        )
        d.oval(
            (x - size * 0.35, y - size * 0.35),
            (size * 0.26, size * 0.18),
            LIGHT,
            opacity=0.55,
            filter=d.blur(4),
        )
        for angle in (-70, -25, 20, 70):
            leaf(d, (x, y - size * 0.86), 0.36, angle, "#5f8a4c")
    d.line("M372 420C380 390 410 380 436 400", "#5f8a4c", 6)


def basil(d: Drawing) -> None:
    d.line("M400 570V410", "#5c8248", 6)
    for y, size in ((560, 1.25), (500, 1.05), (446, 0.8)):
        for side in (-1, 1):
            leaf(d, (400, y), size, side * 62, "#5f9650")
    leaf(d, (400, 436), 0.8, 0, "#74a860")


def sunflower(d: Drawing) -> None:
    d.line("M400 590V470", "#6b8f4b", 8)
    leaf(d, (400, 580), 0.8, -60, "#6b8f4b")
    leaf(d, (400, 566), 0.8, 60, "#6b8f4b")
    for petal in range(16):
        d.path("M0 -40C-14 -62 -10 -84 0 -96C10 -84 14 -62 0 -40Z", "#e2a52c" if petal % 2 else "#edbd4d", transform=f"translate(400 446) rotate({petal * 22.5})")  # fmt: skip
    d.oval((400, 446), (44, 44), d.radial((390, 436), 56, [(0, "#7d5230"), (1, "#452b1a")]))
