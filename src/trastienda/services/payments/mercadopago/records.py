"""What Mercado Pago writes, and what its widget gives the buyer's browser."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

import msgspec
from msgspec import Meta

Word = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.\-]+$")]


class Identification(msgspec.Struct):
    """A document of the buyer, where a country asks for one."""

    type: Word
    number: Word


class CardPayer(msgspec.Struct):
    identification: Identification | None = None


class Card(msgspec.Struct):
    """What the Card Payment Brick gives to `onSubmit`; its amount and email are not used."""

    token: Word
    payment_method_id: Word
    installments: Annotated[int, Meta(ge=1, le=99)] = 1
    issuer_id: Word | int | None = None
    payer: CardPayer | None = None


class Challenge(msgspec.Struct):
    """A 3-D Secure challenge: the browser posts `creq` to the address, in a frame."""

    external_resource_url: str | None = None
    creq: str | None = None


class MercadoPayment(msgspec.Struct):
    """A payment. A capture of a part changes its `transaction_amount`."""

    id: int
    status: str
    transaction_amount: Decimal
    currency_id: str
    live_mode: bool = True
    """Whether real money moves."""
    status_detail: str | None = None
    external_reference: str | None = None
    date_created: datetime | None = None
    date_of_expiration: datetime | None = None
    three_ds_info: Challenge | None = None


class Preference(msgspec.Struct):
    """A page on which the buyer pays."""

    id: str
    init_point: str
    """Its address."""
    external_reference: str | None = None
    expires: bool = False
    expiration_date_to: datetime | None = None


class Found(msgspec.Struct):
    """What a search finds."""

    results: list[MercadoPayment]


class MercadoRefund(msgspec.Struct):
    id: int
    status: str | None = None
    amount: Decimal | None = None
    date_created: datetime | None = None


class Cause(msgspec.Struct):
    code: int | str | None = None


class Problem(msgspec.Struct):
    """An error that Mercado Pago itself has written."""

    error: str | None = None
    message: str | None = None
    cause: list[Cause] | Cause | None = None

    @property
    def word(self) -> str | None:
        """The most precise word for what is wrong."""
        causes = self.cause if isinstance(self.cause, list) else [self.cause]
        codes = [str(it.code) for it in causes if it is not None and it.code is not None]
        return codes[0] if codes else self.error or None


class Subject(msgspec.Struct):
    id: str | int | None = None


class Event(msgspec.Struct):
    """The body of a webhook, which nobody has signed."""

    type: str = ""
    action: str = ""
    data: Subject | None = None
