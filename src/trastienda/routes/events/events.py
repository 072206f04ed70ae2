from trastienda.handlers.events.events import SCOPE, get_event, list_events, stream_events
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ = [requires(SCOPE)]

events = [
    Router("/events", route_handlers=[list_events], guards=READ),
    Router("/events/stream", route_handlers=[stream_events], guards=READ),
    Router("/events/{event_id:uuid}", route_handlers=[get_event], guards=READ),
]
