"""What clients read of an error: its kind, and its title, in Spanish from here."""

import re
from functools import cache
from inspect import cleandoc

from trastienda.database.models.text import Locale
from trastienda.errors import ShopError

SPANISH = {
    "AddressTooLong": "La ruta o la consulta es más larga de lo que acepta este servidor.",
    "BodyTooLarge": "El cuerpo es más grande de lo que acepta este servidor.",
    "Conflict": "La petición era correcta; el estado de la tienda no la permite.",
    "DatabaseAway": "No se puede acceder a la base de datos; inténtelo de nuevo.",
    "DatabaseBehind": "La base de datos aún no está al día.",
    "Forbidden": "Sabemos quién es, y no tiene permiso para esto.",
    "HeadersTooLarge": "Hay más cabeceras, o más largas, de lo que acepta este servidor.",
    "Invalid": "El valor tiene la forma correcta, pero no se puede aceptar.",
    "InvalidRequest": "La petición no tiene la forma que se pide.",
    "InvalidText": "El texto debe ser UTF-8 y no contener el carácter NUL.",
    "Malformed": "La petición no se entiende.",
    "MalformedJson": "El cuerpo no es JSON.",
    "MethodNotAllowed": "Aquí hay algo, pero no admite ese método.",
    "NestedTooDeep": "El cuerpo tiene más niveles de los que aquí podrían significar algo.",
    "NoSuchAddress": "No hay nada en esta dirección.",
    "NotFound": "No existe, o no es suyo.",
    "PaymentRefused": "El pago fue rechazado.",
    "ShopError": "Algo salió mal.",
    "Stale": "Otra persona lo cambió después de que usted lo leyera.",
    "TooMany": "Demasiadas peticiones; espere un poco.",
    "Unauthenticated": "Identifíquese primero.",
    "Unavailable": "Algo de lo que dependemos no respondió. Puede intentarlo de nuevo.",
    "Unexpected": "Algo salió mal por nuestra parte.",
    "UnknownHost": "Aquí ninguna tienda responde a ese nombre.",
    "UnknownParameter": "Aquí no existe ese parámetro de consulta.",
    "WrongContentType": "El cuerpo debe ser JSON, anunciado como application/json.",
    "WrongLength": "Content-Length no es un número.",
}


def kind(problem: type[ShopError]) -> str:
    """Return the problem's type, `/problems/out-of-stock` for OutOfStock."""
    return _kebab(problem.__name__)


def title(problem: type[ShopError], locale: Locale) -> str:
    """Return the title of an error class: the first paragraph of its docstring, or its Spanish."""
    english = _first_paragraph(problem.__doc__ or "")
    return SPANISH.get(problem.__name__, english) if locale is Locale.SPANISH else english


@cache
def _kebab(name: str) -> str:
    return "/problems/" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


@cache
def _first_paragraph(text: str) -> str:
    return cleandoc(text).partition("\n\n")[0].replace("\n", " ")
