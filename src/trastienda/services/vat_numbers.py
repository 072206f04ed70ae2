"""VAT numbers of the European Union, by their form and check digits (python-stdnum).

Whether one is in force only its country knows: `services/vat_checks.py` asks.
"""

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from trastienda.errors import Invalid

COUNTRIES = frozenset(code.upper() for code in vat.MEMBER_STATES) - {"XI"}
"""The members of the EU, ISO 3166-1 alpha-2; Northern Ireland's numbers begin with XI."""


def compacted(number: str, pointer: str) -> str:
    """Return it without blanks and dots, its country first. Raise VatNumberUnusable."""
    try:
        return str(vat.validate(number))
    except ValidationError as error:
        raise VatNumberUnusable(pointer=pointer) from error


def country(number: str) -> str:
    """Return the country of a compacted number, ISO 3166-1 alpha-2."""
    return "GR" if number.startswith("EL") else number[:2]


class VatNumberUnusable(Invalid):
    """This is no VAT number of a country of the EU."""
