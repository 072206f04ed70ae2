"""SQL that several statements about promotions share."""

from trastienda.database.models.orders.order import OrderStatus

GIFT_SKU_SQL = "(SELECT sku FROM variants WHERE variants.id = promotions.gift_variant_id)"


def audience_sql(buyer: str, before: str = "") -> str:
    """Return JSON fields that say whether a promotion is for a channel and a customer.

    `buyer` is the table with the channel and the customer: `carts` or `orders`. `before` is a
    condition that limits the orders called `earlier` to those before it.
    """
    earlier = f"""
        SELECT FROM orders AS earlier
        WHERE earlier.status <> '{OrderStatus.CANCELLED}' {before} AND
    """
    return f"""
        'in_channel', promotions.channel_ids = '{{}}'
            OR {buyer}.channel_id = ANY (promotions.channel_ids),
        'in_group', promotions.customer_group_ids = '{{}}' OR EXISTS (
            SELECT FROM customer_group_members AS members
            WHERE members.user_id = {buyer}.customer_id
                AND members.customer_group_id = ANY (promotions.customer_group_ids)),
        'first_allowed', CASE WHEN promotions.first_order THEN NOT (
            EXISTS ({earlier} earlier.customer_id = {buyer}.customer_id)
            OR EXISTS ({earlier} earlier.email_key = {buyer}.email_key)) ELSE true END
    """
