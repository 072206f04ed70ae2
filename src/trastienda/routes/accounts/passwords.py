from trastienda.handlers.accounts.passwords import (
    change_password,
    request_password_reset,
    reset_password,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers

passwords = [
    Router("/password-resets", route_handlers=[request_password_reset]),
    Router("/password-resets/{token:str}", route_handlers=[reset_password]),
    Router("/users/me/password", route_handlers=[change_password], guards=[customers]),
]
