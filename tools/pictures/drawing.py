"""A canvas of 800 by 800 that collects SVG, with gradients, blurs and clips made on demand."""

from collections.abc import Sequence
from math import dist, hypot

Point = tuple[float, float]
Stop = tuple[float, str] | tuple[float, str, float]
SIZE = 800


def _attributes(values: dict[str, object]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in values.items())


def _bend(towards: Point, back: Point, here: Point, there: Point) -> Point:
    """Find the handle of `here`, never longer than a third of the way: no curve overshoots."""
    x, y = towards[0] - back[0], towards[1] - back[1]
    share = min(1 / 6, dist(here, there) / 3 / (hypot(x, y) or 1))
    return here[0] + x * share, here[1] + y * share


def _curve(points: Sequence[Point]) -> str:
    """Write the curve (Catmull-Rom, as cubic Béziers) between all points but first and last."""
    text = ""
    for before, here, there, after in zip(points, points[1:], points[2:], points[3:], strict=False):
        first, second = _bend(there, before, here, there), _bend(here, after, there, here)
        text += "C" + " ".join(f"{x:.1f} {y:.1f}" for x, y in (first, second, there))
    return text


def smooth(points: Sequence[Point], *, start: bool = True) -> str:
    """Write a curve through all points."""
    begin = f"M{points[0][0]:.1f} {points[0][1]:.1f}" if start else ""
    return begin + _curve([points[0], *points, points[-1]])


def blob(points: Sequence[Point]) -> str:
    """Write a closed curve through all points."""
    begin = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    return begin + _curve([points[-1], *points, points[0], points[1]]) + "Z"


def box(at: Point, size: Point, corner: float = 0) -> str:
    """Write a rectangle with round corners as a path."""
    (x, y), (w, h), r = at, size, min(corner, size[0] / 2, size[1] / 2)
    return (
        f"M{x + r} {y}h{w - 2 * r}a{r} {r} 0 0 1 {r} {r}v{h - 2 * r}a{r} {r} 0 0 1 {-r} {r}"
        f"h{2 * r - w}a{r} {r} 0 0 1 {-r} {-r}v{2 * r - h}a{r} {r} 0 0 1 {r} {-r}Z"
    )


def oval(at: Point, radii: Point) -> str:
    (x, y), (rx, ry) = at, radii
    return f"M{x - rx} {y}a{rx} {ry} 0 1 1 {2 * rx} 0a{rx} {ry} 0 1 1 {-2 * rx} 0Z"


class Drawing:
    def __init__(self) -> None:
        self._defs: list[str] = []
        self._parts: list[str] = []

    def _define(self, tag: str, inside: str, **attributes: object) -> str:
        text = f'<{tag} id="i{{}}"{_attributes(attributes)}>{inside}</{tag}>'
        if text not in self._defs:
            self._defs.append(text)
        return f"url(#i{self._defs.index(text)})"

    def linear(self, start: Point, end: Point, stops: Sequence[Stop]) -> str:
        (x1, y1), (x2, y2) = start, end
        place = {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "gradientUnits": "userSpaceOnUse"}
        return self._define("linearGradient", self._stops(stops), **place)

    def radial(self, centre: Point, radius: float, stops: Sequence[Stop]) -> str:
        place = {"cx": centre[0], "cy": centre[1], "r": radius, "gradientUnits": "userSpaceOnUse"}
        return self._define("radialGradient", self._stops(stops), **place)

    @staticmethod
    def _stops(stops: Sequence[Stop]) -> str:
        return "".join(
            f'<stop offset="{stop[0]}" stop-color="{stop[1]}" stop-opacity="{opacity}"/>'
            for stop in stops
            for opacity in [stop[2] if len(stop) == 3 else 1]  # noqa: PLR2004 - a stop's opacity
        )

    def blur(self, amount: float) -> str:
        room = {"x": "-60%", "y": "-60%", "width": "220%", "height": "220%"}
        inside = f'<feGaussianBlur stdDeviation="{amount}"/>'
        return self._define("filter", inside, color_interpolation_filters="sRGB", **room)

    def clip(self, path: str) -> str:
        return self._define("clipPath", f'<path d="{path}"/>')

    def path(self, path: str, fill: str = "none", **attributes: object) -> None:
        self._parts.append(f'<path d="{path}" fill="{fill}"{_attributes(attributes)}/>')

    def line(self, path: str, stroke: str, width: float, **attributes: object) -> None:
        ends = {"stroke_linecap": "round", "stroke_linejoin": "round", **attributes}
        self.path(path, stroke=stroke, stroke_width=width, **ends)

    def oval(self, at: Point, radii: Point, fill: str, **attributes: object) -> None:
        self.path(oval(at, radii), fill, **attributes)

    def box(self, at: Point, size: Point, fill: str, corner: float = 0) -> None:
        self.path(box(at, size, corner), fill)

    def open(self, **attributes: object) -> None:
        """Start a group; it lasts until `close`."""
        self._parts.append(f"<g{_attributes(attributes)}>")

    def close(self) -> None:
        self._parts.append("</g>")

    def svg(self) -> str:
        defs = "".join(text.replace("{}", str(at), 1) for at, text in enumerate(self._defs))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">'
            f"<defs>{defs}</defs>{''.join(self._parts)}</svg>"
        )
