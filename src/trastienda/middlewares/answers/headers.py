"""The strict security headers of every answer, unless it sets its own."""

from litestar.types import ASGIApp, HTTPResponseStartEvent, Receive, Scope, Send

from trastienda.middlewares.asgi import Wrapper, begun_by, headers, wrapper
from trastienda.settings import Settings

HALF_AN_HOUR, ONE_YEAR = 1_800, 31_536_000
UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")

STRICT = {
    # An API loads, frames and runs nothing. The pages of /docs have their own policy.
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",  # answers that may be cached say so themselves
}

STRICT_NAMES = frozenset(name.encode() for name in STRICT)


def transport_security(settings: Settings) -> str:
    """Return the HSTS header; short-lived on localhost, where it affects every port."""
    if settings.in_production:
        return f"max-age={ONE_YEAR}; includeSubDomains"
    return f"max-age={HALF_AN_HOUR}"


def strict(settings: Settings) -> Wrapper:
    """Add each strict header that an answer does not set itself."""
    named = {**STRICT, "strict-transport-security": transport_security(settings)}
    always = [(name.encode(), value.encode()) for name, value in named.items()]

    def begin(message: HTTPResponseStartEvent) -> None:
        own = headers(message)
        names = {name for name, _ in own}
        missing = always  # the usual case: the answer sets none of them, so nothing is filtered
        if not names.isdisjoint(STRICT_NAMES):
            missing = [header for header in always if header[0] not in names]
        own.extend(missing)

    @wrapper
    async def serve(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        await app(scope, receive, begun_by(send, begin))

    return serve
