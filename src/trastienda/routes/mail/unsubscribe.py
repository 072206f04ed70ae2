from litestar import Router

from trastienda.handlers.mail.unsubscribe import show_unsubscribe, unsubscribe

unsubscribing = [Router("/unsubscribe", route_handlers=[show_unsubscribe, unsubscribe])]
