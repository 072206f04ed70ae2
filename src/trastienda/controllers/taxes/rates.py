"""How staff create, change and delete tax rates. Carts use them at once; orders are not changed."""

from decimal import Decimal
from uuid import UUID

from msgspec import structs

from trastienda.database.db import transaction, use_case
from trastienda.database.models.taxes.tax import TaxRate
from trastienda.schemas.shared.context import Context
from trastienda.schemas.taxes.tax import TaxRateDraft, TaxRatePatch, TaxRateView
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared.records import given, rewrite
from trastienda.services.taxes import rates as tax_rates


@use_case
async def create(draft: TaxRateDraft, context: Context) -> TaxRateView:
    """Create a tax rate, in per cent.

    Raise ZoneUnknown, TaxClassUnknown, TaxTimeUnusable or TaxEndsBeforeItStarts.
    """
    columns = {**structs.asdict(draft), "percent": Decimal(draft.percent)}
    async with transaction(context.once) as session:
        rate = TaxRate(**columns)
        await tax_rates.save(session, rate)
        view = tax_rates.view(rate)
        return await events.record(session, event_types.TAX_RATE.created, view, context)


@use_case
async def change(rate_id: UUID, patch: TaxRatePatch, context: Context) -> TaxRateView:
    """Change the fields of a tax rate that the patch gives.

    Raise TaxRateNotFound, TaxRateChanged if it was changed since it was read, and what `create`
    raises.
    """
    fields = given(patch)
    if "percent" in fields:
        fields["percent"] = Decimal(fields["percent"])
    async with transaction(context.once) as session:
        rate = await tax_rates.claim(session, rate_id, context.seen)
        rewrite(rate, fields)
        await tax_rates.save(session, rate)
        view = tax_rates.view(rate)
        return await events.record(session, event_types.TAX_RATE.changed, view, context)


@use_case
async def remove(rate_id: UUID, context: Context) -> None:
    """Delete a tax rate; to end it instead, set `ends_at`.

    Raise TaxRateNotFound or TaxRateChanged.
    """
    async with transaction(context.once) as session:
        rate = await tax_rates.claim(session, rate_id, context.seen)
        await tax_rates.remove(session, rate)
        await events.record_deletion(session, event_types.TAX_RATE.deleted, rate_id, context)
