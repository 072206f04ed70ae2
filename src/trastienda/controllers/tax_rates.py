"""What staff do with tax rates. Carts go by them at once; orders keep what they say."""

from decimal import Decimal
from uuid import UUID

from msgspec import UNSET, structs

from trastienda.database.db import transaction, use_case
from trastienda.database.models.tax import TaxRate
from trastienda.schemas.tax import TaxRateDraft, TaxRatePatch, TaxRateView
from trastienda.schemas.terms import Terms
from trastienda.services import event_types, events, tax_rates


@use_case
async def create(draft: TaxRateDraft, terms: Terms) -> TaxRateView:
    """Raise ZoneUnknown, TaxClassUnknown or TaxEndsBeforeItStarts."""
    given = {**structs.asdict(draft), "percent": Decimal(draft.percent)}
    async with transaction(terms.once) as session:
        rate = TaxRate(**given)
        await tax_rates.save(session, rate)
        view = tax_rates.view(rate)
        return await events.tell(session, event_types.TAX_RATE.created, view, terms)


@use_case
async def change(rate_id: UUID, patch: TaxRatePatch, terms: Terms) -> TaxRateView:
    """Change what the patch names. Raise TaxRateChanged when somebody was faster."""
    given = {name: value for name, value in structs.asdict(patch).items() if value is not UNSET}
    if patch.percent is not UNSET:
        given["percent"] = Decimal(patch.percent)
    async with transaction(terms.once) as session:
        rate = await tax_rates.claim(session, rate_id, terms.seen)
        for name, value in given.items():
            setattr(rate, name, value)
        rate.version += 1
        await tax_rates.save(session, rate)
        view = tax_rates.view(rate)
        return await events.tell(session, event_types.TAX_RATE.changed, view, terms)


@use_case
async def remove(rate_id: UUID, terms: Terms) -> None:
    """Delete a rate as if it had never been; to end one, set `ends_at`."""
    async with transaction(terms.once) as session:
        await session.orm.delete(await tax_rates.claim(session, rate_id, terms.seen))
        await session.orm.flush()
        await events.tell_gone(session, event_types.TAX_RATE.deleted, rate_id, terms)
