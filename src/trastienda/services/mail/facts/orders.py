"""The facts of mails about an order, to its buyer and to the merchant."""

from functools import partial

import msgspec
from babel import Locale as Language
from babel.dates import format_date
from msgspec import structs

from trastienda.schemas.orders.fulfilment import TRACKING_URL, FulfilmentView, OrderFulfilment
from trastienda.schemas.orders.order import OrderView
from trastienda.services.mail.facts.payments import payment_page
from trastienda.services.mail.rendering import Facts, Rendering, moment, orders_page
from trastienda.services.orders import access as order_access
from trastienda.services.shared import currencies
from trastienda.services.shared.hostile_text import unlinked


def of_order(data: Facts, rendering: Rendering) -> Facts:
    """Return an order's facts. What its buyer typed is shown, but never becomes a link."""
    mail_settings, locale, _ = rendering
    order = msgspec.convert(data, OrderView)
    token = order_access.with_token(order, rendering.at).access_token
    language = Language.parse(locale.value)
    order = structs.replace(
        order,
        outstanding=data.get("outstanding", order.totals.total - order.captured),  # of older code
        shipping_address=unlinked(order.shipping_address),
        billing_address=unlinked(order.billing_address),
        fulfilments=[_parcel(parcel) for parcel in order.fulfilments],
    )
    money = partial(currencies.written, currency=order.currency, locale=locale)
    return {
        "order": order,
        "money": money,
        "sold": {line.id: line for line in order.lines},
        "countries": language.territories,
        "see": "see",
        "link": f"{orders_page(mail_settings)}/{order.id}?access_token={token}",
        "order_number": order.number,
        "order_total": money(order.totals.total),
        "amount_due": money(order.outstanding),
        "placed_on": format_date(order.placed_at, "long", language),
        "due_at": moment(order.payment_due_at, language) if order.payment_due_at else "",
        "name": order.billing_address.name,
    }


def _parcel(parcel: OrderFulfilment) -> OrderFulfilment:
    """Show what staff, or a program of theirs, wrote: the only link is one to an https host."""
    url = parcel.tracking_url
    return structs.replace(
        parcel,
        carrier=unlinked(parcel.carrier),
        tracking_number=unlinked(parcel.tracking_number),
        tracking_url=url if url and TRACKING_URL.fullmatch(url) else None,
    )


def of_edited_order(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of an order that was edited; what is left to be paid is one click away."""
    facts, edit, mail_settings = of_order(data, rendering), data["edit"], rendering.mail_settings
    money = facts["money"]
    facts |= {
        "owed": edit["owed"],
        "refunded": edit["refunded"],
        "payment_amount": money(edit["owed"]),
        "refund_amount": money(edit["refunded"]),
    }
    if not edit["owed"]:
        return facts
    link = payment_page(mail_settings, facts["order"].id, rendering.at)
    return facts | {"see": "pay", "link": link}


def of_ready_parcel(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of a parcel that waits at a pick-up point."""
    facts = of_order(data["order"], rendering)
    order: OrderView = facts["order"]
    pickup = order.shipping_option.pickup_address if order.shipping_option else None
    return facts | {
        "parcel": _parcel(msgspec.convert(data, FulfilmentView)),
        "pickup_address": unlinked(pickup or order.shipping_address),
    }


def of_payment_request(data: Facts, rendering: Rendering) -> Facts:
    """Return the facts of an order whose buyer is asked to pay; the link leads to the payment."""
    facts, mail_settings = of_order(data, rendering), rendering.mail_settings
    return facts | {
        "payment_amount": facts["money"](data["amount"]),
        "see": "pay",
        "link": payment_page(mail_settings, facts["order"].id, rendering.at),
    }


def of_new_order(data: Facts, rendering: Rendering) -> Facts:
    """Return an order's facts for the merchant; the link works only for staff who log in."""
    facts, mail_settings = of_order(data, rendering), rendering.mail_settings
    return facts | {
        "see": "see_admin",
        "link": f"{mail_settings.api}/v1/admin/orders/{facts['order'].id}",
    }
