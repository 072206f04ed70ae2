"""What there is one of: the channel's settings, the policy of returns, and that of invoices."""

from uuid import UUID

from trastienda.controllers.channels import channels
from trastienda.controllers.invoices import settings as invoice_settings
from trastienda.controllers.returns import policy
from trastienda.database.db import Reading
from trastienda.errors import NotFound
from trastienda.handlers.pages.admin.records.fields import Field, Section, Way
from trastienda.handlers.pages.admin.records.record import Record
from trastienda.handlers.pages.words import marked
from trastienda.schemas.channels.channel import ChannelPatch, ChannelView
from trastienda.schemas.invoices.settings import InvoiceSettingsDraft, InvoiceSettingsView
from trastienda.schemas.returns.policy import ReturnPolicyPatch, ReturnPolicyView
from trastienda.schemas.shared.context import Context
from trastienda.services.channels import channels as channels_in_use
from trastienda.services.channels import staff_channels
from trastienda.services.invoices import settings as settings_on_record
from trastienda.services.returns import policies


async def _policy(session: Reading, _key: None, _context: Context) -> ReturnPolicyView:
    channel = channels_in_use.current()
    return policies.view(await policies.of_channel(session, channel.id))


async def _invoice_settings(
    session: Reading, _key: None, _context: Context
) -> InvoiceSettingsView | None:
    channel_id: UUID = channels_in_use.current().id
    try:
        return await settings_on_record.read(session, channel_id)
    except NotFound:  # nobody has said yet who the seller is
        return None


TAX_RATE = (
    Field("currency", marked("Currency")),
    Field("rate", marked("Rate")),
    Field("published_on", marked("Published on"), hint="2026-11-27"),
    Field("source", marked("Source")),
)
CHANNEL = Record(
    path="settings",
    title=marked("Settings"),
    one=marked("Shop"),
    write="settings.write",
    is_single=True,
    sections=(
        Section(
            marked("The shop"),
            (
                Field("name", marked("Name of the shop")),
                Field(
                    "locale",
                    marked("First language"),
                    hint=marked("Names are written in it; the others are translations."),
                ),
                Field("time_zone", marked("Time zone"), hint="Europe/Madrid"),
                Field("notify_email", marked("Who gets a mail about each new order")),
                Field(
                    "countries",
                    marked("Countries that it ships to"),
                    hint=marked("Two letters each, such as ES; none: everywhere."),
                ),
            ),
        ),
        Section(
            marked("Currencies"),
            (
                Field("default_currency", marked("Currency")),
                Field(
                    "currencies", marked("All currencies"), hint=marked("One a line, such as EUR.")
                ),
            ),
        ),
        Section(
            marked("Taxes"),
            (
                Field("tax_rate", marked("Flat rate, per cent")),
                Field("prices_include_tax", marked("Prices include tax")),
                Field(
                    "tax_country", marked("Home country"), hint=marked("Two letters, such as ES")
                ),
                Field("tax_source", marked("Where rates come from")),
                Field("rounding", marked("Where tax is rounded")),
                Field("tax_outside", marked("Where no zone applies")),
                Field("cross_border", marked("What stays the same abroad")),
                Field("shipping_tax", marked("How shipping is taxed")),
                Field("shipping_tax_class", marked("Tax class of shipping")),
                Field("exempts_businesses", marked("Businesses elsewhere in the EU pay no tax")),
            ),
        ),
        Section(
            marked("Payments"),
            (
                Field("capture", marked("When money is taken")),
                Field(
                    "payment_days",
                    marked("Days to pay"),
                    hint=marked("Then an unpaid order is cancelled; empty: never."),
                ),
                Field(
                    "payment_hold_minutes",
                    marked("Minutes for a second step"),
                    hint=marked("So long stock is held for a buyer at their bank."),
                ),
                Field(
                    "gift_card_months",
                    marked("Months until gift cards expire"),
                    hint=marked("DE = 36, one country a line; elsewhere never."),
                ),
            ),
            folded=True,
        ),
        Section(
            marked("Carts"),
            (
                Field("cart_days", marked("Days until a cart is deleted")),
                Field("draft_order_days", marked("Days until a draft order expires")),
                Field("cart_merge", marked("Two carts at login")),
                Field(
                    "reminder_after",
                    marked("Hours until the reminder"),
                    hint=marked("Of those who asked for it; empty: nobody."),
                ),
            ),
            folded=True,
        ),
        Section(
            marked("Addresses on the web"),
            (
                Field("hosts", marked("Other names of this server"), hint="shop.example"),
                Field("origins", marked("Other storefronts"), hint="https://www.shop.example"),
            ),
            folded=True,
        ),
    ),
    read=lambda session, _key, _context: staff_channels.read(session),
    draft=ChannelView,
    patch=ChannelPatch,
    change=lambda _request, _key, patch, context: channels.change(patch, context),
)
RETURN_POLICY = Record(
    path="return-policy",
    title=marked("Return policy"),
    one=marked("Return policy"),
    write="settings.write",
    is_single=True,
    sections=(
        Section(
            marked("Until when"),
            (
                Field(
                    "window_days",
                    marked("Days to ask for a return"),
                    hint=marked("The EU demands 14. Empty: only staff make returns."),
                ),
                Field(
                    "expiry_days",
                    marked("Days that an approved return waits"),
                    hint=marked("Empty: without end."),
                ),
            ),
        ),
        Section(
            marked("What is paid back"),
            (
                Field("restocking_percent", marked("Per cent that you keep")),
                Field("return_fees", marked("Fee of a return")),
                Field("shipping_refund", marked("Outward shipping is paid back")),
                Field("standard_shipping", marked("Of shipping, at most")),
            ),
        ),
    ),
    read=_policy,
    draft=ReturnPolicyView,
    patch=ReturnPolicyPatch,
    change=lambda _request, _key, patch, context: policy.change(patch, context),
)
INVOICE_SETTINGS = Record(
    path="invoice-settings",
    title=marked("Invoice settings"),
    one=marked("Invoice settings"),
    write="settings.write",
    is_single=True,
    sections=(
        Section(
            marked("The seller"),
            (
                Field("name", marked("Legal name")),
                Field("address", marked("Address")),
                Field("vat_number", marked("VAT number")),
                Field(
                    "tax_number", marked("Tax number"), hint=marked("One of the two there must be.")
                ),
                Field("registration", marked("Commercial register")),
                Field("iban", marked("IBAN")),
            ),
        ),
        Section(
            marked("Invoices"),
            (
                Field("moment", marked("When they are issued")),
                Field(
                    "invoice_series",
                    marked("Numbers of invoices"),
                    hint="F{year}-{number:05}",
                    way=Way.TEXT,
                ),
                Field(
                    "credit_note_series",
                    marked("Numbers of credit notes"),
                    hint="R{year}-{number:05}",
                    way=Way.TEXT,
                ),
                Field("locale", marked("Language"), hint=marked("Empty: that of the order.")),
                Field("verifactu", marked("VERI*FACTU")),
            ),
        ),
        Section(
            marked("Tax in another currency"),
            (
                Field(
                    "tax_currency",
                    marked("Currency of taxes"),
                    hint=marked("Of the country that you pay taxes in, such as EUR; empty: none."),
                ),
                Field("tax_rates", marked("Rates"), columns=TAX_RATE),
            ),
            folded=True,
        ),
    ),
    read=_invoice_settings,
    draft=InvoiceSettingsDraft,
    patch=InvoiceSettingsDraft,
    change=lambda _request, _key, draft, context: invoice_settings.put(draft, context),
)
