from litestar import Router

from trastienda.handlers.users import register_user, verify_user

users = [
    Router("/v1/users", route_handlers=[register_user]),
    Router("/v1/users/verification", route_handlers=[verify_user]),
]
