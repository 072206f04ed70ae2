"""Who may see an order: its customer, a verified owner of its address, or the holder of its token.

The token opens one order without an account. It is a signature, so nothing is stored.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7

from trastienda.database.db import Session, prepared
from trastienda.errors import Forbidden
from trastienda.schemas.orders.order import OrderView
from trastienda.services.accounts.users import normalised
from trastienda.services.shared import tokens

PURPOSE = "order"
# Orders of guests follow the address: what is verified now decides, not what was when they ordered.
OWNED = (
    "orders.customer_id = %(owner)s",
    """orders.customer_id IS NULL AND orders.email_key = (
        SELECT users.email FROM users
        WHERE users.id = %(owner)s AND users.verified_at IS NOT NULL)""",
)
"""Two conditions, of which each has an index, that an order belongs to an account."""
LIFETIME = timedelta(days=90)
"""Of a token; a new one comes by mail."""
BATCH = 100
"""Requests for new links that are looked at together."""
_ASK = prepared("""
    INSERT INTO order_link_requests (id, number, email_key, requested_at)
    VALUES (%(id)s, %(number)s, %(email)s, %(now)s)
""")
_TAKE = prepared(f"""
    DELETE FROM order_link_requests WHERE id = ANY (ARRAY(
        SELECT id FROM order_link_requests ORDER BY id LIMIT {BATCH} FOR UPDATE SKIP LOCKED))
    RETURNING (SELECT orders.id FROM orders
        WHERE orders.number = order_link_requests.number
            AND orders.email_key = order_link_requests.email_key)
""")


def with_token(order: OrderView, since: datetime) -> OrderView:
    """Give an order an access token that is good from `since` on, for `LIFETIME`.

    Checkout counts from `placed_at`, so that a second checkout answers with the same token; a mail
    counts from its own event.
    """
    order.access_token = token_for(order.id, since)
    return order


def token_for(order_id: UUID, since: datetime) -> str:
    """Return an access token to an order, good from `since` on for `LIFETIME`."""
    ends = str(int((since + LIFETIME).timestamp()))
    return f"{ends}.{tokens.sign(PURPOSE, _signed(order_id, ends))}"


def opens(token: str | None, order_id: UUID, now: datetime) -> bool:
    """Say whether a token is one of this order. Raise OrderLinkExpired when it is an old one."""
    ends = _ends(token, order_id) if token else None
    if ends is None:
        return False
    if ends <= now:
        raise OrderLinkExpired
    return True


def _ends(token: str, order_id: UUID) -> datetime | None:
    """Say until when a token is good; None for one that we did not make for this order."""
    ends, dot, signature = token.partition(".")
    if not dot:  # without an end, as they were made at first: it counts from the order on
        ours = tokens.verify(PURPOSE, str(order_id), token)
        return _placed_at(order_id) + LIFETIME if ours else None
    if not tokens.verify(PURPOSE, _signed(order_id, ends), signature):
        return None
    return datetime.fromtimestamp(int(ends), UTC)


def _signed(order_id: UUID, ends: str) -> str:
    return f"{order_id} until {ends}"


def _placed_at(order_id: UUID) -> datetime:
    """Read the time that is in the id (UUIDv7: its first 48 bits are milliseconds)."""
    return datetime.fromtimestamp((order_id.int >> 80) / 1_000, UTC)


async def request_link(session: Session, number: str, email: str, now: datetime) -> None:
    """Record a request for a link to the order of this number and address.

    It touches no order, so that it takes as long whether or not there is one.
    """
    await _ASK(session, id=uuid7(), number=int(number), email=normalised(email), now=now)


async def take_link_requests(session: Session) -> tuple[int, list[UUID]]:
    """Take requests for links, a batch; return how many, and the orders that there are."""
    rows = await _TAKE.rows(session)
    return len(rows), sorted({row[0] for row in rows if row[0] is not None})


class OrderLinkExpired(Forbidden):
    """This link has ended; ask for a new one by mail."""
