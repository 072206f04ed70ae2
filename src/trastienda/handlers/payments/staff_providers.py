"""Payment providers, as staff see and write them."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.params import FromPath, JSONBody

from trastienda.controllers.payments import providers
from trastienda.database.db import reading
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.process import held
from trastienda.schemas.payments.provider import (
    PaymentProviderDraft,
    PaymentProviderPatch,
    PaymentProviders,
    PaymentProviderView,
    ProviderCheck,
)
from trastienda.services.payments.providers import rows


@get()
async def list_payment_providers() -> PaymentProviders:
    """List the payment providers, in the order in which buyers are offered them.

    `manual` and, outside production, `test` are built in and not listed.
    """
    async with reading() as session:
        return PaymentProviders(await rows.every(session))


@post()
async def create_payment_provider(
    request: Request[Any, Any, Any], context: RequestContext, data: JSONBody[PaymentProviderDraft]
) -> Response[PaymentProviderView]:
    """Connect an account at a payment provider. Its credentials are never shown again."""
    return versioned(await providers.create(data, held(request).providers, context), 201)


@get()
async def get_payment_provider(provider_id: FromPath[UUID]) -> Response[PaymentProviderView]:
    """Read a payment provider; of its credentials, the last four characters at most."""
    async with reading() as session:
        return versioned(await rows.by_id(session, provider_id))


@patch()
async def change_payment_provider(
    request: Request[Any, Any, Any],
    context: RequestContext,
    provider_id: FromPath[UUID],
    data: JSONBody[PaymentProviderPatch],
) -> Response[PaymentProviderView]:
    """Change a payment provider; credentials that are not named stay as they are.

    Credentials of another account do not belong here, because payments that were taken with the old
    one could not be refunded: connect that as another provider.
    """
    return versioned(await providers.change(provider_id, data, held(request).providers, context))


@delete()
async def delete_payment_provider(
    request: Request[Any, Any, Any], context: RequestContext, provider_id: FromPath[UUID]
) -> None:
    """Delete a payment provider that has never taken a payment; others can be disabled."""
    await providers.remove(provider_id, held(request).providers, context)


@post(status_code=200)
async def check_payment_provider(
    request: Request[Any, Any, Any], provider_id: FromPath[UUID]
) -> ProviderCheck:
    """Ask the provider whether the saved credentials work."""
    return await providers.check(provider_id, held(request).providers)
