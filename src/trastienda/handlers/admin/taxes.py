"""Tax classes and rates, as staff see and write them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, FromQuery, JSONBody

from trastienda.controllers import tax_classes, tax_rates
from trastienda.database.db import reading
from trastienda.handlers.answers import versioned
from trastienda.handlers.lists import Cursor, Limit, next_link
from trastienda.handlers.terms import Asked
from trastienda.schemas.tax import (
    TaxClassDraft,
    TaxClasses,
    TaxClassPatch,
    TaxClassView,
    TaxRateDraft,
    TaxRatePage,
    TaxRatePatch,
    TaxRateView,
)
from trastienda.services import tax_classes as classes_on_record
from trastienda.services import tax_rates as rates_on_record


@get()
async def list_tax_classes() -> TaxClasses:
    """List all tax classes by code."""
    async with reading() as session:
        return TaxClasses(await classes_on_record.every(session))


@post()
async def create_tax_class(terms: Asked, data: JSONBody[TaxClassDraft]) -> Response[TaxClassView]:
    """Name one more kind of goods that the tax law treats alike."""
    return versioned(await tax_classes.create(data, terms), 201)


@get()
async def get_tax_class(class_id: FromPath[UUID]) -> Response[TaxClassView]:
    """Read a tax class."""
    async with reading() as session:
        return versioned(await classes_on_record.by_id(session, class_id))


@patch()
async def change_tax_class(
    terms: Asked, class_id: FromPath[UUID], data: JSONBody[TaxClassPatch]
) -> Response[TaxClassView]:
    """Change its name; its code never changes."""
    return versioned(await tax_classes.change(class_id, data, terms))


@delete()
async def delete_tax_class(terms: Asked, class_id: FromPath[UUID]) -> None:
    """Delete a class that no variant, rate or setting names; `standard` stays."""
    await tax_classes.remove(class_id, terms)


@get()
async def list_tax_rates(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    zone_id: FromQuery[UUID | None] = None,
) -> Response[TaxRatePage]:
    """List tax rates in the order they were made, those of one zone if you name it."""
    async with reading() as session:
        page = await rates_on_record.page(session, limit, cursor, zone_id)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post()
async def create_tax_rate(terms: Asked, data: JSONBody[TaxRateDraft]) -> Response[TaxRateView]:
    """Tax a class of goods in a zone, always or for a time."""
    return versioned(await tax_rates.create(data, terms), 201)


@get()
async def get_tax_rate(rate_id: FromPath[UUID]) -> Response[TaxRateView]:
    """Read a tax rate."""
    async with reading() as session:
        return versioned(await rates_on_record.by_id(session, rate_id))


@patch()
async def change_tax_rate(
    terms: Asked, rate_id: FromPath[UUID], data: JSONBody[TaxRatePatch]
) -> Response[TaxRateView]:
    """Change what you name, and nothing else; carts go by it at once, orders do not."""
    return versioned(await tax_rates.change(rate_id, data, terms))


@delete()
async def delete_tax_rate(terms: Asked, rate_id: FromPath[UUID]) -> None:
    """Delete a rate as if it had never been; to end one, set `ends_at`."""
    await tax_rates.remove(rate_id, terms)
