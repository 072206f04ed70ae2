"""Zones, tax classes and tax rates."""

from trastienda.controllers.taxes import classes as tax_classes
from trastienda.controllers.taxes import rates as tax_rates
from trastienda.controllers.taxes import zones
from trastienda.database.db import Reading
from trastienda.handlers.pages.admin.frames import SHOWN
from trastienda.handlers.pages.admin.kinds.listing import everything, page
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.words import marked
from trastienda.schemas.shared.context import Context
from trastienda.schemas.taxes.tax import TaxClassDraft, TaxClassPatch, TaxRateDraft, TaxRatePatch
from trastienda.schemas.taxes.zone import ZoneDraft, ZonePatch
from trastienda.services.taxes import classes as classes_on_record
from trastienda.services.taxes import rates as rates_on_record
from trastienda.services.taxes import zones as zones_on_record

AREA = (
    Field("country", marked("Country"), hint=marked("Two letters, such as ES")),
    Field("region", marked("Region")),
    Field("postal_code", marked("Postal codes"), hint=marked("28013, 28* or 28001-28080")),
)
ZONES = Record(
    path="zones",
    title=marked("Zones"),
    one=marked("Zone"),
    new=marked("New zone"),
    empty=marked("A zone is a set of areas. Tax rates and shipping options refer to it."),
    write="settings.write",
    columns=(Column(marked("Name"), "name"), Column(marked("Areas"), "areas", "areas")),
    sections=(
        Section(
            marked("Zone"),
            (Field("name", marked("Name")), Field("areas", marked("Areas"), columns=AREA)),
        ),
    ),
    listed=lambda session, _cursor, _context: everything(zones_on_record.every(session)),
    read=lambda session, zone_id, _: zones_on_record.by_id(session, zone_id),
    draft=ZoneDraft,
    patch=ZonePatch,
    create=lambda _, draft, context: zones.create(draft, context),
    change=lambda _, zone_id, patch, context: zones.change(zone_id, patch, context),
    remove=lambda _, zone_id, context: zones.remove(zone_id, context),
)
TAX_CLASSES = Record(
    path="tax-classes",
    title=marked("Tax classes"),
    one=marked("Tax class"),
    new=marked("New tax class"),
    empty=marked("A tax class is a kind of goods that the law taxes alike."),
    write="settings.write",
    columns=(Column(marked("Name"), "name"), Column(marked("Code"), "code", "code")),
    sections=(
        Section(
            marked("Tax class"),
            (
                Field("name", marked("Name")),
                Field("code", marked("Code"), hint=marked("It never changes.")),
            ),
        ),
    ),
    listed=lambda session, _cursor, _context: everything(classes_on_record.every(session)),
    read=lambda session, class_id, _: classes_on_record.by_id(session, class_id),
    draft=TaxClassDraft,
    patch=TaxClassPatch,
    create=lambda _, draft, context: tax_classes.create(draft, context),
    change=lambda _, class_id, patch, context: tax_classes.change(class_id, patch, context),
    remove=lambda _, class_id, context: tax_classes.remove(class_id, context),
)


async def rate_choices(session: Reading, _: Context) -> dict[str, Choices]:
    """Return the zones and classes that a rate may be for."""
    zones_known = await zones_on_record.every(session)
    return {
        "zones": [(str(it.id), it.name) for it in zones_known],
        "classes": [(it.code, it.name) for it in await classes_on_record.every(session)],
    }


TAX_RATES = Record(
    path="tax-rates",
    title=marked("Tax rates"),
    one=marked("Tax rate"),
    new=marked("New tax rate"),
    empty=marked("Without rates by zone, the flat rate of the settings counts for everything."),
    write="settings.write",
    columns=(
        Column(marked("Name"), "name"),
        Column(marked("Per cent"), "percent", "number"),
        Column(marked("Tax class"), "tax_class", "code"),
        Column(marked("From"), "starts_at", "moment"),
        Column(marked("Until"), "ends_at", "moment"),
    ),
    sections=(
        Section(
            marked("Tax rate"),
            (
                Field("name", marked("Name")),
                Field("zone_id", marked("Zone"), choices="zones", hint=marked("Made under Zones.")),
                Field("tax_class", marked("Tax class"), choices="classes"),
                Field("percent", marked("Per cent")),
            ),
        ),
        Section(
            marked("When and how"),
            (
                Field("starts_at", marked("From")),
                Field("ends_at", marked("Until")),
                Field("compound", marked("Also on the taxes before it")),
                Field("position", marked("Position"), hint=marked("The lowest comes first.")),
            ),
            folded=True,
        ),
    ),
    listed=lambda session, cursor, _: page(rates_on_record.page(session, SHOWN, cursor, None)),
    read=lambda session, rate_id, _: rates_on_record.by_id(session, rate_id),
    draft=TaxRateDraft,
    patch=TaxRatePatch,
    create=lambda _, draft, context: tax_rates.create(draft, context),
    change=lambda _, rate_id, patch, context: tax_rates.change(rate_id, patch, context),
    remove=lambda _, rate_id, context: tax_rates.remove(rate_id, context),
    choices=rate_choices,
)
