"""From an assessed cart to the order it will become. Pure, but for the ids it makes."""

from msgspec import UNSET, structs
from uuid_utils.compat import uuid7

from trastienda.database.models.carts.cart import CartChanged, TotalChanged
from trastienda.database.models.stock.stock import OutOfStock
from trastienda.errors import Conflict, Invalid
from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.carts.cart import CartLineRow
from trastienda.schemas.credit.amounts import Tender
from trastienda.schemas.orders.order import Checkout, OrderDraft, OrderLineView
from trastienda.schemas.pricing.pricing import LineToPrice, PricedLine
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.problem import CartProblem
from trastienda.services.carts import credit as cart_credit
from trastienda.services.carts import view as cart_view
from trastienda.services.carts.problems import PriceRisen
from trastienda.services.pricing.rounding import percent, plain
from trastienda.services.taxes import of_carts as cart_taxes
from trastienda.titles import kind

NO_PROVIDER = "none"
"""Of an order that costs nothing."""


def freeze(assessed: Assessment, checkout: Checkout, context: Context) -> OrderDraft:
    """Return what is being bought, and what pays it beside a provider.

    Who names the total that they expect has seen the prices, so that a risen one does not matter.
    Raise CartChanged, CartNotReady, OutOfStock, TotalChanged, AmountDueChanged or PaymentMissing.
    """
    cart, sums = assessed.cart, assessed.priced
    if context.seen not in {None, cart.version}:
        raise CartChanged(version=cart.version)
    refuse(assessed.problems, seen=checkout.expected_total is not None)
    if checkout.expected_total not in {None, sums.totals.total}:
        raise TotalChanged(total=sums.totals.total, expected_total=checkout.expected_total)
    tenders, provider = _paying(assessed, checkout)
    shipping = cart_view.shipping_option(assessed)
    if cart.email is None or cart.shipping_address is None or (shipping is None and cart.ships):
        raise CartNotReady
    return OrderDraft(
        id=uuid7(),
        cart_id=cart.id,
        channel_id=cart.channel_id,
        customer_id=cart.customer_id,
        currency=cart.currency,
        locale=context.locale.value,
        email=cart.email,
        shipping_address=cart.shipping_address,
        billing_address=cart.billing_address or cart.shipping_address,
        shipping_option=shipping,
        payment_provider=provider,
        lines=[
            _line(line, sold, asked)
            for line, sold, asked in zip(cart.lines, sums.lines, assessed.basis.lines, strict=True)
        ],
        totals=sums.totals,
        shipping_tax_added=_added_to_shipping(assessed),
        pricing=assessed.basis,
        vat_number=cart.vat_number,
        vat_check=cart.vat_check,
        coupons=[coupon.code for coupon in cart.offers.coupons],
        used=assessed.used,
        product_ids=[line.product_id for line in cart.lines],
        tax_country=cart_taxes.country(cart),
        taxed_shipping=sums.taxed_shipping,
        tenders=tenders,
    )


def _paying(assessed: Assessment, checkout: Checkout) -> tuple[list[Tender], str]:
    """Say what gift cards and store credit pay, and name who takes the rest, or what pays instead.

    Raise AmountDueChanged or PaymentMissing.
    """
    total = assessed.priced.totals.total
    tenders = cart_credit.tenders(assessed.cart.credit, cart_credit.payable(assessed))
    due = total - sum(tender.amount for tender in tenders)
    if checkout.expected_amount_due not in {None, due}:
        raise AmountDueChanged(amount_due=due, expected_amount_due=checkout.expected_amount_due)
    if due and checkout.payment is None:
        raise PaymentMissing(pointer="/payment", amount_due=due)
    if tenders and not due:
        return tenders, tenders[0].kind.value
    return tenders, checkout.payment.provider if checkout.payment else NO_PROVIDER


def refuse(problems: list[CartProblem], *, seen: bool) -> None:
    """Raise what stands in the way: OutOfStock when it is only that, else CartNotReady.

    Risen prices do not if the buyer has `seen` what they come to.
    """
    blocking = [
        problem
        for problem in problems
        if problem.blocking is UNSET and not (seen and problem.type == kind(PriceRisen))
    ]
    if blocking and all(problem.type == kind(OutOfStock) for problem in blocking):
        raise OutOfStock(problems=problems)
    if blocking:
        raise CartNotReady(problems=problems)


def _line(line: CartLineRow, sums: PricedLine, priced: LineToPrice) -> OrderLineView:
    sold = structs.asdict(cart_view.line_view(line, sums))
    own = {"id": uuid7(), "unit_price": priced.unit_price}
    rate = plain(percent(priced.rate))
    return OrderLineView(**{**sold, **own}, tax_rate=rate, custom=line.custom or UNSET)


def _added_to_shipping(assessed: Assessment) -> int:
    shipping = assessed.basis.shipping
    return assessed.priced.shipping_tax if shipping and not shipping.included else 0


class CartNotReady(Conflict):
    """The cart cannot be ordered yet."""


class AmountDueChanged(Conflict):
    """Gift cards and store credit leave another amount to pay than you expected."""


class PaymentMissing(Invalid):
    """Something is left to pay: name a payment provider."""
