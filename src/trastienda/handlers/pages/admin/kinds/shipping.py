"""Shipping options."""

from typing import Any

from trastienda.controllers.shipping import options
from trastienda.database.db import Reading
from trastienda.handlers.pages.admin.kinds.listing import category_choices, everything
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section, Way
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.words import marked
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shipping.option import ShippingOptionDraft, ShippingOptionPatch
from trastienda.services.channels import channels
from trastienda.services.shipping import options as options_on_record
from trastienda.services.taxes import zones


def first_name(view: Any) -> str | None:  # noqa: ANN401 - a view, or the defaults of a new one
    """Return the name in the first language of the channel."""
    found = names(view)
    return found.get(channels.language()) or next(iter(found.values()), None)


def names(view: Any) -> dict[Any, str]:  # noqa: ANN401
    """Return the names in all languages; none of a new one."""
    found: dict[Any, str] = getattr(view, "names", {})
    return found


async def _choices(session: Reading, context: Context) -> dict[str, Choices]:
    return {
        "zones": [(str(it.id), it.name) for it in await zones.every(session)],
        "categories": await category_choices(session, context),
    }


SHIPPING_OPTIONS = Record(
    path="shipping-options",
    title=marked("Shipping"),
    one=marked("Shipping option"),
    new=marked("New shipping option"),
    empty=marked("Buyers need at least one way in which their order comes to them."),
    write="settings.write",
    columns=(
        Column(marked("Name"), "names", "names"),
        Column(marked("Prices"), "prices", "amounts"),
        Column(marked("Countries"), "countries", "words"),
        Column(marked("Active"), "active", "yes"),
    ),
    sections=(
        Section(
            marked("What buyers see"),
            (
                Field("name", marked("Name"), of=first_name),
                Field("translations", marked("Name in other languages"), of=names),
                Field("prices", marked("Price")),
                Field("active", marked("Buyers may choose it")),
                Field("position", marked("Position"), hint=marked("The lowest comes first.")),
            ),
        ),
        Section(
            marked("Where to"),
            (
                Field(
                    "countries",
                    marked("Countries"),
                    hint=marked("Two letters each, such as ES; none: wherever the shop ships to."),
                ),
                Field("zones", marked("Zones"), choices="zones", hint=marked("None: everywhere.")),
                Field(
                    "excluded_categories", marked("Not for these categories"), choices="categories"
                ),
            ),
            folded=True,
        ),
        Section(
            marked("What the price depends on"),
            (
                Field("tariff", marked("Tariff")),
                Field("courier", marked("Service of the courier")),
                Field(
                    "tiers",
                    marked("Prices by weight or subtotal"),
                    way=Way.STEPS,
                    hint=marked(
                        "0 = 4.90 and 2000 = 7.90, a line each: from grams, or from a subtotal."
                    ),
                ),
                Field("additional", marked("For each further unit")),
                Field("free_from", marked("Free from this subtotal on")),
            ),
            folded=True,
        ),
        Section(
            marked("Limits and pick-up"),
            (
                Field("min_weight", marked("From this weight on, in grams")),
                Field("max_weight", marked("Up to this weight, in grams")),
                Field("max_length", marked("Longest side, in millimetres")),
                Field("min_days", marked("Working days at least")),
                Field("max_days", marked("Working days at most")),
                Field("pickup_address", marked("Pick-up point")),
            ),
            folded=True,
        ),
    ),
    listed=lambda session, _cursor, _context: everything(options_on_record.every(session)),
    read=lambda session, option_id, _: options_on_record.view(session, option_id),
    called=lambda view: str(first_name(view)),
    draft=ShippingOptionDraft,
    patch=ShippingOptionPatch,
    create=lambda _, draft, context: options.create(draft, context),
    change=lambda _, option_id, patch, context: options.change(option_id, patch, context),
    remove=lambda _, option_id, context: options.remove(option_id, context),
    choices=_choices,
)
