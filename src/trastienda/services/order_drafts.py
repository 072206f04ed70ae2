"""From a cart to the order it will become. Pure, but for the ids it makes."""

from decimal import Decimal

from msgspec import structs
from uuid_utils.compat import uuid7

from trastienda.database.models.cart import CartChanged
from trastienda.database.models.stock import OutOfStock
from trastienda.errors import Conflict
from trastienda.schemas.cart import CartLineRow, CartRow
from trastienda.schemas.order import Checkout, OrderDraft, OrderLineView
from trastienda.schemas.pricing import PricedLine
from trastienda.schemas.problem import CartProblem
from trastienda.schemas.terms import Terms
from trastienda.services import cart_view
from trastienda.services.obstacles import obstacles
from trastienda.titles import kind


def freeze(cart: CartRow, checkout: Checkout, terms: Terms) -> OrderDraft:
    """Return what is being bought. Raise CartChanged, CartNotReady, OutOfStock or TotalChanged."""
    if terms.seen not in {None, cart.version}:
        raise CartChanged(version=cart.version)
    refuse(obstacles(cart, terms.locale))
    sums = cart_view.priced(cart)
    if checkout.expected_total not in {None, sums.totals.total}:
        raise TotalChanged(total=sums.totals.total, expected_total=checkout.expected_total)
    shipping = cart_view.shipping_option(cart)
    if cart.email is None or cart.shipping_address is None or shipping is None:
        raise CartNotReady
    rate = plain(cart.tax_rate)
    return OrderDraft(
        id=uuid7(),
        cart_id=cart.id,
        channel_id=cart.channel_id,
        customer_id=cart.customer_id,
        currency=cart.currency,
        locale=terms.locale.value,
        email=cart.email,
        shipping_address=cart.shipping_address,
        billing_address=cart.billing_address or cart.shipping_address,
        shipping_option=shipping,
        payment_provider=checkout.payment.provider,
        lines=[_line(*both, rate) for both in zip(cart.lines, sums.lines, strict=True)],
        totals=sums.totals,
        product_ids=[line.product_id for line in cart.lines],
    )


def refuse(problems: list[CartProblem]) -> None:
    """Raise what stands in the way: OutOfStock when it is only that, else CartNotReady."""
    if problems and all(problem.type == kind(OutOfStock) for problem in problems):
        raise OutOfStock(problems=problems)
    if problems:
        raise CartNotReady(problems=problems)


def plain(rate: Decimal) -> str:
    """Write a percentage as people do: `21`, `5.5`."""
    text = f"{rate:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _line(line: CartLineRow, sums: PricedLine, rate: str) -> OrderLineView:
    sold = structs.asdict(cart_view.line_view(line, sums))
    return OrderLineView(**{**sold, "id": uuid7()}, tax_rate=rate)


class CartNotReady(Conflict):
    """The cart cannot be ordered yet."""


class TotalChanged(Conflict):
    """The total is not the one you expected."""
