from litestar import Router

from trastienda.handlers.accounts.users import register_user, verify_user

users = [
    Router("/users", route_handlers=[register_user]),
    Router("/users/verification", route_handlers=[verify_user]),
]
