"""Generated products: each is a pure function of its number and the seed."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from trastienda.database.models.shared.text import Locale
from trastienda.demo.basics import CategoryNames
from trastienda.demo.generated.words import (
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
"""A prime that does not divide NAMES: consecutive products differ, and each name is used once
before any is repeated."""
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""The time from which products are dated: each is a second younger than the one before."""
REDUCED = 10
"""Every tenth product has a reduced price."""


class Text(NamedTuple):
    name: str
    description: str


class GeneratedProduct(NamedTuple):
    number: int
    id: UUID
    slug: str
    created_at: datetime
    texts: dict[Locale, Text]
    category_ids: tuple[UUID, UUID]
    """The category of its kind, and a collection."""
    euros: int
    """The price of the smallest variant, in whole euros."""
    variants: list[UUID]
    """The ids of the variants, one for each of SIZES."""
    stock: list[UUID]
    """The ids of the variants' stock rows, in the same order."""

    @property
    def reduced(self) -> bool:
        return self.number % REDUCED == 0

    def sku(self, size: str) -> str:
        return f"SEED-{self.number}-{size}"


class ProductGenerator:
    """Generates products; the same seed gives the same ids, texts and prices."""

    def __init__(self, seed: int) -> None:
        self._key = seed.to_bytes(8, "big", signed=True)
        self._start = self.bits("start", 0)
        self._kinds = [self.id("kind", index) for index, _ in enumerate(NOUNS)]
        self._collections = [self.id("collection", index) for index, _ in enumerate(COLLECTIONS)]

    def bits(self, kind: str, number: int) -> int:
        """Return 80 pseudo-random bits."""
        text = f"{kind}/{number}".encode()
        return int.from_bytes(blake2b(text, digest_size=10, key=self._key).digest(), "big")

    def id(self, kind: str, number: int, index: int = 0) -> UUID:
        """Return an id in the form of a UUIDv7 (RFC 9562): the product's time, then random bits."""
        milliseconds = int(EPOCH.timestamp()) * 1_000 + number * 1_000 + index
        drawn = self.bits(f"{kind}/{index}", number)
        head = milliseconds << 80 | 0x7 << 76 | (drawn >> 62 & 0xFFF) << 64
        return UUID(int=head | 0b10 << 62 | drawn & (1 << 62) - 1)

    def categories(self) -> list[CategoryNames]:
        """Return the categories, parents first."""
        kinds = zip(self._kinds, NOUNS, strict=True)
        categories = []
        for index, (department, nouns) in enumerate(DEPARTMENTS.items()):
            parent = self.id("department", index)
            categories.append(_category(parent, None, department))
            categories += [
                _category(id_, parent, noun.category) for id_, noun in islice(kinds, len(nouns))
            ]
        parent = self.id("department", len(DEPARTMENTS))
        categories.append(_category(parent, None, ALL_COLLECTIONS))
        collections = zip(self._collections, COLLECTIONS, strict=True)
        return categories + [_category(id_, parent, words) for id_, words in collections]

    def product(self, number: int) -> GeneratedProduct:
        """Return the product with this number, from 1 on."""
        at = (number * STRIDE + self._start) % NAMES
        series = (number - 1) // NAMES
        texts = _texts(at, f" {series + 1}" if series else "")
        indexes = range(len(SIZES))
        drawn = self.bits("facts", number)
        words = texts[Locale.ENGLISH].name.lower().replace(" ", "-")
        return GeneratedProduct(
            number=number,
            id=self.id("product", number),
            slug=f"seed-{number}-{words}",
            created_at=EPOCH + timedelta(seconds=number),
            texts=texts,
            category_ids=(
                self._kinds[at % len(NOUNS)],
                self._collections[drawn % len(COLLECTIONS)],
            ),
            euros=9 + (drawn >> 8) % 90,
            variants=[self.id("variant", number, index) for index in indexes],
            stock=[self.id("stock", number, index) for index in indexes],
        )


def _category(id_: UUID, parent: UUID | None, words: Pair) -> CategoryNames:
    slug = f"seed-{words.en.lower().replace(' ', '-')}"
    return CategoryNames(id_, slug, parent, {Locale.ENGLISH: words.en, Locale.SPANISH: words.es})


def _texts(at: int, series: str) -> dict[Locale, Text]:
    rest, noun_at = divmod(at, len(NOUNS))
    adjective_at, material_at = divmod(rest, len(MATERIALS))
    adjective, material, noun = ADJECTIVES[adjective_at], MATERIALS[material_at], NOUNS[noun_at]
    spanish = adjective.feminine if noun.feminine else adjective.masculine
    article = "Una" if noun.feminine else "Un"
    return {
        Locale.ENGLISH: Text(
            f"{adjective.en.capitalize()} {material.en} {noun.en}{series}",
            f"This {noun.en} of good {material.en} is made to be used every day, at home or at "
            "work. It comes in three sizes.",
        ),
        Locale.SPANISH: Text(
            f"{noun.es.capitalize()} de {material.es} {spanish}{series}",
            f"{article} {noun.es} de {material.es} de buena calidad, para usar cada día, en casa o "
            "en el trabajo. Viene en tres tamaños.",
        ),
    }
