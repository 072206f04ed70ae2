"""A form that was sent: its fields, what is wrong with them, and the key that makes it one post."""

import re
import secrets
from collections.abc import Awaitable, Mapping
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

import msgspec
from babel.numbers import NumberFormatError, parse_decimal
from litestar import Request
from litestar.types import Scope

from trastienda.database.db import Once, reading, utcnow
from trastienda.database.models.shared.text import Locale
from trastienda.errors import (
    Conflict,
    Invalid,
    Malformed,
    NotFound,
    PaymentRefused,
    ShopError,
    Stale,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from trastienda.handlers.pages import fields, language
from trastienda.handlers.shared.context import KEY, SHORTEST_ANONYMOUS, KeyUnusable
from trastienda.middlewares.answers import faults
from trastienda.middlewares.answers.errors import status_of
from trastienda.middlewares.requests import form_bodies
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.problem import Fault
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.shared import currencies
from trastienda.services.shared.idempotency import IdempotencyKey, KeyInUse, Replayed
from trastienda.titles import title

S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")
KEY_FIELD = "key"
NOT_SAID_AGAIN = frozenset({form_bodies.TOKEN, KEY_FIELD})
UNPROCESSABLE = 422
NOTHING = b"null"
"""What stands for the answer of work that has none."""
WRITTEN = re.compile(r"[0-9.,' -]+")

Refusal = (
    Conflict,
    Invalid,
    Malformed,
    NotFound,
    PaymentRefused,
    Stale,
    TooMany,
    Unauthenticated,
    Unavailable,
)
"""What a page answers by showing its form again; anything else has a page of its own."""
UNDECIDED = (KeyInUse, TooMany, Unavailable)
"""After these a form keeps its key: the post may have had an effect, or may still have one."""


class FormIncomplete(Invalid):
    """Some fields need another look."""


class AmountUnreadable(Invalid):
    """This is not an amount of money, such as 12.50."""


class Form:
    """The fields of a form, as they were sent or as they are first shown."""

    def __init__(self, pairs: form_bodies.Fields | None = None, /, **values: object) -> None:
        """Take what was sent, or the values to begin with."""
        self.pairs = pairs or [(name, str(it)) for name, it in values.items() if it is not None]
        self.errors: dict[str, str] = {}
        """Sentences by the name of the field."""
        self.refusal: str | None = None
        """What stands above the form."""
        self.problem: ShopError | None = None
        self.status = 200

    def get(self, name: str, default: object = "") -> str:
        """Return the last value of a field."""
        return next(
            (text for it, text in reversed(self.pairs) if it == name),
            "" if default is None else str(default),
        )

    def all(self, name: str) -> list[str]:
        return [text for it, text in self.pairs if it == name]

    def error(self, name: str) -> str | None:
        return self.errors.get(name)

    def to(self, kind: type[S], below: str = "", **more: object) -> S:
        """Return the struct that a controller takes. Raise FormIncomplete with every fault.

        `below` is the name under which its fields stand; `more` are texts in addition to the form.
        """
        start = f"{below}/" if below else ""
        own = [(it[len(start) :], text) for it, text in self.pairs if it.startswith(start)]
        own += [(name, str(text)) for name, text in more.items() if text is not None]
        made, wrong = fields.struct(kind, fields.tree(own))
        if made is None:
            at = f"/{below}" if below else ""
            raise FormIncomplete(
                errors=[msgspec.structs.replace(it, pointer=at + it.pointer) for it in wrong]
            )
        return made

    def amount(self, name: str, currency: str, locale: Locale) -> int:
        """Return an amount of money that people typed, in minor units. Raise AmountUnreadable."""
        return amount(self.get(name), currency, locale, pointer=f"/{name}")

    def refuse(self, problem: ShopError, locale: Locale, below: str = "") -> "Form":
        """Note what was refused: sentences beside the fields that it names, and above the form.

        `below` is the name under which the fields stand that the controller was given.
        """
        self.problem, self.status = problem, _status(problem)
        found = problem.facts.get("errors")
        sentence = title(type(problem), locale)
        for it in found if isinstance(found, list) else ():
            if isinstance(it, Fault):
                self.errors.setdefault(_named(it.pointer, below), faults.said(it, locale).detail)
        if pointer := problem.facts.get("pointer"):
            self.errors.setdefault(_named(str(pointer), below), sentence)
        self.refusal = sentence
        if not isinstance(problem, UNDECIDED):  # it had no effect: the next post is another one
            self.pairs = [(name, text) for name, text in self.pairs if name != KEY_FIELD]
        return self

    @property
    def key(self) -> str:
        """The idempotency key of this form: the one that it was shown with, or a new one."""
        return self.get(KEY_FIELD) or fresh_key()


def amount(text: str, currency: str, locale: Locale, *, pointer: str) -> int:
    """Read an amount of money as people of a language write it. Raise AmountUnreadable."""
    digits = currencies.digits(currency)
    try:
        value: Decimal = parse_decimal(text.strip(), locale=locale.value, strict=True)
    except (NumberFormatError, InvalidOperation):
        value = _machine_written(text)
    minor = value.scaleb(digits) if value.is_finite() else value
    if not WRITTEN.fullmatch(text) or not minor.is_finite() or minor != minor.to_integral_value():
        raise AmountUnreadable(pointer=pointer)
    return int(minor)


def _machine_written(text: str) -> Decimal:
    """Read `12.50` in every language: it is never a thousands separator before two digits."""
    whole, dot, part = text.strip().partition(".")
    if dot and whole.lstrip("-").isdecimal() and part.isdecimal() and len(part) != 3:  # noqa: PLR2004
        return Decimal(f"{whole}.{part}")
    return Decimal("NaN")


def fresh_key() -> str:
    return secrets.token_urlsafe(24)


def sent(request: Request[Any, Any, Any]) -> Form:
    """Return the form of a request."""
    return Form(list(form_bodies.fields(request.scope)))


def context(request: Request[Any, Any, Any], visitor: Visitor, form: Form | None = None) -> Context:
    """Return the context of a page: like the API's, but the idempotency key is a field."""
    return Context(
        asked_at=utcnow(),
        locale=language.of(request.scope),
        seen=_version(form),
        once=_once(request.scope, visitor, form) if form and form.get(KEY_FIELD) else None,
        by=visitor.actor,
        limited=request.app.state.counter is not None,
    )


def _version(form: Form | None) -> int | None:
    text = form.get("version") if form else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None  # noqa: PLR2004


def _once(scope: Scope, visitor: Visitor, form: Form) -> IdempotencyKey:
    key, owner = form.get(KEY_FIELD), visitor.user_id or visitor.key_id
    if not KEY.fullmatch(key) or len(key) < SHORTEST_ANONYMOUS:
        raise KeyUnusable
    asked = f"page {scope['path']}"
    said = [[name, text] for name, text in form.pairs if name not in NOT_SAID_AGAIN]
    digest = sha256(asked.encode() + msgspec.json.encode(said)).digest()
    return IdempotencyKey((str(owner) if owner else asked, key), digest, 200, utcnow())


async def once(work: Awaitable[T], kind: type[T]) -> T:
    """Return what a controller returns, also when a form that was sent before comes again."""
    try:
        return await work
    except Replayed as before:
        return msgspec.json.decode(before.answer or NOTHING, type=kind)


async def done_before(once: Once | None) -> bool:
    """Say whether a form was sent before and had its effect. Raise KeyReused."""
    if not isinstance(once, IdempotencyKey):
        return False
    async with reading() as session:
        try:
            await once.recall(session)
        except Replayed:
            return True
    return False


def _named(pointer: str, below: str) -> str:
    """Return the name of the field that a pointer means."""
    name = pointer.lstrip("/")
    return name if not below or name.startswith(f"{below}/") else f"{below}/{name}"


def _status(problem: ShopError) -> int:
    """Return the status of a form that is shown again; a fault of shape is one of its fields."""
    return UNPROCESSABLE if isinstance(problem, Malformed) else status_of(type(problem))


class Choice(NamedTuple):
    """A value that may be chosen, and how it is called."""

    value: str
    label: str


def choices(pairs: Mapping[str, str]) -> list[Choice]:
    return [Choice(value, label) for value, label in pairs.items()]
