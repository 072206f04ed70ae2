"""The palette, and mixing colours the way light does."""

PALETTE = {
    "amber": "#c9812f",
    "black": "#333235",
    "blue": "#4a76a3",
    "brass": "#cba254",
    "charcoal": "#4b4d52",
    "clear": "#dfe7e4",
    "copper": "#bf7650",
    "cream": "#efe2c8",
    "green": "#5c8063",
    "grey": "#a9a8a2",
    "ivory": "#f4ecdc",
    "mustard": "#dba63f",
    "natural": "#dccbad",
    "navy": "#34486a",
    "oak": "#cda271",
    "olive": "#85874f",
    "red": "#bb4438",
    "rose": "#dba49c",
    "sage": "#98ad90",
    "steel": "#b9bfc4",
    "terracotta": "#c76e4e",
    "walnut": "#80563a",
    "white": "#f6f2ea",
}
SHADE = "#3b2a24"  # shadows are warm, never black
LIGHT = "#fffaf0"


def _channels(colour: str) -> tuple[float, ...]:
    return tuple((int(colour[at : at + 2], 16) / 255) ** 2.2 for at in (1, 3, 5))


def mix(one: str, other: str, share: float) -> str:
    """Mix `share` of the other colour into the first, in linear light."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    parts = [(a + (b - a) * share) ** (1 / 2.2) for a, b in pairs]
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def darker(colour: str, share: float = 0.3) -> str:
    return mix(colour, SHADE, share)


def lighter(colour: str, share: float = 0.3) -> str:
    return mix(colour, LIGHT, share)
