"""Our cookies, parsed in the same way wherever a decision depends on them."""

from datetime import timedelta

from litestar.datastructures import Cookie
from litestar.types import Scope

SESSION = "__Host-session"
CSRF = "__Host-csrf"
DEVICE = "__Host-device"
"""Outlasts the session. It grants nothing, but spares its browser the delays that others cause."""
REGISTRATION = "__Host-registration"
"""Shows that a registration began in this browser."""


def header(scope: Scope, name: bytes) -> str | None:
    """Return a header's value: the first one if there are several, None if there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return None


def cookie(scope: Scope, name: str) -> str | None:
    """Return a cookie's value, or None if it is absent or empty.

    The framework's parser is not used: the CSRF check and the look-up of the session must agree on
    which cookie a request carries.
    """
    for key, value in scope["headers"]:
        if key == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                found, _, text = pair.partition("=")
                if found.strip() == name and text.strip():
                    return text.strip()
    return None


def made(name: str, value: str, lifetime: timedelta | None = None) -> Cookie:
    """Return a cookie for this host alone, sent only over TLS, and hidden from scripts."""
    return Cookie(
        name,
        value=value,
        max_age=None if lifetime is None else int(lifetime.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
