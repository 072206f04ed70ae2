"""Whether an address can be one."""

import pycountry

from trastienda.errors import Invalid
from trastienda.schemas.cart import Contact
from trastienda.services.text import fold

COUNTRIES = frozenset(country.alpha_2 for country in pycountry.countries)
"""ISO 3166-1 alpha-2, as officially assigned."""


def check(contact: Contact) -> None:
    """Raise CountryUnknown when an address names a country that does not exist."""
    for field in ("shipping_address", "billing_address"):
        address = getattr(contact, field)
        if address:
            check_country(address.country, f"/{field}/country")


def check_country(country: str, pointer: str) -> None:
    if country not in COUNTRIES:
        raise CountryUnknown(country=country, pointer=pointer)


def region_key(region: str) -> str:
    """Return what regions are compared by: accents, case and blanks around do not count."""
    return fold(region.strip())


class CountryUnknown(Invalid):
    """There is no such country (ISO 3166-1 alpha-2)."""
