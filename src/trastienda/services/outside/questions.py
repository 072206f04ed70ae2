"""The kinds of questions, which service answers each, and how long answers are valid. Pure."""

from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

import msgspec

from trastienda.schemas.outside.outside import (
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
    """For so long the question is not asked again."""
    usable: timedelta
    """For so long the last answer is used if the service fails."""


_KINDS: dict[type[Question], Kind] = {
    TaxQuestion: Kind(TAX, TaxAnswer, timedelta(minutes=15), timedelta(hours=24)),
    CourierQuestion: Kind(COURIER, CourierAnswer, timedelta(minutes=15), timedelta(hours=24)),
    VatQuestion: Kind(VAT, VatAnswer, timedelta(hours=24), timedelta(days=30)),
}
_encoder = msgspec.json.Encoder(order="deterministic")


def kind(question: Question) -> Kind:
    """Return the kind of a question: its service, and how long its answers are valid."""
    return _KINDS[type(question)]


def key(question: Question) -> bytes:
    """Return the SHA-256 of a question and its service."""
    service = kind(question).service
    return sha256(service.encode() + b"\n" + _encoder.encode(question)).digest()


def lifetime(question: Question, answer: Answer) -> tuple[timedelta, timedelta]:
    """Return for how long an answer is fresh, and for how long it is usable.

    An invalid VAT number may be registered any day, so that answer is only used while fresh.
    """
    its = kind(question)
    if isinstance(answer, VatAnswer) and not answer.valid:
        return timedelta(minutes=5), timedelta(minutes=5)
    return its.fresh, its.usable


def understood(question: Question, body: bytes) -> Answer:
    """Parse an answer. Raise Nonsense if it does not answer this question."""
    try:
        answer: Answer = msgspec.json.decode(body, type=kind(question).answers)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Nonsense from error
    if isinstance(question, TaxQuestion) and isinstance(answer, TaxAnswer):
        silent = set(question.tax_classes) - set(answer.rates)
        if silent:  # a missing rate must not become no tax
            raise Nonsense
    return answer


class Nonsense(Exception):
    """The answer does not follow the protocol."""
