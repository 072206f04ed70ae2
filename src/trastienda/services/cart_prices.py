"""What one unit in a cart costs at a moment: the expression that reading a cart asks for."""

SQL = """
    CASE WHEN prices.amount IS NULL THEN NULL
        WHEN (SELECT NOT EXISTS (SELECT FROM price_periods))
            AND (SELECT NOT EXISTS (SELECT FROM price_lists)) THEN prices.amount
        ELSE (
            SELECT CASE WHEN list.amount IS NULL THEN coalesce(period.amount, prices.amount)
                WHEN period.promotion_id IS NULL THEN list.amount
                ELSE least(list.amount, period.amount) END
            FROM (SELECT) AS line
            LEFT JOIN LATERAL (
                SELECT price_periods.amount, price_periods.promotion_id FROM price_periods
                WHERE price_periods.variant_id = variants.id
                    AND price_periods.currency = carts.currency
                    AND price_periods.starts_at <= %(now)s AND price_periods.ends_at > %(now)s
            ) AS period ON true
            LEFT JOIN LATERAL (
                SELECT reached.amount FROM (
                    SELECT DISTINCT ON (price_lists.id) price_lists.priority,
                        price_list_prices.amount
                    FROM price_list_prices
                    JOIN price_lists ON price_lists.id = price_list_prices.price_list_id
                    WHERE price_list_prices.variant_id = variants.id
                        AND price_list_prices.min_quantity <= cart_lines.quantity
                        AND price_lists.currency = carts.currency AND price_lists.active
                        AND (price_lists.starts_at IS NULL OR price_lists.starts_at <= %(now)s)
                        AND (price_lists.ends_at IS NULL OR price_lists.ends_at > %(now)s)
                        AND (price_lists.channel_id IS NULL
                            OR price_lists.channel_id = carts.channel_id)
                        AND (price_lists.customer_group_id IS NULL
                            OR price_lists.customer_group_id IN (
                                SELECT customer_group_id FROM customer_group_members
                                WHERE user_id = carts.customer_id))
                    ORDER BY price_lists.id, price_list_prices.min_quantity DESC) AS reached
                ORDER BY reached.priority DESC, reached.amount LIMIT 1) AS list ON true) END
"""
"""Minor units, for the line of `cart_lines`, `variants`, `prices` and `carts`, at `%(now)s`.

The price list of the highest priority decides, and a sale that is on when it is lower. A shop
that has neither looks at nothing but the variant's own price.
"""
SIMPLE_SQL = "prices.amount"
SIMPLE_IF_SQL = """
    NOT EXISTS (SELECT FROM price_periods) AND NOT EXISTS (SELECT FROM price_lists)
"""
"""When `SQL` is the same as `SIMPLE_SQL`."""
