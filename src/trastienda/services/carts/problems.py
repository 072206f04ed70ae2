"""Why a cart cannot be ordered yet. Pure: it uses only what was read with the cart."""

from collections.abc import Iterator
from typing import Any

from msgspec import UNSET

from trastienda.database.models.credit.cart_gift_card import MOST_SOLD
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.stock.stock import OutOfStock
from trastienda.errors import Conflict, ShopError
from trastienda.schemas.carts.cart import CartLineRow, CartRow
from trastienda.schemas.shared.problem import CartProblem
from trastienda.schemas.taxes.of_carts import Taxation
from trastienda.services.shipping import of_carts as cart_shipping
from trastienda.titles import kind, title


def problems(
    cart: CartRow, taxation: Taxation, shipping_price: int | None, locale: Locale
) -> list[CartProblem]:
    """Return all problems of a cart, lines first, in the order in which a buyer would fix them."""
    return [_problem(error, line, locale) for error, line in _found(cart, taxation, shipping_price)]


def _found(
    cart: CartRow, taxation: Taxation, shipping_price: int | None
) -> Iterator[tuple[type[ShopError], CartLineRow | None]]:
    if not cart.lines:
        yield CartEmpty, None
    for line in cart.lines:
        if line.unit_price is None:
            yield NotForSale, line
            continue
        if line.available < line.quantity and line.gift_card is None:
            yield OutOfStock, line
        if line.seen_price is not None and line.unit_price != line.seen_price:
            yield (PriceRisen if line.unit_price > line.seen_price else PriceFallen), line
    if sum(line.quantity for line in cart.lines if line.gift_card) > MOST_SOLD:
        yield TooManyGiftCards, None
    if cart.email is None:
        yield EmailMissing, None
    yield from ((error, None) for error in _about_shipping(cart, shipping_price))
    if taxation.unavailable:
        yield TaxUnavailable, None
    if taxation.undecided:
        yield TaxUndecided, None


def _about_shipping(cart: CartRow, price: int | None) -> Iterator[type[ShopError]]:
    country = cart.shipping_address.country if cart.shipping_address else None
    if country is None:
        yield ShippingAddressMissing
    if not cart.ships:
        return
    if country and cart.countries and country not in cart.countries:
        yield CountryNotServed
    if cart.shipping is None:
        yield ShippingOptionMissing
    elif price is None:
        unquoted = cart.shipping.quote is None and cart_shipping.needs_quote(cart, cart.shipping)
        yield CourierUnavailable if unquoted and country else ShippingOptionUnavailable


def _problem(error: type[ShopError], line: CartLineRow | None, locale: Locale) -> CartProblem:
    return CartProblem(
        type=kind(error),
        title=title(error, locale),
        line_id=line.id if line else UNSET,
        sku=line.sku if line else UNSET,
        available=max(line.available, 0) if line else UNSET,
        **_about_price(error, line),
    )


def _about_price(error: type[ShopError], line: CartLineRow | None) -> dict[str, Any]:
    if line is None or error not in {PriceRisen, PriceFallen}:
        return {}
    facts = {"previous_price": line.seen_price, "price": line.unit_price}
    return facts if error is PriceRisen else {**facts, "blocking": False}


class CartEmpty(Conflict):
    """The cart is empty."""


class NotForSale(Conflict):
    """This is not for sale any more."""


class PriceRisen(Conflict):
    """This costs more than when you last looked."""


class PriceFallen(Conflict):
    """This costs less than when you last looked."""


class TooManyGiftCards(Conflict):
    """An order holds at most 100 gift cards."""


class EmailMissing(Conflict):
    """An e-mail address is missing."""


class ShippingAddressMissing(Conflict):
    """The shipping address is missing."""


class CountryNotServed(Conflict):
    """We do not ship to this country."""


class ShippingOptionMissing(Conflict):
    """Choose a way of shipping."""


class ShippingOptionUnavailable(Conflict):
    """This way of shipping is not available for this cart."""


class CourierUnavailable(Conflict):
    """The courier does not say its price at the moment; try again, or choose another way."""


class TaxUnavailable(Conflict):
    """The tax for this destination cannot be asked for at the moment; please try again."""


class TaxUndecided(Conflict):
    """The tax for this destination cannot be worked out yet; please ask the shop."""
