"""The view of a cart, made from its assessment."""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from trastienda.database.models.credit.account import CreditKind
from trastienda.schemas.carts.assessment import Assessment
from trastienda.schemas.carts.cart import CartLineRow, CartView, ShippingOptionView
from trastienda.schemas.credit.of_carts import CartGiftCardView, CartStoreCreditView, CreditRow
from trastienda.schemas.pricing.pricing import PricedLine
from trastienda.schemas.shared.line import LineView
from trastienda.services.carts import credit
from trastienda.services.shipping import of_carts as cart_shipping


def view(assessed: Assessment) -> CartView:
    """Return a cart as buyers see it, with amounts in minor units."""
    cart, sums = assessed.cart, assessed.priced
    pays = credit.parts(cart.credit, credit.payable(assessed))
    return CartView(
        id=cart.id,
        version=cart.version,
        currency=cart.currency,
        email=cart.email,
        lines=[line_view(line, sum_) for line, sum_ in zip(cart.lines, sums.lines, strict=True)],
        coupons=[coupon.code for coupon in cart.offers.coupons],
        shipping_address=cart.shipping_address,
        billing_address=cart.billing_address,
        vat_number=cart.vat_number or UNSET,
        vat_check=cart.vat_check or UNSET,
        shipping_option=shipping_option(assessed),
        totals=sums.totals,
        amount_due=sums.totals.total - sum(pays),
        gift_cards=[
            CartGiftCardView(
                id=row.account_id,
                last_characters=row.last_characters,
                available=row.available,
                pays=part,
                expires_at=row.expires_at,
            )
            for row, part in zip(cart.credit, pays, strict=True)
            if row.kind is CreditKind.GIFT_CARD
        ],
        store_credit=_store_credit(cart.credit, pays),
        problems=assessed.problems,
    )


def _store_credit(
    rows: Sequence[CreditRow], pays: Sequence[int]
) -> CartStoreCreditView | UnsetType:
    for row, part in zip(rows, pays, strict=True):
        if row.kind is CreditKind.STORE_CREDIT:
            return CartStoreCreditView(available=row.available, pays=part)
    return UNSET


def shipping_option(assessed: Assessment) -> ShippingOptionView | None:
    """Return the chosen shipping option with its price before discounts; None without one."""
    option, shipping = assessed.cart.shipping, assessed.basis.shipping
    if option is None or shipping is None:
        return None
    return cart_shipping.view(option, shipping.price)


def line_view(line: CartLineRow, sums: PricedLine) -> LineView:
    """Return a line as buyers see it, with amounts in minor units."""
    return LineView(
        id=line.id,
        sku=line.sku,
        name=line.name,
        slug=line.slug,
        variant_id=line.variant_id,
        options=line.options,
        thumbnail=line.thumbnail,
        quantity=line.quantity,
        unit_price=sums.subtotal // line.quantity,
        subtotal=sums.subtotal,
        discount=sums.discount,
        tax=sums.tax,
        total=sums.total,
        gift_card=line.gift_card or UNSET,
    )
