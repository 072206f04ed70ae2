"""The table of letters: which event somebody hears of, who, and what can be said about it."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import msgspec
from babel import Locale as Language
from babel.dates import format_date

from trastienda.database.models.text import Locale
from trastienda.schemas.letter import Audience, LetterKind
from trastienda.schemas.order import OrderView
from trastienda.schemas.reminder import CartAbandoned
from trastienda.services import currencies, letter_samples, order_access

Facts = dict[str, Any]


class House(NamedTuple):
    """Whose letters these are: `sender` is an address, with or without a name."""

    sender: str
    api: str
    """Where our API is reached, without a slash at the end."""
    storefront: str | None = None
    """Where customers shop, without a slash at the end; None while there is no front-end."""


class Subject(NamedTuple):
    """What a letter can be about: its frame, what is said there, and what it looks like."""

    frame: str
    """The templates `letters/{frame}.mjml` and `.txt`."""
    facts: Callable[[Facts, House, Locale], Facts]
    """From the data of the event to what the templates are given."""
    placeholders: tuple[str, ...]
    """Facts that are plain text, which merchants may name; `shop` is always one."""
    sample: Facts
    """Data of such an event, for previews."""


class Letter(NamedTuple):
    """`letters/{locale}/{name}.jinja` holds its words."""

    name: str
    event: str
    about: Subject
    why: str
    """The word in `letters/{locale}/words.jinja` that says why somebody gets it."""
    audience: Audience = Audience.CUSTOMER
    kind: LetterKind = LetterKind.TRANSACTIONAL
    also: str | None = None
    """Another event that it is about, at times."""
    unanswered: bool = False
    """Whether it is only about what nobody saw happen: who asked for something has its answer."""
    asked_anew: bool = False
    """Whether an address from which letters came back is tried again: somebody typed it in now."""


def _of_order(data: Facts, house: House, locale: Locale) -> Facts:
    order = msgspec.convert(data, OrderView)
    token = order_access.with_token(order).access_token
    language = Language.parse(locale.value)
    place = f"{house.storefront}/orders" if house.storefront else f"{house.api}/v1/orders"
    money = partial(currencies.written, currency=order.currency, locale=locale)
    return {
        "order": order,
        "money": money,
        "countries": language.territories,
        "see": "see",
        "link": f"{place}/{order.id}?access_token={token}",
        "order_number": order.number,
        "order_total": money(order.totals.total),
        "placed_on": format_date(order.placed_at, "long", language),
        "name": order.billing_address.name,
    }


def _of_new_order(data: Facts, house: House, locale: Locale) -> Facts:
    """Tell the merchant; the link opens nothing to who does not say who they are."""
    facts = _of_order(data, house, locale)
    return facts | {
        "see": "see_admin",
        "link": f"{house.api}/v1/admin/orders/{facts['order'].id}",
    }


def _of_address(data: Facts, house: House, _: Locale) -> Facts:
    """Tell who may own an address; repeat nothing that was typed in, name included.

    Anybody may register any address, and must not be able to send it words through us.
    """
    token = data["token"]
    link = f"{house.storefront}/verify?token={token}" if house.storefront else None
    return {"token": token, "link": link}


def _of_nothing(_: Facts, __: House, ___: Locale) -> Facts:
    return {"link": None}


def _of_cart(data: Facts, house: House, locale: Locale) -> Facts:
    """Tell of what was left; the link opens a new cart, without anybody's address."""
    cart, token = msgspec.convert(data, CartAbandoned), data["token"]
    money = partial(currencies.written, currency=cart.currency, locale=locale)
    link = f"{house.storefront}/cart?restore={token}" if house.storefront else None
    return {
        "cart": cart,
        "money": money,
        "token": token,
        "link": link,
        "cart_total": money(cart.totals.total),
    }


def _of_payment(data: Facts, house: House, locale: Locale) -> Facts:
    """Tell that nothing was paid; the cart is where it was."""
    paid = currencies.written(data["amount"], currency=data["currency"], locale=locale)
    link = f"{house.storefront}/cart" if house.storefront else None
    return {"payment_amount": paid, "see": "back", "link": link}


def _of_webhook(data: Facts, _: House, __: Locale) -> Facts:
    return {"webhook": data, "webhook_host": data["host"], "link": None}


NAMES = ("name", "order_number", "order_total", "placed_on")
ORDER = Subject("order", _of_order, NAMES, letter_samples.ORDER)
NEW_ORDER = ORDER._replace(facts=_of_new_order)
ADDRESS = Subject("verify", _of_address, (), letter_samples.ADDRESS)
CART = Subject("cart", _of_cart, ("cart_total",), letter_samples.CART)
PAYMENT = Subject("note", _of_payment, ("payment_amount",), letter_samples.PAYMENT)
WEBHOOK = Subject("note", _of_webhook, ("webhook_host",), letter_samples.WEBHOOK)
NOTE = Subject("note", _of_nothing, (), {})

REMINDER = "cart_reminder"
REPEATED = "user.registration_repeated"
_LETTERS = (
    Letter("order_placed", "order.placed", ORDER, "why"),
    Letter("order_paid", "order.paid", ORDER, "why"),
    Letter("order_fulfilled", "order.fulfilled", ORDER, "why"),
    Letter("order_cancelled", "order.cancelled", ORDER, "why"),
    Letter("payment_declined", "payment.declined", PAYMENT, "why_payment", unanswered=True),
    Letter("new_order", "order.placed", NEW_ORDER, "why_new_order", Audience.MERCHANT),
    Letter("verify", "user.registered", ADDRESS, "why_account", also=REPEATED, asked_anew=True),
    Letter("known_already", REPEATED, NOTE, "why_account"),
    Letter(REMINDER, "cart.abandoned", CART, "why_reminder", kind=LetterKind.REMINDER),
    Letter("webhook_resting", "webhook.resting", WEBHOOK, "why_webhook", Audience.OWNER),
    Letter("webhook_disabled", "webhook.disabled", WEBHOOK, "why_webhook", Audience.OWNER),
    Letter("appointed", "user.appointed", NOTE, "why_staff", Audience.STAFF),
)
LETTERS = {letter.name: letter for letter in _LETTERS}
TYPES = frozenset(letter.event for letter in _LETTERS)
"""The events that somebody gets a letter about."""


def about(event: str) -> list[Letter]:
    """Give the letters about a type of event."""
    return [letter for letter in _LETTERS if event in {letter.event, letter.also}]


def placeholders(letter: Letter) -> list[str]:
    return sorted({*letter.about.placeholders, "shop"})
