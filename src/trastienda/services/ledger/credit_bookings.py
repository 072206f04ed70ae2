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


def sold(account_id: UUID, line_id: UUID, amount: int, version: int) -> Booking:
    """Book that a gift card is issued that an order has sold: the shop owes it by card from now."""
    entries = _of_line(line_id, account_id, amount)
    key = f"gift_card_sold:{account_id}:{version}"
    return Booking(TransactionKind.GIFT_CARDS_SOLD, key, entries)


def taken_back(account_id: UUID, line_id: UUID, amount: int, version: int) -> Booking:
    """Book that a sold gift card is taken back; the refund books what its buyer gets."""
    entries = _of_line(line_id, account_id, -amount)
    key = f"gift_card_taken_back:{account_id}:{version}"
    return Booking(TransactionKind.GIFT_CARDS_TAKEN_BACK, key, entries)


def _of_line(line_id: UUID, account_id: UUID, amount: int) -> list[Entry]:
    owed = Account.GIFT_CARDS_OWED
    return [
        Entry(owed, amount, line_id=line_id),
        Entry(owed, -amount, line_id=line_id, credit_account_id=account_id),
    ]


def _owed(owed: Account, account_id: UUID, amount: int, against: Account) -> list[Entry]:
    return [Entry(owed, -amount, credit_account_id=account_id), Entry(against, amount)]
