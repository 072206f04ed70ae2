"""The cookie that keeps which cart is a browser's, and how many units are in it.

The id of a cart is the key to it, so scripts cannot read this cookie. The units are there for the
header of each page, which therefore needs no question to the database.
"""

from datetime import timedelta
from typing import NamedTuple

from litestar.datastructures import Cookie
from litestar.types import Scope

from trastienda.middlewares.identity import cookies
from trastienda.schemas.carts.cart import CartView
from trastienda.services.channels import channels

COOKIE = "__Host-cart"
LONGEST = 64  # characters of an id
NONE = timedelta(0)


class Kept(NamedTuple):
    cart_id: str
    units: int


def of(scope: Scope) -> Kept | None:
    """Return the cart of this browser, if it has one; whether it is there is not known."""
    cart_id, _, units = (cookies.cookie(scope, COOKIE) or "").partition(".")
    if not cart_id or len(cart_id) > LONGEST:
        return None
    known = units.isascii() and units.isdecimal() and len(units) <= 6  # noqa: PLR2004
    return Kept(cart_id, int(units) if known else 0)


def keep(cart: CartView) -> Cookie:
    return keep_id(cart.id, units(cart))


def units(cart: CartView) -> int:
    return sum(line.quantity for line in cart.lines)


def keep_id(cart_id: str, units: int) -> Cookie:
    lifetime = timedelta(days=channels.current().cart_days)
    return cookies.made(COOKIE, f"{cart_id}.{units}", lifetime)


def drop() -> Cookie:
    return cookies.made(COOKIE, "", NONE)
