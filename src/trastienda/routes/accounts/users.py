from trastienda.handlers.accounts.users import register_user, verify_user
from trastienda.handlers.shared.tables import Router

users = [
    Router("/users", route_handlers=[register_user]),
    Router("/users/verification", route_handlers=[verify_user]),
]
