"""Tables of routes that are cheap to put into each other and into an application.

Of each table that it takes, the framework makes a deep copy, of everything that any handler holds,
and once more at each level; and it gives each path a handler of `OPTIONS` of its own. With all
routes of the shop that was half of the time that a process takes to load the code and to make the
application, and a tenth of a web worker's memory.
"""

from copy import copy
from typing import Any, TypeVar

import litestar
from litestar import HttpMethod, Response
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

Owned = TypeVar("Owned", litestar.Router, HTTPRouteHandler)
"""A table, or a handler that stands in one."""
OPTIONS = {HttpMethod.OPTIONS}
CONTAINERS = (dict, list, set)


class Router(litestar.Router):
    """The framework's, but a copy of it shares with it what no application changes."""

    def __deepcopy__(self, known: dict[int, Any]) -> litestar.Router:
        """Copy the table, its routes and their handlers, each once, with containers of its own.

        What is in these (guards, dependencies, options) is shared, as with the framework's own
        copies of handlers. `known` has what is copied already, by its id.
        """
        table = _copied(self, known)
        unreached = copy(_unreached)
        unreached.owner = table
        table.routes = []
        for route in self.routes:
            again = copy(route)
            if isinstance(again, HTTPRoute):
                again.route_handler_map = {}
                again.route_handlers = [
                    unreached if it.http_methods == OPTIONS else _copied(it, known)
                    for it in again.route_handlers
                ]
            table.routes.append(again)
        return table


@HTTPRouteHandler(http_method=HttpMethod.OPTIONS, include_in_schema=False, sync_to_thread=False)
def _unreached() -> Response[None]:
    """Answer OPTIONS with nothing; `middlewares/answers/options.py` answers before it is asked."""
    return Response(None, status_code=204)


def _copied(it: Owned, known: dict[int, Any]) -> Owned:
    """Return the copy of a table or handler, which belongs to the copies of those around it."""
    if id(it) not in known:
        known[id(it)] = again = copy(it)
        attributes, slots = _state(it)
        for name, value in (attributes | slots).items():
            if type(value) in CONTAINERS:
                setattr(again, name, copy(value))
        if isinstance(it.owner, litestar.Router):
            again.owner = _copied(it.owner, known)
    same: Owned = known[id(it)]
    return same


def _state(it: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what it holds, in attributes and in slots."""
    state: Any = it.__getstate__()
    attributes, slots = state if isinstance(state, tuple) else (state, None)
    return attributes or {}, slots or {}
