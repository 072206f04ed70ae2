"""VERI*FACTU: the chain of records that Spanish law wants of invoices, as an option. Pure.

RD 1007/2023 and the tax agency's «Detalle de las especificaciones técnicas para generación de la
huella o hash de los registros de facturación», 0.1.2.
"""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from urllib.parse import urlencode

from trastienda.database.models.invoices.invoice import InvoiceKind
from trastienda.database.models.invoices.record import VerifactuMode
from trastienda.schemas.invoices.document import Document
from trastienda.schemas.invoices.record import CancelledFields, IssuedFields
from trastienda.services.invoices.documents.amounts import decimal, plain

HOSTS = {
    VerifactuMode.ENABLED: "https://www2.agenciatributaria.gob.es",
    VerifactuMode.TEST: "https://prewww2.aeat.es",
}
PATH = "/wlpl/TIKE-CONT/ValidarQR"


def issued(document: Document, issuer: str, previous: str, at: datetime) -> IssuedFields:
    """Say what the record of an invoice says; `at` is in the shop's time zone.

    What a credit note gives back is negative there: it corrects by differences.
    """
    sign = -1 if document.kind is InvoiceKind.CREDIT_NOTE else 1
    return IssuedFields(
        issuer=issuer,
        number=document.number,
        issued_on=_day(document.issued_on),
        type=_type(document),
        tax=plain(decimal(sign * document.sums.tax, document.currency)),
        total=plain(decimal(sign * document.sums.total, document.currency)),
        previous=previous,
        at=at.isoformat(timespec="seconds"),
    )


def cancelled(document: Document, issuer: str, previous: str, at: datetime) -> CancelledFields:
    """Say what the record says that an invoice is cancelled."""
    return CancelledFields(
        issuer=issuer,
        number=document.number,
        issued_on=_day(document.issued_on),
        previous=previous,
        at=at.isoformat(timespec="seconds"),
    )


def hash_of_issued(fields: IssuedFields) -> str:
    """Return the hash of the record of an invoice that is issued (RegistroAlta)."""
    return _hash(
        {
            "IDEmisorFactura": fields.issuer,
            "NumSerieFactura": fields.number,
            "FechaExpedicionFactura": fields.issued_on,
            "TipoFactura": fields.type,
            "CuotaTotal": fields.tax,
            "ImporteTotal": fields.total,
            "Huella": fields.previous,
            "FechaHoraHusoGenRegistro": fields.at,
        }
    )


def hash_of_cancelled(fields: CancelledFields) -> str:
    """Return the hash of the record of an invoice that is cancelled (RegistroAnulacion)."""
    return _hash(
        {
            "IDEmisorFacturaAnulada": fields.issuer,
            "NumSerieFacturaAnulada": fields.number,
            "FechaExpedicionFacturaAnulada": fields.issued_on,
            "Huella": fields.previous,
            "FechaHoraHusoGenRegistro": fields.at,
        }
    )


def qr(document: Document, issuer: str, mode: VerifactuMode) -> str:
    """Return the address that the square on the invoice leads to."""
    sign = -1 if document.kind is InvoiceKind.CREDIT_NOTE else 1
    query = {
        "nif": issuer,
        "numserie": document.number,
        "fecha": _day(document.issued_on),
        "importe": plain(decimal(sign * document.sums.total, document.currency)),
    }
    return f"{HOSTS[mode]}{PATH}?{urlencode(query)}"


def _type(document: Document) -> str:
    """Give the type of invoice (L2): without the customer's number it is a simplified one."""
    known = document.buyer.vat_number is not None
    if document.kind is InvoiceKind.CREDIT_NOTE:
        return "R1" if known else "R5"
    return "F1" if known else "F2"


def nif(tax_number: str) -> str:
    """Return the NIF of an issuer, without the letters of a VAT number."""
    return tax_number.removeprefix("ES")


def _day(day: date) -> str:
    return f"{day:%d-%m-%Y}"


def _hash(fields: Mapping[str, str]) -> str:
    text = "&".join(f"{name}={value.strip()}" for name, value in fields.items())
    return sha256(text.encode()).hexdigest().upper()
