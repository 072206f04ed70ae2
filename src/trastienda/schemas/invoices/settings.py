"""What staff say of the seller, and of how and when invoices are issued."""

from datetime import date
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from trastienda.database.models.channels.channel import InvoiceMoment
from trastienda.database.models.invoices.record import VerifactuMode
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.address import Address
from trastienda.schemas.shared.money import Currency
from trastienda.schemas.shared.naming import Label

SERIES = r"\A((\{year\}|[A-Z0-9./-]){0,20}[A-Z./-])?\{number(:0[1-9])?\}\Z"
SellerName = Annotated[
    Label, Meta(description="The legal name.", examples=["Azulejos del Sur, S.L."])
]
VatNumber = Annotated[
    Annotated[str, Meta(min_length=4, max_length=32, examples=["ESB58378431"])] | None,
    Meta(description="Of the EU, with its country. What is exempt needs it."),
]
TaxNumber = Annotated[
    Annotated[str, Meta(min_length=2, max_length=32, examples=["B58378431"])] | None,
    Meta(description="The number that its country knows the seller by, such as a NIF."),
]
Registration = Annotated[
    Annotated[Label, Meta(examples=["Registro Mercantil de Sevilla, hoja SE-3"])] | None,
    Meta(description="Where the seller stands in the commercial register."),
]
Iban = Annotated[
    Annotated[str, Meta(min_length=15, max_length=42, examples=["ES9121000418450200051332"])]
    | None,
    Meta(description="The account for what is not paid yet."),
]
InvoiceSeries = Annotated[
    str,
    Meta(
        max_length=60,
        pattern=SERIES,
        description="How numbers are made. What stands before the number makes a series, which"
        " counts from 1: with the year in it, a new one each year.",
        examples=["{year}-{number:05}"],
    ),
]
CreditNoteSeries = Annotated[
    str,
    Meta(
        max_length=60,
        pattern=SERIES,
        description="The same for credit notes: another series.",
        examples=["R{year}-{number:05}"],
    ),
]
InvoiceLocale = Annotated[
    Locale | None, Meta(description="The language of all invoices; null: that of each order.")
]


class TaxExchangeRate(Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The rate at which the tax of invoices in a currency is converted, and where it is from."""

    currency: Annotated[Currency, Meta(examples=["USD"])]
    rate: Annotated[
        str,
        Meta(
            pattern=r"\A(?=[0-9.]*[1-9])[0-9]{1,10}(\.[0-9]{1,10})?\Z",
            description="Whole units of `tax_currency` for one of `currency`.",
            examples=["0.9214"],
        ),
    ]
    published_on: Annotated[date, Meta(examples=["2026-11-27"])]
    source: Annotated[Label, Meta(examples=["European Central Bank"])]


TaxCurrency = Annotated[
    Currency | None,
    Meta(description="The currency of the country that the seller pays taxes in."),
]
TaxExchangeRates = Annotated[
    list[TaxExchangeRate],
    Meta(max_length=200, description="One for each currency of invoices beside `tax_currency`."),
]


class InvoiceSettingsDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    """The seller, the series, and when invoices are issued."""

    name: SellerName
    address: Address
    vat_number: VatNumber = None
    tax_number: TaxNumber = None
    """One of the two numbers there must be."""
    registration: Registration = None
    iban: Iban = None
    invoice_series: InvoiceSeries = "F{year}-{number:05}"
    credit_note_series: CreditNoteSeries = "R{year}-{number:05}"
    moment: InvoiceMoment = InvoiceMoment.PAID
    locale: InvoiceLocale = None
    verifactu: VerifactuMode = VerifactuMode.DISABLED
    tax_currency: TaxCurrency = None
    """null: invoices say their tax in their own currency alone."""
    tax_rates: TaxExchangeRates = []


class InvoiceSettingsView(Struct, kw_only=True):
    id: UUID
    name: SellerName
    address: Address
    vat_number: VatNumber
    tax_number: TaxNumber
    registration: Registration
    iban: Iban
    invoice_series: InvoiceSeries
    credit_note_series: CreditNoteSeries
    moment: InvoiceMoment
    locale: InvoiceLocale
    verifactu: VerifactuMode
    tax_currency: TaxCurrency
    tax_rates: TaxExchangeRates
    version: int
