"""A program's purchase, with the client made from /openapi.json; prints what it paid."""

import json
import os
import ssl
import sys
from typing import NoReturn
from uuid import uuid4

from generated_client import Client
from generated_client.api.carts import list_shipping_options, open_cart, set_contact
from generated_client.api.orders import checkout, get_order
from generated_client.api.products import get_product, list_products
from generated_client.models import (
    Address,
    CartDraft,
    CartView,
    Checkout,
    Contact,
    LineDraft,
    OrderView,
    PaymentChoice,
    ProductPage,
    ProductView,
    ShippingOptionsView,
    TotalChangedProblem,
)


def main() -> None:
    trust = ssl.create_default_context(cafile=os.environ["CA"])
    headers = {"Accept-Language": "en"}
    with Client(os.environ["SHOP"], headers=headers, verify_ssl=trust) as shop:
        placed = bought(shop, mug(shop))
        token = placed.access_token
        order = get_order.sync(placed.id, client=shop, x_order_token=token)
    if not isinstance(order, OrderView):
        refused(order)
    paid = {
        "bought": [[it.sku, it.quantity, it.unit_price] for it in order.lines],
        "shipping": order.totals.shipping,
        "paid": [order.payment_status, order.totals.total, order.currency],
    }
    sys.stdout.write(json.dumps(paid))


def mug(shop: Client) -> str:
    """Find the SKU of a blue mug."""
    found = list_products.sync(client=shop, q="blue mug")
    if not isinstance(found, ProductPage):
        refused(found)
    product = get_product.sync(found.items[0].slug, client=shop)
    if not isinstance(product, ProductView):
        refused(product)
    blue = (it for it in product.variants if it.options.additional_properties["Colour"] == "Blue")
    return next(blue).sku


def bought(shop: Client, sku: str) -> OrderView:
    made = open_cart.sync(client=shop, body=CartDraft(lines=[LineDraft(sku=sku, quantity=1)]))
    if not isinstance(made, CartView):
        refused(made)
    options = list_shipping_options.sync(made.id, client=shop)
    if not isinstance(options, ShippingOptionsView):
        refused(options)
    home = Address(name="Ada Lovelace", line1="Calle Mayor 1", city="Madrid", country="ES")
    option = options.items[0].id
    contact = Contact(email="ada@example.com", shipping_address=home, shipping_option=option)
    cart = set_contact.sync(made.id, client=shop, body=contact)
    if not isinstance(cart, CartView):
        refused(cart)
    return checked_out(shop, cart.id, cart.totals.total + 1)


def checked_out(shop: Client, cart: str, total: int) -> OrderView:
    body = Checkout(payment=PaymentChoice(provider="test", token="ok"), expected_total=total)
    order = checkout.sync(cart, client=shop, body=body, idempotency_key=uuid4().hex)
    if isinstance(order, TotalChangedProblem):
        sys.stderr.write(f"{order.title} {order.total}\n")  # here a page asks the buyer again
        return checked_out(shop, cart, order.total)
    if not isinstance(order, OrderView):
        refused(order)
    return order


def refused(answer: object) -> NoReturn:
    raise SystemExit(f"The shop refused: {getattr(answer, 'title', answer)}")


main()
