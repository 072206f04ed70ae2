"""Our two cookies, read in one way by everybody who decides something by them."""

from datetime import timedelta

from litestar.datastructures import Cookie
from litestar.types import Scope

SESSION = "__Host-session"
CSRF = "__Host-csrf"


def header(scope: Scope, name: bytes) -> str | None:
    """Give a header's value; None when it is absent, the first one when there are several."""
    values = (value for key, value in scope["headers"] if key == name)
    value = next(values, None)
    return None if value is None else value.decode("latin-1")


def cookie(scope: Scope, name: str) -> str | None:
    """Give a cookie's value; None when it is absent or empty.

    The framework's own parser is not used: the check against forgery and the look-up of the
    session must never differ about which cookie a request carries.
    """
    for key, value in scope["headers"]:
        if key == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                found, _, text = pair.partition("=")
                if found.strip() == name and text.strip():
                    return text.strip()
    return None


def made(name: str, value: str, lifetime: timedelta | None = None) -> Cookie:
    """Make a cookie that only we get back, only over TLS, and that no script can read."""
    return Cookie(
        name,
        value=value,
        max_age=None if lifetime is None else int(lifetime.total_seconds()),
        path="/",
        secure=True,
        httponly=True,
        samesite="lax",
    )
