"""The lowest price of the 30 days before a reduction (Directive 98/6/EC, article 6a)."""

_PAST_SQL = "past.variant_id = prices.variant_id AND past.currency = prices.currency"
LOWEST_SQL = f"""(CASE
    WHEN prices.reduced_at IS NULL THEN (
        SELECT least(min(past.amount), coalesce(prices.listed, prices.amount))
        FROM past_prices AS past
        WHERE {_PAST_SQL} AND past.ended_at > %(now)s::timestamptz - interval '30 days'
        HAVING count(*) > 0)
    ELSE least(
        (SELECT min(past.amount) FROM past_prices AS past
            WHERE {_PAST_SQL} AND past.ended_at <= prices.reduced_at
                AND past.ended_at > prices.reduced_at - interval '30 days'),
        CASE WHEN products.created_at < prices.reduced_at AND NOT EXISTS (
                SELECT FROM past_prices AS past
                WHERE {_PAST_SQL} AND past.ended_at = prices.reduced_at)
            THEN coalesce(
                (SELECT past.amount FROM past_prices AS past
                    WHERE {_PAST_SQL} AND past.ended_at > prices.reduced_at
                    ORDER BY past.ended_at LIMIT 1),
                coalesce(prices.listed, prices.amount)) END) END)"""
"""An expression over a row of `prices` and its row of `products` at `%(now)s`, in minor units.

During a reduction: the lowest price that was applied in the 30 days before it began (Directive
98/6/EC, article 6a). Otherwise: the lowest of the last 30 days, NULL if the price was the same
throughout. A price that did not change when the reduction began was applied before it, too.
"""
