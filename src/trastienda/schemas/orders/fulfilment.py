"""Parcels: what staff say of them, and what they and the buyer read."""

import re
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.carts.cart import MOST_LINES
from trastienda.database.models.orders.fulfilment import FulfilmentState
from trastienda.schemas.shared.money import Quantity
from trastienda.schemas.shared.naming import NOT_BLANK
from trastienda.schemas.stock.location import LocationCode

_OneLine = Meta(min_length=1, max_length=100, pattern=NOT_BLANK)
Carrier = Annotated[str, _OneLine, Meta(examples=["Correos"])]
TrackingNumber = Annotated[str, _OneLine, Meta(examples=["PK4X2L9084510280128014B"])]
LabelReference = Annotated[
    str, _OneLine, Meta(description="What the carrier calls the label.", examples=["LBL-20871"])
]
TRACKING_URL = re.compile(
    r"\Ahttps://[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,10}(:[0-9]{1,5})?"
    r"([/?#][A-Za-z0-9/?#\[\]@!$&'()*+,;=:%._~-]*)?\Z"
)
"""https, the name of a host, and the characters of RFC 3986: nothing before the host."""
TrackingUrl = Annotated[
    str,
    Meta(
        max_length=1_000,
        pattern=TRACKING_URL.pattern,
        description="Where the buyer follows the parcel: https, and the name of a host.",
        examples=["https://www.correos.es/track?code=PK4X2L9084510280128014B"],
    ),
]


class SentLine(Struct, forbid_unknown_fields=True):
    line_id: UUID
    quantity: Quantity


class FulfilmentDraft(Struct, forbid_unknown_fields=True):
    """One parcel; without lines, all that is in no parcel yet."""

    lines: Annotated[list[SentLine], Meta(min_length=1, max_length=MOST_LINES)] | None = None
    carrier: Carrier | None = None
    tracking_number: TrackingNumber | None = None
    tracking_url: TrackingUrl | None = None
    label_reference: LabelReference | None = None
    location: LocationCode | None = None
    """Take the units from there only; otherwise from wherever they are reserved."""
    pickup: bool = False
    """Not sent, but ready for the buyer to pick up: the units leave the stock when collected."""


class FulfilmentPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays."""

    carrier: Carrier | UnsetType | None = UNSET
    tracking_number: TrackingNumber | UnsetType | None = UNSET
    tracking_url: TrackingUrl | UnsetType | None = UNSET
    label_reference: LabelReference | UnsetType | None = UNSET


class FulfilmentLineView(Struct):
    line_id: UUID
    quantity: int


class OrderFulfilment(Struct, kw_only=True):
    """A parcel, as an order shows it to its buyer."""

    id: UUID
    number: int
    """Within the order, from 1."""
    status: FulfilmentState
    carrier: str | None = None
    tracking_number: str | None = None
    tracking_url: str | None = None
    lines: list[FulfilmentLineView]
    sent_at: datetime | None = None
    ready_at: datetime | None = None
    collected_at: datetime | None = None
    delivered_at: datetime | None = None


class FulfilmentView(OrderFulfilment, kw_only=True):
    """A parcel, as staff see it."""

    order_id: UUID
    version: int
    location: str | None
    """Where all of its units come from; null: from several locations, or not known."""
    label_reference: str | None
    created_at: datetime


class Fulfilments(Struct):
    items: list[FulfilmentView]
