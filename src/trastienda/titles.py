"""What clients read of an error: its kind, and its title, in Spanish from here."""

import re
from functools import cache
from inspect import cleandoc

from trastienda.database.models.text import Locale
from trastienda.errors import ShopError

SPANISH = {
    "AddressSuppressed": (
        "Las cartas a esta dirección vuelven; quítela antes de la lista de direcciones suprimidas."
    ),
    "AddressTooLong": "La ruta o la consulta es más larga de lo que acepta este servidor.",
    "AddressUnusable": "Esta dirección de correo no se puede usar.",
    "BodyTooLarge": "El cuerpo es más grande de lo que acepta este servidor.",
    "BounceTooLarge": "El aviso de un servidor de correo tiene como máximo 256 KiB.",
    "BounceUnreadable": (
        "Esto no es el aviso de un servidor de correo sobre una carta (RFC 3464)."
    ),
    "CartChanged": "El carrito ha cambiado desde que lo leyó.",
    "CartClosed": "Este carrito ya es un pedido y no puede cambiar.",
    "CartEmpty": "El carrito está vacío.",
    "CartFull": "Un carrito tiene como máximo 200 líneas.",
    "CartLineNotFound": "No existe esa línea en este carrito.",
    "CartNotFound": "No existe ese carrito.",
    "CartNotReady": "Todavía no se puede hacer el pedido de este carrito.",
    "CategoriesFull": "La tienda admite como máximo 1.000 categorías.",
    "CategoryChanged": "La categoría ha cambiado desde que usted la leyó.",
    "CategoryInsideItself": "Una categoría no puede estar dentro de sí misma ni de otra suya.",
    "CategoryNotEmpty": "Dentro de esta categoría hay otras; muévalas o elimínelas primero.",
    "CategoryNotFound": "No existe esa categoría.",
    "CategorySlugTaken": "Otra categoría tiene este slug.",
    "CategoryTooDeep": "Las categorías admiten como máximo 10 niveles.",
    "CategoryUnknown": "No existe esa categoría.",
    "ChannelChanged": "Los ajustes han cambiado desde que usted los leyó.",
    "CheckoutInProgress": (
        "Hay un pago en curso para este carrito; inténtelo de nuevo en un momento."
    ),
    "Conflict": "La petición era correcta; el estado de la tienda no la permite.",
    "CostWithoutPrice": "Un coste necesita un precio en la misma moneda.",
    "CountryNotServed": "No hacemos envíos a este país.",
    "CountryUnknown": "No existe ese país (ISO 3166-1 alfa-2).",
    "CouponChanged": "El cupón ha cambiado desde que usted lo leyó.",
    "CouponCodeTaken": "Otro cupón tiene este código.",
    "CouponCodesShort": "No hay tantos códigos distintos de esta longitud; alárguela.",
    "CouponExpired": "Este código ya no es válido.",
    "CouponForFirstOrder": "Este código es solo para un primer pedido.",
    "CouponForOtherCurrency": "Este código no tiene valor en la moneda del carrito.",
    "CouponForOtherCustomers": "Este código es para otros clientes; inicie sesión si es suyo.",
    "CouponForOtherGoods": "En el carrito no hay nada para lo que sirva este código.",
    "CouponGiftMissing": "Ponga en el carrito el regalo de este código para llevárselo gratis.",
    "CouponMinimumNotReached": "El carrito no llega al mínimo de este código.",
    "CouponNotCombined": "Este código no se combina con otra promoción que actúa en este carrito.",
    "CouponNotFound": "Esta promoción no tiene ese cupón.",
    "CouponNotInCart": "Ese código no está en este carrito.",
    "CouponNotNow": "Este código vale otros días o a otras horas.",
    "CouponNotYetValid": "Este código todavía no es válido.",
    "CouponQuantityNotReached": "En el carrito hay muy pocas unidades para este código.",
    "CouponTakesNothing": "Este código no descuenta nada en este carrito.",
    "CouponUnknown": "No existe ese código, o no está en uso.",
    "CouponUsedUp": "Este código se ha agotado.",
    "CouponUsedUpByYou": "Ya ha usado este código tantas veces como puede un cliente.",
    "CouponsFull": "Un carrito admite como máximo 10 códigos.",
    "CouponsOfOthers": "Solo las promociones que se activan con cupón tienen códigos.",
    "CourierMissing": "No hay conectada ninguna empresa de transporte a la que pedir precios.",
    "CourierServiceMissing": "Esta tarifa necesita el servicio que se pide (`courier`).",
    "CourierUnavailable": (
        "La empresa de transporte no da su precio ahora; inténtelo de nuevo o elija otro envío."
    ),
    "CsrfTokenWrong": (
        "Falta la cabecera X-CSRF-Token o no es correcta; pídala con GET /v1/session."
    ),
    "CurrencyUnknown": "La tienda no vende en esta moneda.",
    "CursorUnusable": "Este cursor no es de esta lista con este orden y estos filtros.",
    "CustomerGroupChanged": "El grupo de clientes ha cambiado desde que usted lo leyó.",
    "CustomerGroupCodeTaken": "Otro grupo de clientes tiene este código.",
    "CustomerGroupInUse": "Hay promociones o tarifas que dependen de este grupo.",
    "CustomerGroupNotFound": "No existe ese grupo de clientes.",
    "CustomerUnknown": "No existe esa cuenta.",
    "DatabaseAway": "No se puede acceder a la base de datos; inténtelo de nuevo.",
    "DatabaseBehind": "La base de datos aún no está al día.",
    "DefaultCurrencyMissing": "La moneda predeterminada debe ser una de las que acepta la tienda.",
    "DeliveryNotFound": "No existe esa entrega, o ya no se guarda.",
    "EmailMissing": "Falta una dirección de correo.",
    "EventNotFound": "No existe ese suceso, o ya no se conserva.",
    "EventTypeUnknown": "No existe ese tipo de suceso.",
    "ExchangeRateChanged": "El tipo de cambio ha cambiado desde que usted lo leyó.",
    "ForCustomers": "Solo pueden hacerlo personas que han iniciado sesión, no claves de API.",
    "Forbidden": "Sabemos quién es, y no tiene permiso para esto.",
    "ForeignOrigin": "La petición viene de una página de otro sitio.",
    "HeadersTooLarge": "Hay más cabeceras, o más largas, de lo que acepta este servidor.",
    "HostUnusable": "Un host es un nombre o una dirección, con puerto si hace falta.",
    "Invalid": "El valor tiene la forma correcta, pero no se puede aceptar.",
    "InvalidCredentials": "Ninguna cuenta tiene esta dirección y esta contraseña.",
    "InvalidRequest": "La petición no tiene la forma que se pide.",
    "InvalidText": "El texto debe ser UTF-8 y no contener el carácter NUL.",
    "JobNotFailed": "Solo se puede repetir un trabajo que ha fallado definitivamente.",
    "JobNotFound": "No existe ese trabajo, o ya se ha hecho.",
    "JobNotWaiting": "Solo se puede cancelar un trabajo que espera.",
    "KeyAllowsNothing": "Una clave necesita un rol o al menos un permiso.",
    "KeyInUse": "La primera petición con esta clave de idempotencia sigue en curso.",
    "KeyNameUnusable": "El nombre de una clave tiene de 1 a 200 caracteres.",
    "KeyNotFound": "Esa clave no existe o ya está revocada.",
    "KeyReused": "Esta clave de idempotencia se usó para otra petición.",
    "KeyUnusable": (
        "Una clave de idempotencia tiene de 1 a 255 caracteres "
        "ASCII visibles; una anónima, al menos 22."
    ),
    "LetterNotFound": "No existe esa carta.",
    "LetterOnItsWay": "La carta ya está en camino.",
    "LimitsCrossed": "El límite superior está por debajo del inferior.",
    "LineNotInOrder": "Este pedido no tiene esa línea.",
    "LinkUnusable": "El enlace no es válido o es demasiado antiguo.",
    "LocationChanged": "La ubicación ha cambiado desde que usted la leyó.",
    "LocationCodeTaken": "Otra ubicación tiene este código.",
    "LocationInUse": "Esta ubicación tiene o ha tenido existencias; su registro no se borra.",
    "LocationNotFound": "No existe esa ubicación.",
    "LogInFirst": "Para esto, inicie sesión o envíe una clave de API.",
    "MailDelayed": "El correo no se ha podido enviar por ahora.",
    "MailRefused": "El correo no se puede entregar.",
    "MainLocationNeeded": "La ubicación principal recibe las primeras existencias: no se elimina.",
    "Malformed": "La petición no se entiende.",
    "MalformedJson": "El cuerpo no es JSON.",
    "MemberNotFound": "Esa cuenta no está en este grupo.",
    "MethodNotAllowed": "Aquí hay algo, pero no admite ese método.",
    "MoreThanOrdered": "Se enviaría más de lo que se pidió.",
    "NestedTooDeep": "El cuerpo tiene más niveles de los que aquí podrían significar algo.",
    "NoChannel": "La tienda todavía no tiene ningún canal.",
    "NoSuchAddress": "No hay nada en esta dirección.",
    "NoSuchAsset": "No existe ese archivo.",
    "NoSuchCurrency": "No existe esa moneda (ISO 4217).",
    "NoSuchExchangeRate": "No hay ningún tipo de cambio a esta moneda.",
    "NoSuchLetter": "No existe esa carta.",
    "NoSuchPicture": "Esa imagen no existe.",
    "NoSuchPriceList": "No existe esa lista de precios.",
    "NoSuchShippingOption": "No existe esa forma de envío.",
    "NoSuchSku": "No existe ninguna variante con este SKU.",
    "NotAllowed": "Su rol o su clave no lo permite.",
    "NotForSale": "Esto ya no está a la venta.",
    "NotFound": "No existe, o no es suyo.",
    "NotInPriceList": "La lista de precios no tiene precio para este SKU.",
    "NothingKept": (
        "Este pedido es de antes de que la tienda guardara de dónde salen sus importes."
    ),
    "NothingMoved": "Un movimiento de nada no es un movimiento.",
    "NothingPromised": "Se envió más de lo reservado para este pedido.",
    "OptionsDoNotFit": (
        "Una variante nombra exactamente un valor conocido de "
        "cada opción, y no se repiten nombres ni valores."
    ),
    "OrderAlreadyFulfilled": "Parte de este pedido ya se ha enviado.",
    "OrderAlreadyPaid": "Este pedido ya está pagado.",
    "OrderChanged": "El pedido ha cambiado desde que lo leyó.",
    "OrderClosed": "Este pedido se ha cancelado.",
    "OrderNotFound": "No existe ese pedido.",
    "OriginUnusable": "Un origen es https:// y un host, con puerto si hace falta.",
    "OutOfStock": "No hay suficientes existencias.",
    "ParentUnknown": "No existe la categoría superior indicada.",
    "PasswordTooCommon": "Esta contraseña es de las primeras que cualquiera probaría; elija otra.",
    "PaymentDeclined": "El pago fue rechazado.",
    "PaymentRefused": "El pago fue rechazado.",
    "PeriodUnusable": "Un periodo termina después de empezar y está entre los años 2000 y 2200.",
    "PlaceholderUnknown": "No existe esa variable en esta carta.",
    "PositionUnknown": "Ningún suceso ha llegado hasta esta posición.",
    "PostalCodeUnusable": (
        "Escriba un código postal, el principio de varios (28*) o un tramo (28001-28080)."
    ),
    "PriceListChanged": "La lista de precios ha cambiado desde que usted la leyó.",
    "PriceListGroupUnknown": "No existe ese grupo de clientes.",
    "ProductChanged": "El producto ha cambiado desde que lo leyó.",
    "ProductNotFound": "No existe ese producto.",
    "PromotionChanged": "La promoción ha cambiado desde que usted la leyó.",
    "PromotionEndsTooSoon": "Una promoción termina después de empezar.",
    "PromotionHoursAlike": "Las horas de una promoción empiezan y terminan en momentos distintos.",
    "PromotionIncomplete": "A una promoción de este tipo le falta este campo.",
    "PromotionNotFound": "No existe esa promoción.",
    "PromotionUnclear": "A una promoción de este tipo no le sirve este campo.",
    "PromotionUsedUp": "Una promoción acaba de terminar o de agotarse; mire el carrito otra vez.",
    "ProviderUnknown": "La tienda no tiene esa forma de pago.",
    "QuantityTooLarge": "Una línea tiene como máximo 9999 unidades.",
    "RateIntoItself": "Un tipo de cambio es entre dos monedas.",
    "ReductionUpwards": "El precio antes de una rebaja es mayor que el precio, en la misma moneda.",
    "RelevanceNeedsQuery": "Para ordenar por relevancia hace falta una búsqueda (`q`).",
    "ReplayUnbounded": "Diga desde dónde: `after` una posición, o `from` un momento.",
    "SaleUnclear": "A una oferta del catálogo no le sirve esto; conoce sus artículos y sus fechas.",
    "ScopeOutsideRole": "El rol no tiene ese permiso.",
    "ScopeUnknown": "Ese permiso no existe.",
    "SeedTaken": (
        "Los nombres de los productos generados ya los llevan otros: "
        "los suyos, o los de otra semilla."
    ),
    "SessionNotFound": "No existe esa sesión.",
    "ShippingAddressMissing": "Falta la dirección de envío.",
    "ShippingOptionChanged": "La forma de envío ha cambiado desde que usted la leyó.",
    "ShippingOptionMissing": "Elija una forma de envío.",
    "ShippingOptionNotFound": "No existe esa forma de envío para este carrito.",
    "ShippingOptionUnavailable": "Esta forma de envío no está disponible para este carrito.",
    "ShippingPriceMissing": "La forma de envío no tiene precio en esta moneda.",
    "ShippingZoneUnknown": "No existe esa zona.",
    "ShopError": "Algo salió mal.",
    "SkuTaken": "Otra variante tiene este SKU.",
    "SkuUnknown": "No hay ningún artículo a la venta con ese SKU en esta moneda.",
    "SlowDown": "Ha habido demasiados intentos; espere un poco antes del siguiente.",
    "SlugNeeded": "De este nombre no sale una dirección: indique un slug.",
    "SlugTaken": "Otro producto tiene este slug.",
    "Stale": "Otra persona lo cambió después de que usted lo leyera.",
    "StandardClassNeeded": "Lo que no tiene otra clase de impuesto está en esta: se queda.",
    "StockNotFound": "No existe ese SKU, o no existe esa ubicación.",
    "StockPromised": "No se puede retirar tanto: el resto está reservado para compradores.",
    "SuppressionNotFound": "No existe esa dirección suprimida.",
    "TargetUnknown": "No hay nada con este nombre a lo que pueda referirse una promoción.",
    "TariffWithoutThis": "Esto no significa nada para la tarifa.",
    "TaxClassChanged": "La clase de impuesto ha cambiado desde que usted la leyó.",
    "TaxClassCodeTaken": "Otra clase de impuesto tiene este código.",
    "TaxClassInUse": (
        "Hay variantes, tipos o el envío de la tienda en esta clase de impuesto; cámbielos primero."
    ),
    "TaxClassNotFound": "No existe esa clase de impuesto, o ya no.",
    "TaxClassUnknown": "No existe esa clase de impuesto.",
    "TaxCountryMissing": "Para este ajuste hace falta el país de la tienda (`tax_country`).",
    "TaxEndsBeforeItStarts": "Un tipo de impuesto acaba después de empezar.",
    "TaxRateChanged": "El tipo de impuesto ha cambiado desde que usted lo leyó.",
    "TaxRateNotFound": "No existe ese tipo de impuesto.",
    "TaxRateTooHigh": "Los tipos de impuesto suman como máximo el 100 por ciento.",
    "TaxSourceUnavailable": "La tienda no tiene conectado ningún servicio de impuestos.",
    "TaxTimeUnusable": "Un tipo de impuesto empieza y acaba entre los años 1900 y 9000.",
    "TaxUnavailable": (
        "El impuesto de este destino no se puede consultar ahora; inténtelo de nuevo."
    ),
    "TaxUndecided": (
        "El impuesto de este destino no se puede calcular todavía; pregunte a la tienda."
    ),
    "TierRepeated": "Otro tramo empieza en el mismo umbral.",
    "TiersMissing": "Esta tarifa necesita tramos.",
    "TimeZoneUnknown": "No existe esa zona horaria (IANA).",
    "TokenUnusable": "Este token de pago no se puede usar.",
    "TooMany": "Demasiadas peticiones; espere un poco.",
    "TooManyLogins": "Muchas personas están iniciando sesión en este momento; inténtelo de nuevo.",
    "TooManyWaiting": (
        "Aquí esperan ya demasiados programas a que suceda algo; inténtelo de nuevo en un momento."
    ),
    "TotalChanged": "El total no es el que usted esperaba.",
    "TranslationDoesNotFit": (
        "Una traducción tiene tantas opciones y valores como el primer idioma."
    ),
    "Unauthenticated": "Identifíquese primero.",
    "Unavailable": "Algo de lo que dependemos no respondió. Puede intentarlo de nuevo.",
    "Unexpected": "Algo salió mal por nuestra parte.",
    "UnknownHost": "Aquí ninguna tienda responde a ese nombre.",
    "UnknownParameter": "Aquí no existe ese parámetro de consulta.",
    "UnsubscribeLinkWrong": "Este enlace no está completo; siga el de la carta.",
    "UsageLimitTooLow": "Ya se ha usado más veces que esas.",
    "VariantNotFound": "Ninguna variante tiene este SKU.",
    "VariantsAlike": "Dos variantes tienen las mismas opciones.",
    "VatNumberNotInForce": "El registro de su país no conoce este NIF-IVA.",
    "VatNumberUnusable": "Este no es un NIF-IVA de un país de la UE.",
    "VatRegisterAway": (
        "Los NIF-IVA no se pueden comprobar ahora; inténtelo de nuevo o déjelo en blanco."
    ),
    "VerificationExpired": (
        "El enlace no es válido, ya se usó o es demasiado "
        "antiguo; regístrese otra vez para recibir otro."
    ),
    "VersionUnreadable": "If-Match lleva una sola versión, tal como se dio en su ETag, o *.",
    "WebhookChanged": "El webhook ha cambiado desde que usted lo leyó.",
    "WebhookNotFound": "No existe ese webhook.",
    "WebhookTypeUnknown": (
        "No existe ese tipo de evento; `order.*` son todos los de una clase, `*` todos."
    ),
    "WebhookUrlUnusable": (
        "La dirección de un webhook es https://, de un host de internet, sin usuario ni fragmento."
    ),
    "WebhooksFull": "La tienda admite como máximo 100 webhooks.",
    "WordingChanged": "Las palabras de esta carta han cambiado desde que usted las leyó.",
    "WordingNotFound": "Esta carta no tiene palabras propias en este idioma.",
    "WrongContentType": "El cuerpo debe ser JSON, anunciado como application/json.",
    "WrongKey": "La clave de API no es válida o ya no lo es.",
    "WrongLength": "Content-Length no es un número.",
    "ZoneChanged": "La zona ha cambiado desde que usted la leyó.",
    "ZoneInUse": "Hay tipos de impuesto o formas de envío en esta zona; cámbielos primero.",
    "ZoneNameTaken": "Otra zona tiene este nombre.",
    "ZoneNotFound": "No existe esa zona.",
    "ZoneUnknown": "No existe esa zona.",
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
