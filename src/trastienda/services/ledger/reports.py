"""Reports: sales, taxes, payments, gift cards and stock of some days, read from the two ledgers.

Periods are those of the channel's time zone. Reports of the same days agree to the minor unit: they
sum the same entries.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Generic, NamedTuple, TypeVar, get_args

import msgspec

from trastienda.database.db import Prepared, Reading, Session
from trastienda.database.models.credit.account import CreditKind
from trastienda.database.models.ledger.ledger import OWED, Account, TransactionKind
from trastienda.database.models.orders.order import OrderStatus
from trastienda.database.models.stock.stock import Reason
from trastienda.schemas.ledger.report import (
    GiftCardsRow,
    PaymentsRow,
    Period,
    ReportWanted,
    SalesBy,
    SalesRow,
    StockRow,
    TaxRow,
)
from trastienda.services.ledger import report_days
from trastienda.services.ledger.report_periods import TIME_SQL, as_document, expect_usable, read

R = TypeVar("R", SalesRow, TaxRow)
_GOODS_KINDS = (
    TransactionKind.SALE,
    TransactionKind.CANCELLATION,
    TransactionKind.EDIT,
    TransactionKind.REFUND,
    TransactionKind.REFUND_WITHDRAWN,
)
"""Those that book goods, shipping and their tax. The others move money and credit alone."""
_MONEY_KINDS = tuple(it for it in TransactionKind if it not in _GOODS_KINDS)
# Looking up the entries of each transaction takes most of the time of a report, so only those that
# can have any are looked at; and a period is worked out for each transaction, not for each entry.
_HEADERS_SQL = f"""
    SELECT id, kind, date_trunc('{{by}}', at AT TIME ZONE %(zone)s)::date AS period
    FROM ledger_transactions WHERE kind IN ({{kinds}}) AND {TIME_SQL.format(at="at")}
"""
_ENTRIES_SQL = """
    headers CROSS JOIN LATERAL (
        SELECT * FROM ledger_entries WHERE transaction_id = headers.id) AS entries
"""
_GROUPS: Mapping[SalesBy, str] = {
    "all": "NULL::text",
    "product": "(SELECT nullif(slug, '') FROM order_lines WHERE order_lines.id = entries.line_id)",
    # A product in several categories counts in the first of them, so that nothing counts twice.
    "category": """(
        SELECT categories.slug FROM order_lines
            JOIN variants ON variants.id = order_lines.variant_id
            JOIN product_categories ON product_categories.product_id = variants.product_id
            JOIN categories ON categories.id = product_categories.category_id
        WHERE order_lines.id = entries.line_id
        ORDER BY categories.position, categories.slug LIMIT 1)""",
    "country": "entries.country::text",
}
_GOODS_SQL = ", ".join(
    f"'{account}'"
    for account in (Account.REVENUE, Account.DISCOUNTS, Account.SHIPPING, Account.REFUNDS)
)
_TAKEN_BACK_SQL = ", ".join(
    f"'{kind}'" for kind in (TransactionKind.REFUND, TransactionKind.REFUND_WITHDRAWN)
)


def _sum(condition: str, sign: str = "") -> str:
    return f"coalesce({sign}sum(amount) FILTER (WHERE {condition}), 0)::bigint"


def _of(account: Account) -> str:
    return f"account = '{account}'"


def _total(of: str) -> str:
    return f"coalesce(sum({of}), 0)::bigint"


# An order has one transaction that sells it. Each transaction is summed first: that takes half of
# the time of sorting all entries by their order to count these.
_SALES_SQL = f"""
    SELECT period, currency, "group",
        count(*) FILTER (WHERE kind = '{TransactionKind.SALE}') AS orders,
        {_total("-revenue")} AS gross, {_total("discounts")} AS discounts,
        {_total("-shipping")} AS shipping, {_total("refunds")} AS refunds,
        {_total("-goods")} AS net, {_total("-tax")} AS tax, {_total("-goods - tax")} AS total
    FROM headers CROSS JOIN LATERAL (
        SELECT currency, {{group}} AS "group",
            {_sum(_of(Account.REVENUE))} AS revenue, {_sum(_of(Account.DISCOUNTS))} AS discounts,
            {_sum(_of(Account.SHIPPING))} AS shipping, {_sum(_of(Account.REFUNDS))} AS refunds,
            {_sum(f"account <> '{Account.TAX}'")} AS goods, {_sum(_of(Account.TAX))} AS tax
        FROM ledger_entries AS entries
        WHERE transaction_id = headers.id AND account IN ({_GOODS_SQL}, '{Account.TAX}')
        GROUP BY 1, 2) AS sums
    GROUP BY 1, 2, 3
"""
_TAXES_SQL = f"""
    SELECT period, currency, country, trim_scale(rate)::text AS rate,
        {_sum(f"account IN ({_GOODS_SQL})", "-")} AS taxable,
        {_sum(_of(Account.TAX), "-")} AS tax,
        {_sum(f"account IN ({_GOODS_SQL}) AND kind IN ({_TAKEN_BACK_SQL})")} AS refunded_taxable,
        {_sum(f"account = '{Account.TAX}' AND kind IN ({_TAKEN_BACK_SQL})")} AS refunded_tax
    FROM {_ENTRIES_SQL} WHERE rate IS NOT NULL GROUP BY 1, 2, 3, 4
"""
_PAID_BACK_SQL = ", ".join(
    f"'{kind}'" for kind in (TransactionKind.REFUND_PAID, TransactionKind.REFUND_RETURNED)
)
# Without a provider, gift cards and store credit were given, not used.
_OWED_SQL = ", ".join(f"'{account}'" for account in OWED.values())
_PAYMENTS_SQL = f"""
    SELECT period, currency, provider,
        {_sum(f"kind NOT IN ({_PAID_BACK_SQL}, '{TransactionKind.DISPUTE}')")} AS captured,
        {_sum(f"kind IN ({_PAID_BACK_SQL})", "-")} AS refunded,
        {_sum(f"kind = '{TransactionKind.DISPUTE}'", "-")} AS disputed,
        coalesce(sum(amount), 0)::bigint AS net
    FROM {_ENTRIES_SQL}
    WHERE account = '{Account.CASH}' OR account IN ({_OWED_SQL}) AND provider IS NOT NULL
    GROUP BY 1, 2, 3
"""


_BOOKED_AS = {
    "sold": (TransactionKind.SALE, TransactionKind.CANCELLATION, TransactionKind.EDIT),
    "granted": (TransactionKind.CREDIT_ISSUED, TransactionKind.CREDIT_ADJUSTED),
    "spent": (TransactionKind.CAPTURE,),
    "returned": (TransactionKind.REFUND_PAID, TransactionKind.REFUND_RETURNED),
    "refunded": (TransactionKind.REFUND, TransactionKind.REFUND_WITHDRAWN),
    "expired": (TransactionKind.CREDIT_EXPIRED, TransactionKind.CREDIT_REINSTATED),
}
"""By what made it. Whether a card was issued moves what is owed within the account alone."""
_LESS = frozenset({"spent", "refunded", "expired"})
_MOVES_SQL = ", ".join(
    _sum(f"kind IN ({', '.join(repr(it.value) for it in kinds)})", "" if name in _LESS else "-")
    + f" AS {name}"
    for name, kinds in _BOOKED_AS.items()
)
# What is owed now is on the cards, and in orders whose cards are not issued yet. From that, all
# that has moved since is taken off: no report reads the whole ledger.
_GIFT_CARDS_SQL = f"""
    WITH moved AS (
        SELECT CASE WHEN header.at < (%(last)s::date + 1)::timestamp AT TIME ZONE %(zone)s
                THEN date_trunc('{{by}}', header.at AT TIME ZONE %(zone)s)::date
                ELSE 'infinity' END AS period, header.kind, entry.currency, entry.amount
        FROM ledger_transactions AS header
            JOIN ledger_entries AS entry ON entry.transaction_id = header.id
        WHERE header.at >= %(first)s::date::timestamp AT TIME ZONE %(zone)s
            AND entry.account = '{Account.GIFT_CARDS_OWED}'
    ), sums AS (
        SELECT period, currency, {_MOVES_SQL}, coalesce(-sum(amount), 0)::bigint AS change
        FROM moved GROUP BY period, currency
    ), owed AS (
        SELECT currency, sum(amount) AS now FROM (
            SELECT currency, balance AS amount FROM credit_accounts
            WHERE kind = '{CreditKind.GIFT_CARD}'
            UNION ALL
            SELECT orders.currency,
                (quantity - fulfilled_quantity - removed_quantity) * unit_price
            FROM gift_cards_to_issue AS due
                JOIN orders ON orders.id = due.order_id AND orders.status = '{OrderStatus.OPEN}'
                JOIN order_lines ON order_lines.order_id = orders.id
            WHERE order_lines.gift_card IS NOT NULL) AS card
        GROUP BY currency
    ), standing AS (
        SELECT sums.*, (coalesce(owed.now, 0) - coalesce(sum(change) OVER (
            PARTITION BY sums.currency ORDER BY period DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))::bigint AS owed
        FROM sums LEFT JOIN owed ON owed.currency = sums.currency
    )
    SELECT period, currency, {", ".join(_BOOKED_AS)}, change, owed FROM standing
    WHERE period < 'infinity'
"""


def _units(reasons: str, sign: str = "") -> str:
    return f"coalesce({sign}sum(movement.on_hand) FILTER (WHERE reason {reasons}), 0)::bigint"


_NAMED_SQL = f"'{Reason.RECEIVED}', '{Reason.FULFILLED}', '{Reason.RETURNED}'"
_STOCK_SQL = f"""
    SELECT date_trunc('{{by}}', created_at AT TIME ZONE %(zone)s)::date AS period,
        variants.sku, locations.code AS location,
        {_units(f"= '{Reason.RECEIVED}'")} AS received,
        {_units(f"= '{Reason.FULFILLED}'", "-")} AS sold,
        {_units(f"= '{Reason.RETURNED}'")} AS returned,
        {_units(f"NOT IN ({_NAMED_SQL})")} AS adjusted,
        coalesce(sum(movement.on_hand), 0)::bigint AS change
    FROM stock_movements AS movement JOIN stock ON stock.id = movement.stock_id
        JOIN variants ON variants.id = stock.variant_id
        JOIN locations ON locations.id = stock.location_id
    WHERE movement.on_hand <> 0 AND {TIME_SQL.format(at="created_at")}
    GROUP BY 1, 2, 3
"""
_sales = msgspec.json.Decoder(list[SalesRow])
_taxes = msgspec.json.Decoder(list[TaxRow])
_payments = msgspec.json.Decoder(list[PaymentsRow])
_gift_cards = msgspec.json.Decoder(list[GiftCardsRow])
_stock = msgspec.json.Decoder(list[StockRow])


class _Daily(NamedTuple, Generic[R]):
    """A report whose days are kept by this name, and how it is summed and decoded."""

    report: str
    statement: Prepared
    rows: msgspec.json.Decoder[list[R]]


async def sales(
    session: Reading, wanted: ReportWanted, group: SalesBy, zone: str
) -> list[SalesRow]:
    """Sum sales by period, currency, and what `group` says. Raise ReportPeriodUnusable."""
    statement = _sales_by(wanted.by, group)
    by_category = group == "category"
    report = await report_days.of_categories(session) if by_category else f"sales:{group}"
    return await _from_days(session, _Daily(report, statement, _sales), wanted, zone)


async def taxes(session: Reading, wanted: ReportWanted, zone: str) -> list[TaxRow]:
    """Sum taxes by period, currency, country and rate. Raise ReportPeriodUnusable."""
    statement = _booked(_TAXES_SQL, wanted.by, _GOODS_KINDS)
    return await _from_days(session, _Daily("taxes", statement, _taxes), wanted, zone)


async def payments(session: Reading, wanted: ReportWanted, zone: str) -> list[PaymentsRow]:
    """Sum what providers took and paid back, by period and currency. Raise ReportPeriodUnusable."""
    return _payments.decode(
        await read(session, _booked(_PAYMENTS_SQL, wanted.by, _MONEY_KINDS), wanted, zone)
    )


async def gift_cards(session: Reading, wanted: ReportWanted, zone: str) -> list[GiftCardsRow]:
    """Sum what became of gift cards by period and currency. Raise ReportPeriodUnusable."""
    return _gift_cards.decode(await read(session, _on_cards(wanted.by), wanted, zone))


async def stock(session: Reading, wanted: ReportWanted, zone: str) -> list[StockRow]:
    """Sum the movements of what is on hand by period, SKU and location.

    Raise ReportPeriodUnusable.
    """
    return _stock.decode(await read(session, _moved(wanted.by), wanted, zone))


async def _from_days(
    session: Reading, daily: _Daily[R], wanted: ReportWanted, zone: str
) -> list[R]:
    """Read the days that are summed already, and sum the rest."""
    expect_usable(wanted)
    days = await report_days.kept(session, daily.report, zone, wanted.first, wanted.last)
    rows = [row for day in days for row in daily.rows.decode(day)]
    rest = msgspec.structs.replace(wanted, first=wanted.first + timedelta(len(days)))
    if rest.first <= rest.last:
        rows += daily.rows.decode(await read(session, daily.statement, rest, zone))
    return rows if wanted.by == "day" or not days else report_days.merged(rows, wanted.by)


@cache
def _booked(sql: str, by: Period, kinds: tuple[TransactionKind, ...]) -> Prepared:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    headers = _HEADERS_SQL.format(by=by, kinds=listed)
    return Prepared(f"WITH headers AS MATERIALIZED ({headers}) {as_document(sql)}")


@cache
def _sales_by(by: Period, group: SalesBy) -> Prepared:
    return _booked(_SALES_SQL.format(group=_GROUPS[group]), by, _GOODS_KINDS)


async def keep_days(session: Session, zone: str, today: date) -> int:
    """Sum a batch of days that have ended, once; return how many sums were made."""
    groups = [it for it in get_args(SalesBy) if it != "category"]
    kept = {f"sales:{group}": _sales_by("day", group) for group in groups}
    kept["taxes"] = _booked(_TAXES_SQL, "day", _GOODS_KINDS)
    by_category = {await report_days.of_categories(session): _sales_by("day", "category")}
    made = await report_days.keep(session, kept | by_category, zone, today)
    if made:  # of categories that have changed meanwhile, nothing is kept
        names = [*kept, await report_days.of_categories(session)]
        await report_days.forget_others(session, zone, names)
    return made


@cache
def _on_cards(by: Period) -> Prepared:
    return Prepared(as_document(_GIFT_CARDS_SQL.format(by=by), 2))


@cache
def _moved(by: Period) -> Prepared:
    return Prepared(as_document(_STOCK_SQL.format(by=by)))
