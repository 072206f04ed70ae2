"""Listed prices: a variant's own price, changed for a time by sales and public price lists.

Sales and price lists are turned into periods that do not overlap. A cart reads the price in force
at the time of its request; product lists and pages show the price that was settled last.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.promotions.promotion import PromotionKind, Trigger
from trastienda.services.catalogue.statements import PRODUCT_CATEGORIES_SQL
from trastienda.services.shared import advisory_locks

_LOCK = 0x7363_6865_6475_6C65  # "schedule": shared to use price rules, exclusive to change them
_SCHEDULED = prepared(f"""
    SELECT EXISTS (SELECT FROM promotions WHERE trigger = '{Trigger.CATALOGUE}')
        OR EXISTS (SELECT FROM price_lists WHERE customer_group_id IS NULL)
        OR EXISTS (SELECT FROM price_periods JOIN variants ON variants.id = variant_id
            WHERE variants.product_id = ANY (%(products)s))
""")
_DELETE_PERIODS = prepared("""
    DELETE FROM price_periods USING variants
    WHERE variants.id = price_periods.variant_id AND variants.product_id = ANY (%(products)s)
""")
# Periods that have just ended are kept for carts whose request began before the end.
_PLAN_PERIODS = prepared(f"""
    WITH RECURSIVE {PRODUCT_CATEGORIES_SQL}, variant_prices AS MATERIALIZED (
        SELECT variants.id AS variant_id, variants.product_id, prices.currency, prices.amount,
            coalesce(product_category_ids.category_ids, '{{}}') AS category_ids
        FROM variants
        JOIN products ON products.id = variants.product_id AND NOT products.gift_card
        JOIN prices ON prices.variant_id = variants.id
        LEFT JOIN product_category_ids ON product_category_ids.product_id = variants.product_id
        WHERE variants.product_id = ANY (%(products)s)
    ), lists AS MATERIALIZED (
        SELECT variant_prices.variant_id, variant_prices.currency, price_lists.id,
            price_lists.priority, price_list_prices.amount,
            coalesce(price_lists.starts_at, '-infinity') AS starts_at,
            coalesce(price_lists.ends_at, 'infinity') AS ends_at
        FROM variant_prices
        JOIN price_list_prices ON price_list_prices.variant_id = variant_prices.variant_id
            AND price_list_prices.min_quantity = 1
        JOIN price_lists ON price_lists.id = price_list_prices.price_list_id
            AND price_lists.currency = variant_prices.currency AND price_lists.active
            AND price_lists.customer_group_id IS NULL AND price_lists.channel_id IS NULL
    ), sales AS MATERIALIZED (
        SELECT variant_prices.variant_id, variant_prices.currency, promotions.id,
            promotions.priority, promotions.kind, promotions.percent,
            (promotions.amounts ->> variant_prices.currency)::bigint AS amount,
            coalesce(promotions.starts_at, '-infinity') AS starts_at,
            coalesce(promotions.ends_at, 'infinity') AS ends_at
        FROM promotions
        JOIN variant_prices ON promotions.product_ids || promotions.variant_ids
                || promotions.category_ids = '{{}}'
            OR variant_prices.product_id = ANY (promotions.product_ids)
            OR variant_prices.variant_id = ANY (promotions.variant_ids)
            OR variant_prices.category_ids && promotions.category_ids
        WHERE promotions.trigger = '{Trigger.CATALOGUE}' AND promotions.active
            AND promotions.customer_group_ids = '{{}}'
            AND (promotions.kind = '{PromotionKind.ITEM_PERCENT}' AND promotions.percent IS NOT NULL
                OR promotions.kind IN ('{PromotionKind.ITEM_FIXED}', '{PromotionKind.FIXED_PRICE}')
                    AND promotions.amounts ? variant_prices.currency)
    ), boundaries AS (
        SELECT variant_id, currency, starts_at AS at FROM lists
        UNION SELECT variant_id, currency, ends_at FROM lists
        UNION SELECT variant_id, currency, starts_at FROM sales
        UNION SELECT variant_id, currency, ends_at FROM sales
    ), spans AS (
        SELECT variant_id, currency, at AS starts_at,
            lead(at) OVER (PARTITION BY variant_id, currency ORDER BY at) AS ends_at
        FROM boundaries
    ), listed AS (
        SELECT DISTINCT ON (spans.variant_id, spans.currency, spans.starts_at)
            spans.*, lists.id AS list_id, lists.amount
        FROM spans
        LEFT JOIN lists ON lists.variant_id = spans.variant_id AND lists.currency = spans.currency
            AND lists.starts_at <= spans.starts_at AND lists.ends_at >= spans.ends_at
        WHERE spans.ends_at > %(now)s::timestamptz - interval '1 hour'
        ORDER BY spans.variant_id, spans.currency, spans.starts_at,
            lists.priority DESC, lists.amount, lists.id
    ), base_prices AS MATERIALIZED (
        SELECT listed.variant_id, listed.currency, listed.starts_at, listed.ends_at,
            listed.list_id, coalesce(listed.amount, variant_prices.amount) AS amount
        FROM listed JOIN variant_prices USING (variant_id, currency)
    ), sale_prices AS (
        SELECT base.variant_id, base.currency, base.starts_at, sales.id, sales.priority,
            base.amount AS base, CASE sales.kind
                WHEN '{PromotionKind.ITEM_PERCENT}'
                    THEN base.amount - floor(base.amount * sales.percent / 100 + 0.5)::bigint
                WHEN '{PromotionKind.ITEM_FIXED}' THEN greatest(base.amount - sales.amount, 0)
                ELSE sales.amount END AS amount
        FROM base_prices AS base
        JOIN sales ON sales.variant_id = base.variant_id AND sales.currency = base.currency
            AND sales.starts_at <= base.starts_at AND sales.ends_at >= base.ends_at
    ), best_sales AS (
        SELECT DISTINCT ON (variant_id, currency, starts_at) * FROM sale_prices WHERE amount < base
        ORDER BY variant_id, currency, starts_at, priority DESC, amount, id
    )
    INSERT INTO price_periods (variant_id, currency, starts_at, ends_at, amount, compare_at,
        price_list_id, promotion_id)
    SELECT base.variant_id, base.currency, base.starts_at, base.ends_at,
        coalesce(best_sales.amount, base.amount),
        CASE WHEN best_sales.id IS NOT NULL THEN base.amount END, base.list_id, best_sales.id
    FROM base_prices AS base LEFT JOIN best_sales USING (variant_id, currency, starts_at)
    WHERE base.list_id IS NOT NULL OR best_sales.id IS NOT NULL
""")
_TARGET_SQL = """
    SELECT prices.variant_id, prices.currency, prices.amount, prices.listed,
        prices.listed_compare_at, prices.reduced_at, prices.compare_at,
        CASE WHEN period.compare_at IS NULL THEN nullif(period.amount, prices.amount)
            ELSE period.amount END AS now_listed,
        period.compare_at AS now_compare_at
    FROM prices
    LEFT JOIN price_periods AS period ON period.variant_id = prices.variant_id
        AND period.currency = prices.currency
        AND period.starts_at <= %(now)s AND period.ends_at > %(now)s
"""
# A reduction that only increases is still the same (Directive 2019/2161, article 6a (5)).
_SETTLE = prepared(f"""
    WITH target AS ({_TARGET_SQL}
        JOIN variants ON variants.id = prices.variant_id
        WHERE variants.product_id = ANY (%(products)s)
    ), compared AS (
        SELECT *, coalesce(listed, amount) AS before, coalesce(now_listed, amount) AS after,
            CASE WHEN now_listed IS NULL THEN compare_at ELSE now_compare_at END AS reduced_from
        FROM target
    ), settled AS (
        SELECT *, CASE WHEN reduced_from IS NULL THEN NULL
            WHEN reduced_at IS NOT NULL AND after <= before THEN reduced_at
            ELSE %(now)s::timestamptz END AS now_reduced_at
        FROM compared
    ), changed AS (
        SELECT * FROM settled WHERE (listed, listed_compare_at, reduced_at)
            IS DISTINCT FROM (now_listed, now_compare_at, now_reduced_at)
    ), recorded AS (
        INSERT INTO past_prices (variant_id, currency, amount, ended_at)
        SELECT changed.variant_id, changed.currency, changed.before, %(now)s
        FROM changed
        JOIN variants ON variants.id = changed.variant_id
        JOIN products ON products.id = variants.product_id
        WHERE changed.before <> changed.after AND products.created_at < %(now)s
    )
    UPDATE prices SET listed = changed.now_listed, listed_compare_at = changed.now_compare_at,
        reduced_at = changed.now_reduced_at
    FROM changed
    WHERE prices.variant_id = changed.variant_id AND prices.currency = changed.currency
    RETURNING (SELECT product_id FROM variants WHERE id = prices.variant_id)
""")
_SWITCHED_SQL = """
    SELECT variant_id, currency FROM price_periods
    WHERE starts_at > %(since)s::timestamptz AND starts_at <= %(now)s
    UNION SELECT variant_id, currency FROM price_periods
    WHERE ends_at > %(since)s::timestamptz AND ends_at <= %(now)s
"""
_ALL_SWITCHED_SQL = """
    SELECT variant_id, currency FROM price_periods
    WHERE starts_at <= %(now)s AND ends_at > %(now)s
    UNION SELECT variant_id, currency FROM prices WHERE listed IS NOT NULL
"""
_OVERDUE_SQL = """
    WITH switched AS MATERIALIZED ({switched}), target AS ({target})
    SELECT DISTINCT variants.product_id
    FROM switched JOIN target USING (variant_id, currency)
    JOIN variants ON variants.id = switched.variant_id
    WHERE (target.listed, target.listed_compare_at)
        IS DISTINCT FROM (target.now_listed, target.now_compare_at)
    ORDER BY variants.product_id LIMIT %(limit)s
"""
_OVERDUE = prepared(_OVERDUE_SQL.format(switched=_SWITCHED_SQL, target=_TARGET_SQL))
_ALL_OVERDUE = prepared(_OVERDUE_SQL.format(switched=_ALL_SWITCHED_SQL, target=_TARGET_SQL))
_PLAN_FOR_MANY = prepared("""
    SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
        set_config('enable_nestloop', 'off', true)
""")
_CLOCK = 0x7377_6974_6368  # "switch": the advisory lock of the node that switches prices


async def lock_rules(session: Session) -> None:
    """Lock sales, price lists and exchange rates for a change until the transaction ends.

    Other changes of these, and of products, wait, so that no product misses the change.
    """
    await advisory_locks.take(session, _LOCK)


async def lock_rules_shared(session: Session) -> None:
    """Prevent changes of sales, price lists and exchange rates until the transaction ends.

    Call this before locking a product or a category: changes of those rules take this lock first
    and lock products next, and the opposite order would cause a deadlock.
    """
    await advisory_locks.share(session, _LOCK)


async def refresh(session: Session, product_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    """Plan the listed prices of these products and settle them at `now`; return those that changed.

    The caller has locked the products, or called `lock_rules`. Prices that are replaced are
    recorded in the history.
    """
    names = {"products": product_ids}
    scheduled = await _SCHEDULED.row(session, **names)
    if scheduled is not None and scheduled[0]:
        await _DELETE_PERIODS(session, **names)
        await _PLAN_PERIODS(session, **names, now=now)
    return {product_id for (product_id,) in await _SETTLE.rows(session, **names, now=now)}


async def plan_for_many(session: Session) -> None:
    """Make PostgreSQL plan for many rows and sort in memory, until the transaction ends.

    Its cached generic plans expect a handful of rows and use nested loops.
    """
    await _PLAN_FOR_MANY(session)


async def take_clock_lock(session: Session) -> bool:
    """Take the lock of the node that switches prices; return False if another node has it."""
    return await advisory_locks.take_if_free(session, _CLOCK)


async def overdue(
    session: Reading, since: datetime | None, now: datetime, limit: int
) -> list[UUID]:
    """Return at most `limit` products that show another price than the one in force.

    Only periods that began or ended after `since` are considered; all of them if it is None.
    """
    if since is None:
        rows = await _ALL_OVERDUE.rows(session, now=now, limit=limit)
    else:
        rows = await _OVERDUE.rows(session, since=since, now=now, limit=limit)
    return [product_id for (product_id,) in rows]
