"""VAT numbers of the European Union: their form and check digits (python-stdnum).

Only a country's register knows whether a number is in force: see `services/taxes/vat_checks.py`.
"""

from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from trastienda.errors import Invalid

COUNTRIES = frozenset(code.upper() for code in vat.MEMBER_STATES) - {"XI"}
"""The members of the EU, ISO 3166-1 alpha-2. XI, of Northern Ireland's numbers, is no country."""


def compacted(number: str, pointer: str) -> str:
    """Return a VAT number without spaces and dots, its country first. Raise VatNumberUnusable."""
    try:
        return str(vat.validate(number))
    except ValidationError as error:
        raise VatNumberUnusable(pointer=pointer) from error


def country(number: str) -> str:
    """Return the country of a compacted VAT number, ISO 3166-1 alpha-2."""
    return "GR" if number.startswith("EL") else number[:2]


class VatNumberUnusable(Invalid):
    """This is no VAT number of a country of the EU."""
