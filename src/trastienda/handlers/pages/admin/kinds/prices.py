"""Price lists and exchange rates."""

from typing import Any

from trastienda.controllers.prices import exchange_rates
from trastienda.controllers.prices import lists as price_lists
from trastienda.database.db import Reading
from trastienda.errors import NotFound
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.frames import SHOWN
from trastienda.handlers.pages.admin.kinds.listing import everything, page
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section
from trastienda.handlers.pages.admin.records.record import Column, Record
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.words import marked
from trastienda.schemas.prices.exchange_rate import ExchangeRateDraft, ExchangeRateView
from trastienda.schemas.prices.list import PriceListDraft, PriceListPatch
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import customer_groups
from trastienda.services.channels import channels
from trastienda.services.prices import exchange_rates as rates_on_record
from trastienda.services.prices import lists as lists_on_record

MOST_GROUPS = 100


async def _choices(session: Reading, _: Context) -> dict[str, Choices]:
    groups = await customer_groups.page(session, MOST_GROUPS, None)
    return {
        "groups": [(str(it.id), it.name) for it in groups.items],
        "currencies": [(it, it) for it in channels.current().currencies],
    }


async def _prices(request: AnyRequest, session: Reading, view: Any, _: Context) -> dict[str, Any]:  # noqa: ANN401
    found = await lists_on_record.prices(session, view.id, SHOWN, frames.cursor(request))
    return {"prices": found}


async def _rate(session: Reading, currency: str, _: Context) -> ExchangeRateView | None:
    try:
        return await rates_on_record.by_currency(session, currency)
    except NotFound:  # there is none yet
        return None


PRICE_LISTS = Record(
    path="price-lists",
    title=marked("Price lists"),
    one=marked("Price list"),
    new=marked("New price list"),
    empty=marked("A price list has other prices for some customers, or for a time."),
    write="pricing.write",
    columns=(
        Column(marked("Name"), "name"),
        Column(marked("Currency"), "currency", "code"),
        Column(marked("Active"), "active", "yes"),
        Column(marked("From"), "starts_at", "moment"),
        Column(marked("Until"), "ends_at", "moment"),
    ),
    sections=(
        Section(
            marked("Price list"),
            (
                Field("name", marked("Name")),
                Field("currency", marked("Currency"), choices="currencies"),
                Field("customer_group", marked("For the customer group"), choices="groups"),
                Field("active", marked("Active")),
                Field("starts_at", marked("From")),
                Field("ends_at", marked("Until")),
                Field("priority", marked("Priority"), hint=marked("The highest counts.")),
            ),
        ),
    ),
    listed=lambda session, cursor, _: page(lists_on_record.page(session, SHOWN, cursor)),
    read=lambda session, list_id, _: lists_on_record.view(session, list_id),
    draft=PriceListDraft,
    patch=PriceListPatch,
    create=lambda _, draft, context: price_lists.create(draft, context),
    change=lambda _, list_id, patch, context: price_lists.change(list_id, patch, context),
    remove=lambda _, list_id, context: price_lists.remove(list_id, context),
    choices=_choices,
    more=_prices,
    beside="admin/records/beside/prices.html",
)
EXCHANGE_RATES = Record(
    path="exchange-rates",
    title=marked("Exchange rates"),
    one=marked("Exchange rate"),
    empty=marked(
        "With a rate, products get a price in a currency in which they have none of their own."
    ),
    write="pricing.write",
    columns=(
        Column(marked("Currency"), "currency"),
        Column(marked("For one"), "base_currency", "code"),
        Column(marked("Rate"), "rate", "number"),
        Column(marked("Changed"), "updated_at", "moment"),
    ),
    sections=(
        Section(
            marked("Exchange rate"),
            (
                Field("base_currency", marked("For one"), choices="currencies"),
                Field(
                    "rate",
                    marked("Rate"),
                    hint=marked("How much of this currency one of the other is worth."),
                ),
                Field(
                    "ending",
                    marked("Prices end in"),
                    hint=marked("99, for 12.99; empty: as they are worked out."),
                ),
            ),
        ),
    ),
    listed=lambda session, _cursor, _context: everything(rates_on_record.every(session)),
    read=_rate,
    begin=lambda: channels.current().currencies,
    key=str.upper,
    named="currency",
    called=lambda view: str(view.currency),
    unwritten=str,
    draft=ExchangeRateDraft,
    patch=ExchangeRateDraft,
    change=lambda _, currency, draft, context: exchange_rates.put(currency, draft, context),
    remove=lambda _, currency, context: exchange_rates.remove(currency, context),
    choices=_choices,
)
