"""Promotions."""

from typing import Any

from trastienda.controllers.promotions import promotions
from trastienda.database.db import Reading
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.frames import SHOWN
from trastienda.handlers.pages.admin.kinds.listing import category_choices, page
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.words import marked
from trastienda.schemas.promotions.promotion import PromotionDraft, PromotionPatch, PromotionView
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import customer_groups
from trastienda.services.promotions import coupons as coupons_on_record
from trastienda.services.promotions import promotions as promotions_on_record
from trastienda.services.promotions import simulations

TIER = (
    Field("min_quantity", marked("From units")),
    Field("min_subtotals", marked("From a subtotal")),
    Field("percent", marked("Per cent")),
    Field("amounts", marked("Amount")),
)
LONGEST = 366
MOST_GROUPS = 100


async def _choices(session: Reading, context: Context) -> dict[str, Choices]:
    groups = await customer_groups.page(session, MOST_GROUPS, None)
    return {
        "groups": [(it.code, it.name) for it in groups.items],
        "categories": await category_choices(session, context),
    }


async def _beside(
    request: AnyRequest, session: Reading, view: PromotionView, context: Context
) -> dict[str, Any]:
    cursor, days = frames.cursor(request), frames.asked(request, "days", 3)
    found = await coupons_on_record.page(session, view.id, SHOWN, cursor)
    looked_back = int(days) if days and days.isdecimal() and 1 <= int(days) <= LONGEST else None
    simulated = None
    if looked_back is not None:
        simulated = await simulations.simulate(session, view.id, looked_back, context.asked_at)
    return {"coupons": found, "simulation": simulated, "days": looked_back or 30}


PROMOTIONS = Record(
    path="promotions",
    title=marked("Promotions"),
    one=marked("Promotion"),
    new=marked("New promotion"),
    empty=marked("A promotion makes things cheaper: by itself, with a code, or as a sale."),
    write="pricing.write",
    columns=(
        Column(marked("Name"), "name"),
        Column(marked("Kind"), "kind", "choice"),
        Column(marked("Applies"), "trigger", "choice"),
        Column(marked("Active"), "active", "yes"),
        Column(marked("From"), "starts_at", "moment"),
        Column(marked("Until"), "ends_at", "moment"),
    ),
    sections=(
        Section(
            marked("What it gives"),
            (
                Field("name", marked("Name")),
                Field("kind", marked("Kind")),
                Field("trigger", marked("Applies")),
                Field("active", marked("Active")),
                Field("percent", marked("Per cent")),
                Field("amounts", marked("Amount")),
                Field("buy", marked("Buy this many")),
                Field("get", marked("Get this many")),
                Field("max_quantity", marked("Units of a line at most")),
                Field("gift_sku", marked("SKU of the gift")),
                Field("gift_quantity", marked("Units of the gift")),
                Field("tiers", marked("Steps"), columns=TIER),
            ),
        ),
        Section(
            marked("What it is for"),
            (
                Field(
                    "skus",
                    marked("SKUs"),
                    hint=marked("One a line. Without SKUs, categories and products: everything."),
                ),
                Field("categories", marked("Categories"), choices="categories"),
                Field("products", marked("Products"), hint=marked("Their ids.")),
            ),
        ),
        Section(
            marked("Conditions"),
            (
                Field("min_subtotals", marked("From a subtotal")),
                Field("min_quantity", marked("From units")),
                Field("max_discounts", marked("It takes at most")),
                Field("first_order", marked("Only for the first order")),
                Field(
                    "customer_groups",
                    marked("Customer groups"),
                    choices="groups",
                    hint=marked("None: everybody."),
                ),
                Field("channels", marked("Channels"), hint=marked("Their slugs; none: all.")),
            ),
            folded=True,
        ),
        Section(
            marked("When and how often"),
            (
                Field("starts_at", marked("From")),
                Field("ends_at", marked("Until")),
                Field("weekdays", marked("Weekdays"), hint=marked("1 is Monday; none: every day.")),
                Field("time_from", marked("From the hour"), hint="18:00"),
                Field("time_to", marked("Until the hour"), hint="20:00"),
                Field("usage_limit", marked("Uses in all")),
                Field("usage_limit_per_customer", marked("Uses of each customer")),
            ),
            folded=True,
        ),
        Section(
            marked("Beside others"),
            (
                Field("priority", marked("Priority"), hint=marked("The highest acts first.")),
                Field("exclusive", marked("No other acts beside it")),
                Field(
                    "stack_group",
                    marked("Group"),
                    hint=marked("Of a group, only the first that reduces anything acts."),
                ),
            ),
            folded=True,
        ),
    ),
    listed=lambda session, cursor, _: page(promotions_on_record.page(session, SHOWN, cursor, None)),
    read=lambda session, promotion_id, _: promotions_on_record.view(session, promotion_id),
    draft=PromotionDraft,
    patch=PromotionPatch,
    create=lambda _, draft, context: promotions.create(draft, context),
    change=lambda _, promotion_id, patch, context: promotions.change(promotion_id, patch, context),
    remove=lambda _, promotion_id, context: promotions.remove(promotion_id, context),
    choices=_choices,
    more=_beside,
    beside="admin/records/beside/promotion.html",
)
