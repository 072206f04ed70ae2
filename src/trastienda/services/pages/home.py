"""What waits for staff, and what a new shop still needs: the page on which they begin."""

import msgspec

from trastienda.database.db import Reading, prepared
from trastienda.database.models.mail.sent_mail import LetterState
from trastienda.database.models.orders.order import FulfilmentStatus, OrderStatus, PaymentStatus
from trastienda.database.models.returns.order_return import ReturnState
from trastienda.schemas.jobs.job import JobStatus
from trastienda.schemas.pages.home import FirstSteps, ToDo

MOST = 100
"""Nobody needs to know how many more there are, and counting them all takes time."""
LOW = 5
"""Units: a variant with fewer than this is running out."""


def _count(rows: str) -> str:
    return f"(SELECT count(*) FROM (SELECT 1 {rows} LIMIT {MOST}) AS found)"


_OPEN = f"FROM orders WHERE status = '{OrderStatus.OPEN}'"
_PAID = f"payment_status = '{PaymentStatus.PAID}'"
_WAITS = f"fulfilment_status = '{FulfilmentStatus.UNFULFILLED}'"
_ANY_PAYMENT = ", ".join(f"'{it}'" for it in PaymentStatus)
# The states of the payment are named, so that the index of states leads to these alone.
_BEGUN = f"payment_status IN ({_ANY_PAYMENT}) AND fulfilment_status = '{FulfilmentStatus.PARTIAL}'"
_LOW = f"FROM stock WHERE on_hand - reserved < {LOW}"
_RETURNS = f"FROM returns WHERE status IN ('{ReturnState.ASKED}', '{ReturnState.RECEIVED}')"
_TO_DO_SQL = f"""
    json_build_object(
        'to_ship', {_count(f"{_OPEN} AND {_PAID} AND {_WAITS}")},
        'partly_sent', {_count(f"{_OPEN} AND {_BEGUN}")},
        'to_capture', {_count(f"{_OPEN} AND payment_status = '{PaymentStatus.AUTHORISED}'")},
        'unpaid', {_count(f"{_OPEN} AND payment_status = '{PaymentStatus.PENDING}'")},
        'returns', {_count(_RETURNS)}, 'low_stock', {_count(_LOW)},
        'failed_jobs', {_count(f"FROM procrastinate_jobs WHERE status = '{JobStatus.FAILED}'")},
        'failed_webhooks', {_count("FROM webhooks WHERE disabled IS NOT NULL")},
        'dead_mails', {_count(f"FROM letters_sent WHERE state = '{LetterState.REFUSED}'")}
    )
"""
_FIRST_STEPS_SQL = """
    json_build_object(
        'named', (SELECT tax_country IS NOT NULL FROM channels WHERE id = %(channel)s),
        'taxed', (SELECT tax_rate > 0 FROM channels WHERE id = %(channel)s)
            OR EXISTS (SELECT FROM tax_rates),
        'ships', EXISTS (SELECT FROM shipping_options WHERE active),
        'takes_payments', EXISTS (SELECT FROM payment_providers WHERE enabled),
        'has_products', EXISTS (SELECT FROM products WHERE published)
    )
"""
_WAITING = prepared(f"SELECT json_build_array({_TO_DO_SQL}, {_FIRST_STEPS_SQL})::text")
_waiting = msgspec.json.Decoder(tuple[ToDo, FirstSteps])


async def waiting(session: Reading, channel_id: object) -> tuple[ToDo, FirstSteps]:
    """Return how much waits for staff, at most `MOST` of each kind, and what a new shop has.

    One statement.
    """
    return _waiting.decode(await _WAITING.document(session, channel=channel_id) or b"[]")


def is_done(steps: FirstSteps) -> bool:
    """Say whether nothing is left to be done before the shop can sell."""
    return all(msgspec.structs.astuple(steps))
