from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, Numeric, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model


class OrderLine(Identified, Model):
    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("subtotal = unit_price * quantity", name="subtotal"),
        CheckConstraint("discount BETWEEN 0 AND subtotal", name="discount"),
        CheckConstraint("tax >= 0 AND total >= 0", name="amounts"),
        CheckConstraint("fulfilled_quantity BETWEEN 0 AND quantity", name="fulfilled_quantity"),
        CheckConstraint(
            "removed_quantity BETWEEN 0 AND quantity - fulfilled_quantity",
            name="removed_quantity",
        ),
        CheckConstraint(
            "returned_quantity BETWEEN 0 AND fulfilled_quantity", name="returned_quantity"
        ),
        CheckConstraint(
            "ready_quantity BETWEEN 0 AND quantity - fulfilled_quantity - removed_quantity",
            name="ready_quantity",
        ),
        Index(None, "order_id"),
        Index(None, "variant_id"),
    )
    order_id: Mapped[UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    position: Mapped[int]
    variant_id: Mapped[UUID | None] = mapped_column(ForeignKey("variants.id", ondelete="SET NULL"))
    sku: Mapped[str]
    name: Mapped[str]
    slug: Mapped[str]
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
    thumbnail: Mapped[str | None]
    quantity: Mapped[int]
    unit_price: Mapped[int]
    subtotal: Mapped[int]
    discount: Mapped[int]
    tax: Mapped[int]
    tax_rate: Mapped[Decimal] = mapped_column(Numeric(11, 8))
    total: Mapped[int]
    fulfilled_quantity: Mapped[int] = mapped_column(default=0)
    removed_quantity: Mapped[int] = mapped_column(default=0, server_default="0")
    """Units that were refunded before they were sent, and will not be."""
    returned_quantity: Mapped[int] = mapped_column(default=0, server_default="0")
    """Units that were sent and came back: into stock, or written off."""
    ready_quantity: Mapped[int] = mapped_column(default=0, server_default="0")
    """Units in parcels that are ready to be picked up."""
    gift_card: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    """Of gift cards: who gets them. None for goods."""
    custom: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), default=None)
    """Of what is not in the shop: its tax class, and whether it is shipped, as `CustomGoods`."""

    @property
    def unfulfilled_quantity(self) -> int:
        """Units that are still to be sent or picked up."""
        return self.quantity - self.fulfilled_quantity - self.removed_quantity

    @property
    def fulfillable_quantity(self) -> int:
        """Units that are in no parcel yet."""
        return self.unfulfilled_quantity - self.ready_quantity


ADDS_UP = (
    """
    CREATE FUNCTION order_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        of_order uuid;
        whole bigint;
        parts bigint;
    BEGIN
        IF TG_TABLE_NAME = 'orders' THEN
            of_order := NEW.id;
        ELSIF TG_OP = 'DELETE' THEN
            of_order := OLD.order_id;
        ELSE
            of_order := NEW.order_id;
        END IF;
        SELECT total, shipping + shipping_tax_added INTO whole, parts
        FROM orders WHERE id = of_order;
        IF whole <> parts + (SELECT coalesce(sum(total), 0) FROM order_lines
                             WHERE order_id = of_order) THEN
            RAISE EXCEPTION 'lines and shipping of order %% do not add up to its total', of_order
                USING ERRCODE = 'check_violation', CONSTRAINT = 'order_adds_up';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER order_adds_up
        AFTER INSERT OR UPDATE OF total, shipping, shipping_tax_added ON orders
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up()
    """,
    """
    CREATE CONSTRAINT TRIGGER order_adds_up
        AFTER INSERT OR DELETE OR UPDATE OF total, order_id ON order_lines
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION order_adds_up()
    """,
)
for _statement in ADDS_UP:
    event.listen(OrderLine.__table__, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
