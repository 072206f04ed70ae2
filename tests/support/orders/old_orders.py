"""An order as SQL, for databases of versions before: with `id` and `status`, how far it is sent."""

AN_OLD_ORDER = """
INSERT INTO orders (id, number, cart_id, channel_id, currency, locale, email, email_key,
    shipping_address, billing_address, shipping_option, payment_provider, subtotal, discount,
    shipping, tax, tax_included, tax_added, total, shipping_tax_added, coupons, placed_at, status,
    payment_status, fulfilment_status, version)
SELECT %(id)s, nextval('order_numbers'), gen_random_uuid(), id, 'EUR', 'en', 'a@x.example',
    'a@x.example', '{}', '{}', '{}', 'manual', 0, 0, 0, 0, 0, 0, 0, 0, '{}', '2026-01-01Z', 'open',
    'pending', %(status)s, 1 FROM channels
"""
