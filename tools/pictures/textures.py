"""Wood, brushed metal, weaves: the same ones every time."""

from random import Random

from pictures.colour import LIGHT, darker, lighter
from pictures.drawing import Drawing, Point, smooth

Box = tuple[float, float, float, float]


def grain(d: Drawing, path: str, colour: str, room: Box, *, veins: bool = False) -> None:
    """Draw the lines of wood along the longer side of its room, or the veins of a stone."""
    random = Random(11)  # noqa: S311 - a texture
    left, top, right, bottom = room
    upright = bottom - top > right - left
    long, wide = (bottom - top, right - left) if upright else (right - left, bottom - top)
    lines = 7 if veins else max(5, int(wide / 13))
    d.open(clip_path=d.clip(path))
    for number in range(lines):
        base = wide * (number + random.uniform(0.1, 0.9)) / lines
        drift = random.uniform(-0.06, 0.06) * wide * (5 if veins else 1)
        sway = [base + drift * step / 4 + random.uniform(-2.5, 2.5) for step in range(5)]
        along = [long * step / 4 for step in range(5)]
        places: list[Point] = (
            [(left + across, top + at) for across, at in zip(sway, along, strict=True)]
            if upright
            else [(left + at, top + across) for across, at in zip(sway, along, strict=True)]
        )
        tone = darker(colour, 0.45) if number % 3 else lighter(colour, 0.35)
        d.line(
            smooth(places),
            tone,
            round(random.uniform(1, 3.4), 1),
            opacity=round(random.uniform(0.16, 0.4), 2),
        )
    d.close()


def brushed(d: Drawing, path: str, room: Box) -> None:
    """Draw the fine bright lines of ground steel."""
    random = Random(5)  # noqa: S311 - a texture
    left, top, right, bottom = room
    d.open(clip_path=d.clip(path), opacity=0.16)
    for _ in range(26):
        y = random.uniform(top, bottom)
        d.line(f"M{left} {y:.1f}L{right} {y + 4:.1f}", LIGHT, 1)
    d.close()


def weave(d: Drawing, path: str, colour: str, room: Box, step: float = 9) -> None:
    """Draw the threads of a coarse cloth, across and along."""
    left, top, right, bottom = room
    across = "".join(
        f"M{left} {top + at * step:.1f}H{right}" for at in range(int((bottom - top) / step) + 1)
    )
    along = "".join(
        f"M{left + at * step:.1f} {top}V{bottom}" for at in range(int((right - left) / step) + 1)
    )
    d.open(clip_path=d.clip(path))
    d.line(across, darker(colour, 0.3), step * 0.16, opacity=0.28)
    d.line(along, lighter(colour, 0.5), step * 0.16, opacity=0.3)
    d.close()
