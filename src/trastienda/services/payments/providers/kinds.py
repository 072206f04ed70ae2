"""The kinds of payment providers: one entry here, and one class that takes an `Account`."""

import re
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from trastienda.database.models.payments.provider import (
    ProviderFieldMissing,
    ProviderFieldUnknown,
    ProviderFieldUnusable,
    ProviderMode,
)
from trastienda.services.payments.port import Account, AccountProvider

Open = Callable[[Account], AccountProvider]


class Field(NamedTuple):
    """A text that staff set."""

    pattern: re.Pattern[str]
    """What the whole of it looks like; its group `mode`, if it has one, says `live` or `test`."""
    required: bool = True


class Kind(NamedTuple):
    """A kind of provider."""

    path: str
    """Its class, as `module:Class`: a shop without such a provider does not load its SDK."""
    credentials: Mapping[str, Field]
    """What staff write and never read back."""
    options: Mapping[str, Field] = {}
    """What staff also read."""

    def load(self) -> Open:
        """Import the class."""
        module, _, name = self.path.partition(":")
        opener: Open = getattr(import_module(module), name)
        return opener

    def check(
        self, credentials: Mapping[str, str], options: Mapping[str, str], mode: ProviderMode
    ) -> None:
        """Raise ProviderFieldUnknown, ProviderFieldMissing or ProviderFieldUnusable.

        The errors name the field, and never what was written into it.
        """
        _check(self.credentials, credentials, mode, "/credentials")
        _check(self.options, options, mode, "/options")


Kinds = Mapping[str, Kind]


def _check(
    fields: Mapping[str, Field], given: Mapping[str, str], mode: ProviderMode, pointer: str
) -> None:
    for name in given:
        if name not in fields:
            raise ProviderFieldUnknown(pointer=f"{pointer}/{_escaped(name)}", known=sorted(fields))
    for name, field in fields.items():
        facts: dict[str, Any] = {"pointer": f"{pointer}/{name}"}
        if name not in given and field.required:
            raise ProviderFieldMissing(**facts)
        if name in given and not _fits(field.pattern.fullmatch(given[name]), mode):
            raise ProviderFieldUnusable(**facts)


def _fits(found: re.Match[str] | None, mode: ProviderMode) -> bool:
    """Say whether a text looks as it should, and is of this mode if it names one."""
    named = found and found.groupdict().get("mode")
    return found is not None and (named is None or named.lower() == mode.value)


def _escaped(name: str) -> str:
    """Write a name as a part of a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


_MERCADO_PAGO = re.compile(r"(?:APP_USR|(?P<mode>(?i:test)))-[A-Za-z0-9_-]{6,250}")
"""Test accounts have keys of both forms, live ones of the first alone."""
KINDS: Kinds = {
    "mercadopago": Kind(
        "trastienda.services.payments.mercadopago.provider:MercadoPago",
        {
            "access_token": Field(_MERCADO_PAGO),
            "webhook_secret": Field(re.compile(r"[!-~]{16,250}")),
        },
        {
            "public_key": Field(_MERCADO_PAGO),
            "country": Field(re.compile(r"AR|BR|CL|CO|MX|PE|UY")),
        },
    ),
    "paypal": Kind(
        "trastienda.services.payments.paypal.provider:PayPal",
        {
            "client_id": Field(re.compile(r"[A-Za-z0-9_-]{16,250}")),
            "client_secret": Field(re.compile(r"[A-Za-z0-9_-]{16,250}")),
        },
        {"webhook_id": Field(re.compile(r"[A-Za-z0-9-]{8,64}"))},
    ),
    "stripe": Kind(
        "trastienda.services.payments.stripe.client:Stripe",
        {
            "secret_key": Field(re.compile(r"(sk|rk)_(?P<mode>live|test)_[A-Za-z0-9_]{8,250}")),
            "publishable_key": Field(re.compile(r"pk_(?P<mode>live|test)_[A-Za-z0-9_]{8,250}")),
            "webhook_secret": Field(re.compile(r"whsec_[A-Za-z0-9+/=_-]{8,250}")),
        },
        {"setup_future_usage": Field(re.compile(r"on_session|off_session"), required=False)},
    ),
}
"""By the name that staff write."""
