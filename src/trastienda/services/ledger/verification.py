"""The ledger held against what it books: each order, and each provider's money.

Everything is recomputed from the entries. Each question is one statement, so that it sees the
database at one moment, whatever is sold meanwhile.
"""

from typing import NamedTuple

from trastienda.database.db import Reading, prepared
from trastienda.database.models.ledger.ledger import OWED, Account
from trastienda.database.models.orders.order import OrderStatus
from trastienda.database.models.payments.refund import TransferState

_OWED_SQL = ", ".join(f"'{account}'" for account in OWED.values())
_BALANCES_SQL = ", ".join(
    f"coalesce(sum(amount) FILTER (WHERE account = '{account}'), 0) AS in_{account}"
    for account in Account
)
# What a gift card paid is no cash, but it is money of the order; what was sold has a line.
_MONEY_SQL = f"""
    sum(amount) FILTER (WHERE line_id IS NULL AND account IN ('{Account.CASH}', {_OWED_SQL}))
"""
_VOUCHERS_SQL = f"""
    coalesce(sum(amount) FILTER (
        WHERE line_id IS NOT NULL AND account = '{Account.GIFT_CARDS_OWED}'), 0)
"""
_SALES_SQL = "in_revenue + in_discounts + in_shipping + in_refunds + in_vouchers"
_DONE_SQL = f"WHERE refund_transfers.state = '{TransferState.DONE}'"
# Of a cancelled order nothing is left; of any other, what was sold less what was given back.
_ORDERS = prepared(f"""
    WITH balances AS MATERIALIZED (
        SELECT header.order_id, {_BALANCES_SQL}, {_MONEY_SQL} AS in_money,
            {_VOUCHERS_SQL} AS in_vouchers
        FROM ledger_transactions AS header
            JOIN ledger_entries AS entry ON entry.transaction_id = header.id
        WHERE header.order_id IS NOT NULL GROUP BY header.order_id
    ), given AS MATERIALIZED (
        SELECT refunds.order_id, sum(refund_items.amount) AS given,
            sum(refund_items.tax) AS given_tax
        FROM refunds JOIN refund_items ON refund_items.refund_id = refunds.id
        WHERE refunds.withdrawn_at IS NULL AND refunds.order_id IS NOT NULL
        GROUP BY refunds.order_id
    ), paid AS MATERIALIZED (
        SELECT refunds.order_id, sum(refund_transfers.amount) AS done
        FROM refunds JOIN refund_transfers ON refund_transfers.refund_id = refunds.id
        {_DONE_SQL} AND refunds.order_id IS NOT NULL GROUP BY refunds.order_id
    ), disputed AS MATERIALIZED (
        SELECT payment_attempts.order_id, sum(withdrawn) AS withdrawn
        FROM payment_disputes
            JOIN payment_attempts ON payment_attempts.id = payment_disputes.payment_id
        WHERE withdrawn > 0 AND payment_attempts.order_id IS NOT NULL
        GROUP BY payment_attempts.order_id
    )
    SELECT 'order ' || orders.number, checked.account, coalesce(checked.found, 0)::bigint,
        checked.wanted::bigint
    FROM orders LEFT JOIN balances ON balances.order_id = orders.id
        LEFT JOIN given ON given.order_id = orders.id
        LEFT JOIN paid ON paid.order_id = orders.id
        LEFT JOIN disputed ON disputed.order_id = orders.id
        CROSS JOIN LATERAL (SELECT
            CASE WHEN orders.status = '{OrderStatus.CANCELLED}' THEN 0 ELSE 1 END AS stands,
            coalesce(given, 0) AS given, coalesce(given_tax, 0) AS given_tax,
            coalesce(done, 0) AS done) AS sums
        CROSS JOIN LATERAL (VALUES
            ('{Account.RECEIVABLE}', in_receivable,
                sums.stands * (orders.total - orders.captured + orders.excess_refunded)),
            ('{Account.CASH}', in_money,
                orders.captured - sums.done - coalesce(withdrawn, 0)),
            ('{Account.REFUNDS_PAYABLE}', in_refunds_payable, sums.done - orders.refunded),
            ('{Account.TAX}', in_tax, sums.stands * (sums.given_tax - orders.tax)),
            ('sales', {_SALES_SQL}, sums.stands * (
                sums.given - sums.given_tax - orders.total + orders.tax))
        ) AS checked (account, found, wanted)
    WHERE orders.booked_at IS NOT NULL AND coalesce(checked.found, 0) <> checked.wanted
    ORDER BY orders.number, checked.account LIMIT 1
""")
_PROVIDERS = prepared(f"""
    WITH booked AS (
        SELECT provider, currency, sum(amount) AS amount FROM ledger_entries
        WHERE account IN ('{Account.CASH}', {_OWED_SQL}) AND provider IS NOT NULL
        GROUP BY provider, currency
    ), moved AS (
        SELECT provider, currency, sum(amount) AS amount FROM (
            SELECT provider, currency, captured AS amount FROM payment_attempts
            WHERE captured > 0
            UNION ALL
            SELECT refund_transfers.provider, refunds.currency, -refund_transfers.amount
            FROM refund_transfers JOIN refunds ON refunds.id = refund_transfers.refund_id
            {_DONE_SQL}
            UNION ALL
            SELECT payment_attempts.provider, payment_disputes.currency, -withdrawn
            FROM payment_disputes
                JOIN payment_attempts ON payment_attempts.id = payment_disputes.payment_id
            WHERE withdrawn > 0) AS move
        GROUP BY provider, currency
    )
    SELECT 'provider ' || provider || ' in ' || currency, '{Account.CASH}',
        coalesce(booked.amount, 0)::bigint, coalesce(moved.amount, 0)::bigint
    FROM booked FULL JOIN moved USING (provider, currency)
    WHERE coalesce(booked.amount, 0) <> coalesce(moved.amount, 0)
    ORDER BY provider, currency LIMIT 1
""")
_UNBALANCED = prepared("""
    SELECT 'transaction ' || header.key, 'its sum in ' || entry.currency,
        sum(entry.amount)::bigint, 0::bigint
    FROM ledger_transactions AS header
        JOIN ledger_entries AS entry ON entry.transaction_id = header.id
    GROUP BY header.id, entry.currency HAVING sum(entry.amount) <> 0
    ORDER BY header.id LIMIT 1
""")
_CREDIT = prepared("""
    WITH booked AS (
        SELECT credit_account_id AS id, -sum(amount) AS amount FROM ledger_entries
        WHERE credit_account_id IS NOT NULL GROUP BY credit_account_id
    ), moved AS (
        SELECT account_id AS id, sum(amount) AS amount FROM credit_movements GROUP BY account_id
    )
    SELECT replace(coalesce(kind, 'credit'), '_', ' ') || ' ' || id, 'balance',
        coalesce(booked.amount, 0)::bigint, coalesce(balance, 0)::bigint
    FROM booked FULL JOIN credit_accounts USING (id) LEFT JOIN moved USING (id)
    WHERE coalesce(booked.amount, 0) <> coalesce(balance, 0)
        OR coalesce(moved.amount, 0) <> coalesce(balance, 0)
    ORDER BY id LIMIT 1
""")
_COUNTS = prepared("""
    SELECT (SELECT count(*) FROM ledger_transactions),
        (SELECT count(*) FROM orders WHERE booked_at IS NULL)
""")


class Difference(NamedTuple):
    """Something that the ledger says otherwise than the rows that it books."""

    of: str
    account: str
    in_ledger: int
    """In minor units; debits are positive."""
    expected: int


class Verdict(NamedTuple):
    """What came of a verification."""

    transactions: int
    unbooked: int
    """Orders that a job still has to bring into the ledger."""
    difference: Difference | None


async def verify(session: Reading) -> Verdict:
    """Hold the ledger against orders, payments, refunds and credit; find the first difference."""
    counts = await _COUNTS.row(session)
    transactions, unbooked = counts or (0, 0)
    for question in (_UNBALANCED, _ORDERS, _PROVIDERS, _CREDIT):
        if row := await question.row(session):
            return Verdict(transactions, unbooked, Difference(*row))
    return Verdict(transactions, unbooked, None)
