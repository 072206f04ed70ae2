"""Checking VAT numbers with a register, such as VIES."""

from datetime import datetime

from trastienda.database.db import Reading
from trastienda.errors import Invalid, Unavailable
from trastienda.schemas.outside.outside import VatAnswer, VatCheck, VatQuestion
from trastienda.services import outside
from trastienda.services.outside import quotes as outside_quotes


async def check(session: Reading, number: str, now: datetime) -> VatCheck | None:
    """Return the register's answer about a compacted number; None if no register is connected.

    Raise QuotesWanted, VatNumberNotInForce or, if the shop refuses unchecked numbers,
    VatRegisterAway.
    """
    services = outside.current()
    if services is None or outside.VAT not in services.places:
        return None
    (quote,) = await outside_quotes.answers(session, [VatQuestion(vat_number=number)], now)
    if quote is None or not isinstance(quote.answer, VatAnswer):
        if services.refuses_unchecked:
            raise VatRegisterAway(retry_after=60)
        return VatCheck(checked=False, at=now)
    if not quote.answer.valid:
        raise VatNumberNotInForce(pointer="/vat_number")
    return VatCheck(checked=True, at=quote.quoted_at, reference=quote.answer.reference)


class VatNumberNotInForce(Invalid):
    """The register of its country does not know this VAT number."""


class VatRegisterAway(Unavailable):
    """VAT numbers cannot be checked at the moment; try again, or leave the number out."""
