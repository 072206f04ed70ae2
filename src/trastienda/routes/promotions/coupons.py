from trastienda.handlers.promotions.coupons import (
    change_coupon,
    create_coupon,
    create_coupons,
    delete_coupon,
    export_coupons,
    get_coupon,
    list_coupons,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("pricing.read")], [requires("pricing.write")]
ALL = "/promotions/{promotion_id:uuid}/coupons"
ONE = f"{ALL}/{{coupon_id:uuid}}"

coupons = [
    Router(ALL, route_handlers=[list_coupons], guards=READ),
    Router(ALL, route_handlers=[create_coupon], guards=WRITE),
    Router(f"{ALL}.csv", route_handlers=[export_coupons], guards=READ),
    Router(f"{ALL}/bulk", route_handlers=[create_coupons], guards=WRITE),
    Router(ONE, route_handlers=[get_coupon], guards=READ),
    Router(ONE, route_handlers=[change_coupon, delete_coupon], guards=WRITE),
]
