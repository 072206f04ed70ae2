"""Tax classes, as staff write them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session
from trastienda.database.models.taxes.tax import STANDARD, TaxClass, TaxClassUnknown
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.taxes.tax import TaxClassView
from trastienda.services.shared.records import Records, Refusal, shown


async def every(session: Reading) -> list[TaxClassView]:
    """Return all tax classes, sorted by code."""
    query = select(TaxClass).order_by(TaxClass.code)
    return [view(tax_class) for tax_class in await session.orm.scalars(query)]


async def by_id(session: Reading, class_id: UUID) -> TaxClassView:
    """Return a tax class. Raise TaxClassNotFound."""
    return view(await _RECORDS.by_id(session, class_id))


async def expect_known(session: Reading, codes: Sequence[str], pointer: str) -> None:
    """Raise TaxClassUnknown for the first of the lines at `pointer` whose tax class is unknown."""
    if not codes:
        return
    query = select(TaxClass.code).where(TaxClass.code.in_(codes))
    known = set(await session.orm.scalars(query))
    for index, code in enumerate(codes):
        if code not in known:
            raise TaxClassUnknown(pointer=f"{pointer}/{index}/tax_class")


async def remove(session: Session, tax_class: TaxClass) -> None:
    """Delete an unused tax class. Raise TaxClassInUse or StandardClassNeeded."""
    if tax_class.code == STANDARD:
        raise StandardClassNeeded
    await _RECORDS.remove(session, tax_class)


def view(tax_class: TaxClass) -> TaxClassView:
    """Return a tax class as staff see it."""
    return shown(tax_class, TaxClassView)


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


_RECORDS = Records(
    TaxClass,
    missing=TaxClassNotFound,
    changed=TaxClassChanged,
    on_save={"uq_tax_classes_code": Refusal(TaxClassCodeTaken, pointer="/code", tells="code")},
    on_remove={
        "fk_variants_tax_class": Refusal(TaxClassInUse),
        "fk_tax_rates_tax_class": Refusal(TaxClassInUse),
        "fk_channels_shipping_tax_class": Refusal(TaxClassInUse),
    },
    key_share=True,
)
claim, save = _RECORDS.claim, _RECORDS.save
