"""Records without an event: those that migrations created."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import exists, select

from trastienda.database.db import Session
from trastienda.database.models.channels.channel import Channel
from trastienda.database.models.events.event import Event
from trastienda.database.models.returns.reason import ReturnReason
from trastienda.database.models.stock.location import Location
from trastienda.database.models.taxes.tax import TaxClass

K = TypeVar("K", Channel, Location, TaxClass, ReturnReason)


async def without_event(session: Session, kind: type[K]) -> Sequence[K]:
    """Lock and return the records of a kind that no event is about.

    The last event of a record is kept, so none means that there never was one. They are looked up
    again once locked, because another process may have recorded the events meanwhile.
    """
    silent = select(kind).where(~exists().where(Event.aggregate_id == kind.id)).order_by(kind.id)
    await session.orm.execute(silent.with_for_update(key_share=True))
    return (await session.orm.scalars(silent)).all()
