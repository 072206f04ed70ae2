"""Payment providers as staff write and read them, and as buyers are offered them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.payments.provider import ProviderMode
from trastienda.schemas.shared.address import Country
from trastienda.schemas.shared.money import Currency
from trastienda.schemas.shared.naming import Position

ProviderName = Annotated[
    str,
    Meta(
        max_length=32,
        pattern=r"\A[a-z][a-z0-9]*(-[a-z0-9]+)*\Z",
        description="What payments, the address of its webhooks and the ledger call it; it never"
        " changes.",
        examples=["cards"],
    ),
]
KindName = Annotated[
    str, Meta(max_length=32, description="Which provider it is.", examples=["stripe"])
]
_FieldName = Annotated[str, Meta(max_length=64)]
_Secret = Annotated[str, Meta(min_length=1, max_length=8_000)]
Credentials = Annotated[
    dict[_FieldName, _Secret],
    Meta(
        max_length=20,
        description="The fields of its kind. They are encrypted, and never shown again.",
        examples=[{"secret_key": "sk_test_…"}],
    ),
]
CredentialChanges = Annotated[
    dict[_FieldName, _Secret | None],
    Meta(
        max_length=20,
        description="Those that are named are replaced, or with null taken away.",
        examples=[{"secret_key": "sk_test_…"}],
    ),
]
Hints = Annotated[
    dict[str, str],
    Meta(
        description="Which credentials are set, each with its last four characters at most.",
        examples=[{"secret_key": "…3f2a"}],
    ),
]
Options = Annotated[
    dict[_FieldName, Annotated[str, Meta(min_length=1, max_length=500)]],
    Meta(max_length=20, description="Options of its kind.", examples=[{}]),
]
ChannelSlugs = Annotated[
    list[Annotated[str, Meta(max_length=64)]],
    Meta(max_length=100, description="Where it is offered; none: in all.", examples=[["default"]]),
]
ProviderCountries = Annotated[
    list[Country],
    Meta(
        max_length=300,
        description="Of billing addresses that it is offered to; none: all.",
        examples=[["ES", "PT"]],
    ),
]
ProviderCurrencies = Annotated[
    list[Currency],
    Meta(
        max_length=200,
        description="Of carts that it is offered to; none: all that it takes.",
        examples=[["EUR"]],
    ),
]
Enabled = Annotated[
    bool,
    Meta(
        description="Whether it takes new payments. Those that it has taken go on in any case.",
        examples=[True],
    ),
]


class PaymentProviderDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    name: ProviderName
    kind: KindName
    mode: ProviderMode
    """Whether its credentials are for real money."""
    credentials: Credentials
    options: Options = {}
    enabled: Enabled = True
    channels: ChannelSlugs = []
    countries: ProviderCountries = []
    currencies: ProviderCurrencies = []
    position: Position = 0
    """Buyers are offered the lowest first."""


class PaymentProviderPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; lists and `options` are replaced as a whole."""

    mode: ProviderMode | UnsetType = UNSET
    credentials: CredentialChanges | UnsetType = UNSET
    options: Options | UnsetType = UNSET
    enabled: Enabled | UnsetType = UNSET
    channels: ChannelSlugs | UnsetType = UNSET
    countries: ProviderCountries | UnsetType = UNSET
    currencies: ProviderCurrencies | UnsetType = UNSET
    position: Position | UnsetType = UNSET


class PaymentProviderTold(Struct, kw_only=True):
    """A payment provider as events carry it: without its credentials."""

    id: UUID
    name: ProviderName
    kind: KindName
    mode: ProviderMode
    options: Options
    enabled: Enabled
    channels: ChannelSlugs
    countries: ProviderCountries
    currencies: ProviderCurrencies
    position: Position
    version: int


class PaymentProviderView(PaymentProviderTold, kw_only=True):
    """A payment provider; its credentials are write-only."""

    credentials: Hints
    webhook_path: Annotated[str, Meta(examples=["/v1/payments/cards/webhook"])]
    """Where the provider sends its webhooks, below the shop's address."""
    created_at: datetime


class PaymentProviders(Struct):
    items: list[PaymentProviderView]
    next_cursor: None = None


class ProviderCheck(Struct):
    """What a provider says of the credentials that are saved."""

    result: Literal["works", "refused", "unknown"]
    """`unknown`: it did not answer."""


class PaymentOptionView(Struct, kw_only=True):
    """A payment provider that takes the payment of a cart."""

    provider: str
    """What the checkout names."""
    kind: KindName
    mode: ProviderMode
    client: dict[str, str]
    """What the widget of the provider needs in the buyer's browser."""


class PaymentOptionsView(Struct):
    currency: Currency
    items: list[PaymentOptionView]
