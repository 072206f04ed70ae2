from trastienda.handlers.pages.storefront.accounts import (
    end_session_by_form,
    register_by_form,
    show_account,
    show_registered,
    show_registration,
    show_sessions,
    show_verification,
    verify_by_form,
)
from trastienda.handlers.pages.storefront.address_book import (
    add_address_by_form,
    change_address_by_form,
    remove_address_by_form,
    show_addresses,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers

BOOK, MINE = "/account/addresses", [customers]

accounts = [
    Router(BOOK, route_handlers=[show_addresses, add_address_by_form], guards=MINE),
    Router(f"{BOOK}/{{address_id:uuid}}", route_handlers=[change_address_by_form], guards=MINE),
    Router(
        f"{BOOK}/{{address_id:uuid}}/remove", route_handlers=[remove_address_by_form], guards=MINE
    ),
    Router("/account", route_handlers=[show_account], guards=[customers]),
    Router("/account/sessions", route_handlers=[show_sessions], guards=[customers]),
    Router(
        "/account/sessions/{session_id:uuid}/end",
        route_handlers=[end_session_by_form],
        guards=[customers],
    ),
    Router("/register", route_handlers=[show_registration, register_by_form]),
    Router("/register/sent", route_handlers=[show_registered]),
    Router("/verify", route_handlers=[show_verification, verify_by_form]),
]
