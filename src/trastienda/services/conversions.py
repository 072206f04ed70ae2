"""Prices in currencies that a variant has no price of its own in: made by exchange rates."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.price import LARGEST_AMOUNT
from trastienda.services import currencies

_FACTOR_SQL = f"""
    rates.rate * ('1e' || ({currencies.digits_sql("rates.currency")}
        - {currencies.digits_sql("rates.base_currency")}))::numeric
"""
# `numeric` is exact, and rounds halves away from zero, which is up: nothing here is negative.
# With an ending: the nearest price that ends so, of two the higher, and never 0.
CONVERTED_SQL = """(
    SELECT CASE WHEN {amount} = 0 THEN 0 WHEN rates.ending IS NULL THEN exact.units
        ELSE charm.digits + charm.step * greatest(
            div(exact.units - charm.digits + charm.step / 2, charm.step),
            CASE WHEN charm.digits = 0 THEN 1 ELSE 0 END) END
    FROM (SELECT greatest(round({amount} * rates.factor), 1) AS units) AS exact,
        (SELECT rates.ending::numeric AS digits,
            ('1e' || char_length(rates.ending))::numeric AS step) AS charm)
"""
"""What `{amount}` is by the row of `rates`, which also has `factor`: a numeric in minor units."""

_REFRESH = prepared(f"""
    WITH rates AS MATERIALIZED (
        SELECT currency, base_currency, ending, {_FACTOR_SQL} AS factor
        FROM exchange_rates AS rates
    ), goods AS MATERIALIZED (
        SELECT variants.id, variants.product_id, products.created_at
        FROM variants JOIN products ON products.id = variants.product_id
        WHERE products.id = ANY (%(products)s)
    ), computed AS (
        SELECT base.variant_id, rates.currency,
            {CONVERTED_SQL.format(amount="base.amount")} AS amount,
            {CONVERTED_SQL.format(amount="base.compare_at")} AS compare_at
        FROM goods
        JOIN prices AS base ON base.variant_id = goods.id AND NOT base.converted
        JOIN rates ON rates.base_currency = base.currency
    ), wanted AS MATERIALIZED (
        SELECT variant_id, currency, amount::bigint AS amount,
            CASE WHEN compare_at > amount AND compare_at <= {LARGEST_AMOUNT}
                THEN compare_at::bigint END AS compare_at
        FROM computed WHERE amount <= {LARGEST_AMOUNT}
    ), gone AS (
        DELETE FROM prices USING goods
        WHERE prices.variant_id = goods.id AND prices.converted AND NOT EXISTS (
            SELECT FROM wanted WHERE wanted.variant_id = prices.variant_id
                AND wanted.currency = prices.currency)
        RETURNING prices.variant_id, prices.currency,
            coalesce(prices.listed, prices.amount) AS amount, goods.created_at
    ), kept AS (
        INSERT INTO past_prices (variant_id, currency, amount, ended_at)
        SELECT variant_id, currency, amount, %(now)s FROM gone WHERE created_at < %(now)s
    ), put AS (
        INSERT INTO prices (variant_id, currency, amount, compare_at, converted)
        SELECT variant_id, currency, amount, compare_at, true FROM wanted
        ON CONFLICT (variant_id, currency) DO UPDATE
            SET listed = CASE WHEN prices.amount <> excluded.amount
                    THEN coalesce(prices.listed, prices.amount) ELSE prices.listed END,
                amount = excluded.amount, compare_at = excluded.compare_at
            WHERE prices.converted AND (prices.amount, prices.compare_at)
                IS DISTINCT FROM (excluded.amount, excluded.compare_at)
        RETURNING prices.variant_id
    )
    SELECT DISTINCT goods.product_id
    FROM (SELECT variant_id FROM put UNION ALL SELECT variant_id FROM gone) AS touched
    JOIN goods ON goods.id = touched.variant_id
""")


async def refresh(session: Session, product_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    """Make, change and take away the converted prices of these products; return whose.

    Nobody else writes them meanwhile: they are locked, or sales, lists and rates are.

    One statement, whatever their number. A price of a variant's own stays as it is; a converted
    one that no rate makes any more goes, and into the history. What everybody saw before a change
    stays in `listed` until it is settled, as `Price.reprice` leaves it.
    """
    rows = await _REFRESH.rows(session, products=product_ids, now=now)
    return {product_id for (product_id,) in rows}
