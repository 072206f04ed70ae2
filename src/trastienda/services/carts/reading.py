"""Reading a cart: one statement returns everything its price and its problems depend on.

A second one counts the customer's uses of promotions, if one has a limit per customer.

The SQL expressions for prices, taxes, shipping and promotions are in the modules of these subjects.
Every part of a statement costs PostgreSQL time, used or not. So carts of a shop without promotions,
price lists, tax zones and tariffs are read by a short statement, which also returns whether it is
still sufficient. See docs/decisions/0021 for what that saves.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from trastienda.database.at_once import sure
from trastienda.database.db import Prepared, Reading, Row, Session, prepared
from trastienda.database.driver import Call
from trastienda.database.models.carts.cart import MOST_LINES, CartFull
from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.carts import credit as cart_credit
from trastienda.services.carts import prices as cart_prices
from trastienda.services.carts import quotes
from trastienda.services.carts.merging import set_aside
from trastienda.services.channels import channels
from trastienda.services.promotions import of_carts as cart_promotions
from trastienda.services.promotions import uses as promotion_uses
from trastienda.services.shipping import of_carts as cart_shipping
from trastienda.services.taxes import of_carts as cart_taxes


class Parts(NamedTuple):
    """Expressions: what there is to know of a cart."""

    taxation: str
    shipping: str
    offers: str
    category_ids: str
    unit_price: str


_ALL = Parts(
    cart_taxes.SQL,
    cart_shipping.SQL,
    cart_promotions.SQL,
    cart_promotions.CATEGORIES_SQL,
    cart_prices.SQL,
)
_FEW = Parts(
    cart_taxes.FLAT_SQL,
    cart_shipping.FLAT_SQL,
    cart_promotions.NONE_SQL,
    cart_promotions.NO_CATEGORIES_SQL,
    cart_prices.OWN_SQL,
)
_FEW_DO_SQL = f"""
    {cart_taxes.FLAT_DO_SQL} AND {cart_shipping.FLAT_DO_SQL}
    AND {cart_promotions.NONE_DO_SQL} AND {cart_prices.OWN_DO_SQL}
"""


def _document(parts: Parts) -> str:
    return f"""json_build_object(
        'id', carts.id, 'channel_id', carts.channel_id, 'customer_id', carts.customer_id,
        'state', carts.state, 'version', carts.version, 'currency', carts.currency,
        'email', carts.email, 'shipping_address', carts.shipping_address,
        'billing_address', carts.billing_address, 'vat_number', carts.vat_number,
        'vat_check', carts.vat_check,
        'has_gift_cards', carts.has_gift_cards, 'uses_store_credit', carts.uses_store_credit,
        'countries', channels.countries, 'rounding', channels.rounding,
        'taxation', {parts.taxation},
        'shipping', {parts.shipping},
        'offers', {parts.offers},
        'lines', coalesce((
            SELECT json_agg(json_build_object(
                'id', cart_lines.id, 'variant_id', variants.id, 'product_id', products.id,
                'sku', variants.sku, 'name', variant_texts.name, 'slug', products.slug,
                'options', variant_texts.options,
                'thumbnail', coalesce(variants.thumbnail, products.thumbnail),
                'quantity', cart_lines.quantity, 'seen_price', cart_lines.seen_price,
                'tax_class', variants.tax_class,
                'weight_grams', variants.weight_grams,
                'longest_mm',
                    greatest(variants.length_mm, variants.width_mm, variants.height_mm),
                'category_ids', {parts.category_ids},
                'gift_card', CASE WHEN products.gift_card
                    THEN json_build_object('recipient', cart_lines.recipient) END,
                'price', CASE WHEN products.published THEN {parts.unit_price} END,
                'available', (SELECT coalesce(sum(on_hand - reserved), 0)::bigint FROM stock
                              WHERE stock.variant_id = variants.id)
            ) ORDER BY cart_lines.id)
            FROM cart_lines
            JOIN variants ON variants.id = cart_lines.variant_id
            JOIN variant_texts ON variant_texts.variant_id = variants.id
                AND variant_texts.locale = %(locale)s
            JOIN products ON products.id = variants.product_id
            LEFT JOIN prices ON prices.variant_id = variants.id
                AND prices.currency = carts.currency
            WHERE cart_lines.cart_id = carts.id), '[]'))::text"""


_FROM_SQL = """
    FROM carts
    JOIN channels ON channels.id = carts.channel_id
    LEFT JOIN shipping_options ON shipping_options.id = carts.shipping_option_id
    LEFT JOIN shipping_prices ON shipping_prices.shipping_option_id = shipping_options.id
        AND shipping_prices.currency = carts.currency
    WHERE carts.id = %(cart)s
        AND (carts.customer_id IS NULL OR carts.customer_id = %(visitor)s::uuid)
"""
_COMPLETE_SQL = f"""
    few.do AND NOT carts.has_gift_cards AND NOT carts.uses_store_credit
    AND shipping_options.courier IS NULL
    AND (SELECT count(*) FROM cart_lines WHERE cart_lines.cart_id = carts.id) <= {MOST_LINES}
"""
LONG = prepared(f"SELECT {_document(_ALL)}, {_FEW_DO_SQL} {_FROM_SQL}")
# OFFSET: PostgreSQL looks once for each of these things, not once for each mention of `few.do`.
_FEW_FROM_SQL = _FROM_SQL.replace(
    "WHERE", f"CROSS JOIN LATERAL (SELECT {_FEW_DO_SQL} AS do OFFSET 0) AS few WHERE"
)
SHORT = prepared(f"SELECT CASE WHEN few.do THEN {_document(_FEW)} END, few.do {_FEW_FROM_SQL}")
# It fails where `found` might refuse or ask for more: see `database/at_once.py`.
SURE = prepared(f"""
    SELECT CASE WHEN few.do THEN {_document(_FEW)} END, few.do, {sure(_COMPLETE_SQL)}
    {_FEW_FROM_SQL}
""")
# Beside what it reads, this notes the prices that the answer shows, where none was noted.
LONG_NOTING = prepared(f"""
    WITH noted AS (
        UPDATE cart_lines SET seen_price = {cart_prices.AMOUNT_SQL} FROM (
            SELECT cart_lines.id, {cart_prices.SQL} AS price
            FROM carts JOIN cart_lines ON cart_lines.cart_id = carts.id
            JOIN variants ON variants.id = cart_lines.variant_id
            JOIN prices ON prices.variant_id = variants.id AND prices.currency = carts.currency
            WHERE carts.id = %(cart)s AND cart_lines.seen_price IS NULL) AS read
        WHERE cart_lines.id = read.id
    )
    SELECT {_document(_ALL)}, {_FEW_DO_SQL} {_FROM_SQL}
""")
_rows = msgspec.json.Decoder(CartRow)


class Question(NamedTuple):
    """Which cart is read, for whom, and when.

    With `noting`, which is for transactions, the prices of lines that were put in or changed are
    noted as those that the buyer has seen.
    """

    visitor: Visitor
    cart_id: str
    context: Context
    noting: bool = False

    @property
    def call(self) -> Call:
        """The statement to be sent together with a change; its rows are for `found`."""
        return _statement(noting=self.noting).call(self.names)

    @property
    def sure_call(self) -> Call:
        """The same for `at_once`; only if `is_short`."""
        return SURE.call(self.names)

    @property
    def is_short(self) -> bool:
        """Whether the short statement was enough for the last cart."""
        return channels.storefronts().short_carts

    @property
    def names(self) -> dict[str, Any]:
        request = {"locale": self.context.locale.value, "now": self.context.asked_at}
        return {"cart": self.cart_id, "visitor": self.visitor.user_id, **request}


async def read(session: Reading, visitor: Visitor, cart_id: str, context: Context) -> CartRow:
    """Read a cart as of the request's time.

    Raise CartNotFound, CartMerged, CartFull or QuotesWanted.

    This takes one statement, or two for the first cart after the shop begins to use promotions,
    price lists, tax zones or tariffs.
    """
    return await _read(session, Question(visitor, cart_id, context))


async def read_changed(
    session: Session, visitor: Visitor, cart_id: str, context: Context
) -> CartRow:
    """Read a cart after a change of its lines, as `read` does, and note the prices it shows."""
    return await _read(session, Question(visitor, cart_id, context, noting=True))


async def _read(session: Reading, question: Question) -> CartRow:
    rows = await _statement(noting=question.noting).rows(session, **question.names)
    return await found(session, rows, question)


async def found(session: Reading, rows: Sequence[Row], question: Question) -> CartRow:
    """Return the cart for the rows that the call of a question returned, as `read` does."""
    row = rows[0] if rows else None
    if row is not None and row[0] is None:
        row = await (LONG_NOTING if question.noting else LONG).row(session, **question.names)
    if row is None:
        raise await set_aside.missing(session, question.visitor, question.cart_id)
    channels.storefronts().short_carts = row[1]
    cart = _rows.decode(row[0])
    cart.offers = await promotion_uses.by_customer(session, cart)
    if cart.has_gift_cards or cart.uses_store_credit:
        who, now = question.visitor.user_id, question.context.asked_at
        cart.credit = await cart_credit.read(session, cart, who, now)
    if len(cart.lines) > MOST_LINES:
        raise CartFull
    await quotes.complete(session, cart, question.context.asked_at)
    return cart


def _statement(*, noting: bool) -> Prepared:
    if channels.storefronts().short_carts:
        return SHORT
    return LONG_NOTING if noting else LONG
