"""Which entries each move of money makes. Pure; amounts are in minor units, debits positive."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple, TypedDict
from uuid import UUID

from trastienda.database.models.ledger.ledger import OWED, Account, TransactionKind
from trastienda.schemas.ledger.booking import Booking, Entry, TaxedAmount

_BY_PROVIDER = frozenset({Account.CASH, Account.SUSPENSE, *OWED.values()})


class _Taxation(TypedDict):
    """What an entry says of an amount that was taxed."""

    country: str | None
    rate: Decimal
    line_id: UUID | None


class Disputed(NamedTuple):
    """What a provider has taken back of a payment, in minor units, and whether that is for good."""

    withdrawn: int
    lost: bool

    @property
    def open(self) -> int:
        return 0 if self.lost else self.withdrawn

    @property
    def lost_amount(self) -> int:
        return self.withdrawn if self.lost else 0


_Sold = tuple[Sequence[TaxedAmount], str | None]
"""What was sold, and the country that taxes it."""


def sale(order_id: UUID, amounts: Sequence[TaxedAmount], country: str | None) -> Booking:
    """Book an order: the buyer owes its total for goods, shipping and tax."""
    return Booking(TransactionKind.SALE, f"sale:{order_id}", _sold(amounts, country, 1))


def cancellation(order_id: UUID, amounts: Sequence[TaxedAmount], country: str | None) -> Booking:
    """Take back the booking of an order of which nothing was captured."""
    key = f"cancellation:{order_id}"
    return Booking(TransactionKind.CANCELLATION, key, _sold(amounts, country, -1))


def edit(edit_id: UUID, before: _Sold, after: _Sold) -> Booking:
    """Book that an order was edited: what it had sold is taken back, and what it sells booked."""
    sums: dict[Entry, int] = defaultdict(int)
    for (amounts, country), sign in ((before, -1), (after, 1)):
        for entry in _sold(amounts, country, sign):
            sums[entry._replace(amount=0)] += entry.amount
    entries = [entry._replace(amount=amount) for entry, amount in sums.items()]
    return Booking(TransactionKind.EDIT, f"edit:{edit_id}", _written(entries))


def capture(
    payment_id: UUID,
    provider: str,
    amount: int,
    captured: int,
    credit_account_id: UUID | None = None,
) -> Booking:
    """Book money that a provider took: `amount` now, `captured` in all.

    A gift card and store credit are no money of the merchant's: the shop owes less to their owner.
    """
    holder = OWED.get(provider, Account.CASH)
    return Booking(
        TransactionKind.CAPTURE,
        f"capture:{payment_id}:{captured}",
        _moved(holder, Account.RECEIVABLE, amount, provider, credit_account_id),
    )


def refund(
    refund_id: UUID, amounts: Sequence[TaxedAmount], country: str | None, *, unpaid: int = 0
) -> Booking:
    """Book a refund that was granted: it is owed to the buyer until a provider has paid it.

    Gift cards that are taken back are owed no more.
    `unpaid` is what the buyer still owed of it, and need not be paid back.
    """
    entries = []
    for taxed in amounts:
        if taxed.gift_card:
            entries.append(Entry(Account.GIFT_CARDS_OWED, taxed.amount, line_id=taxed.line_id))
            continue
        facts = _Taxation(country=country, rate=taxed.rate, line_id=taxed.line_id)
        entries += [
            Entry(Account.REFUNDS, taxed.amount - taxed.tax, **facts),
            Entry(Account.TAX, taxed.tax, **facts),
        ]
    whole = sum(taxed.amount for taxed in amounts)
    owed = [Entry(Account.REFUNDS_PAYABLE, unpaid - whole), Entry(Account.RECEIVABLE, -unpaid)]
    return Booking(TransactionKind.REFUND, f"refund:{refund_id}", _written([*entries, *owed]))


def unpaid_rest(order_id: UUID, amounts: Sequence[TaxedAmount], country: str | None) -> Booking:
    """Take back what a buyer still owed of an order that was partly paid, and is cancelled."""
    whole = sum(taxed.amount for taxed in amounts)
    entries = refund(order_id, amounts, country, unpaid=whole).entries
    return Booking(TransactionKind.CANCELLATION, f"cancellation:{order_id}", entries)


def excess_refund(refund_id: UUID, amount: int) -> Booking:
    """Book what is owed to a buyer who had paid more than their order costs since an edit."""
    entries = [Entry(Account.RECEIVABLE, amount), Entry(Account.REFUNDS_PAYABLE, -amount)]
    return Booking(TransactionKind.REFUND, f"refund:{refund_id}", entries)


def refund_withdrawn(
    refund_id: UUID, amounts: Sequence[TaxedAmount], country: str | None, version: int
) -> Booking:
    """Take back the booking of a refund, or of the amounts of it, that will not be paid."""
    granted = refund(refund_id, amounts, country)
    taken_back = [entry._replace(amount=-entry.amount) for entry in granted.entries]
    key = f"refund_withdrawn:{refund_id}:{version}"
    return Booking(TransactionKind.REFUND_WITHDRAWN, key, taken_back)


def refund_paid(
    transfer_id: UUID,
    provider: str,
    amount: int,
    attempt: int,
    credit_account_id: UUID | None = None,
) -> Booking:
    """Book that a provider has paid a part of a refund, or that it is on a gift card again."""
    key = f"refund_paid:{transfer_id}:{attempt}"
    holder = OWED.get(provider, Account.CASH)
    entries = _moved(Account.REFUNDS_PAYABLE, holder, amount, provider, credit_account_id)
    return Booking(TransactionKind.REFUND_PAID, key, entries)


def refund_returned(transfer_id: UUID, provider: str, amount: int, attempt: int) -> Booking:
    """Book that the money of a refund has come back: a bank can return it days later."""
    key = f"refund_returned:{transfer_id}:{attempt}"
    entries = _moved(Account.CASH, Account.REFUNDS_PAYABLE, amount, provider)
    return Booking(TransactionKind.REFUND_RETURNED, key, entries)


def late_money(payment_id: UUID, provider: str, amount: int, captured: int) -> Booking:
    """Book money that was taken for nothing; `captured`: what was taken of that payment by now."""
    entries = _moved(Account.CASH, Account.SUSPENSE, amount, provider)
    return Booking(TransactionKind.LATE_MONEY, f"late_money:{payment_id}:{captured}", entries)


def late_money_refund(refund_id: UUID, provider: str, amount: int) -> Booking:
    """Book that late money is owed to the buyer, until the provider has paid it back."""
    entries = _moved(Account.SUSPENSE, Account.REFUNDS_PAYABLE, amount, provider)
    return Booking(TransactionKind.LATE_MONEY_RETURNED, f"refund:{refund_id}", entries)


def paid_again(provider: str, reference: str, amount: int) -> list[Booking]:
    """Book money that a buyer paid a second time for the same, and that it was given back."""
    key = f"{provider}:{reference}"
    came = _moved(Account.CASH, Account.SUSPENSE, amount, provider)
    went = _moved(Account.SUSPENSE, Account.CASH, amount, provider)
    return [
        Booking(TransactionKind.LATE_MONEY, f"paid_again:{key}", came),
        Booking(TransactionKind.REFUND_PAID, f"paid_again_returned:{key}", went),
    ]


def dispute(
    of_version: tuple[UUID, int], provider: str, before: Disputed, after: Disputed
) -> Booking:
    """Book what a provider took back of a payment, or returned, because its buyer's bank asked.

    While that is open, it is money that may come back; once it is lost, it is the merchant's loss.
    """
    sums = {
        Account.CASH: before.withdrawn - after.withdrawn,
        Account.DISPUTED: after.open - before.open,
        Account.CHARGEBACKS: after.lost_amount - before.lost_amount,
    }
    entries = [
        Entry(account, amount, provider if account is Account.CASH else None)
        for account, amount in sums.items()
    ]
    dispute_id, version = of_version
    key = f"dispute:{dispute_id}:{version}"
    return Booking(TransactionKind.DISPUTE, key, _written(entries))


def _sold(amounts: Sequence[TaxedAmount], country: str | None, sign: int) -> list[Entry]:
    """Book what was sold; `sign` is -1 to take it back."""
    entries = [Entry(Account.RECEIVABLE, sign * sum(taxed.amount for taxed in amounts))]
    for taxed in amounts:
        if taxed.gift_card:
            owed = Entry(Account.GIFT_CARDS_OWED, -sign * taxed.amount, line_id=taxed.line_id)
            entries.append(owed)
            continue
        account = Account.SHIPPING if taxed.line_id is None else Account.REVENUE
        net = taxed.amount - taxed.tax + taxed.discount
        facts = _Taxation(country=country, rate=taxed.rate, line_id=taxed.line_id)
        entries += [
            Entry(account, -sign * net, **facts),
            Entry(Account.DISCOUNTS, sign * taxed.discount, **facts),
            Entry(Account.TAX, -sign * taxed.tax, **facts),
        ]
    return _written(entries)


def _moved(
    debit: Account,
    credit: Account,
    amount: int,
    provider: str,
    credit_account_id: UUID | None = None,
) -> list[Entry]:
    """Book an amount from one account to another; cash, suspense and credit are by provider."""
    sides = []
    for account, part in ((debit, amount), (credit, -amount)):
        owed = credit_account_id if account in OWED.values() else None
        by = provider if account in _BY_PROVIDER else None
        sides.append(Entry(account, part, by, credit_account_id=owed))
    return _written(sides)


def _written(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out amounts of nothing: the ledger has none."""
    return [entry for entry in entries if entry.amount]
