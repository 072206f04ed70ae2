"""The merchant's list of reasons for returns."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session
from trastienda.database.models.returns.reason import (
    ReturnNoteMissing,
    ReturnReason,
    ReturnReasonChanged,
    ReturnReasonCodeTaken,
    ReturnReasonInUse,
    ReturnReasonNotFound,
    ReturnReasonUnknown,
)
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.returns.order_return import ReturnReasonChoice
from trastienda.schemas.returns.reason import ReturnReasonView
from trastienda.services.shared.records import Records, Refusal, shown

_IN_ORDER = ReturnReason.position, ReturnReason.code


async def every(session: Reading) -> list[ReturnReasonView]:
    """Return all reasons, in the order in which customers see them."""
    query = select(ReturnReason).order_by(*_IN_ORDER)
    return [view(reason) for reason in await session.orm.scalars(query)]


async def choices(session: Reading, locale: Locale) -> list[ReturnReasonChoice]:
    """Return the reasons that can be chosen now, in a language."""
    query = select(ReturnReason).where(ReturnReason.active).order_by(*_IN_ORDER)
    found: Iterable[ReturnReason] = await session.orm.scalars(query)
    return [
        ReturnReasonChoice(it.code, it.names[locale.value], it.needs_note, it.charges_fees)
        for it in found
    ]


async def chosen(session: Session, code: str, note: str | None) -> ReturnReason:
    """Return the reason of a new return, which stays. Raise ReturnReasonUnknown.

    Raise ReturnNoteMissing where the reason needs a note and there is none.
    """
    query = select(ReturnReason).where(ReturnReason.code == code, ReturnReason.active)
    reason = await session.orm.scalar(query.with_for_update(read=True, key_share=True))
    if reason is None:
        raise ReturnReasonUnknown(pointer="/reason")
    if reason.needs_note and note is None:
        raise ReturnNoteMissing(pointer="/note")
    return reason


async def by_id(session: Reading, reason_id: UUID) -> ReturnReasonView:
    """Return a reason. Raise ReturnReasonNotFound."""
    return view(await _RECORDS.by_id(session, reason_id))


def view(reason: ReturnReason) -> ReturnReasonView:
    """Return a reason as staff see it."""
    names = {Locale(locale): name for locale, name in reason.names.items()}
    return shown(reason, ReturnReasonView, names=names)


_RECORDS = Records(
    ReturnReason,
    missing=ReturnReasonNotFound,
    changed=ReturnReasonChanged,
    on_save={
        "uq_return_reasons_code": Refusal(ReturnReasonCodeTaken, pointer="/code", tells="code")
    },
    on_remove={"fk_returns_reason_id": Refusal(ReturnReasonInUse)},
    key_share=True,
)
claim, save, remove = _RECORDS.claim, _RECORDS.save, _RECORDS.remove
