"""A limit on the concurrent requests of one client."""

from litestar.types import ASGIApp, Receive, Scope, Send

from trastienda.errors import TooMany
from trastienda.middlewares.asgi import Wrapper, wrapper
from trastienda.middlewares.identity.client import address
from trastienda.settings import Settings, Switch

MOST = 100  # in each web worker


class TooManyAtOnce(TooMany):
    """Too many of your requests are being worked on; wait for some of them."""


def bounded(settings: Settings) -> Wrapper:
    """Refuse a request of a client that already has `MOST` unanswered ones."""
    behind_proxy = settings.behind_proxy is Switch.ON
    in_flight: dict[str, int] = {}

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        client = address(scope, behind_proxy=behind_proxy)
        if in_flight.get(client, 0) >= MOST:
            raise TooManyAtOnce(limit=MOST, retry_after=1)
        in_flight[client] = in_flight.get(client, 0) + 1
        try:
            await app(scope, receive, send)
        finally:
            in_flight[client] -= 1
            if not in_flight[client]:
                del in_flight[client]

    def unbounded(app: ASGIApp) -> ASGIApp:
        return app

    return serve if settings.rate_limits is Switch.ON else unbounded
