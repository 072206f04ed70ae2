"""From a cart to the order it will become. Pure, but for the ids it makes."""

from msgspec import structs
from uuid_utils.compat import uuid7

from trastienda.database.models.cart import CartChanged
from trastienda.database.models.stock import OutOfStock
from trastienda.errors import Conflict
from trastienda.schemas.cart import CartLineRow, CartRow
from trastienda.schemas.order import Checkout, OrderDraft, OrderLineView
from trastienda.schemas.pricing import LineToPrice, PricedLine
from trastienda.schemas.problem import CartProblem
from trastienda.schemas.terms import Terms
from trastienda.services import cart_view, coupon_problems
from trastienda.services.cart_pricing import Costs, costs
from trastienda.services.obstacles import obstacles
from trastienda.services.pricing.rounding import percent, plain
from trastienda.titles import kind


def freeze(cart: CartRow, checkout: Checkout, terms: Terms) -> OrderDraft:
    """Return what is being bought. Raise CartChanged, CartNotReady, OutOfStock or TotalChanged."""
    if terms.seen not in {None, cart.version}:
        raise CartChanged(version=cart.version)
    cost = costs(cart, terms.asked_at)
    refuse([*obstacles(cart, cost, terms.locale), *coupon_problems.found(cart, cost, terms)])
    sums = cost.priced
    if checkout.expected_total not in {None, sums.totals.total}:
        raise TotalChanged(total=sums.totals.total, expected_total=checkout.expected_total)
    shipping = cart_view.shipping_option(cart, cost)
    if cart.email is None or cart.shipping_address is None or shipping is None:
        raise CartNotReady
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
        lines=[
            _line(line, sold, asked)
            for line, sold, asked in zip(cart.lines, sums.lines, cost.basis.lines, strict=True)
        ],
        totals=sums.totals,
        shipping_tax_added=_added_to_shipping(cost),
        pricing=cost.basis,
        vat_number=cart.vat_number,
        vat_check=cart.vat_check,
        coupons=[coupon.code for coupon in cart.offers.coupons],
        used=coupon_problems.used(cart, cost),
        product_ids=[line.product_id for line in cart.lines],
    )


def refuse(problems: list[CartProblem]) -> None:
    """Raise what stands in the way: OutOfStock when it is only that, else CartNotReady."""
    if problems and all(problem.type == kind(OutOfStock) for problem in problems):
        raise OutOfStock(problems=problems)
    if problems:
        raise CartNotReady(problems=problems)


def _line(line: CartLineRow, sums: PricedLine, priced: LineToPrice) -> OrderLineView:
    sold = structs.asdict(cart_view.line_view(line, sums))
    own = {"id": uuid7(), "unit_price": priced.unit_price}
    return OrderLineView(**{**sold, **own}, tax_rate=plain(percent(priced.rate)))


def _added_to_shipping(cost: Costs) -> int:
    shipping = cost.basis.shipping
    return cost.priced.shipping_tax if shipping and not shipping.included else 0


class CartNotReady(Conflict):
    """The cart cannot be ordered yet."""


class TotalChanged(Conflict):
    """The total is not the one you expected."""
