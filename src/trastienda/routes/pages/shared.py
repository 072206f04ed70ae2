"""What the storefront and the admin share: files, logging in, and a page of all components."""

from trastienda.handlers.pages.accounts.passwords import (
    accept_invitation_by_form,
    change_password_by_form,
    reset_by_form,
    send_reset,
    show_forgotten,
    show_invitation,
    show_password,
    show_reset,
)
from trastienda.handlers.pages.accounts.sessions import log_in_by_form, log_out_by_form, show_login
from trastienda.handlers.pages.assets import read_page_asset
from trastienda.handlers.pages.brand import read_brand
from trastienda.handlers.pages.components import show_components
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers, on_this_machine

shared = [
    Router("/assets/{digest:str}/{name:str}", route_handlers=[read_page_asset]),
    Router("/brand/{name:str}", route_handlers=[read_brand]),
    Router("/login", route_handlers=[show_login, log_in_by_form]),
    Router("/logout", route_handlers=[log_out_by_form]),
    Router("/forgot-password", route_handlers=[show_forgotten, send_reset]),
    Router("/reset-password", route_handlers=[show_reset, reset_by_form]),
    Router("/join", route_handlers=[show_invitation, accept_invitation_by_form]),
    Router(
        "/account/password",
        route_handlers=[show_password, change_password_by_form],
        guards=[customers],
    ),
]
development = [
    Router("/components", route_handlers=[show_components], guards=[on_this_machine]),
]
