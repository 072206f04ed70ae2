"""What staff do with records beside changing them."""

from trastienda.handlers.pages.admin.beside import acting
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

PRICING, CREDIT = [requires("pricing.write")], [requires("credit.write")]
PROMOTION, GIFT_CARD = "/promotions/{promotion_id:uuid}", "/gift-cards/{card_id:uuid}"

beside = [
    Router(f"{PROMOTION}/coupons", route_handlers=[acting.add_coupon_by_form], guards=PRICING),
    Router(
        f"{PROMOTION}/coupons/bulk", route_handlers=[acting.make_coupons_by_form], guards=PRICING
    ),
    Router(
        f"{PROMOTION}/coupons/{{coupon_id:uuid}}",
        route_handlers=[acting.change_coupon_by_form],
        guards=PRICING,
    ),
    Router(
        "/price-lists/{list_id:uuid}/prices",
        route_handlers=[acting.set_price_by_form],
        guards=PRICING,
    ),
    Router(
        "/customer-groups/{group_id:uuid}/members",
        route_handlers=[acting.change_members_by_form],
        guards=[requires("customers.write")],
    ),
    Router(
        "/gift-cards/many",
        route_handlers=[acting.show_gift_cards_form, acting.issue_gift_cards_by_form],
        guards=CREDIT,
    ),
    Router(f"{GIFT_CARD}/adjust", route_handlers=[acting.adjust_gift_card_by_form], guards=CREDIT),
    Router(f"{GIFT_CARD}/send", route_handlers=[acting.send_gift_card_by_form], guards=CREDIT),
    Router(
        "/payment-providers/{provider_id:uuid}/check",
        route_handlers=[acting.check_provider_by_form],
        guards=[requires("providers.write")],
    ),
]
