"""What everybody sees as a price: a variant's own, changed for a while by sales and price lists.

Sales and lists are laid flat into periods that do not overlap, so that a cart reads the price in
force by its own clock, while lists and pages show the one that was settled last.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared

_LOCK = 0x7363_6865_6475_6C65  # "schedule": shared by those who follow it, alone for its change
_FOLLOW = prepared("SELECT pg_advisory_xact_lock_shared(%(lock)s)")
_ALONE = prepared("SELECT pg_advisory_xact_lock(%(lock)s)")
_SCHEDULED = prepared("""
    SELECT EXISTS (SELECT FROM promotions WHERE trigger = 'catalogue')
        OR EXISTS (SELECT FROM price_lists WHERE customer_group_id IS NULL)
        OR EXISTS (SELECT FROM price_periods JOIN variants ON variants.id = variant_id
            WHERE variants.product_id = ANY (%(products)s))
""")
_FORGET = prepared("""
    DELETE FROM price_periods USING variants
    WHERE variants.id = price_periods.variant_id AND variants.product_id = ANY (%(products)s)
""")
# Periods that ended just now stay for carts that were asked for a moment before.
_LAY_FLAT = prepared("""
    WITH RECURSIVE shelves AS (
        SELECT product_categories.product_id, categories.id, categories.parent_id
        FROM product_categories
        JOIN categories ON categories.id = product_categories.category_id
        WHERE product_categories.product_id = ANY (%(products)s)
        UNION
        SELECT shelves.product_id, categories.id, categories.parent_id
        FROM shelves JOIN categories ON categories.id = shelves.parent_id
    ), placed AS (
        SELECT product_id, array_agg(id) AS category_ids FROM shelves GROUP BY product_id
    ), goods AS MATERIALIZED (
        SELECT variants.id AS variant_id, variants.product_id, prices.currency, prices.amount,
            coalesce(placed.category_ids, '{}') AS category_ids
        FROM variants
        JOIN prices ON prices.variant_id = variants.id
        LEFT JOIN placed ON placed.product_id = variants.product_id
        WHERE variants.product_id = ANY (%(products)s)
    ), lists AS MATERIALIZED (
        SELECT goods.variant_id, goods.currency, price_lists.id, price_lists.priority,
            price_list_prices.amount,
            coalesce(price_lists.starts_at, '-infinity') AS starts_at,
            coalesce(price_lists.ends_at, 'infinity') AS ends_at
        FROM goods
        JOIN price_list_prices ON price_list_prices.variant_id = goods.variant_id
            AND price_list_prices.min_quantity = 1
        JOIN price_lists ON price_lists.id = price_list_prices.price_list_id
            AND price_lists.currency = goods.currency AND price_lists.active
            AND price_lists.customer_group_id IS NULL AND price_lists.channel_id IS NULL
    ), sales AS MATERIALIZED (
        SELECT goods.variant_id, goods.currency, promotions.id, promotions.priority,
            promotions.kind, promotions.percent,
            (promotions.amounts ->> goods.currency)::bigint AS amount,
            coalesce(promotions.starts_at, '-infinity') AS starts_at,
            coalesce(promotions.ends_at, 'infinity') AS ends_at
        FROM promotions
        JOIN goods ON promotions.product_ids || promotions.variant_ids
                || promotions.category_ids = '{}'
            OR goods.product_id = ANY (promotions.product_ids)
            OR goods.variant_id = ANY (promotions.variant_ids)
            OR goods.category_ids && promotions.category_ids
        WHERE promotions.trigger = 'catalogue' AND promotions.active
            AND promotions.customer_group_ids = '{}'
            AND (promotions.kind = 'item_percent' AND promotions.percent IS NOT NULL
                OR promotions.kind IN ('item_fixed', 'fixed_price')
                    AND promotions.amounts ? goods.currency)
    ), moments AS (
        SELECT variant_id, currency, starts_at AS at FROM lists
        UNION SELECT variant_id, currency, ends_at FROM lists
        UNION SELECT variant_id, currency, starts_at FROM sales
        UNION SELECT variant_id, currency, ends_at FROM sales
    ), spans AS (
        SELECT variant_id, currency, at AS starts_at,
            lead(at) OVER (PARTITION BY variant_id, currency ORDER BY at) AS ends_at
        FROM moments
    ), listed AS (
        SELECT DISTINCT ON (spans.variant_id, spans.currency, spans.starts_at)
            spans.*, lists.id AS list_id, lists.amount
        FROM spans
        LEFT JOIN lists ON lists.variant_id = spans.variant_id AND lists.currency = spans.currency
            AND lists.starts_at <= spans.starts_at AND lists.ends_at >= spans.ends_at
        WHERE spans.ends_at > %(now)s::timestamptz - interval '1 hour'
        ORDER BY spans.variant_id, spans.currency, spans.starts_at,
            lists.priority DESC, lists.amount, lists.id
    ), based AS MATERIALIZED (
        SELECT listed.variant_id, listed.currency, listed.starts_at, listed.ends_at,
            listed.list_id, coalesce(listed.amount, goods.amount) AS amount
        FROM listed JOIN goods USING (variant_id, currency)
    ), lowered AS (
        SELECT based.variant_id, based.currency, based.starts_at, sales.id, sales.priority,
            based.amount AS base, CASE sales.kind
                WHEN 'item_percent'
                    THEN based.amount - floor(based.amount * sales.percent / 100 + 0.5)::bigint
                WHEN 'item_fixed' THEN greatest(based.amount - sales.amount, 0)
                ELSE sales.amount END AS amount
        FROM based
        JOIN sales ON sales.variant_id = based.variant_id AND sales.currency = based.currency
            AND sales.starts_at <= based.starts_at AND sales.ends_at >= based.ends_at
    ), sold AS (
        SELECT DISTINCT ON (variant_id, currency, starts_at) * FROM lowered WHERE amount < base
        ORDER BY variant_id, currency, starts_at, priority DESC, amount, id
    )
    INSERT INTO price_periods (variant_id, currency, starts_at, ends_at, amount, compare_at,
        price_list_id, promotion_id)
    SELECT based.variant_id, based.currency, based.starts_at, based.ends_at,
        coalesce(sold.amount, based.amount), CASE WHEN sold.id IS NOT NULL THEN based.amount END,
        based.list_id, sold.id
    FROM based LEFT JOIN sold USING (variant_id, currency, starts_at)
    WHERE based.list_id IS NOT NULL OR sold.id IS NOT NULL
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
# A reduction that only grows is still the same one (Directive 2019/2161, article 6a (5)).
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
    ), kept AS (
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
_ANY_SQL = """
    SELECT variant_id, currency FROM price_periods
    WHERE starts_at <= %(now)s AND ends_at > %(now)s
    UNION SELECT variant_id, currency FROM prices WHERE listed IS NOT NULL
"""
_OVERDUE_SQL = """
    WITH moved AS MATERIALIZED ({moved}), target AS ({target})
    SELECT DISTINCT variants.product_id
    FROM moved JOIN target USING (variant_id, currency)
    JOIN variants ON variants.id = moved.variant_id
    WHERE (target.listed, target.listed_compare_at)
        IS DISTINCT FROM (target.now_listed, target.now_compare_at)
    ORDER BY variants.product_id LIMIT %(limit)s
"""
_OVERDUE = prepared(_OVERDUE_SQL.format(moved=_SWITCHED_SQL, target=_TARGET_SQL))
_ALL_OVERDUE = prepared(_OVERDUE_SQL.format(moved=_ANY_SQL, target=_TARGET_SQL))
_MANY = prepared("""
    SELECT set_config('plan_cache_mode', 'force_custom_plan', true),
        set_config('work_mem', '64MB', true), set_config('jit', 'off', true),
        set_config('enable_nestloop', 'off', true)
""")
_TURN = prepared("SELECT pg_try_advisory_xact_lock(%(lock)s)")
_CLOCK = 0x7377_6974_6368  # "switch": the advisory lock of whoever acts by the clock


async def rule(session: Session) -> None:
    """Be the only one who changes sales, lists and rates, until the transaction ends.

    Products that are written meanwhile wait, so that none of them misses the change.
    """
    await _ALONE(session, lock=_LOCK)


async def follow(session: Session) -> None:
    """Let sales, lists and rates stay as they are until the transaction ends.

    Whoever changes one of those locks products next. So ask for this before you lock a product
    or a category: the other way round, the two would wait for each other.
    """
    await _FOLLOW(session, lock=_LOCK)


async def refresh(session: Session, product_ids: Sequence[UUID], now: datetime) -> set[UUID]:
    """Plan prices anew, and settle what everybody sees at `now`; return whose changed.

    The products are locked, or sales, lists and rates are. The price that is seen no more goes
    into the history.
    """
    names = {"products": product_ids}
    found = await _SCHEDULED.row(session, **names)
    if found is not None and found[0]:
        await _FORGET(session, **names)
        await _LAY_FLAT(session, **names, now=now)
    return {product_id for (product_id,) in await _SETTLE.rows(session, **names, now=now)}


async def plan_for_many(session: Session) -> None:
    """Let statements be planned for the numbers they get, and sort in memory; until the end.

    A plan that is kept for any number is one for a handful, and joins row by row.
    """
    await _MANY(session)


async def turn(session: Session) -> bool:
    """Say whether it is for us to act by the clock: for one node at a time."""
    row = await _TURN.row(session, lock=_CLOCK)
    return row is not None and bool(row[0])


async def overdue(
    session: Reading, since: datetime | None, now: datetime, limit: int
) -> list[UUID]:
    """Return products that show another price than the one in force.

    Look at periods that began or ended after `since`; at all of them without one.
    """
    if since is None:
        rows = await _ALL_OVERDUE.rows(session, now=now, limit=limit)
    else:
        rows = await _OVERDUE.rows(session, since=since, now=now, limit=limit)
    return [product_id for (product_id,) in rows]
