"""Promotions as staff write and read them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.promotions.promotion import PromotionKind, Trigger
from trastienda.schemas.catalogue.sku import Sku
from trastienda.schemas.pricing.preview import LeastUnits, MostUnits, Percent, Priority, Units
from trastienda.schemas.shared.money import Amount, Currency
from trastienda.schemas.shared.naming import Label

MOST_TARGETS = 1_000

Name = Annotated[Label, Meta(examples=["Ten per cent off mugs"])]
ByCurrency = Annotated[dict[Currency, Amount], Meta(max_length=200, examples=[{"EUR": 500}])]
Products = Annotated[
    list[UUID],
    Meta(
        max_length=MOST_TARGETS,
        description="What it applies to; if `categories` and `skus` are empty too, everything.",
        examples=[[]],
    ),
]
Categories = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=200)]],
    Meta(
        max_length=MOST_TARGETS,
        description="Slugs; products in these categories and their subcategories.",
        examples=[["mugs"]],
    ),
]
Skus = Annotated[list[Sku], Meta(max_length=MOST_TARGETS, examples=[["MUG-BLUE"]])]
Groups = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=64)]],
    Meta(
        max_length=100,
        description="Codes of customer groups; if empty, everybody.",
        examples=[["club"]],
    ),
]
Channels = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=64)]],
    Meta(max_length=100, description="Slugs of channels; if empty, all.", examples=[["default"]]),
]
Weekdays = Annotated[
    list[Annotated[int, Meta(ge=1, le=7)]],
    Meta(
        max_length=7,
        description="ISO: Monday is 1. In the channel's time zone; if empty, every day.",
        examples=[[5, 6]],
    ),
]
Clock = Annotated[
    str,
    Meta(
        pattern=r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z",
        description="In the channel's time zone; the second may be after midnight.",
        examples=["18:00"],
    ),
]
Moment = Annotated[datetime, Meta(tz=True, examples=["2026-11-27T00:00:00Z"])]
Limit = Annotated[int, Meta(ge=0, le=1_000_000_000, examples=[100])]
LimitEach = Annotated[int, Meta(ge=1, le=1_000_000, examples=[1])]
Group = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="Of the promotions in a group, only the first that reduces anything applies.",
        examples=["seasonal"],
    ),
]
Active = Annotated[bool, Meta(examples=[True])]
Flag = Annotated[bool, Meta(examples=[False])]


class PromotionTier(Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """A percentage or an amount, from a quantity or a subtotal on, inclusive."""

    min_quantity: LeastUnits | None = None
    min_subtotals: ByCurrency = {}
    percent: Percent | None = None
    amounts: ByCurrency = {}


Tiers = Annotated[
    list[PromotionTier],
    Meta(max_length=20, examples=[[{"min_subtotals": {"EUR": 5000}, "percent": "5"}]]),
]


class PromotionDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """A promotion. Amounts are in minor units, by currency."""

    name: Name
    kind: PromotionKind
    trigger: Trigger
    active: Active = False
    percent: Percent | None = None
    amounts: ByCurrency = {}
    buy: Units | None = None
    get: Units | None = None
    max_quantity: MostUnits | None = None
    tiers: Tiers = []
    gift_sku: Sku | None = None
    gift_quantity: Units | None = None
    products: Products = []
    categories: Categories = []
    skus: Skus = []
    channels: Channels = []
    customer_groups: Groups = []
    first_order: Flag = False
    weekdays: Weekdays = []
    time_from: Clock | None = None
    time_to: Clock | None = None
    min_subtotals: ByCurrency = {}
    min_quantity: LeastUnits = 0
    max_discounts: ByCurrency = {}
    priority: Priority = 0
    exclusive: Flag = False
    stack_group: Group | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    usage_limit: Limit | None = None
    usage_limit_per_customer: LimitEach | None = None


class PromotionPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays, null removes a value. Kind and trigger cannot be changed."""

    name: Name | UnsetType = UNSET
    active: Active | UnsetType = UNSET
    percent: Percent | UnsetType | None = UNSET
    amounts: ByCurrency | UnsetType = UNSET
    buy: Units | UnsetType | None = UNSET
    get: Units | UnsetType | None = UNSET
    max_quantity: MostUnits | UnsetType | None = UNSET
    tiers: Tiers | UnsetType = UNSET
    gift_sku: Sku | UnsetType | None = UNSET
    gift_quantity: Units | UnsetType | None = UNSET
    products: Products | UnsetType = UNSET
    categories: Categories | UnsetType = UNSET
    skus: Skus | UnsetType = UNSET
    channels: Channels | UnsetType = UNSET
    customer_groups: Groups | UnsetType = UNSET
    first_order: Flag | UnsetType = UNSET
    weekdays: Weekdays | UnsetType = UNSET
    time_from: Clock | UnsetType | None = UNSET
    time_to: Clock | UnsetType | None = UNSET
    min_subtotals: ByCurrency | UnsetType = UNSET
    min_quantity: LeastUnits | UnsetType = UNSET
    max_discounts: ByCurrency | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    exclusive: Flag | UnsetType = UNSET
    stack_group: Group | UnsetType | None = UNSET
    starts_at: Moment | UnsetType | None = UNSET
    ends_at: Moment | UnsetType | None = UNSET
    usage_limit: Limit | UnsetType | None = UNSET
    usage_limit_per_customer: LimitEach | UnsetType | None = UNSET


class PromotionView(PromotionDraft, kw_only=True):
    id: UUID
    uses: Annotated[int, Meta(description="Counted only if there is a limit.", examples=[12])]
    created_at: Moment
    updated_at: Moment
    version: int


class PromotionPage(Struct):
    items: list[PromotionView]
    next_cursor: str | None
