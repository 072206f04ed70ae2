"""Which payment providers are offered for a cart: by channel, country, currency and amount."""

from typing import NamedTuple
from uuid import UUID

from trastienda.database.models.payments.provider import ProviderMode
from trastienda.errors import Invalid
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.orders.order import OrderDraft
from trastienda.schemas.payments.provider import PaymentOptionView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.channels import channels
from trastienda.services.payments import MANUAL
from trastienda.services.payments.providers.handles import Handle
from trastienda.services.payments.providers.registry import ProviderRow, Providers


class Payable(NamedTuple):
    """What is to be paid, as far as it decides who may take it."""

    amount: int
    """In minor units."""
    currency: str
    country: str | None
    """Of the billing address; None before there is one."""
    to_staff: bool = False
    """Whether staff ask, who may try a provider in test mode."""


def is_staff(visitor: Visitor) -> bool:
    """Say whether somebody may try a provider in test mode."""
    return "orders.write" in visitor.scopes


def of_draft(draft: OrderDraft, *, to_staff: bool) -> Payable:
    """Say what of an order decides who may take its payment."""
    country = draft.billing_address.country
    return Payable(draft.amount_due, draft.currency, country, to_staff)


def of_cart(cart: CartRow, total: int, *, to_staff: bool) -> Payable:
    """Say what of a cart decides who may take its payment."""
    address = cart.billing_address or cart.shipping_address
    return Payable(total, cart.currency, address.country if address else None, to_staff)


def offered(providers: Providers, what: Payable) -> list[PaymentOptionView]:
    """Return who may take a payment, as buyers are offered them: the built-in ones last."""
    options = [
        PaymentOptionView(
            provider=row.name, kind=row.kind, mode=row.mode, client=dict(handle.for_browser())
        )
        for row, handle in providers.rows()
        if _fits(providers, row, handle, what)
    ]
    built_in = [(MANUAL, ProviderMode.LIVE)] + [
        (name, ProviderMode.TEST)
        for name in sorted(providers.taking())
        if providers.is_built_in(name)
    ]
    return options + [
        PaymentOptionView(provider=name, kind=name, mode=mode, client={}) for name, mode in built_in
    ]


def expect(providers: Providers, name: str, what: Payable) -> UUID | None:
    """Return the row of who takes a payment; None if it is built in.

    Raise ProviderNotOffered, or AmountTooSmall if only that is the reason.
    """
    if providers.is_built_in(name):
        return None
    found = providers.row(name)
    if found is not None and (least := _least(providers, *found, what)) > what.amount:
        others = [it.provider for it in offered(providers, what)]
        raise AmountTooSmall(pointer="/payment/provider", minimum=least, offered=others)
    if found is None or not _fits(providers, *found, what):
        raise ProviderNotOffered(
            pointer="/payment/provider", offered=[it.provider for it in offered(providers, what)]
        )
    return found[0].id


def _least(providers: Providers, row: ProviderRow, handle: Handle, what: Payable) -> int:
    """Return the least that a provider takes, if it would take that; else 0."""
    least = handle.least(what.currency)
    return least if _fits(providers, row, handle, what._replace(amount=least)) else 0


def _fits(providers: Providers, row: ProviderRow, handle: Handle, what: Payable) -> bool:
    trial = providers.only_live and row.mode is ProviderMode.TEST
    return (
        (what.to_staff or not trial)
        and (not row.channels or channels.current().slug in row.channels)
        and (not row.countries or what.country in row.countries)
        and (not row.currencies or what.currency in row.currencies)
        and handle.accepts(what.amount, what.currency)
    )


class AmountTooSmall(Invalid):
    """This is less than this payment provider takes."""


class ProviderNotOffered(Invalid):
    """This payment provider does not take the payment of this cart."""
