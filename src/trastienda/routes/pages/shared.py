"""What the storefront and the admin share: files, logging in, and a page of all components."""

from litestar import Router

from trastienda.handlers.pages.assets import read_page_asset
from trastienda.handlers.pages.components import show_components
from trastienda.handlers.pages.sessions import log_in_by_form, log_out_by_form, show_login
from trastienda.middlewares.identity.access import on_this_machine

shared = [
    Router("/assets/{digest:str}/{name:str}", route_handlers=[read_page_asset]),
    Router("/login", route_handlers=[show_login, log_in_by_form]),
    Router("/logout", route_handlers=[log_out_by_form]),
]
development = [
    Router("/components", route_handlers=[show_components], guards=[on_this_machine]),
]
