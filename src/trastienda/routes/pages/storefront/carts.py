from trastienda.handlers.pages.storefront.carts.carts import (
    accept_prices_in_cart,
    add_code_to_cart,
    add_gift_card_to_cart,
    add_to_cart,
    change_cart_line,
    choose_store_credit_in_cart,
    drop_code,
    drop_gift_card,
    restore_cart_by_form,
    show_cart,
)
from trastienda.handlers.pages.storefront.carts.checkout import (
    check_out,
    come_back,
    come_back_by_post,
    show_checkout,
)
from trastienda.handlers.pages.storefront.carts.two_carts import choose_cart, show_two_carts
from trastienda.handlers.pages.storefront.gift_cards import (
    check_gift_card_by_form,
    name_gift_recipient,
    show_gift_card_check,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers
from trastienda.middlewares.requests.rates import CARTS, CHECKOUTS, limited

carts = [
    Router("/cart", route_handlers=[show_cart]),
    Router("/cart", route_handlers=[add_to_cart], guards=[limited(CARTS)]),
    Router("/cart/restored", route_handlers=[restore_cart_by_form], guards=[limited(CARTS)]),
    Router("/cart/both", route_handlers=[show_two_carts, choose_cart], guards=[customers]),
    Router("/cart/lines/{line_id:uuid}", route_handlers=[change_cart_line]),
    Router("/cart/lines/{line_id:uuid}/recipient", route_handlers=[name_gift_recipient]),
    Router("/cart/codes", route_handlers=[add_code_to_cart]),
    Router("/cart/codes/{code:str}/remove", route_handlers=[drop_code]),
    Router("/cart/gift-cards", route_handlers=[add_gift_card_to_cart]),
    Router("/cart/gift-cards/{card_id:uuid}/remove", route_handlers=[drop_gift_card]),
    Router("/gift-card", route_handlers=[show_gift_card_check, check_gift_card_by_form]),
    Router("/cart/store-credit", route_handlers=[choose_store_credit_in_cart], guards=[customers]),
    Router("/cart/accepted-prices", route_handlers=[accept_prices_in_cart]),
    Router("/checkout", route_handlers=[show_checkout]),
    Router("/checkout", route_handlers=[check_out], guards=[limited(CHECKOUTS)]),
    Router("/checkout/return", route_handlers=[come_back, come_back_by_post]),
]
