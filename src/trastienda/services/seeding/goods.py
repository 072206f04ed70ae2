"""The n-th generated product: a pure function of its number and the seed."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from trastienda.database.models.text import Locale
from trastienda.services.furnishing import Shelf
from trastienda.services.seeding.words import (
    ADJECTIVES,
    ALL_COLLECTIONS,
    COLLECTIONS,
    DEPARTMENTS,
    MATERIALS,
    NOUNS,
    Pair,
)

SIZES = ("S", "M", "L")
OPTION = {Locale.ENGLISH: "Size", Locale.SPANISH: "Tamaño"}
NAMES = len(ADJECTIVES) * len(MATERIALS) * len(NOUNS)
STRIDE = 7_919
"""Prime, and no divisor of NAMES: consecutive products differ, and no name comes twice before all
have come once."""
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""The first product's time; each next one is a second younger, whenever it is really loaded."""
REDUCED = 10
"""One in so many is reduced."""


class Text(NamedTuple):
    name: str
    description: str


class Good(NamedTuple):
    number: int
    id: UUID
    slug: str
    created_at: datetime
    texts: dict[Locale, Text]
    shelves: tuple[UUID, UUID]
    """That of its kind, and a collection."""
    euros: int
    """The price of the smallest, in whole euros."""
    variants: list[UUID]
    """Their ids, one for each of SIZES; so are those of their stock."""
    stock: list[UUID]

    @property
    def reduced(self) -> bool:
        return self.number % REDUCED == 0

    def sku(self, size: str) -> str:
        return f"SEED-{self.number}-{size}"


class Lottery:
    """Draws ids and prices that are the same again for the same seed."""

    def __init__(self, seed: int) -> None:
        self._key = seed.to_bytes(8, "big", signed=True)
        self._start = self.bits("start", 0)
        self._kinds = [self.id("kind", place) for place, _ in enumerate(NOUNS)]
        self._collections = [self.id("collection", place) for place, _ in enumerate(COLLECTIONS)]

    def bits(self, kind: str, number: int) -> int:
        """Draw 80 bits."""
        text = f"{kind}/{number}".encode()
        return int.from_bytes(blake2b(text, digest_size=10, key=self._key).digest(), "big")

    def id(self, kind: str, number: int, place: int = 0) -> UUID:
        """Draw an id of the shape of a UUIDv7 (RFC 9562): the product's time, then drawn bits."""
        milliseconds = int(EPOCH.timestamp()) * 1_000 + number * 1_000 + place
        drawn = self.bits(f"{kind}/{place}", number)
        head = milliseconds << 80 | 0x7 << 76 | (drawn >> 62 & 0xFFF) << 64
        return UUID(int=head | 0b10 << 62 | drawn & (1 << 62) - 1)

    def shelves(self) -> list[Shelf]:
        """List the categories, parents first."""
        kinds = zip(self._kinds, NOUNS, strict=True)
        shelves = []
        for place, (department, nouns) in enumerate(DEPARTMENTS.items()):
            above = self.id("department", place)
            shelves.append(_shelf(above, None, department))
            shelves += [_shelf(id_, above, noun.shelf) for id_, noun in islice(kinds, len(nouns))]
        above = self.id("department", len(DEPARTMENTS))
        shelves.append(_shelf(above, None, ALL_COLLECTIONS))
        collections = zip(self._collections, COLLECTIONS, strict=True)
        return shelves + [_shelf(id_, above, words) for id_, words in collections]

    def good(self, number: int) -> Good:
        """Make the product of this number, counted from 1."""
        at = (number * STRIDE + self._start) % NAMES
        series = (number - 1) // NAMES
        texts = _texts(at, f" {series + 1}" if series else "")
        places = range(len(SIZES))
        drawn = self.bits("facts", number)
        words = texts[Locale.ENGLISH].name.lower().replace(" ", "-")
        return Good(
            number=number,
            id=self.id("product", number),
            slug=f"seed-{number}-{words}",
            created_at=EPOCH + timedelta(seconds=number),
            texts=texts,
            shelves=(self._kinds[at % len(NOUNS)], self._collections[drawn % len(COLLECTIONS)]),
            euros=9 + (drawn >> 8) % 90,
            variants=[self.id("variant", number, place) for place in places],
            stock=[self.id("stock", number, place) for place in places],
        )


def _shelf(id_: UUID, above: UUID | None, words: Pair) -> Shelf:
    slug = f"seed-{words.en.lower().replace(' ', '-')}"
    return Shelf(id_, slug, above, {Locale.ENGLISH: words.en, Locale.SPANISH: words.es})


def _texts(at: int, series: str) -> dict[Locale, Text]:
    rest, noun_at = divmod(at, len(NOUNS))
    adjective_at, material_at = divmod(rest, len(MATERIALS))
    adjective, material, noun = ADJECTIVES[adjective_at], MATERIALS[material_at], NOUNS[noun_at]
    it = adjective.feminine if noun.feminine else adjective.masculine
    article = "Una" if noun.feminine else "Un"
    return {
        Locale.ENGLISH: Text(
            f"{adjective.en.capitalize()} {material.en} {noun.en}{series}",
            f"This {noun.en} of good {material.en} is made to be used every day, at home or at "
            "work. It comes in three sizes.",
        ),
        Locale.SPANISH: Text(
            f"{noun.es.capitalize()} de {material.es} {it}{series}",
            f"{article} {noun.es} de {material.es} de buena calidad, para usar cada día, en casa o "
            "en el trabajo. Viene en tres tamaños.",
        ),
    }
