from trastienda.handlers.accounts.sessions import (
    end_session,
    list_sessions,
    log_in,
    log_out,
    show_session,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import customers

sessions = [
    Router("/session", route_handlers=[show_session, log_in, log_out]),
    Router("/sessions", route_handlers=[list_sessions], guards=[customers]),
    Router("/sessions/{session_id:uuid}", route_handlers=[end_session], guards=[customers]),
]
