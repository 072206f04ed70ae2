"""An invoice as PDF/A-3b by typst, with its XML inside as Factur-X wants it. Slow: use a thread.

The same document gives the same bytes: its date is the one it was issued at.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import segno
import typst
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from trastienda.schemas.invoices.document import Document
from trastienda.services.invoices.writing.paper import printed

TEMPLATE = Path(__file__).parent / "templates" / "invoice.typ"
FONTS = ["Libertinus Serif", "DejaVu Sans Mono"]
"""They come with typst: those of the machine it runs on would make other bytes."""
UNKNOWN = "?"
LETTERS = (range(0x20, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000), range(0x2010, 0x20C0))
"""What our fonts have, for the most part: Latin, Greek and Cyrillic letters, signs, currencies."""
LATIN = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x20AC, 0x20AD))
EXTENSION = """<rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{urn}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>
</rdf:li>"""
PROPERTY = """<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{name} of the embedded XML document</pdfaProperty:description>
</rdf:li>"""
URN = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
FACTS = {
    "DocumentType": "INVOICE",
    "DocumentFileName": "factur-x.xml",
    "Version": "1.0",
    "ConformanceLevel": "EN 16931",
}
"""What Factur-X says of itself in the PDF's metadata (Factur-X 1.0, 6.3)."""
SCHEMAS, END = "<pdfaExtension:schemas><rdf:Bag>", "</rdf:RDF>"


def write(document: Document, xml: bytes | None, fonts: Path | None = None) -> bytes:
    """Write the PDF. `fonts` is a folder with fonts of the merchant's, for other scripts.

    A character that no font has is a question mark: PDF/A allows no empty boxes.
    """
    data, qr = printed(document), _square(document.qr)
    for known in (None, LETTERS, LATIN):
        shown = data if known is None else _only(data, known)
        try:
            paper = _compiled({**shown, "qr": qr}, document, xml, fonts)
        except typst.TypstError:
            if known is LATIN:
                raise
        else:
            break
    return paper if xml is None else _labelled(paper)


def _compiled(
    data: dict[str, Any], document: Document, xml: bytes | None, fonts: Path | None
) -> bytes:
    folders = [fonts] if fonts and fonts.is_dir() else []
    families = typst.Fonts(include_system_fonts=False, font_paths=folders).families()
    data["fonts"] = [*FONTS, *(it for it in families if it not in FONTS)]
    made = typst.compile(
        TEMPLATE,
        font_paths=folders,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="a-3b",
        timestamp=document.issued_at.replace(microsecond=0),
        sys_inputs={"data": msgspec.json.encode(data).decode(), "xml": (xml or b"").decode()},
    )
    if not isinstance(made, bytes):
        raise TypeError(type(made))  # a list is several pages of pictures: never of a PDF
    return made


def _only(value: Any, known: tuple[range, ...]) -> Any:  # noqa: ANN401 - JSON
    """Write a question mark for each character that may have no picture."""
    if isinstance(value, str):
        return "".join(it if any(ord(it) in some for some in known) else UNKNOWN for it in value)
    if isinstance(value, dict):
        return {name: _only(each, known) for name, each in value.items()}
    return [_only(each, known) for each in value] if isinstance(value, list | tuple) else value


def _square(text: str | None) -> str | None:
    """Draw a QR code as VERI*FACTU wants it: ISO/IEC 18004, level M."""
    if text is None:
        return None
    square = segno.make(text, error="m", boost_error=False, micro=False)
    drawn: str = square.svg_inline(border=4)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _labelled(paper: bytes) -> bytes:
    """Say in the metadata that the PDF is a Factur-X; typst has embedded the XML."""
    writer = PdfWriter(clone_from=BytesIO(paper))
    before = writer.root_object["/Metadata"]
    if not isinstance(before, StreamObject):
        raise TypeError(type(before))
    metadata = DecodedStreamObject()
    metadata[NameObject("/Type")] = NameObject("/Metadata")
    metadata[NameObject("/Subtype")] = NameObject("/XML")
    metadata.set_data(_extended(before.get_data().decode()).encode())
    writer.root_object[NameObject("/Metadata")] = writer._add_object(metadata)  # noqa: SLF001
    writer.pdf_header = "%PDF-1.7"
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _extended(xmp: str) -> str:
    properties = "".join(PROPERTY.format(name=name) for name in FACTS)
    schema = EXTENSION.format(urn=URN, properties=properties)
    facts = "".join(f"<fx:{name}>{value}</fx:{name}>" for name, value in FACTS.items())
    said = f'<rdf:Description rdf:about="" xmlns:fx="{URN}">{facts}</rdf:Description>'
    return xmp.replace(SCHEMAS, SCHEMAS + schema, 1).replace(END, said + END, 1)
