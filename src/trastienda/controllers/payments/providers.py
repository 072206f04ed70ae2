"""What staff do with payment providers, and how a process learns of it."""

from collections.abc import Mapping
from uuid import UUID

import msgspec

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.payments.provider import (
    PaymentProvider,
    PaymentProviderNotFound,
    ProviderMode,
)
from trastienda.errors import Unavailable
from trastienda.schemas.payments.provider import (
    PaymentProviderDraft,
    PaymentProviderPatch,
    PaymentProviderView,
    ProviderCheck,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.payments import Providers
from trastienda.services.payments.port import CredentialsRefused
from trastienda.services.payments.providers import rows
from trastienda.services.shared.keyring import Keyring
from trastienda.services.shared.records import given, rewrite


async def refresh(providers: Providers) -> None:
    """Let a process know the rows as they are now; its other refreshes wait meanwhile."""
    async with providers.turn:
        async with reading() as session:
            known = await rows.known(session)
        await providers.take(known)


@use_case
async def create(
    draft: PaymentProviderDraft, providers: Providers, context: Context
) -> PaymentProviderView:
    """Connect an account at a provider. This process offers it at once, the others within seconds.

    Raise ProviderKindUnknown, ProviderFieldUnknown, ProviderFieldMissing, ProviderFieldUnusable,
    ChannelUnknown, CountryUnknown, NoSuchCurrency, PaymentProviderNameTaken or
    PaymentProvidersFull.
    """
    rows.kind(providers.kinds, draft.kind).check(draft.credentials, draft.options, draft.mode)
    async with transaction(context.once) as session:
        fields = msgspec.structs.asdict(draft) | {"key_id": "", "credentials": b"", "hints": {}}
        row = PaymentProvider(**fields, created_at=context.asked_at)
        rows.check_places(row)
        rows.set_credentials(row, providers.ring, draft.credentials)
        await rows.add(session, row)
        view, event_type = rows.view(row), event_types.PAYMENT_PROVIDER.created
        await events.append(session, event_type, row.id, rows.told(row), context)
        await session.answer(view)
    await refresh(providers)
    return view


@use_case
async def change(
    provider_id: UUID, patch: PaymentProviderPatch, providers: Providers, context: Context
) -> PaymentProviderView:
    """Change a provider. Calls that are running end on the client that they began with.

    Raise PaymentProviderNotFound, PaymentProviderChanged, and what `create` raises for unusable
    fields.
    """
    fields = given(patch)
    secret = fields.pop("credentials", {})
    async with transaction(context.once) as session:
        row = await rows.claim(session, provider_id, context.seen)
        rewrite(row, fields)
        rows.check_places(row)
        if secret or fields.keys() & {"mode", "options"}:
            _set(row, secret, providers)
        await rows.save(session, row)
        view, told = rows.view(row), rows.told(row)
        changed = event_types.PAYMENT_PROVIDER.changed
        await events.append(session, changed, row.id, told, context)
        if secret:
            changed = event_types.PAYMENT_PROVIDER_CREDENTIALS_CHANGED
            await events.append(session, changed, row.id, told, context)
        await session.answer(view)
    await refresh(providers)
    return view


def _set(row: PaymentProvider, secret: Mapping[str, str | None], providers: Providers) -> None:
    """Replace some credentials, and check all that the row has then."""
    before = rows.plain_credentials(row, providers.ring) or {}
    merged = {name: text for name, text in {**before, **secret}.items() if text is not None}
    kind = rows.kind(providers.kinds, row.kind)
    kind.check(merged, row.options, ProviderMode(row.mode))
    if secret:
        rows.set_credentials(row, providers.ring, merged)


@use_case
async def remove(provider_id: UUID, providers: Providers, context: Context) -> None:
    """Delete a provider that has never taken a payment.

    Raise PaymentProviderNotFound, PaymentProviderChanged or PaymentProviderInUse.
    """
    async with transaction(context.once) as session:
        row = await rows.claim(session, provider_id, context.seen)
        await rows.remove(session, row)
        event_type = event_types.PAYMENT_PROVIDER.deleted
        await events.record_deletion(session, event_type, provider_id, context)
    await refresh(providers)


async def check(provider_id: UUID, providers: Providers) -> ProviderCheck:
    """Ask a provider whether the saved credentials work. Raise PaymentProviderNotFound."""
    async with reading() as session:
        name = (await rows.by_id(session, provider_id)).name
    await refresh(providers)
    handle = providers.handle(name)
    if handle is None:
        raise PaymentProviderNotFound
    try:
        await handle.verify()
    except CredentialsRefused:
        return ProviderCheck("refused")
    except Unavailable:
        return ProviderCheck("unknown")
    return ProviderCheck("works")


@use_case
async def rotate(ring: Keyring) -> tuple[list[str], list[str]]:
    """Encrypt all credentials with the newest key.

    Return the names of the providers that were encrypted anew, and of those whose key is lost.
    """
    async with transaction() as session:
        anew, lost = [], []
        for row in await rows.locked(session):
            plain = rows.plain_credentials(row, ring)
            if plain is None:
                lost.append(row.name)
            elif row.key_id != ring.newest:
                rows.set_credentials(row, ring, plain)
                anew.append(row.name)
        return anew, lost
