"""Which entries gift cards and store credit make beside payments and refunds. Pure."""

from uuid import UUID

from trastienda.database.models.ledger.ledger import Account, TransactionKind
from trastienda.schemas.ledger.booking import Booking, Entry


def issued(owed: Account, account_id: UUID, amount: int) -> Booking:
    """Book a gift card that staff give away: nobody has paid for it."""
    kind, key = TransactionKind.CREDIT_ISSUED, f"credit_issued:{account_id}"
    return Booking(kind, key, _owed(owed, account_id, amount, Account.CREDIT_GRANTED))


def adjusted(owed: Account, account_id: UUID, amount: int, version: int) -> Booking:
    """Book what staff give, or take if it is negative, with the version that this makes."""
    kind, key = TransactionKind.CREDIT_ADJUSTED, f"credit_adjusted:{account_id}:{version}"
    return Booking(kind, key, _owed(owed, account_id, amount, Account.CREDIT_GRANTED))


def expired(owed: Account, account_id: UUID, amount: int, version: int) -> Booking:
    """Book that the shop does not owe what was left of a gift card any more."""
    kind, key = TransactionKind.CREDIT_EXPIRED, f"credit_expired:{account_id}:{version}"
    return Booking(kind, key, _owed(owed, account_id, -amount, Account.BREAKAGE))


def reinstated(owed: Account, account_id: UUID, amount: int, version: int) -> Booking:
    """Book that what had expired is owed again."""
    kind, key = TransactionKind.CREDIT_REINSTATED, f"credit_reinstated:{account_id}:{version}"
    return Booking(kind, key, _owed(owed, account_id, amount, Account.BREAKAGE))


def _owed(owed: Account, account_id: UUID, amount: int, against: Account) -> list[Entry]:
    return [Entry(owed, -amount, credit_account_id=account_id), Entry(against, amount)]
