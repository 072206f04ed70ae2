"""What can be asked, of whom, and for how long an answer is good. Pure."""

from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

import msgspec

from trastienda.schemas.outside import (
    Answer,
    CourierAnswer,
    CourierQuestion,
    Question,
    TaxAnswer,
    TaxQuestion,
    VatAnswer,
    VatQuestion,
)

TAX, COURIER, VAT = "tax", "courier", "vat"


class Kind(NamedTuple):
    service: str
    answers: type[Answer]
    fresh: timedelta
    """Nobody is asked again."""
    usable: timedelta
    """If the service fails, its last answer holds so long."""


_KINDS: dict[type[Question], Kind] = {
    TaxQuestion: Kind(TAX, TaxAnswer, timedelta(minutes=15), timedelta(hours=24)),
    CourierQuestion: Kind(COURIER, CourierAnswer, timedelta(minutes=15), timedelta(hours=24)),
    VatQuestion: Kind(VAT, VatAnswer, timedelta(hours=24), timedelta(days=30)),
}
_encoder = msgspec.json.Encoder(order="deterministic")


def kind(question: Question) -> Kind:
    return _KINDS[type(question)]


def key(question: Question) -> bytes:
    """Return the SHA-256 of a question and of whom it is for."""
    service = kind(question).service
    return sha256(service.encode() + b"\n" + _encoder.encode(question)).digest()


def lifetime(question: Question, answer: Answer) -> tuple[timedelta, timedelta]:
    """Return for how long an answer is fresh, and for how long it is usable.

    That a number is not in force may be mended any day, so it does not outlive its freshness.
    """
    its = kind(question)
    if isinstance(answer, VatAnswer) and not answer.valid:
        return timedelta(minutes=5), timedelta(minutes=5)
    return its.fresh, its.usable


def understood(question: Question, body: bytes) -> Answer:
    """Read an answer. Raise Nonsense when it is none to this question."""
    try:
        answer: Answer = msgspec.json.decode(body, type=kind(question).answers)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Nonsense from error
    if isinstance(question, TaxQuestion) and isinstance(answer, TaxAnswer):
        silent = set(question.tax_classes) - set(answer.rates)
        if silent:  # a class without a rate is not a class without tax
            raise Nonsense
    return answer


class Nonsense(Exception):
    """The answer does not follow the protocol."""
