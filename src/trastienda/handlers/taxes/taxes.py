"""Tax classes and rates, as staff see and write them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from trastienda.controllers.taxes import classes as tax_classes
from trastienda.controllers.taxes import rates as tax_rates
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.taxes.tax import (
    TaxClassDraft,
    TaxClasses,
    TaxClassPatch,
    TaxClassView,
    TaxRateDraft,
    TaxRatePage,
    TaxRatePatch,
    TaxRateView,
)
from trastienda.services.taxes import classes as classes_on_record
from trastienda.services.taxes import rates as rates_on_record


@get()
async def list_tax_classes() -> TaxClasses:
    """List all tax classes by code."""
    async with reading() as session:
        return TaxClasses(await classes_on_record.every(session))


@post()
async def create_tax_class(
    context: RequestContext, data: JSONBody[TaxClassDraft]
) -> Response[TaxClassView]:
    """Create a tax class: a kind of goods that the law taxes alike."""
    return versioned(await tax_classes.create(data, context), 201)


@get()
async def get_tax_class(class_id: FromPath[UUID]) -> Response[TaxClassView]:
    """Read a tax class."""
    async with reading() as session:
        return versioned(await classes_on_record.by_id(session, class_id))


@patch()
async def change_tax_class(
    context: RequestContext, class_id: FromPath[UUID], data: JSONBody[TaxClassPatch]
) -> Response[TaxClassView]:
    """Change the name of a tax class; its code never changes."""
    return versioned(await tax_classes.change(class_id, data, context))


@delete()
async def delete_tax_class(context: RequestContext, class_id: FromPath[UUID]) -> None:
    """Delete a tax class that no variant, rate or setting uses; `standard` cannot be deleted."""
    await tax_classes.remove(class_id, context)


@get()
async def list_tax_rates(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    zone_id: FromQuery[UUID | None] = None,
) -> Response[TaxRatePage]:
    """List tax rates, oldest first; with `zone_id`, only those of a zone."""
    async with reading() as session:
        page = await rates_on_record.page(session, limit, cursor, zone_id)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_tax_rate(
    context: RequestContext, data: JSONBody[TaxRateDraft]
) -> Response[TaxRateView]:
    """Create a tax rate for a class of goods in a zone, permanently or for a time."""
    return versioned(await tax_rates.create(data, context), 201)


@get()
async def get_tax_rate(rate_id: FromPath[UUID]) -> Response[TaxRateView]:
    """Read a tax rate."""
    async with reading() as session:
        return versioned(await rates_on_record.by_id(session, rate_id))


@patch()
async def change_tax_rate(
    context: RequestContext, rate_id: FromPath[UUID], data: JSONBody[TaxRatePatch]
) -> Response[TaxRateView]:
    """Change only the fields that you send; carts use the rate at once, orders are not changed."""
    return versioned(await tax_rates.change(rate_id, data, context))


@delete()
async def delete_tax_rate(context: RequestContext, rate_id: FromPath[UUID]) -> None:
    """Delete a tax rate; to end it instead, set `ends_at`."""
    await tax_rates.remove(rate_id, context)
