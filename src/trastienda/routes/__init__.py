"""Every path the shop answers."""

from litestar import Router

from trastienda.routes.health import health
from trastienda.routes.sessions import sessions
from trastienda.routes.users import users

api = Router("/", route_handlers=[*health, *sessions, *users])
