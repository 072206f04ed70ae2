"""The payment providers of a process: those that are built in, and a client for each row."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import structlog

from trastienda.database.models.payments.provider import ProviderMode
from trastienda.errors import Invalid
from trastienda.services.payments.port import Account, AccountProvider, Provider
from trastienda.services.payments.providers import credentials
from trastienda.services.payments.providers.handles import Handle
from trastienda.services.payments.providers.kinds import KINDS, Kinds
from trastienda.services.shared.keyring import Keyring, Sealed

log = structlog.get_logger()


class ProviderRow(NamedTuple):
    """A row of `payment_providers`, as `rows.py` reads it."""

    id: UUID
    name: str
    kind: str
    mode: ProviderMode
    sealed: Sealed
    options: Mapping[str, str]
    enabled: bool
    channels: Sequence[str]
    countries: Sequence[str]
    currencies: Sequence[str]
    position: int

    def same_account(self, other: "ProviderRow | None") -> bool:
        """Say whether a client that was opened for another state of the row still serves."""
        return other is not None and self[:6] == other[:6]


class _Known(NamedTuple):
    row: ProviderRow
    handle: Handle


class Providers(Mapping[str, Provider]):
    """The providers by name. `take` brings them up to date with the rows.

    A disabled provider stays in it: what it has taken goes on, and is paid back through it.
    """

    def __init__(
        self,
        built_in: Mapping[str, Provider],
        ring: Keyring | None = None,
        *,
        kinds: Kinds = KINDS,
        addresses: Mapping[str, str] | None = None,
        only_live: bool = False,
    ) -> None:
        """Take the key ring of credentials, and addresses of kinds that are not the usual ones.

        `only_live`: rows in test mode are for staff.
        """
        self.kinds, self.only_live, self.turn = kinds, only_live, asyncio.Lock()
        self._built_in, self._ring, self._addresses = built_in, ring, addresses or {}
        self._known: dict[str, _Known] = {}

    @property
    def ring(self) -> Keyring:
        """The keys of credentials. Raise LookupError in a process that has none."""
        if self._ring is None:
            raise LookupError("these providers have no key ring")
        return self._ring

    def __getitem__(self, name: str) -> Provider:
        known = self._known.get(name)
        return known.handle if known else self._built_in[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._known
        yield from self._built_in

    def __len__(self) -> int:
        return len(self._known) + len(self._built_in)

    def rows(self) -> list[tuple[ProviderRow, Handle]]:
        """Return the rows that are enabled and can be used, in the order of their positions."""
        return [(it.row, it.handle) for it in self._known.values() if _open(it)]

    def row(self, name: str) -> tuple[ProviderRow, Handle] | None:
        """Return the same of one name; None for what is built in, unknown, or takes none."""
        known = self._known.get(name)
        return (known.row, known.handle) if known and _open(known) else None

    def handle(self, name: str) -> Handle | None:
        """Return the port of a row, also of one that takes no new payments; None: there is none."""
        known = self._known.get(name)
        return known.handle if known else None

    def is_built_in(self, name: str) -> bool:
        return name in self._built_in

    def taking(self) -> set[str]:
        """Return the names of all that take new payments."""
        return set(self._built_in) | {row.name for row, _ in self.rows()}

    async def take(self, rows: Sequence[ProviderRow]) -> None:
        """Take over the rows as they are now. A client is opened only for what has changed."""
        before, now = self._known, {}
        for row in rows:
            old = before.get(row.name)
            handle = old.handle if old else Handle()
            if not row.same_account(old.row if old else None):
                await handle.replace(await self._opened(row))
            now[row.name] = _Known(row, handle)
        self._known = now
        for name in before.keys() - now.keys():
            await before[name].handle.replace(None)

    async def shut(self) -> None:
        """Close all clients that no call is running on."""
        await self.take([])

    def account(self, row: ProviderRow) -> Account | None:
        """Return what a client of a row is opened with; None if it cannot be read."""
        opened = credentials.unseal(self.ring, row.id, row.sealed)
        if opened is None:
            return None
        live = row.mode is ProviderMode.LIVE
        return Account(row.name, opened, row.options, live, self._addresses.get(row.kind))

    async def _opened(self, row: ProviderRow) -> AccountProvider | None:
        """Open a client. Its class is imported in a thread, which takes a tenth of a second.

        One that cannot be opened is logged, and keeps neither the others nor the shop from working.
        """
        kind, account = self.kinds.get(row.kind), self.account(row)
        if kind is None or account is None:
            why = "unknown kind" if kind is None else "credentials of a secret that is lost"
            log.error("a payment provider cannot be used", provider=row.name, reason=why)
            return None
        try:  # another version may have saved the row
            kind.check(account.credentials, row.options, row.mode)
            opener = await asyncio.to_thread(kind.load)
        except (Invalid, ImportError) as unusable:
            why = type(unusable).__name__
            log.warning("a payment provider cannot be used", provider=row.name, reason=why)
            return None
        return opener(account)


def _open(known: _Known) -> bool:
    return known.row.enabled and known.handle.usable
