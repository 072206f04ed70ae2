"""Security events: a log line for each, and counts over all processes.

Counting one uses no database, so a refusal costs no write, however often it happens. Each process
adds its counts to the database every few seconds, in one statement.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import structlog

from trastienda.database.db import Reading, Session, prepared
from trastienda.services.events import types as event_types

# At every `log_level`: that setting is about other lines.
log = structlog.wrap_logger(None, wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))

ADD = prepared("""
    INSERT INTO security_counts AS known (kind, count)
    SELECT * FROM unnest(%(kinds)s::text[], %(counts)s::bigint[])
    ON CONFLICT (kind) DO UPDATE SET count = known.count + excluded.count
""")
TOTALS = prepared("SELECT kind, count FROM security_counts")


class Kind(StrEnum):
    LOGIN_DONE = "login_done"
    LOGIN_FAILED = "login_failed"
    KEY_REFUSED = "key_refused"
    RIGHTS_REFUSED = "rights_refused"
    CSRF_REFUSED = "csrf_refused"
    LIMIT_HIT = "limit_hit"
    RIGHTS_CHANGED = "rights_changed"
    CREDENTIALS_CHANGED = "credentials_changed"


CHANGES = {
    type_.name: (kind, whose)
    for type_, kind, whose in (
        (event_types.USER_APPOINTED, Kind.RIGHTS_CHANGED, "user_id"),
        (event_types.USER_DISMISSED, Kind.RIGHTS_CHANGED, "user_id"),
        (event_types.PASSWORD_CHANGED, Kind.CREDENTIALS_CHANGED, "user_id"),
        (event_types.USER_ROLE_CHANGED, Kind.RIGHTS_CHANGED, "user_id"),
        (event_types.USER_SUSPENDED, Kind.RIGHTS_CHANGED, "user_id"),
        (event_types.USER_REINSTATED, Kind.RIGHTS_CHANGED, "user_id"),
        (event_types.STAFF_INVITATION_CREATED, Kind.RIGHTS_CHANGED, "invitation_id"),
        (event_types.KEY_CREATED, Kind.RIGHTS_CHANGED, "key_id"),
        (event_types.KEY_REVOKED, Kind.RIGHTS_CHANGED, "key_id"),
        (event_types.PAYMENT_PROVIDER.created, Kind.CREDENTIALS_CHANGED, "provider_id"),
        (
            event_types.PAYMENT_PROVIDER_CREDENTIALS_CHANGED,
            Kind.CREDENTIALS_CHANGED,
            "provider_id",
        ),
        (event_types.PAYMENT_PROVIDER.deleted, Kind.CREDENTIALS_CHANGED, "provider_id"),
    )
}
"""The events that are security events, of which kind, and the name of what says whose."""


class Tally:
    """The counts of this process that are not in the database yet."""

    def __init__(self) -> None:
        self._counts: Counter[Kind] = Counter()

    def note(self, kind: Kind, **facts: object) -> None:
        """Log a security event and count it."""
        log_event(kind, **facts)
        self._counts[kind] += 1

    @contextmanager
    def taken(self) -> Iterator[dict[Kind, int]]:
        """Take the counts and reset them; if the block fails, they are restored."""
        counts, self._counts = self._counts, Counter()
        try:
            yield counts
        except BaseException:
            self._counts.update(counts)
            raise


def log_event(kind: Kind, **facts: object) -> None:
    """Log a security event, without the facts that are unknown."""
    log.info("security", kind=kind.value, **_known(facts))


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}


async def add(session: Session, counts: Mapping[Kind, int]) -> None:
    """Add to the counts of all processes, in a fixed order: the rows are locked."""
    kinds = sorted(counts)
    values = [counts[kind] for kind in kinds]
    await ADD(session, kinds=[kind.value for kind in kinds], counts=values)


async def totals(session: Reading) -> dict[Kind, int]:
    """Return the number of events of each kind."""
    found = {row[0]: row[1] for row in await TOTALS.rows(session)}
    return {kind: found.get(kind.value, 0) for kind in Kind}
