"""What a call may raise: a refusal of the shop, or that there was no answer from it."""

from typing import Any, get_type_hints

import msgspec

from trastienda_client.schemas import Fault

_KINDS: dict[str, type["Refusal"]] = {}


class Refusal(Exception):
    """The shop refused a call. Each problem is a subclass with facts of its own.

    A problem that only shops newer than this client know is a plain `Refusal`.
    """

    type: str
    """Which problem, such as `/problems/cart-full`."""
    title: str
    """The same in words, in the language that was asked for."""
    status: int
    instance: str
    """The number of the request, which is also in the shop's log."""
    detail: str | None
    errors: list[Fault]
    """Which fields of the body are wrong, and why."""
    facts: dict[str, Any]
    """The whole problem, as it was sent."""

    def __init_subclass__(cls, type: str, **more: Any) -> None:  # noqa: A002, ANN401 - as in JSON
        super().__init_subclass__(**more)
        cls.type = type
        _KINDS[type] = cls

    def __init__(self, facts: dict[str, Any]) -> None:
        """Take a problem (RFC 9457); what has another form than this client knows becomes None."""
        super().__init__(facts.get("title"))
        self.facts = facts
        for name, kind in _fields(type(self)).items():
            setattr(self, name, _converted(facts.get(name, [] if name == "errors" else None), kind))


class NoAnswer(Exception):
    """There was no answer from the shop: the network failed, or a proxy answered in its place.

    Whether a call that is not repeatable had its effect is unknown. `status` is that of a proxy.
    """

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


def refusal(facts: dict[str, Any]) -> Refusal:
    """Return the exception for a problem."""
    return _KINDS.get(str(facts.get("type")), Refusal)(facts)


def _fields(kind: type[Refusal]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {name: it for name, it in hints.items() if name != "facts"}


def _converted(value: object, kind: Any) -> Any:  # noqa: ANN401 - any JSON
    try:
        return msgspec.convert(value, kind | None)
    except msgspec.ValidationError:
        return None
