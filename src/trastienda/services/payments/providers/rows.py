"""The rows of payment providers, as staff write them and as processes read them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.payments.provider import (
    ChannelUnknown,
    PaymentProvider,
    PaymentProviderChanged,
    PaymentProviderInUse,
    PaymentProviderNameTaken,
    PaymentProviderNotFound,
    PaymentProvidersFull,
    ProviderKindUnknown,
    ProviderMode,
)
from trastienda.schemas.payments.provider import PaymentProviderTold, PaymentProviderView
from trastienda.services.channels import channels
from trastienda.services.payments import PAY_LATER
from trastienda.services.payments.providers import credentials
from trastienda.services.payments.providers.kinds import Kind, Kinds
from trastienda.services.payments.providers.registry import ProviderRow
from trastienda.services.payments.simulated import cards
from trastienda.services.shared import addresses, advisory_locks, currencies
from trastienda.services.shared.keyring import Keyring, Sealed
from trastienda.services.shared.records import Records, Refusal, shown

MOST = 50
BUILT_IN = PAY_LATER | {cards.NAME}
"""Names that no row can have, in production either."""
_LOCK = 0x7061_7970_726F_7631  # "payprov1": the advisory lock for creating one
_COUNT = prepared("SELECT count(*) FROM payment_providers")
_EVERY = prepared("""
    SELECT id, name, kind, mode, key_id, credentials, options, enabled, channels, countries,
        currencies, position
    FROM payment_providers ORDER BY position, name
""")
_LISTED = select(PaymentProvider).order_by(PaymentProvider.position, PaymentProvider.name)


async def known(session: Reading) -> list[ProviderRow]:
    """Return all rows, as processes open clients of them."""
    rows = await _EVERY.rows(session)
    return [
        ProviderRow(id_, name, kind, ProviderMode(mode), Sealed(key_id, data), *rest)
        for id_, name, kind, mode, key_id, data, *rest in rows
    ]


async def every(session: Reading) -> list[PaymentProviderView]:
    """Return all providers, in the order in which buyers are offered them."""
    return [view(row) for row in await session.orm.scalars(_LISTED)]


async def by_id(session: Reading, provider_id: UUID) -> PaymentProviderView:
    """Return a provider. Raise PaymentProviderNotFound."""
    return view(await _RECORDS.by_id(session, provider_id))


async def add(session: Session, row: PaymentProvider) -> None:
    """Save a new provider. Raise PaymentProvidersFull or PaymentProviderNameTaken.

    One at a time: otherwise several could count the rows at once and all take the last place.
    """
    if row.name in BUILT_IN:
        raise PaymentProviderNameTaken(pointer="/name", name=row.name)
    await advisory_locks.take(session, _LOCK)
    counted = await _COUNT.row(session)
    if counted and counted[0] >= MOST:
        raise PaymentProvidersFull(limit=MOST)
    await save(session, row)


async def locked(session: Session) -> list[PaymentProvider]:
    """Lock all rows for a change."""
    return list(await session.orm.scalars(_LISTED.with_for_update(key_share=True)))


def set_credentials(row: PaymentProvider, ring: Keyring, plain: Mapping[str, str]) -> None:
    """Encrypt credentials for a row, with the newest key."""
    sealed = credentials.seal(ring, row.id, plain)
    row.key_id, row.credentials = sealed
    row.hints = credentials.hints(plain)


def plain_credentials(row: PaymentProvider, ring: Keyring) -> dict[str, str] | None:
    """Decrypt the credentials of a row; None if the shop has lost their key."""
    return credentials.unseal(ring, row.id, Sealed(row.key_id, row.credentials))


def kind(kinds: Kinds, name: str) -> Kind:
    """Return a kind. Raise ProviderKindUnknown."""
    if name not in kinds:
        raise ProviderKindUnknown(pointer="/kind", known=sorted(kinds))
    return kinds[name]


def check_places(row: PaymentProvider) -> None:
    """Raise ChannelUnknown, CountryUnknown or NoSuchCurrency for where it is to be offered."""
    for number, slug in enumerate(row.channels):
        if slug not in channels.slugs():
            raise ChannelUnknown(pointer=f"/channels/{number}", known=sorted(channels.slugs()))
    for number, country in enumerate(row.countries):
        addresses.check_country(country, f"/countries/{number}")
    for number, currency in enumerate(row.currencies):
        currencies.check(currency, f"/currencies/{number}")


def view(row: PaymentProvider) -> PaymentProviderView:
    """Return a provider as staff see it."""
    path = f"/v1/payments/{row.name}/webhook"
    return shown(row, PaymentProviderView, credentials=row.hints, webhook_path=path)


def told(row: PaymentProvider) -> PaymentProviderTold:
    """Return a provider as events carry it."""
    return shown(row, PaymentProviderTold)


_RECORDS = Records(
    PaymentProvider,
    missing=PaymentProviderNotFound,
    changed=PaymentProviderChanged,
    on_save={
        "uq_payment_providers_name": Refusal(
            PaymentProviderNameTaken, pointer="/name", tells="name"
        )
    },
    on_remove={"fk_payment_attempts_provider_id": Refusal(PaymentProviderInUse)},
    key_share=True,
)
claim, save, remove = _RECORDS.claim, _RECORDS.save, _RECORDS.remove
