"""What every picture shares: the room, the light from the upper left, shadows, turned bodies."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from pictures.colour import LIGHT, SHADE, darker, lighter, mix
from pictures.drawing import Drawing, Point, Stop, oval, smooth

FLOOR = 640.0  # where things stand
TILT = 0.2  # how round a horizontal circle looks from where we stand

MATTE: Sequence[tuple[float, float]] = (
    (0, -0.16),
    (0.26, 0.16),
    (0.5, 0),
    (0.86, -0.36),
    (1, -0.26),
)
METAL: Sequence[tuple[float, float]] = (
    (0, -0.38), (0.1, -0.1), (0.24, 0.78), (0.36, 0.1), (0.6, -0.26), (0.8, -0.5), (0.92, 0.1), (1, -0.3),
)  # fmt: skip


def lit(colour: str, amount: float) -> str:
    return lighter(colour, amount) if amount > 0 else darker(colour, -amount)


def round_fill(
    d: Drawing, colour: str, span: Point, finish: Sequence[tuple[float, float]] = MATTE
) -> str:
    """Shade something round that stands upright between two x."""
    stops: list[Stop] = [(at, lit(colour, amount)) for at, amount in finish]
    return d.linear((span[0], 0), (span[1], 0), stops)


def slope_fill(d: Drawing, colour: str, start: Point, end: Point) -> str:
    """Shade something flat: light where `start` is."""
    return d.linear(
        start, end, [(0, lighter(colour, 0.18)), (0.5, colour), (1, darker(colour, 0.2))]
    )


def room(d: Drawing, wall: str, edge: float) -> None:
    """Draw a wall and a table; the table's far edge is soft, and `edge` pixels from the top."""
    table = lighter(wall, 0.42)
    d.box((0, 0), (800, 800), d.linear((0, 0), (0, edge), [(0, lighter(wall, 0.12)), (1, wall)]))
    d.path(
        f"M-100 {edge}H900V900H-100Z",
        d.linear((0, edge), (0, 800), [(0, mix(wall, table, 0.75)), (1, table)]),
        filter=d.blur(9),
    )
    d.box((0, 0), (800, 800), d.radial((250, 190), 620, [(0, LIGHT, 0.75), (1, LIGHT, 0)]))
    d.box((0, 0), (800, 800), d.radial((400, 400), 600, [(0.68, SHADE, 0), (1, SHADE, 0.09)]))


def tabletop(d: Drawing, wall: str) -> None:
    """Draw the same table, seen from above."""
    table = lighter(wall, 0.22)
    d.box((0, 0), (800, 800), table)
    d.box((0, 0), (800, 800), d.radial((220, 180), 760, [(0, LIGHT, 0.8), (1, LIGHT, 0)]))
    d.box((0, 0), (800, 800), d.radial((400, 400), 600, [(0.66, SHADE, 0), (1, SHADE, 0.1)]))


def ground(d: Drawing, half: float, x: float = 400, y: float = FLOOR) -> None:
    """Draw the shadow of what stands at x on the floor, `half` as wide to each side."""
    d.oval(
        (x + half * 0.5, y + 12), (half * 1.25, half * 0.2), SHADE, opacity=0.2, filter=d.blur(24)
    )
    d.oval(
        (x + half * 0.16, y + 5),
        (half * 1.05, half * 0.17 + 4),
        SHADE,
        opacity=0.4,
        filter=d.blur(11),
    )


def below(d: Drawing, path: str, lift: float = 1) -> None:
    """Draw the shadow of what lies on the table, seen from above."""
    far = f"translate({18 * lift} {26 * lift})"
    near = f"translate({5 * lift} {8 * lift})"
    holes = {"fill_rule": "evenodd"}
    d.path(path, SHADE, opacity=0.24, filter=d.blur(20 * lift), transform=far, **holes)
    d.path(path, SHADE, opacity=0.34, filter=d.blur(6 * lift), transform=near, **holes)


def speckles(d: Drawing, path: str, colour: str, box: tuple[float, float, float, float]) -> None:
    """Draw the iron spots of stoneware, the same ones every time."""
    random = Random(7)  # noqa: S311 - a texture
    d.open(clip_path=d.clip(path))
    for _ in range(110):
        x, y = random.uniform(box[0], box[2]), random.uniform(box[1], box[3])
        size = random.uniform(0.8, 2.4)
        d.oval(
            (x, y), (size, size), darker(colour, 0.6), opacity=round(random.uniform(0.2, 0.5), 2)
        )
    d.close()


@dataclass(frozen=True, kw_only=True)
class Turned:
    """A body turned on a wheel or a lathe: radii at heights, from the top down."""

    profile: Sequence[Point]
    """(y, radius) pairs."""
    x: float = 400
    tilt: float = TILT
    sharp: bool = False
    """Straight lines between the points of the profile, no curve."""

    @property
    def top(self) -> Point:
        return self.profile[0]

    @property
    def bottom(self) -> Point:
        return self.profile[-1]

    @property
    def widest(self) -> float:
        return max(radius for _, radius in self.profile)

    @property
    def span(self) -> Point:
        return self.x - self.widest, self.x + self.widest

    @property
    def outline(self) -> str:
        left = [(self.x - r, y) for y, r in self.profile]
        right = [(self.x + r, y) for y, r in reversed(self.profile)]
        (_, first), (_, last) = self.top, self.bottom
        if self.sharp:
            sides = ["L".join(f"{x:.1f} {y:.1f}" for x, y in side) for side in (left, right)]
            down, up = "M" + sides[0], "L" + sides[1]
        else:
            down, up = smooth(left), smooth(right, start=False)
        foot = f"A{last} {last * self.tilt * 1.25} 0 0 0 {right[0][0]} {right[0][1]}"
        return f"{down}{foot}{up}A{first} {first * self.tilt} 0 0 0 {left[0][0]} {left[0][1]}Z"

    def part(self, first: int, last: int) -> "Turned":
        return replace(self, profile=self.profile[first:last])


def turn(
    d: Drawing,
    body: Turned,
    colour: str,
    finish: Sequence[tuple[float, float]] = MATTE,
    gloss: float = 0.3,
) -> None:
    """Draw a closed body: round shading, the dark below, and a soft streak of window light."""
    outline, (low, _) = body.outline, body.bottom
    height = low - body.top[0]
    d.path(outline, round_fill(d, colour, body.span, finish))
    d.open(clip_path=d.clip(outline))
    d.box(
        (body.span[0], body.top[0] - 60),
        (2 * body.widest, height + 160),
        d.linear((0, low - height * 0.55), (0, low + 40), [(0, SHADE, 0), (1, SHADE, 0.3)]),
    )
    streak = smooth([(body.x - r * 0.6, y) for y, r in body.profile])
    d.line(streak, LIGHT, body.widest * 0.13, opacity=gloss, filter=d.blur(body.widest * 0.05 + 2))
    d.close()


def mouth(d: Drawing, body: Turned, colour: str, inside: str, rim: float = 8) -> str:
    """Draw the rim and the hollow of an open body; return the hollow's path, to fill it."""
    y, r = body.top
    radii = (r - rim, (r - rim) * body.tilt)
    d.oval(
        (body.x, y),
        (r, r * body.tilt),
        slope_fill(d, lighter(colour, 0.22), (body.x - r, y), (body.x + r, y)),
    )
    hollow = oval((body.x, y + 1), radii)
    shades: list[Stop] = [
        (0, darker(inside, 0.55)),
        (0.45, darker(inside, 0.28)),
        (1, lighter(inside, 0.05)),
    ]
    d.path(hollow, d.linear((body.x - r, y - r * 0.1), (body.x + r, y + r * 0.12), shades))
    d.path(
        hollow, d.linear((0, y - radii[1]), (0, y + radii[1]), [(0, SHADE, 0.35), (0.8, SHADE, 0)])
    )
    return hollow


def liquid(d: Drawing, body: Turned, hollow: str, colour: str, depth: float) -> None:
    """Fill a hollow up to `depth` pixels below the rim."""
    y, r = body.top
    d.open(clip_path=d.clip(hollow))
    at, radii = (body.x, y + depth), (r - depth * 0.3, (r - depth * 0.3) * body.tilt)
    d.oval(at, radii, slope_fill(d, colour, (body.x - r, y), (body.x + r, y + 30)))
    d.oval(at, radii, "none", stroke=lighter(colour, 0.35), stroke_width=3, opacity=0.7)
    d.close()


def bar(d: Drawing, path: str, colour: str, width: float) -> None:
    """Draw a round bar along a path: a handle, a wire, a stem."""
    d.line(path, darker(colour, 0.34), width)
    d.line(path, colour, width * 0.72, transform=f"translate({-width * 0.07} {-width * 0.09})")
    d.line(path, lighter(colour, 0.4), width * 0.22, opacity=0.75, filter=d.blur(width * 0.07), transform=f"translate({-width * 0.18} {-width * 0.2})")  # fmt: skip
