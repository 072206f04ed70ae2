"""What clients read of an error: its kind, and its title, in Spanish from here."""

import re
from functools import cache
from inspect import cleandoc

from trastienda.database.models.text import Locale
from trastienda.errors import ShopError

SPANISH = {
    "AddressTooLong": "La ruta o la consulta es más larga de lo que acepta este servidor.",
    "AddressUnusable": "Esta dirección de correo no se puede usar.",
    "BodyTooLarge": "El cuerpo es más grande de lo que acepta este servidor.",
    "Conflict": "La petición era correcta; el estado de la tienda no la permite.",
    "CsrfTokenWrong": "Falta la cabecera X-CSRF-Token o no es correcta; pídala con GET "
    "/v1/session.",
    "DatabaseAway": "No se puede acceder a la base de datos; inténtelo de nuevo.",
    "DatabaseBehind": "La base de datos aún no está al día.",
    "ForCustomers": "Solo pueden hacerlo personas que han iniciado sesión, no claves de API.",
    "Forbidden": "Sabemos quién es, y no tiene permiso para esto.",
    "ForeignOrigin": "La petición viene de una página de otro sitio.",
    "HeadersTooLarge": "Hay más cabeceras, o más largas, de lo que acepta este servidor.",
    "Invalid": "El valor tiene la forma correcta, pero no se puede aceptar.",
    "InvalidCredentials": "Ninguna cuenta tiene esta dirección y esta contraseña.",
    "InvalidRequest": "La petición no tiene la forma que se pide.",
    "InvalidText": "El texto debe ser UTF-8 y no contener el carácter NUL.",
    "KeyAllowsNothing": "Una clave necesita un rol o al menos un permiso.",
    "KeyNameUnusable": "El nombre de una clave tiene de 1 a 200 caracteres.",
    "KeyNotFound": "Esa clave no existe o ya está revocada.",
    "LogInFirst": "Para esto, inicie sesión o envíe una clave de API.",
    "Malformed": "La petición no se entiende.",
    "MalformedJson": "El cuerpo no es JSON.",
    "MethodNotAllowed": "Esta dirección no admite ese método.",
    "NestedTooDeep": "El cuerpo tiene más niveles de los que aquí podrían significar algo.",
    "NoSuchAddress": "No hay nada en esta dirección.",
    "NoSuchPicture": "Esa imagen no existe.",
    "NotAllowed": "Su rol o su clave no lo permite.",
    "NotFound": "No existe, o no es suyo.",
    "PasswordTooCommon": "Esta contraseña es de las primeras que cualquiera probaría; elija otra.",
    "PaymentRefused": "El pago fue rechazado.",
    "ScopeOutsideRole": "El rol no tiene ese permiso.",
    "ScopeUnknown": "Ese permiso no existe.",
    "SeedTaken": "Los nombres de los productos generados ya los llevan otros: los suyos, o los de "
    "otra semilla.",
    "SessionNotFound": "No existe esa sesión.",
    "ShopError": "Algo salió mal.",
    "SlowDown": "Ha habido demasiados intentos; espere un poco antes del siguiente.",
    "Stale": "Otra persona lo cambió después de que usted lo leyera.",
    "TooMany": "Demasiadas peticiones; espere un poco.",
    "TooManyLogins": "Muchas personas están iniciando sesión en este momento; inténtelo de nuevo.",
    "Unauthenticated": "Identifíquese primero.",
    "Unavailable": "Algo de lo que dependemos no respondió. Puede intentarlo de nuevo.",
    "Unexpected": "Algo salió mal por nuestra parte.",
    "UnknownHost": "Este servidor no responde a ese nombre.",
    "UnknownParameter": "Aquí no existe ese parámetro de consulta.",
    "VerificationExpired": "El enlace no es válido, ya se usó o es demasiado antiguo; regístrese "
    "otra vez para recibir otro.",
    "WrongContentType": "El cuerpo debe ser JSON, anunciado como application/json.",
    "WrongKey": "La clave de API no es válida o ya no lo es.",
    "WrongLength": "Content-Length no es un número.",
}


def kind(problem: type[ShopError]) -> str:
    """Return the problem's type, `/problems/out-of-stock` for OutOfStock."""
    return _kebab(problem.__name__)


def title(problem: type[ShopError], locale: Locale) -> str:
    """Return the title of an error class: the first paragraph of its docstring, or its Spanish."""
    if locale is Locale.SPANISH:
        return SPANISH[problem.__name__]
    return _first_paragraph(problem.__doc__ or "")


@cache
def _kebab(name: str) -> str:
    return "/problems/" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()


@cache
def _first_paragraph(text: str) -> str:
    return cleandoc(text).partition("\n\n")[0].replace("\n", " ")
