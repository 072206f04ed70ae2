"""The strict headers that every answer carries, unless it brings its own."""

from collections.abc import Callable

from litestar.types import ASGIApp, Message, Receive, Scope, Send

from trastienda.settings import Settings

HALF_AN_HOUR, ONE_YEAR = 1_800, 31_536_000
UNUSED = ("accelerometer", "camera", "geolocation", "gyroscope", "microphone", "payment", "usb")

STRICT = {
    # An API has nothing to load, to frame or to run. The pages of /docs bring their own.
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": ", ".join(f"{feature}=()" for feature in UNUSED),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",  # what may be kept says so itself
}

STRICT_NAMES = frozenset(name.encode() for name in STRICT)


def transport_security(settings: Settings) -> str:
    """Promise HTTPS; briefly on a laptop, where it spreads to every port of localhost."""
    if settings.in_production:
        return f"max-age={ONE_YEAR}; includeSubDomains"
    return f"max-age={HALF_AN_HOUR}"


def strict(settings: Settings) -> Callable[[ASGIApp], ASGIApp]:
    named = {**STRICT, "strict-transport-security": transport_security(settings)}
    always = [(name.encode(), value.encode()) for name, value in named.items()]

    def wrapped(app: ASGIApp) -> ASGIApp:
        async def serve(scope: Scope, receive: Receive, send: Send) -> None:
            async def answer(message: Message) -> None:
                if message["type"] == "http.response.start":
                    own = message["headers"]
                    names = {name for name, _ in own}
                    missing = always  # the usual case: nothing of ours was set, nothing to sift
                    if not names.isdisjoint(STRICT_NAMES):
                        missing = [header for header in always if header[0] not in names]
                    message["headers"] = [*own, *missing]
                await send(message)

            await app(scope, receive, answer)

        return serve

    return wrapped
