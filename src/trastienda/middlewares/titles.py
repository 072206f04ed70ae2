"""What clients read of each error: English from the class, Spanish from here."""

from inspect import cleandoc

from trastienda.errors import ShopError
from trastienda.middlewares.locale import Locale

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


def title(problem: type[ShopError], locale: Locale) -> str:
    """Return the title of an error class: the first paragraph of its docstring, or its Spanish."""
    if locale is Locale.ES:
        return SPANISH[problem.__name__]
    return cleandoc(problem.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
