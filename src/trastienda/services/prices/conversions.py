"""Prices converted by exchange rates, in currencies without a price of the variant's own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Session, prepared
from trastienda.database.models.catalogue.price import LARGEST_AMOUNT
from trastienda.services.shared import currencies

_FACTOR_SQL = f"""
    rates.rate * ('1e' || ({currencies.digits_sql("rates.currency")}
        - {currencies.digits_sql("rates.base_currency")}))::numeric
"""
# `numeric` is exact and rounds half away from zero, which is up, as no amount is negative.
# With an ending: the nearest price with these last digits, the higher of two, and never 0.
CONVERTED_SQL = """(
    SELECT CASE WHEN {amount} = 0 THEN 0 WHEN rates.ending IS NULL THEN exact.units
        ELSE charm.digits + charm.step * greatest(
            div(exact.units - charm.digits + charm.step / 2, charm.step),
            CASE WHEN charm.digits = 0 THEN 1 ELSE 0 END) END
    FROM (SELECT greatest(round({amount} * rates.factor), 1) AS units) AS exact,
        (SELECT rates.ending::numeric AS digits,
            ('1e' || char_length(rates.ending))::numeric AS step) AS charm)
"""
"""`{amount}` converted by a row of `rates` with its `factor`: a numeric in minor units."""

_REFRESH = prepared(f"""
    WITH rates AS MATERIALIZED (
        SELECT currency, base_currency, ending, {_FACTOR_SQL} AS factor
        FROM exchange_rates AS rates
    ), affected_variants AS MATERIALIZED (
        SELECT variants.id, variants.product_id, products.created_at
        FROM variants JOIN products ON products.id = variants.product_id
        WHERE products.id = ANY (%(products)s)
    ), computed AS (
        SELECT base.variant_id, rates.currency,
            {CONVERTED_SQL.format(amount="base.amount")} AS amount,
            {CONVERTED_SQL.format(amount="base.compare_at")} AS compare_at
        FROM affected_variants
        JOIN prices AS base ON base.variant_id = affected_variants.id AND NOT base.converted
        JOIN rates ON rates.base_currency = base.currency
    ), target_prices AS MATERIALIZED (
        SELECT variant_id, currency, amount::bigint AS amount,
            CASE WHEN compare_at > amount AND compare_at <= {LARGEST_AMOUNT}
                THEN compare_at::bigint END AS compare_at
        FROM computed WHERE amount <= {LARGEST_AMOUNT}
    ), deleted AS (
        DELETE FROM prices USING affected_variants
        WHERE prices.variant_id = affected_variants.id AND prices.converted AND NOT EXISTS (
            SELECT FROM target_prices WHERE target_prices.variant_id = prices.variant_id
                AND target_prices.currency = prices.currency)
        RETURNING prices.variant_id, prices.currency,
            coalesce(prices.listed, prices.amount) AS amount, affected_variants.created_at
    ), recorded AS (
        INSERT INTO past_prices (variant_id, currency, amount, ended_at)
        SELECT variant_id, currency, amount, %(now)s FROM deleted WHERE created_at < %(now)s
    ), written AS (
        INSERT INTO prices (variant_id, currency, amount, compare_at, converted)
        SELECT variant_id, currency, amount, compare_at, true FROM target_prices
        ON CONFLICT (variant_id, currency) DO UPDATE
            SET listed = CASE WHEN prices.amount <> excluded.amount
                    THEN coalesce(prices.listed, prices.amount) ELSE prices.listed END,
                amount = excluded.amount, compare_at = excluded.compare_at
            WHERE prices.converted AND (prices.amount, prices.compare_at)
                IS DISTINCT FROM (excluded.amount, excluded.compare_at)
        RETURNING prices.variant_id
    )
    SELECT DISTINCT affected_variants.product_id
    FROM (SELECT variant_id FROM written UNION ALL SELECT variant_id FROM deleted) AS changed
    JOIN affected_variants ON affected_variants.id = changed.variant_id
""")


async def refresh(session: Session, product_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    """Recalculate the converted prices of these products; return the products that changed.

    The caller has locked the products, or called `listed.lock_rules`.

    One statement for any number of products. A variant's own prices stay; a converted price
    without a rate is deleted and recorded in the history. As with `Price.reprice`, `listed` keeps
    the old price until the listed prices are settled.
    """
    rows = await _REFRESH.rows(session, products=product_ids, now=now)
    return {product_id for (product_id,) in rows}
