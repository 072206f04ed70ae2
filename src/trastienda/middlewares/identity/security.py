"""Which refusals are security events, and what the log says about them.

Never a secret: no password, no token, no address from a form (somebody may have typed a password),
and no path, because paths contain cart ids.
"""

from collections.abc import Callable
from typing import Any

from litestar.types import Scope

from trastienda.controllers.accounts.passwords import PasswordWrong
from trastienda.controllers.accounts.sessions import InvalidCredentials
from trastienda.errors import Forbidden, ShopError, TooMany, Unauthenticated
from trastienda.middlewares.identity import client, cookies
from trastienda.middlewares.identity.access import Connection, WrongKey
from trastienda.middlewares.identity.csrf import CsrfTokenWrong, ForeignOrigin
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import keys
from trastienda.services.accounts.security import Kind, Tally
from trastienda.settings import Settings, Switch
from trastienda.titles import kind as problem_type

Report = Callable[[ShopError, Scope], bool]

KINDS: list[tuple[type[ShopError], Kind]] = [  # the first that matches
    (InvalidCredentials, Kind.LOGIN_FAILED),
    (PasswordWrong, Kind.LOGIN_FAILED),
    (WrongKey, Kind.KEY_REFUSED),
    (ForeignOrigin, Kind.CSRF_REFUSED),
    (CsrfTokenWrong, Kind.CSRF_REFUSED),
    (TooMany, Kind.LIMIT_HIT),
    (Unauthenticated, Kind.RIGHTS_REFUSED),
    (Forbidden, Kind.RIGHTS_REFUSED),
]


def kind_of(problem: type[ShopError]) -> Kind | None:
    return next((kind for base, kind in KINDS if issubclass(problem, base)), None)


def reporting(settings: Settings, tally: Tally) -> Report:
    """Return a function that reports a refusal if it is a security event, and says so."""
    behind_proxy = settings.behind_proxy is Switch.ON

    def report(problem: ShopError, scope: Scope) -> bool:
        kind = kind_of(type(problem))
        if kind is None:
            return False
        known = _visitor(scope)
        tally.note(
            kind,
            client=client.address(scope, behind_proxy=behind_proxy),
            method=scope.get("method"),
            route=scope.get("path_template"),
            problem=problem_type(type(problem)),
            user_id=problem.account or known.user_id,
            key_id=known.key_id,
            key=_prefix(scope) if kind is Kind.KEY_REFUSED else None,
            scope=problem.facts.get("scope"),
        )
        return True

    return report


def logged_in(connection: Connection, visitor: Visitor) -> None:
    """Report a successful log-in."""
    state = connection.app.state
    behind_proxy, tally = state["behind_proxy"], state["tally"]
    where = client.address(connection.scope, behind_proxy=behind_proxy)
    role = next(iter(visitor.roles), None)
    tally.note(Kind.LOGIN_DONE, client=where, user_id=visitor.user_id, role=role)


def _visitor(scope: Scope) -> Visitor:
    state: Any = scope.get("state") or {}
    known: Visitor | None = state.get("visitor")
    return known or Visitor()


def _prefix(scope: Scope) -> str | None:
    """Return the prefix of the key that was tried, without its secret part."""
    key = (cookies.header(scope, b"authorization") or "").partition(" ")[2].strip()
    return key.split("_", 2)[1] if keys.well_formed(key) else None
