"""Addresses in forms: which countries, and what their parts are called in each."""

from typing import NamedTuple

import msgspec
from babel.core import get_global

from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages import rendering
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.schemas.accounts.address_book import SavedAddressView
from trastienda.schemas.carts.cart import CartView
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.channels import channels
from trastienda.services.shared.addresses import COUNTRIES

ZONES = get_global("zone_territories")
"""The country of each time zone, in the Unicode CLDR."""
SAME, BILLING = "billing_same", "billing_address/"


class Words(NamedTuple):
    """What the parts of an address are called in a country; no region: it is not asked for."""

    postal_code: str = marked("Postal code")
    region: str | None = None
    city: str = marked("City")


_PROVINCE = Words(region=marked("Province"))
_BY_COUNTRY = {
    "AR": _PROVINCE,
    "AU": Words(marked("Postcode"), marked("State or territory"), marked("Suburb or town")),
    "BR": Words(marked("CEP"), marked("State")),
    "CA": _PROVINCE,
    "CN": _PROVINCE,
    "ES": _PROVINCE,
    "GB": Words(marked("Postcode"), None, marked("Town or city")),
    "IE": Words(marked("Eircode"), marked("County"), marked("Town or city")),
    "IN": Words(marked("PIN code"), marked("State")),
    "IT": Words(marked("CAP"), marked("Province")),
    "JP": Words(region=marked("Prefecture")),
    "MX": Words(region=marked("State")),
    "US": Words(marked("ZIP code"), marked("State")),
}
_USUAL = Words()


def words(country: str) -> Words:
    return _BY_COUNTRY.get(country, _USUAL)


def countries(locale: Locale) -> list[tuple[str, str]]:
    """Return the countries that the shop ships to, with their names, in the order of these."""
    return rendering.countries(locale, channels.current().countries or sorted(COUNTRIES))


def default_country() -> str:
    """Return the country that a form begins with: the shop's own, or that of its clocks.

    If the shop does not serve it, it is the first that it does; with neither, buyers choose.
    """
    channel = channels.current()
    home = channel.tax_country or str(ZONES.get(channel.time_zone, ""))
    served = channel.countries
    return home if not served or home in served else served[0]


def of_cart(cart: CartView, visitor: Visitor) -> Form:
    """Return the form that checkout begins with: what the cart knows, and who is logged in."""
    shipping, billing = _fields("shipping_address", cart.shipping_address), {}
    if cart.billing_address and cart.billing_address != cart.shipping_address:
        billing = _fields("billing_address", cart.billing_address)
    return Form(
        email=cart.email or visitor.email,
        **shipping,
        **billing,
        **{SAME: "false" if billing else "true"},
        shipping_option=cart.shipping_option.id if cart.shipping_option else None,
        vat_number=cart.vat_number or None,
    )


def saved(book: list[SavedAddressView]) -> list[tuple[str, str]]:
    """Return the fields of the address that a customer's orders usually go to."""
    usual = next((it.address for it in book if it.default_shipping), None)
    return list(_fields("shipping_address", usual).items())


def without_copies(form: Form) -> Form:
    """Leave the billing address out if it is said to be the other one."""
    if form.get(SAME) != "true":
        return form
    return Form([(name, text) for name, text in form.pairs if not name.startswith(BILLING)])


def _fields(below: str, address: Address | None) -> dict[str, str]:
    known = msgspec.structs.asdict(address) if address else {}
    return {f"{below}/{name}": text for name, text in known.items() if text is not None}
