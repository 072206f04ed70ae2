"""Kinds of goods that the tax law treats alike, as staff write them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Reading, Session
from trastienda.database.models.tax import STANDARD, TaxClass
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.tax import TaxClassView


async def every(session: Reading) -> list[TaxClassView]:
    query = select(TaxClass).order_by(TaxClass.code)
    return [view(tax_class) for tax_class in await session.orm.scalars(query)]


async def by_id(session: Reading, class_id: UUID) -> TaxClassView:
    """Return a class. Raise TaxClassNotFound."""
    if tax_class := await session.orm.get(TaxClass, class_id):
        return view(tax_class)
    raise TaxClassNotFound


async def claim(session: Session, class_id: UUID, seen: int | None) -> TaxClass:
    """Lock a class for a change. Raise TaxClassNotFound or TaxClassChanged."""
    tax_class = await session.orm.get(TaxClass, class_id, with_for_update={"key_share": True})
    if tax_class is None:
        raise TaxClassNotFound
    if seen not in {None, tax_class.version}:
        raise TaxClassChanged(version=tax_class.version)
    return tax_class


async def save(session: Session, tax_class: TaxClass) -> None:
    """Write it; the constraint decides. Raise TaxClassCodeTaken."""
    session.orm.add(tax_class)
    code = tax_class.code  # unreadable once a flush has failed
    try:
        await session.orm.flush()
    except IntegrityError as taken:  # uq_tax_classes_code: the only one that input can break
        raise TaxClassCodeTaken(code=code, pointer="/code") from taken


async def remove(session: Session, tax_class: TaxClass) -> None:
    """Delete a class that nothing is in. Raise TaxClassInUse or StandardClassNeeded."""
    if tax_class.code == STANDARD:
        raise StandardClassNeeded
    await session.orm.delete(tax_class)
    try:
        await session.orm.flush()
    except IntegrityError as used:  # of variants, tax_rates or channels
        raise TaxClassInUse from used


def view(tax_class: TaxClass) -> TaxClassView:
    return TaxClassView(
        id=tax_class.id, code=tax_class.code, name=tax_class.name, version=tax_class.version
    )


class TaxClassNotFound(NotFound):
    """There is no such tax class, or not any more."""


class TaxClassChanged(Stale):
    """The tax class has changed since you read it."""


class TaxClassCodeTaken(Conflict):
    """Another tax class has this code."""


class TaxClassInUse(Conflict):
    """Variants, rates or the shipping of the shop are in this tax class; change them first."""


class StandardClassNeeded(Conflict):
    """What has no other tax class is in this one: it stays."""
