"""Erasing the personal data of a customer (GDPR, article 17), and giving all of it (article 15).

Orders, invoices, payments, refunds and returns stay as they are: the law obliges merchants to keep
them (article 17(3)(b)). What else names the person is deleted or made nameless.
"""

from uuid import UUID

from psycopg.types.json import Jsonb

from trastienda.database.db import Reading, Session, prepared, together
from trastienda.database.models.carts.cart import CartState
from trastienda.database.models.draft_orders.draft_order import DraftOrderStatus
from trastienda.database.models.orders.order import FulfilmentStatus, OrderStatus
from trastienda.errors import Conflict
from trastienda.services.customers.listing import CustomerNotFound

NAMELESS = "Erased"
_CLAIM = prepared("""
    SELECT email, role FROM users
    WHERE id = %(user)s AND verified_at IS NOT NULL FOR NO KEY UPDATE
""")
_THEIRS = "(customer_id = %(user)s OR (customer_id IS NULL AND email_key = %(email)s))"
_OPEN_ORDERS = prepared(f"""
    SELECT FROM orders WHERE {_THEIRS} AND status = '{OrderStatus.OPEN}'
        AND fulfilment_status <> '{FulfilmentStatus.FULFILLED}' LIMIT 1
""")
_PAYING = prepared(f"""
    SELECT FROM carts WHERE customer_id = %(user)s AND state = '{CartState.PAYING}' LIMIT 1
""")
_USER = prepared("""
    UPDATE users SET email = %(nameless)s, name = %(name)s, password_hash = NULL,
        verified_at = NULL, version = version + 1 WHERE id = %(user)s
""")
_DELETED = [
    prepared("DELETE FROM sessions WHERE user_id = %(user)s"),
    prepared("DELETE FROM verifications WHERE user_id = %(user)s"),
    prepared("DELETE FROM password_resets WHERE user_id = %(user)s"),
    prepared("DELETE FROM user_addresses WHERE user_id = %(user)s"),
    prepared("DELETE FROM customer_notes WHERE user_id = %(user)s"),
    prepared("DELETE FROM customer_group_members WHERE user_id = %(user)s"),
    prepared("DELETE FROM set_aside_carts WHERE customer_id = %(user)s"),
]
_CARTS = prepared(f"""
    UPDATE carts SET email = NULL, email_key = NULL, shipping_address = NULL,
        billing_address = NULL, region_key = NULL, vat_number = NULL, vat_check = NULL,
        version = version + 1
    WHERE {_THEIRS} AND state <> '{CartState.PAYING}'
""")
_DRAFTS = prepared(f"""
    UPDATE draft_orders SET email = %(nameless)s, shipping_address = NULL, billing_address = NULL,
        note = NULL, version = version + 1
    WHERE customer_id = %(user)s AND status <> '{DraftOrderStatus.COMPLETED}'
""")
_RECIPIENTS = [
    prepared("""
        UPDATE order_lines SET gift_card = '{"recipient": null}' WHERE id IN (
            SELECT order_line_id FROM credit_accounts WHERE recipient_key = %(email)s)
    """),
    prepared("""
        UPDATE events SET data = data || jsonb_build_object('recipient_email', NULL)
            || CASE WHEN data ? 'email' THEN jsonb_build_object('email', %(nameless)s::text)
                ELSE '{}' END
        WHERE starts_with(type, 'gift_card.') AND aggregate_id IN (
            SELECT id FROM credit_accounts WHERE recipient_key = %(email)s)
    """),
    prepared(f"""
        UPDATE cart_lines SET recipient = NULL FROM carts
        WHERE carts.id = cart_lines.cart_id AND {_THEIRS} AND recipient IS NOT NULL
    """),
]
"""Who gets gift cards that were sold: before these, and carts, are made nameless themselves."""
_GIFT_CARDS = prepared("""
    UPDATE credit_accounts SET recipient_email = NULL, recipient_key = NULL
    WHERE recipient_key = %(email)s
""")
_LETTERS = prepared("UPDATE letters_sent SET recipient = %(nameless)s WHERE recipient = %(email)s")
_OF_ADDRESS = [
    prepared("DELETE FROM mail_consents WHERE email = %(email)s"),
    prepared("DELETE FROM cart_reminders WHERE email = %(email)s"),
    prepared("DELETE FROM order_link_requests WHERE email_key = %(email)s"),
    prepared("DELETE FROM password_resets WHERE email_key = %(email)s"),
]
_EVENTS = prepared("""
    UPDATE events SET data = data || (
        SELECT jsonb_object_agg(blank.key, blank.value) FROM jsonb_each(%(blank)s::jsonb) AS blank
        WHERE data ? blank.key)
    WHERE aggregate = 'user' AND aggregate_id = %(user)s AND data ? 'email'
""")
_EXPORT = prepared("""
    SELECT json_build_object(
        'account', json_build_object('id', users.id, 'email', users.email, 'name', users.name,
            'registered_at', users.created_at, 'verified_at', users.verified_at),
        'addresses', (SELECT coalesce(json_agg(address ORDER BY id), '[]')
            FROM user_addresses WHERE user_id = users.id),
        'groups', (SELECT coalesce(json_agg(customer_groups.name ORDER BY customer_groups.name),
                '[]')
            FROM customer_group_members AS member
                JOIN customer_groups ON customer_groups.id = member.customer_group_id
            WHERE member.user_id = users.id),
        'notes', (SELECT coalesce(json_agg(json_build_object('at', created_at, 'text', text)
                ORDER BY id), '[]')
            FROM customer_notes WHERE user_id = users.id),
        'sessions', (SELECT coalesce(json_agg(json_build_object('user_agent', user_agent,
                'created_at', created_at, 'seen_at', seen_at) ORDER BY id), '[]')
            FROM sessions WHERE user_id = users.id),
        'store_credit', (SELECT coalesce(json_agg(json_build_object('currency', currency,
                'balance', balance) ORDER BY currency), '[]')
            FROM credit_accounts WHERE customer_id = users.id),
        'consents', (SELECT coalesce(json_agg(json_build_object('granted', granted,
                'changed_at', changed_at)), '[]')
            FROM mail_consents WHERE mail_consents.email = users.email),
        'letters', (SELECT coalesce(json_agg(json_build_object('letter', letter,
                'created_at', created_at, 'state', state) ORDER BY id), '[]')
            FROM letters_sent WHERE recipient = users.email),
        'orders', (SELECT coalesce(json_agg(json_build_object('id', id, 'number', number::text,
                'placed_at', placed_at, 'email', email, 'status', status, 'currency', currency,
                'total', total, 'captured', captured, 'refunded', refunded,
                'vat_number', vat_number, 'shipping_address', shipping_address,
                'billing_address', billing_address,
                'lines', (SELECT json_agg(json_build_object('sku', sku, 'name', name,
                        'quantity', quantity, 'unit_price', unit_price, 'total', total)
                        ORDER BY position)
                    FROM order_lines WHERE order_lines.order_id = orders.id))
                ORDER BY placed_at, id), '[]')
            FROM orders WHERE customer_id = users.id
                OR (customer_id IS NULL AND email_key = users.email)))::text
    FROM users WHERE id = %(user)s AND verified_at IS NOT NULL
""")


class CustomerIsStaff(Conflict):
    """This is a member of staff: take the role away first."""


class CustomerHasOpenOrders(Conflict):
    """There are orders that were not sent yet, or a checkout under way: finish or cancel them."""


async def export(session: Reading, user_id: UUID) -> bytes:
    """Return all that is kept about a customer, as JSON. Raise CustomerNotFound."""
    document = await _EXPORT.document(session, user=user_id)
    if document is None:
        raise CustomerNotFound
    return document


async def erase(session: Session, user_id: UUID) -> None:
    """Delete what names a customer, except what the law obliges the merchant to keep.

    The account stays without a name, so that its orders and store credit still belong to one. Raise
    CustomerNotFound, CustomerIsStaff or CustomerHasOpenOrders.
    """
    row = await _CLAIM.row(session, user=user_id)
    if row is None:
        raise CustomerNotFound
    email, role = row
    if role is not None:
        raise CustomerIsStaff
    nameless = f"erased-{user_id}@erased.invalid"
    values = {
        "user": user_id,
        "email": email,
        "nameless": nameless,
        "name": NAMELESS,
        "blank": Jsonb({"email": nameless, "name": NAMELESS}),
    }
    waiting = await _OPEN_ORDERS.row(session, **values)
    if waiting is not None or await _PAYING.row(session, user=user_id) is not None:
        raise CustomerHasOpenOrders
    work = [*_DELETED, *_OF_ADDRESS, *_RECIPIENTS, _CARTS, _DRAFTS, _GIFT_CARDS, _LETTERS, _EVENTS]
    await together(session, *(it.call(values) for it in (*work, _USER)))
