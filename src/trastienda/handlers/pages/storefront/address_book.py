"""The addresses that a customer keeps for the next order."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.accounts import address_book
from trastienda.database.db import reading
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.storefront import addresses
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.accounts.address_book import (
    SavedAddressDraft,
    SavedAddressPatch,
    SavedAddressView,
)
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import address_book as addresses_on_record

BOOK = "/account/addresses"


@get()
async def show_addresses(request: AnyRequest, visitor: Asking) -> Response[str]:
    """Show a customer's addresses, and the form of a new one."""
    return await _shown(request, visitor, Form())


@post(status_code=200)
async def add_address_by_form(request: AnyRequest, visitor: Asking) -> Response[Any]:
    """Keep an address for the next order."""
    form = forms.sent(request)
    try:
        context, draft = forms.context(request, visitor, form), form.to(SavedAddressDraft)
        await forms.once(address_book.add(_me(visitor), draft, context), SavedAddressView)
    except forms.Refusal as error:
        return await _shown(request, visitor, answers.refused(request, form, error))
    return answers.go(request, BOOK, told=answers.framed(request).text("Saved."))


@post(status_code=200)
async def change_address_by_form(
    request: AnyRequest, visitor: Asking, address_id: FromPath[UUID]
) -> Response[Any]:
    """Make an address the one that checkout begins with."""
    form = forms.sent(request)
    context, patch = forms.context(request, visitor, form), form.to(SavedAddressPatch)
    work = address_book.change(_me(visitor), address_id, patch, context)
    await forms.once(work, SavedAddressView)
    return answers.go(request, BOOK, told=answers.framed(request).text("Saved."))


@post(status_code=200)
async def remove_address_by_form(
    request: AnyRequest, visitor: Asking, address_id: FromPath[UUID]
) -> Response[Any]:
    """Remove an address; orders keep theirs."""
    context = forms.context(request, visitor, None)
    await address_book.remove(_me(visitor), address_id, context)
    return answers.go(request, BOOK, told=answers.framed(request).text("Removed."))


async def _shown(request: AnyRequest, visitor: Visitor, form: Form) -> Response[str]:
    frame = await framed(request)
    async with reading() as session:
        found = await addresses_on_record.all_of(session, _me(visitor))
    country = form.get("address/country") or addresses.default_country()
    return answers.page(
        frame,
        "storefront/addresses.html",
        status=form.status,
        keep=answers.PERSONAL,
        addresses=found,
        form=form,
        countries=addresses.countries(frame.locale),
        words=addresses.words(country),
        country=country,
    )


def _me(visitor: Visitor) -> UUID:
    assert visitor.user_id is not None  # noqa: S101 - the guard admits customers only
    return visitor.user_id
