from trastienda.handlers.pages.admin.orders import (
    deciding,
    drafts,
    editing,
    invoices,
    listing,
    order,
    parcels,
    refunding,
    returning,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("orders.read")], [requires("orders.write")]
REFUND = [requires("refunds.write"), *READ]
SEE_RETURNS, WRITE_RETURNS = [requires("returns.read")], [requires("returns.write")]
ONE = "/orders/{order_id:uuid}"
PARCEL = f"{ONE}/fulfilments/{{fulfilment_id:uuid}}"
DRAFT = "/draft-orders/{draft_id:uuid}"

orders = [
    Router("/orders", route_handlers=[listing.show_orders], guards=READ),
    Router("/orders", route_handlers=[listing.act_on_orders], guards=WRITE),
    Router(ONE, route_handlers=[order.show_order], guards=READ),
    Router(f"{ONE}/explanation", route_handlers=[order.explain_order_page], guards=READ),
    Router(f"{ONE}/packing-slip", route_handlers=[order.show_packing_slip], guards=READ),
    Router(f"{ONE}/capture", route_handlers=[deciding.capture_by_form], guards=WRITE),
    Router(f"{ONE}/cancel", route_handlers=[deciding.cancel_by_form], guards=WRITE),
    Router(f"{ONE}/payment-due", route_handlers=[deciding.set_payment_due_by_form], guards=WRITE),
    Router(
        f"{ONE}/payment-link", route_handlers=[deciding.send_payment_link_by_form], guards=WRITE
    ),
    Router(f"{ONE}/tags", route_handlers=[deciding.tag_by_form], guards=WRITE),
    Router(f"{ONE}/notes", route_handlers=[deciding.note_by_form], guards=WRITE),
    Router(f"{ONE}/fulfilments", route_handlers=[parcels.fulfil_by_form], guards=WRITE),
    Router(PARCEL, route_handlers=[parcels.change_parcel_by_form], guards=WRITE),
    Router(f"{PARCEL}/collect", route_handlers=[parcels.collect_by_form], guards=WRITE),
    Router(f"{PARCEL}/deliver", route_handlers=[parcels.deliver_by_form], guards=WRITE),
    Router(f"{PARCEL}/unpack", route_handlers=[parcels.unpack_by_form], guards=WRITE),
    Router(f"{ONE}/edit", route_handlers=[editing.show_edit, editing.edit_by_form], guards=WRITE),
]
money = [
    Router(
        f"{ONE}/refund",
        route_handlers=[refunding.show_refund, refunding.refund_by_form],
        guards=REFUND,
    ),
    Router(
        f"{ONE}/refunds/{{refund_id:uuid}}/retry",
        route_handlers=[refunding.retry_refund_by_form],
        guards=REFUND,
    ),
    Router(
        f"{ONE}/refunds/{{refund_id:uuid}}/withdraw",
        route_handlers=[refunding.withdraw_refund_by_form],
        guards=REFUND,
    ),
    Router(
        f"{ONE}/invoice",
        route_handlers=[deciding.issue_invoice_by_form],
        guards=[requires("invoices.write"), *READ],
    ),
    Router(
        f"{ONE}/invoices/{{invoice_id:uuid}}/cancel",
        route_handlers=[deciding.cancel_invoice_by_form],
        guards=[requires("invoices.write"), *READ],
    ),
    Router(
        "/invoices", route_handlers=[invoices.show_invoices], guards=[requires("invoices.read")]
    ),
]
returns = [
    Router("/returns", route_handlers=[returning.show_returns], guards=SEE_RETURNS),
    Router("/returns/{return_id:uuid}", route_handlers=[returning.show_return], guards=SEE_RETURNS),
    Router(
        "/returns/{return_id:uuid}",
        route_handlers=[returning.decide_return_by_form],
        guards=WRITE_RETURNS,
    ),
    Router(
        f"{ONE}/return",
        route_handlers=[returning.show_return_form, returning.make_return_by_form],
        guards=[*WRITE_RETURNS, *READ],
    ),
]
draft_orders = [
    Router(f"{DRAFT}/send", route_handlers=[drafts.send_draft_by_form], guards=WRITE),
    Router(f"{DRAFT}/complete", route_handlers=[drafts.complete_draft_by_form], guards=WRITE),
]
