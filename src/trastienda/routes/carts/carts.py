from trastienda.handlers.carts.carts import (
    accept_prices,
    add_coupon,
    add_gift_card,
    add_line,
    change_line,
    choose_shipping_option,
    choose_store_credit,
    explain_cart,
    forget_reminder,
    get_cart,
    get_my_cart,
    list_shipping_options,
    open_cart,
    remind_of_cart,
    remove_coupon,
    remove_gift_card,
    remove_line,
    restore_cart,
    set_contact,
)
from trastienda.handlers.carts.merging import (
    list_set_aside_carts,
    merge_cart,
    recover_cart,
)
from trastienda.handlers.carts.recipients import remove_gift_recipient, set_gift_recipient
from trastienda.handlers.orders.orders import cancel_cart_payment, checkout, get_cart_payment
from trastienda.handlers.payments.options import list_payment_options
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers
from trastienda.middlewares.requests.rates import CARTS, CHECKOUTS, limited

CART = "/carts/{cart_id:str}"

carts = [
    Router("/carts", route_handlers=[open_cart], guards=[limited(CARTS)]),
    Router("/carts/restored", route_handlers=[restore_cart], guards=[limited(CARTS)]),
    Router("/carts/mine", route_handlers=[get_my_cart], guards=[customers]),
    Router("/carts/set-aside", route_handlers=[list_set_aside_carts], guards=[customers]),
    Router(CART, route_handlers=[get_cart]),
    Router(f"{CART}/explanation", route_handlers=[explain_cart]),
    Router(f"{CART}/lines", route_handlers=[add_line]),
    Router(f"{CART}/lines/{{line_id:uuid}}", route_handlers=[change_line, remove_line]),
    Router(
        f"{CART}/lines/{{line_id:uuid}}/recipient",
        route_handlers=[set_gift_recipient, remove_gift_recipient],
    ),
    Router(f"{CART}/coupons", route_handlers=[add_coupon]),
    Router(f"{CART}/coupons/{{code:str}}", route_handlers=[remove_coupon]),
    Router(f"{CART}/gift-cards", route_handlers=[add_gift_card]),
    Router(f"{CART}/gift-cards/{{card_id:uuid}}", route_handlers=[remove_gift_card]),
    Router(f"{CART}/store-credit", route_handlers=[choose_store_credit], guards=[customers]),
    Router(f"{CART}/accepted-prices", route_handlers=[accept_prices]),
    Router(f"{CART}/merge", route_handlers=[merge_cart], guards=[customers]),
    Router(f"{CART}/recovery", route_handlers=[recover_cart], guards=[customers]),
    Router(f"{CART}/reminder", route_handlers=[remind_of_cart, forget_reminder]),
    Router(f"{CART}/contact", route_handlers=[set_contact]),
    Router(f"{CART}/shipping-options", route_handlers=[list_shipping_options]),
    Router(f"{CART}/shipping-option", route_handlers=[choose_shipping_option]),
    Router(f"{CART}/payment-options", route_handlers=[list_payment_options]),
    Router(f"{CART}/payment", route_handlers=[get_cart_payment, cancel_cart_payment]),
    Router(f"{CART}/checkout", route_handlers=[checkout], guards=[limited(CHECKOUTS)]),
]
