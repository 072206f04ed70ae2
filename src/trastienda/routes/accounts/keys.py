from trastienda.handlers.accounts.keys import list_keys, make_key, revoke_key
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

WRITE = [requires("keys.write")]

keys = [
    Router("/keys", route_handlers=[list_keys, make_key], guards=WRITE),
    Router("/keys/{key_id:uuid}", route_handlers=[revoke_key], guards=WRITE),
]
