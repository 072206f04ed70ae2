"""The cart of a visitor who logs in, and the one that their customer has already."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.accounts.session import SessionView
from trastienda.schemas.shared.money import Currency


class MergeChoice(StrEnum):
    """What becomes of two carts."""

    SUM = "sum"
    """The other cart gets what is in this one, too."""
    KEEP_NEWEST = "keep_newest"
    """The one that was changed last stays as it is."""
    KEEP_THIS = "keep_this"
    KEEP_OTHER = "keep_other"


class MergeOutcome(StrEnum):
    NOTHING = "nothing"
    """There were no two carts to merge."""
    MERGED = "merged"
    """One cart is left, and the other one is set aside."""
    UNDECIDED = "undecided"
    """The customer has to choose; both carts are as they were."""


CartIdShown = Annotated[str, Meta(max_length=64, examples=["Vq7mT2xR9bLk4ZsW1nYcD8hJ6pFt3aGu"])]


class MergeDraft(Struct, forbid_unknown_fields=True):
    """What to do with this cart and another one of yours, by default the one changed last."""

    policy: MergeChoice
    other: CartIdShown | None = None


class CartContent(Struct):
    """A quantity of a SKU."""

    sku: str
    quantity: int


class LimitedContent(Struct):
    """A quantity that was wanted in all, and how much of it is in the cart."""

    sku: str
    wanted: Annotated[int, Meta(examples=[5])]
    quantity: int
    """0 if nothing of it is: it is not sold in the cart's currency, or the cart is full."""


class CartToChoose(Struct):
    id: CartIdShown
    currency: Currency
    changed_at: datetime
    lines: list[CartContent]


class CartMergeView(Struct, kw_only=True):
    """What became of two carts. Continue with the one that `cart` names."""

    outcome: MergeOutcome
    cart: CartIdShown | None
    """The cart to use from now on; null if the customer has none."""
    set_aside: CartIdShown | UnsetType = UNSET
    """The other cart, which can be had back until `kept_until`."""
    kept_until: datetime | UnsetType = UNSET
    limited: list[LimitedContent] = []
    """What did not fit: more than is in stock, than a line holds, or than a cart holds."""
    carts: list[CartToChoose] = []
    """What is in both carts, while the customer has to choose."""


class LoginView(SessionView):
    """Who you are, the token for `X-CSRF-Token`, and what became of the cart that you named."""

    cart: CartMergeView | UnsetType = UNSET


class SetAsideView(Struct):
    """A cart that was merged into another one, and can be had back."""

    id: CartIdShown
    merged_into: CartIdShown
    set_aside_at: datetime
    kept_until: datetime
    lines: list[CartContent]


class SetAsidePage(Struct):
    items: list[SetAsideView]
    next_cursor: None = None


class CartMerged(Struct, kw_only=True):
    """Two carts of a customer have become one. Their ids are secrets, and not told."""

    customer_id: UUID
    set_aside: UUID
    """The number of the other cart; events about it have this as their `aggregate_id`."""
    policy: MergeChoice
    currency: Currency
    lines: list[CartContent]
    """What is in the cart now."""


class CartExpired(Struct, kw_only=True):
    """A cart with an e-mail address was deleted, because nobody had changed it for long."""

    email: str
    customer_id: UUID | None
    currency: Currency
    changed_at: datetime
    lines: list[CartContent]
