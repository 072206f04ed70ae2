"""The files of an invoice: made from its document alone. Slow: use a thread."""

from pathlib import Path

from facturx import xml_check_xsd  # type: ignore[import-untyped]  # it comes without types

from trastienda.schemas.invoices.document import Document
from trastienda.services.invoices.keeping import Files
from trastienda.services.invoices.writing import cii, pdf


def make(document: Document, fonts: Path | None = None) -> Files:
    """Make the PDF and the XML, which is checked against its schema (XSD).

    Raise ValueError, or what facturx raises, for one that the schema does not allow: a fault of
    ours, never of what a person typed.
    """
    xml = cii.write(document) if cii.can_be_written(document) else None
    if xml is not None:
        xml_check_xsd(xml, flavor="factur-x", level="en16931")
    return Files(pdf.write(document, xml, fonts), xml)
