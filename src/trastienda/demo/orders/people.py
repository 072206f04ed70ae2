"""Who orders, and how an order went: drawn, with the odds of a shop that goes on for years."""

from datetime import timedelta
from enum import Enum
from typing import NamedTuple

FIRST = [
    "Ana",
    "Luis",
    "Marta",
    "Jorge",
    "Lucía",
    "Pablo",
    "Elena",
    "Diego",
    "Sofía",
    "Iván",
    "Clara",
    "Hugo",
    "Nora",
    "Mateo",
    "Irene",
    "Óscar",
    "Julia",
    "Raúl",
    "Emma",
    "Noah",
    "Olivia",
    "Liam",
    "Mia",
    "Jonas",
    "Lena",
    "Max",
    "Chloé",
    "Louis",
    "Inès",
    "Paul",
    "Giulia",
    "Marco",
    "Zoë",
    "Tim",
]
LAST = [
    "García",
    "Núñez",
    "López",
    "Martín",
    "Sánchez",
    "Pérez",
    "Gómez",
    "Ruiz",
    "Díaz",
    "Moreno",
    "Álvarez",
    "Romero",
    "Alonso",
    "Torres",
    "Navarro",
    "Ramos",
    "Gil",
    "Serrano",
    "Blanco",
    "Molina",
    "Smith",
    "Jones",
    "Brown",
    "Taylor",
    "Müller",
    "Schmidt",
    "Weber",
    "Wagner",
    "Dubois",
    "Bernard",
    "Petit",
    "Rossi",
    "Russo",
    "Ferrari",
    "Jansen",
    "Visser",
    "Silva",
    "Santos",
    "Costa",
    "Novak",
]
CITIES = ("Madrid", "28013"), ("Sevilla", "41001"), ("Bilbao", "48001"), ("Vigo", "36201")
TAGS = ("gift", "vip", "fragile", "call first")
AGES = timedelta(days=730)
"""The oldest order was placed so long ago."""
RECENT = timedelta(days=10)
"""What is older has ended: it was sent, cancelled or refunded."""


class Fate(Enum):
    """How far an order is."""

    UNPAID = "unpaid"
    PAID = "paid"
    SENT = "sent"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class Person(NamedTuple):
    name: str
    email: str
    city: str
    postal_code: str


def person(drawn: int) -> Person:
    """Return one of some million people."""
    first, last = FIRST[drawn % len(FIRST)], LAST[drawn // 64 % len(LAST)]
    second = LAST[drawn // 4_096 % len(LAST)]
    city, postal_code = CITIES[drawn // 262_144 % len(CITIES)]
    return Person(
        f"{first} {last} {second}", f"buyer-{drawn % 300_007}@example.com", city, postal_code
    )


def fate(drawn: int, age: timedelta) -> Fate:
    """Say how an order of this age went: of a hundred old ones 6 were cancelled, 5 refunded."""
    lot = drawn % 100
    if age > RECENT:
        if lot < 6:  # noqa: PLR2004 - the odds
            return Fate.CANCELLED
        return Fate.REFUNDED if lot < 11 else Fate.SENT  # noqa: PLR2004 - the odds
    if lot < 15:  # noqa: PLR2004 - the odds
        return Fate.UNPAID
    return Fate.PAID if lot < 60 else Fate.SENT  # noqa: PLR2004 - the odds


def tags(drawn: int) -> list[str]:
    """Return the tag of every tenth order."""
    return [TAGS[drawn // 10 % len(TAGS)]] if drawn % 10 == 0 else []
