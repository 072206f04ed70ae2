from trastienda.handlers.mail.unsubscribe import show_unsubscribe, unsubscribe
from trastienda.handlers.shared.tables import Router

unsubscribing = [Router("/unsubscribe", route_handlers=[show_unsubscribe, unsubscribe])]
