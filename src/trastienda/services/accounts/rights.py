"""What those who caused something may do now, after their request is over."""

from datetime import datetime

from trastienda.database.db import Reading
from trastienda.schemas.shared.actor import Actor, ActorKind
from trastienda.services.accounts import keys, users


async def scopes_of(session: Reading, actor: Actor, now: datetime) -> frozenset[str]:
    """Return the scopes that a member of staff or an API key has now; all others have none."""
    if actor.id is not None and actor.type is ActorKind.KEY:
        return await keys.scopes(session, actor.id, now)
    if actor.id is not None and actor.type is ActorKind.STAFF:
        return await users.scopes(session, actor.id)
    return frozenset()
