from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Model


class ReportDay(Model):
    """What a report says of a day that has ended, so that nobody sums its entries again.

    A booking with a time of such a day deletes it, by a trigger of `ledger_transactions` (revision
    0043), and a job sums the day anew.
    """

    __tablename__ = "report_days"
    report: Mapped[str] = mapped_column(primary_key=True)
    """`taxes`, or `sales:` and by what sales are divided."""
    zone: Mapped[str] = mapped_column(primary_key=True)
    """The time zone in which it is a day."""
    day: Mapped[date] = mapped_column(primary_key=True)
    rows: Mapped[str]
    """JSON, as the report of this day alone is answered."""
