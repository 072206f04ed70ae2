"""Validation of postal and e-mail addresses."""

import pycountry

from trastienda.errors import Invalid
from trastienda.schemas.carts.cart import Contact
from trastienda.services.shared import email_addresses
from trastienda.services.shared.text import fold

COUNTRIES = frozenset(country.alpha_2 for country in pycountry.countries)
"""ISO 3166-1 alpha-2, as officially assigned."""


def check(contact: Contact) -> None:
    """Raise AddressUnusable for the e-mail address, or CountryUnknown, with the field."""
    email_addresses.parse(contact.email)
    for field in ("shipping_address", "billing_address"):
        address = getattr(contact, field)
        if address:
            check_country(address.country, f"/{field}/country")


def check_country(country: str, pointer: str) -> None:
    """Raise CountryUnknown, with the field, for a code that is not in ISO 3166-1."""
    if country not in COUNTRIES:
        raise CountryUnknown(country=country, pointer=pointer)


def region_key(region: str) -> str:
    """Return the key of a region for comparisons, without accents, case and outer blanks."""
    return fold(region.strip())


class CountryUnknown(Invalid):
    """There is no such country (ISO 3166-1 alpha-2)."""
