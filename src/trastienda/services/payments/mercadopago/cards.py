"""Cards that the widget of Mercado Pago has taken, and what is asked for with one."""

from decimal import Decimal
from typing import Any

from trastienda.services.payments.mercadopago.records import Card
from trastienda.services.payments.port import Charge, TokenUnusable
from trastienda.services.payments.remote.reading import Nonsense, decoded


def asked(charge: Charge, value: Decimal) -> dict[str, Any]:
    """Say what is asked for when a card pays: the same each time, since the key is the same."""
    given = card(charge.token or "")
    payer: dict[str, Any] = {"email": charge.email}
    if given.payer and given.payer.identification:
        payer["identification"] = given.payer.identification
    wanted: dict[str, Any] = {
        "transaction_amount": value,
        "token": given.token,
        "payment_method_id": given.payment_method_id,
        "installments": given.installments,
        "payer": payer,
        "capture": charge.capture,
        "external_reference": str(charge.payment_id),
        "three_d_secure_mode": "optional",
    }
    if given.issuer_id is not None:
        wanted["issuer_id"] = given.issuer_id
    return wanted


def card(token: str) -> Card:
    """Read what the widget gave. Raise TokenUnusable."""
    try:
        return decoded(token, Card)
    except Nonsense as nonsense:
        raise TokenUnusable(pointer="/payment/token", known=[]) from nonsense
