"""Tags, notes and what was done to many orders at once."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.orders.event import OrderSnapshot
from trastienda.schemas.shared.actor import Actor
from trastienda.schemas.shared.naming import NOT_BLANK

MOST_TAGS = 50
MOST_AT_ONCE = 100
"""Orders that are sent or tagged by one request."""

Tag = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        pattern=NOT_BLANK,
        description="One line; capitals and spaces around it do not count.",
        examples=["gift"],
    ),
]
Tags = Annotated[list[Tag], Meta(max_length=MOST_TAGS)]
Orders = Annotated[list[UUID], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class TagsDraft(Struct, forbid_unknown_fields=True):
    tags: Tags
    """All that the order shall have; those that it has and are not here go."""


class NoteDraft(Struct, forbid_unknown_fields=True):
    text: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=4_000,
            pattern=r"\S",
            examples=["Called: wants it in one parcel."],
        ),
    ]


class NoteView(Struct):
    """What staff wrote down about an order."""

    id: UUID
    order_id: UUID
    text: str
    at: datetime
    by: Actor


class OrderNoted(OrderSnapshot, kw_only=True):
    """The order, and the note that staff wrote about it."""

    note: NoteView


class BulkFulfilment(Struct, forbid_unknown_fields=True):
    orders: Orders
    """All that has not been sent of these is sent."""


class BulkTags(Struct, forbid_unknown_fields=True):
    orders: Orders
    add: Tags = []
    remove: Tags = []


class BulkProblem(Struct):
    type: Annotated[str, Meta(examples=["/problems/order-already-fulfilled"])]
    title: Annotated[str, Meta(examples=["Part of this order has already been sent."])]


class BulkResult(Struct):
    """What came of one order."""

    id: UUID
    status: Annotated[int, Meta(description="As if it had been asked alone.", examples=[201])]
    problem: BulkProblem | UnsetType = UNSET
    """Left out where it was done."""


class BulkResults(Struct):
    """In the order of the request, each order once."""

    items: list[BulkResult]
