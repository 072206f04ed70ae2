"""What must be true of a shop once it has come to rest: each query finds what is not."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import Any, LiteralString

from support.processes.nodes import PATIENCE, run
from support.torture.shops import Shop

NUDGES: tuple[LiteralString, ...] = (
    """
    UPDATE payment_attempts SET leased_until = now(), held_until = now(), check_at = now()
    WHERE state IN ('pending', 'requires_action', 'processing') OR operation IS NOT NULL
    """,
    """
    UPDATE refund_transfers SET leased_until = now()
    WHERE state IN ('asked', 'sent', 'pending') AND leased_until > now()
    """,
    "UPDATE payment_notices SET due_at = now() WHERE due_at > now()",
    "UPDATE test_payments SET notify_at = now() WHERE notify_at > now()",
    "UPDATE payment_attempts SET check_at = now() WHERE check_at > now()",
)
"""As if all had been waited for that the clock brings: each payment is compared once more, too."""
WAITING: LiteralString = """
    SELECT what, count(*)::int, min(id) FROM (
        SELECT 'payment ' || state || coalesce(' to ' || operation, '') AS what, id::text
            FROM payment_attempts
            WHERE state IN ('pending', 'requires_action', 'processing') OR operation IS NOT NULL
        UNION ALL SELECT 'refund ' || state, id::text FROM refund_transfers
            WHERE state IN ('asked', 'sent', 'pending')
        UNION ALL SELECT 'webhook', id::text FROM payment_notices WHERE due_at IS NOT NULL
        UNION ALL SELECT 'provider', reference FROM test_payments
            WHERE notify_at IS NOT NULL OR act_at IS NOT NULL
        UNION ALL SELECT 'event', id::text FROM events WHERE position IS NULL
        UNION ALL SELECT 'gift card', orders.id::text FROM gift_cards_to_issue AS due
            JOIN orders ON orders.id = due.order_id
            WHERE status = 'cancelled' OR captured - excess_refunded >= total
        UNION ALL SELECT 'booking', id::text FROM orders WHERE booked_at IS NULL
    ) AS waiting GROUP BY what ORDER BY what
"""
UNCOMPARED: LiteralString = """
    SELECT 'payment to compare', count(*)::int, min(id::text) FROM payment_attempts
    WHERE check_at <= now() HAVING count(*) > 0
"""
FAULTS: dict[str, LiteralString] = {
    "provider and shop say otherwise of a payment": """
        SELECT ours.id, theirs.reference, ours.state, theirs.state, ours.captured, theirs.captured,
            ours.done, theirs.refunded
        FROM (SELECT payment_attempts.*, coalesce((SELECT sum(amount) FROM refund_transfers
                WHERE payment_id = payment_attempts.id AND state = 'done'
                    AND provider = 'test'), 0) AS done
            FROM payment_attempts WHERE provider = 'test') AS ours
        FULL JOIN test_payments AS theirs ON theirs.payment_id = ours.id
        WHERE ours.id IS NULL OR ours.captured <> coalesce(theirs.captured, 0)
            OR ours.done <> coalesce(theirs.refunded, 0)
            OR (ours.state = 'authorised') <> (coalesce(theirs.state, '') = 'authorised')
    """,
    "a charge without an order or a refund": """
        SELECT id FROM payment_attempts WHERE captured > refunded AND order_id IS NULL
        UNION SELECT orders.id FROM orders
        LEFT JOIN (SELECT payment.order_id, payment.captured - (
                SELECT coalesce(sum(transfer.amount), 0) FROM refund_transfers AS transfer
                JOIN refunds ON refunds.id = refund_id AND refunds.order_id IS NULL
                WHERE transfer.payment_id = payment.id) AS amount
            FROM payment_attempts AS payment) AS paid ON paid.order_id = orders.id
        GROUP BY orders.id HAVING coalesce(sum(paid.amount), 0) <> orders.captured
    """,
    "more given back than was taken": """
        SELECT id FROM payment_attempts WHERE refunded > captured
        UNION SELECT id FROM orders WHERE refunded > captured
    """,
    "the books of the provider and the ledger differ": """
        SELECT theirs.amount, ledger.amount FROM
            (SELECT coalesce(sum(captured - refunded), 0) AS amount FROM test_payments) AS theirs,
            (SELECT coalesce(sum(amount), 0) AS amount FROM ledger_entries
                WHERE account = 'cash' AND provider = 'test') AS ledger
        WHERE theirs.amount <> ledger.amount
    """,
    "the ledger is not zero": """
        SELECT currency FROM ledger_entries GROUP BY currency HAVING sum(amount) <> 0
    """,
    "an order without its stock": """
        SELECT orders.id, orders.status, held.units, wanted.units FROM orders
        CROSS JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS units FROM reservations
            WHERE source_id = orders.id) AS held
        CROSS JOIN LATERAL (SELECT CASE orders.status WHEN 'cancelled' THEN 0 ELSE
            coalesce(sum(quantity - removed_quantity - fulfilled_quantity), 0) END AS units
            FROM order_lines WHERE order_id = orders.id AND gift_card IS NULL) AS wanted
        WHERE held.units <> wanted.units
    """,
    "stock that is held for nothing": """
        SELECT source_id FROM reservations
        WHERE quantity > 0 AND source_id NOT IN (SELECT id FROM orders
            UNION SELECT id FROM draft_orders WHERE reserve_until IS NOT NULL
            UNION SELECT id FROM returns WHERE status IN ('approved', 'part_received', 'received'))
    """,
    "stock that is not what its movements say": """
        SELECT stock.id FROM stock
        CROSS JOIN LATERAL (SELECT sum(on_hand) AS on_hand, sum(reserved) AS reserved
            FROM stock_movements WHERE stock_id = stock.id) AS moved
        CROSS JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS units
            FROM reservations WHERE stock_id = stock.id) AS held
        WHERE stock.on_hand <> moved.on_hand OR stock.reserved <> moved.reserved
            OR stock.reserved <> held.units
    """,
    "an order that is told of other than once": """
        SELECT orders.id, events.aggregate_id FROM orders
        FULL JOIN (SELECT * FROM events WHERE type = 'order.placed') AS events
            ON events.aggregate_id = orders.id
        GROUP BY orders.id, events.aggregate_id HAVING count(*) <> 1 OR orders.id IS NULL
            OR events.aggregate_id IS NULL
    """,
    "a cancellation that is told of other than once": """
        SELECT orders.id, events.aggregate_id
        FROM (SELECT id FROM orders WHERE status = 'cancelled') AS orders
        FULL JOIN (SELECT aggregate_id FROM events WHERE type = 'order.cancelled') AS events
            ON events.aggregate_id = orders.id
        GROUP BY orders.id, events.aggregate_id HAVING count(*) <> 1 OR orders.id IS NULL
            OR events.aggregate_id IS NULL
    """,
    "a refund that is told of other than once": """
        SELECT refunds.id, told.aggregate_id, told.type FROM (
            SELECT refunds.id, type FROM refunds, (VALUES ('refund.created'), ('refund.succeeded'))
                AS types (type)
            WHERE order_id IS NOT NULL AND (type = 'refund.created' OR NOT EXISTS (
                SELECT FROM refund_transfers WHERE refund_id = refunds.id AND state <> 'done')
                AND EXISTS (  -- else all of it paid another order, and nothing went to the buyer
                SELECT FROM refund_transfers WHERE refund_id = refunds.id
                    AND provider <> 'exchange'))
        ) AS refunds
        FULL JOIN (SELECT aggregate_id, type FROM events
            WHERE type IN ('refund.created', 'refund.succeeded')) AS told
            ON told.aggregate_id = refunds.id AND told.type = refunds.type
        GROUP BY refunds.id, told.aggregate_id, refunds.type, told.type
        HAVING count(*) <> 1 OR refunds.id IS NULL OR told.aggregate_id IS NULL
    """,
    "a decline that is told of other than once": """
        SELECT payments.id, told.aggregate_id
        FROM (SELECT id FROM payment_attempts WHERE state = 'declined') AS payments
        FULL JOIN (SELECT aggregate_id FROM events WHERE type = 'payment.declined') AS told
            ON told.aggregate_id = payments.id
        GROUP BY payments.id, told.aggregate_id HAVING count(*) <> 1 OR payments.id IS NULL
            OR told.aggregate_id IS NULL
    """,
    "credit that is held for nothing": """
        SELECT source_id, amount FROM credit_holds WHERE source_id NOT IN (
            SELECT (snapshot ->> 'id')::uuid FROM payment_attempts WHERE snapshot IS NOT NULL
                AND state IN ('pending', 'requires_action', 'processing'))
    """,
    "a balance that is not what moved it, what is held of it, or what the ledger says": """
        SELECT account.id, balance, moved.amount, booked.amount, account.held, held.amount
        FROM credit_accounts AS account
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM credit_movements
            WHERE account_id = account.id) AS moved
        CROSS JOIN LATERAL (SELECT coalesce(-sum(amount), 0) AS amount FROM ledger_entries
            WHERE credit_account_id = account.id) AS booked
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM credit_holds
            WHERE account_id = account.id) AS held
        WHERE balance <> moved.amount OR balance <> booked.amount OR account.held <> held.amount
    """,
    "gift cards that are other than what was sold, or told of other than once": """
        SELECT line.id, line.fulfilled_quantity, cards.many, cards.told FROM order_lines AS line
        CROSS JOIN LATERAL (SELECT count(*) AS many, count(DISTINCT unit) AS units,
                min(initial_amount) AS least, max(initial_amount) AS most,
                (SELECT count(*) FROM events JOIN credit_accounts AS card
                    ON card.id = aggregate_id AND card.order_line_id = line.id
                    WHERE type = 'gift_card.issued') AS told
            FROM credit_accounts WHERE order_line_id = line.id) AS cards
        WHERE line.gift_card IS NOT NULL AND (cards.many <> line.fulfilled_quantity
            OR cards.units <> cards.many OR cards.told <> cards.many
            OR cards.least <> line.unit_price OR cards.most <> line.unit_price)
    """,
    "gift cards that gave or got other than their payments and refunds": """
        SELECT payments.id FROM (SELECT payment.id, captured, credit_account_id,
                (SELECT coalesce(sum(amount), 0) FROM refund_transfers
                    WHERE payment_id = payment.id AND state = 'done'
                        AND provider = payment.provider) AS done
            FROM payment_attempts AS payment WHERE credit_account_id IS NOT NULL) AS payments
        CROSS JOIN LATERAL (SELECT coalesce(-sum(amount), 0) AS amount FROM credit_movements
            WHERE payment_id = payments.id) AS spent
        CROSS JOIN LATERAL (SELECT coalesce(sum(movement.amount), 0) AS amount
            FROM credit_movements AS movement WHERE movement.account_id = payments.credit_account_id
                AND refund_id IN (SELECT refund_id FROM refund_transfers
                    WHERE payment_id = payments.id)) AS back
        WHERE captured <> spent.amount OR done <> back.amount
    """,
    "a return that is not what arrived of it": """
        SELECT line.return_id, line.line_id FROM return_lines AS line
        CROSS JOIN LATERAL (SELECT coalesce(sum(quantity), 0) AS units FROM return_receipts
            WHERE return_id = line.return_id AND line_id = line.line_id) AS arrived
        WHERE restocked_quantity + written_off_quantity <> arrived.units
            OR arrived.units > line.quantity
    """,
    "more that came back than was sent": """
        SELECT id FROM order_lines WHERE returned_quantity > fulfilled_quantity
            OR returned_quantity < (SELECT coalesce(sum(quantity), 0) FROM return_receipts
                WHERE line_id = order_lines.id)
    """,
    "a return that is told of other than once": """
        SELECT returns.id, told.aggregate_id, told.type FROM (
            SELECT id, 'return.requested' AS type FROM returns
            UNION ALL SELECT id, 'return.' || status FROM returns
                WHERE status IN ('refused', 'closed')) AS returns
        FULL JOIN (SELECT aggregate_id, type FROM events
            WHERE type IN ('return.requested', 'return.refused', 'return.closed')) AS told
            ON told.aggregate_id = returns.id AND told.type = returns.type
        GROUP BY returns.id, told.aggregate_id, returns.type, told.type
        HAVING count(*) <> 1 OR returns.id IS NULL OR told.aggregate_id IS NULL
    """,
    "an edit that is told of other than once": """
        SELECT made.order_id, told.order_id FROM
            (SELECT order_id, count(*) AS many FROM order_edits GROUP BY order_id) AS made
        FULL JOIN (SELECT aggregate_id AS order_id, count(*) AS many FROM events
            WHERE type = 'order.edited' GROUP BY aggregate_id) AS told
            ON told.order_id = made.order_id
        WHERE made.many IS DISTINCT FROM told.many
    """,
    "an order whose refunds are not what it counts": """
        SELECT orders.id, orders.refunded, given.amount, orders.excess_refunded, given.excess
        FROM orders CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount,
                coalesce(sum(amount) FILTER (WHERE NOT EXISTS (
                    SELECT FROM refund_items WHERE refund_id = refunds.id)), 0) AS excess
            FROM refunds WHERE order_id = orders.id AND withdrawn_at IS NULL) AS given
        WHERE orders.refunded <> given.amount OR orders.excess_refunded <> given.excess
    """,
    "an order whose payment status is not what its money says": """
        SELECT id, status, payment_status, total, captured, refunded, excess_refunded, held.amount
        FROM orders CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount
            FROM payment_attempts WHERE order_id = orders.id AND state = 'authorised') AS held
        WHERE payment_status <> CASE
            WHEN status = 'open' AND held.amount > 0 THEN 'authorised'
            WHEN refunded > excess_refunded AND refunded = captured THEN CASE
                WHEN EXISTS (SELECT FROM order_edits WHERE order_id = orders.id)
                    AND status = 'open' AND total > captured - excess_refunded
                    AND payment_status = 'partially_paid'
                THEN 'partially_paid' ELSE 'refunded' END
            WHEN refunded > excess_refunded THEN 'partially_refunded'
            WHEN status = 'cancelled' AND captured = 0 THEN 'cancelled'
            WHEN total - captured + excess_refunded <= 0 THEN 'paid'
            WHEN captured > 0 THEN 'partially_paid' ELSE 'pending' END
    """,
    "a draft order that is told of other than once, or is no order": """
        SELECT drafts.id, told.aggregate_id
        FROM (SELECT id, order_id FROM draft_orders WHERE status = 'completed') AS drafts
        FULL JOIN (SELECT aggregate_id FROM events WHERE type = 'draft_order.completed') AS told
            ON told.aggregate_id = drafts.id
        LEFT JOIN orders ON orders.id = drafts.order_id
            AND orders.cart_id = 'draft-order:' || drafts.id
        GROUP BY drafts.id, told.aggregate_id HAVING count(*) <> 1 OR count(orders.id) <> 1
            OR drafts.id IS NULL OR told.aggregate_id IS NULL
        UNION SELECT id, NULL FROM orders WHERE cart_id LIKE 'draft-order:%'
            AND id NOT IN (SELECT order_id FROM draft_orders WHERE order_id IS NOT NULL)
    """,
    "an exchange that gives the new order other than it takes from the old one": """
        SELECT returns.id, given.amount, taken.amount FROM returns
        CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS amount FROM refund_transfers
            WHERE refund_id = returns.refund_id AND provider = 'exchange' AND state = 'done')
            AS taken
        CROSS JOIN LATERAL (SELECT coalesce(sum(captured), 0) AS amount FROM payment_attempts
            WHERE order_id = returns.exchange_order_id AND provider = 'exchange') AS given
        WHERE given.amount <> taken.amount
    """,
    "stock that is told of otherwise than it is": """
        SELECT stock.id FROM stock WHERE NOT EXISTS (SELECT FROM events
            WHERE aggregate = 'stock' AND sequence = stock.version
                AND (data ->> 'on_hand')::bigint = stock.on_hand
                AND (data ->> 'reserved')::bigint = stock.reserved)
    """,
    "events with a gap": """
        SELECT aggregate_id FROM events GROUP BY aggregate_id
        HAVING array_agg(sequence ORDER BY position)
            <> array(SELECT generate_series(1, max(sequence)))
    """,
    "positions with a gap": """
        SELECT 1 FROM events HAVING count(*) <> max(position) OR min(position) <> 1
    """,
}


async def settled(shop: Shop, tell: Callable[[str], None]) -> None:
    """Let all webhooks come and all sweeps run, until nothing waits any more.

    Fail when nothing has changed for as long as anything can take.
    """
    shop.carrier.well = True
    await shop.carrier.release()
    for nudge in NUDGES:
        await shop.rows(nudge)
    await _nothing(shop, WAITING, NUDGES[:-1], tell)
    await _nothing(shop, UNCOMPARED, (), tell)


async def _nothing(
    shop: Shop, query: LiteralString, nudges: Sequence[LiteralString], tell: Callable[[str], None]
) -> None:
    """Wait until a query finds nothing."""
    before: list[Any] = []
    changed = time.monotonic()
    while waiting := await shop.rows(query):
        if waiting != before:
            before, changed = waiting, time.monotonic()
        assert time.monotonic() < changed + PATIENCE, f"waits for ever: {waiting}"
        tell(", ".join(f"{many} {what}" for what, many, _ in waiting) + " to settle")
        await asyncio.sleep(0.5)
        await shop.attend()
        for nudge in nudges:
            await shop.rows(nudge)


async def faults(shop: Shop) -> dict[str, list[Any]]:
    """Return what is wrong with the shop; nothing if all is well."""
    found = {name: (await shop.rows(query))[:5] for name, query in FAULTS.items()}
    verdict = await asyncio.to_thread(run, "ledger", "verify", **shop.given)
    if verdict.returncode:
        found["the ledger differs"] = [verdict.stdout + verdict.stderr]
    return {name: rows for name, rows in found.items() if rows}
