"""The SQL expressions for the unit price of a cart's line at a time, and for its source."""

from trastienda.services.shared import currencies
from trastienda.services.shared.periods import in_force_sql

_PERIOD_SQL = """
    SELECT price_periods.amount, price_periods.price_list_id, price_periods.promotion_id
    FROM price_periods
    WHERE price_periods.variant_id = variants.id
        AND price_periods.currency = carts.currency
        AND price_periods.starts_at <= %(now)s AND price_periods.ends_at > %(now)s
"""
_LIST_SQL = f"""
    SELECT reached.id, reached.amount, reached.min_quantity FROM (
        SELECT DISTINCT ON (price_lists.id) price_lists.id, price_lists.priority,
            price_list_prices.amount, price_list_prices.min_quantity
        FROM price_list_prices
        JOIN price_lists ON price_lists.id = price_list_prices.price_list_id
        WHERE price_list_prices.variant_id = variants.id
            AND price_list_prices.min_quantity <= cart_lines.quantity
            AND price_lists.currency = carts.currency AND price_lists.active
            AND NOT EXISTS (SELECT FROM products
                WHERE products.id = variants.product_id AND products.gift_card)
            AND {in_force_sql("price_lists")}
            AND (price_lists.channel_id IS NULL
                OR price_lists.channel_id = carts.channel_id)
            AND (price_lists.customer_group_id IS NULL
                OR price_lists.customer_group_id IN (
                    SELECT customer_group_id FROM customer_group_members
                    WHERE user_id = carts.customer_id))
        ORDER BY price_lists.id, price_list_prices.min_quantity DESC) AS reached
    ORDER BY reached.priority DESC, reached.amount, reached.id LIMIT 1
"""
_CONVERSION_SQL = f"""
    SELECT json_build_object('base_currency', base.currency, 'base_price', base.amount,
        'rate', trim_scale(rates.rate)::text, 'ending', rates.ending,
        'scale', {currencies.digits_sql("rates.currency")}
            - {currencies.digits_sql("rates.base_currency")})
    FROM exchange_rates AS rates
    JOIN prices AS base ON base.variant_id = variants.id
        AND base.currency = rates.base_currency
    WHERE prices.converted AND rates.currency = carts.currency
"""
_LISTING_SQL = """
    SELECT json_build_object('name', price_lists.name, 'price', coalesce(
            listed.amount, price_list_prices.amount),
        'min_quantity', coalesce(listed.min_quantity, 1))
    FROM price_lists
    LEFT JOIN price_list_prices ON price_list_prices.price_list_id = price_lists.id
        AND price_list_prices.variant_id = variants.id AND price_list_prices.min_quantity = 1
    WHERE price_lists.id = coalesce(listed.id, period.price_list_id)
"""
_SALE_SQL = """
    SELECT json_build_object('name', promotions.name, 'kind', promotions.kind,
        'percent', trim_scale(promotions.percent)::text,
        'amount', (promotions.amounts ->> carts.currency)::bigint)
    FROM promotions WHERE promotions.id = period.promotion_id AND listed.id IS NULL
"""
OWN_SQL = "to_json(prices.amount)"
OWN_DO_SQL = """
    NOT EXISTS (SELECT FROM price_periods) AND NOT EXISTS (SELECT FROM price_lists)
    AND NOT EXISTS (SELECT FROM exchange_rates)
"""
"""Whether only variants' own prices apply in this shop."""
SEEN_SQL = f"CASE WHEN {OWN_DO_SQL} THEN prices.amount END"
"""The price to note as seen by the buyer, for a row of `prices`; NULL if it depends on more.

Then `reading.LONG_NOTING`, which reads the cart for the answer, notes it.
"""
AMOUNT_SQL = """
    CASE json_typeof(read.price) WHEN 'number' THEN read.price #>> '{}'
        ELSE read.price ->> 'amount' END::bigint
"""
"""The unit price in minor units that `SQL` has as `read.price`."""
SQL = f"""
    CASE WHEN prices.amount IS NULL THEN NULL
        WHEN NOT prices.converted AND (SELECT NOT EXISTS (SELECT FROM price_periods))
            AND (SELECT NOT EXISTS (SELECT FROM price_lists)) THEN {OWN_SQL}
        ELSE (
            SELECT CASE
                WHEN listed.id IS NULL AND period.amount IS NULL AND NOT prices.converted
                    THEN to_json(prices.amount)
                ELSE json_build_object(
                    'amount', coalesce(listed.amount, period.amount, prices.amount),
                    'own', prices.amount,
                    'conversion', ({_CONVERSION_SQL}),
                    'listing', ({_LISTING_SQL}),
                    'sale', ({_SALE_SQL})) END
            FROM (SELECT) AS line
            LEFT JOIN LATERAL ({_PERIOD_SQL}) AS period ON true
            LEFT JOIN LATERAL (
                SELECT list.* FROM ({_LIST_SQL}) AS list
                WHERE period.promotion_id IS NULL OR list.amount < period.amount
            ) AS listed ON true) END
"""
"""The unit price: an amount of minor units, or a `PriceSource` if more than the own price applies.

It is for a row of `cart_lines`, `variants`, `prices` and `carts`, at `%(now)s`. The price list with
the highest priority applies, or a current sale unless the list is cheaper. A shop with neither
reads only the variant's own price.
"""
