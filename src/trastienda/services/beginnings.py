"""What is there without anybody's having told of it: migrations make the first of some things."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import exists, select

from trastienda.database.db import Session
from trastienda.database.models.channel import Channel
from trastienda.database.models.event import Event
from trastienda.database.models.location import Location
from trastienda.database.models.tax import TaxClass

K = TypeVar("K", Channel, Location, TaxClass)


async def untold(session: Session, kind: type[K]) -> Sequence[K]:
    """Lock those of which no event tells. The last event of a thing is kept: none means never.

    They are looked for again once they are locked: who had them has told of them, perhaps.
    """
    silent = select(kind).where(~exists().where(Event.aggregate_id == kind.id)).order_by(kind.id)
    await session.orm.execute(silent.with_for_update(key_share=True))
    return (await session.orm.scalars(silent)).all()
