from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from trastienda.database.base import Identified, Model
from trastienda.errors import Conflict, Invalid, NotFound, Stale


class ReturnReason(Identified, Model):
    """A reason that customers can give for a return, from the merchant's own list."""

    __tablename__ = "return_reasons"
    __table_args__ = (CheckConstraint("version > 0", name="version"),)
    code: Mapped[str] = mapped_column(unique=True)
    """It never changes."""
    names: Mapped[dict[str, Any]]
    """By locale."""
    needs_note: Mapped[bool] = mapped_column(default=False)
    """Whether the customer has to say more."""
    charges_fees: Mapped[bool] = mapped_column(default=True)
    """Whether the policy's deductions apply: not where the merchant is at fault."""
    active: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class ReturnReasonNotFound(NotFound):
    """There is no such reason for returns."""


class ReturnReasonChanged(Stale):
    """The reason has changed since you read it."""


class ReturnReasonCodeTaken(Conflict):
    """Another reason for returns has this code."""


class ReturnReasonInUse(Conflict):
    """Returns have this reason: make it inactive instead of deleting it."""


class ReturnReasonUnknown(Invalid):
    """This is no reason for returns that can be chosen now."""


class ReturnNoteMissing(Invalid):
    """This reason needs a note that says more."""
