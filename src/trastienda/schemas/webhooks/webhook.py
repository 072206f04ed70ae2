"""Endpoints that events are sent to: what staff write and read, and what events carry."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.database.models.webhooks.webhook import Disabled
from trastienda.schemas.shared.email import Email

Url = Annotated[
    str,
    Meta(
        max_length=2_000,
        pattern=r"\Ahttps?://[!-~]+\Z",
        description="`https://…`, without a user or a fragment.",
        examples=["https://erp.example/hooks/shop"],
    ),
]
TypeFilter = Annotated[str, Meta(max_length=100, examples=["order.*"])]
TypeFilters = Annotated[
    list[TypeFilter],
    Meta(
        min_length=1,
        max_length=100,
        description="Names of events, `order.*` for all of a kind, or `*` for all.",
        examples=[["order.*", "stock.changed"]],
    ),
]
Description = Annotated[
    str,
    Meta(max_length=200, pattern=r"\A[^\x00-\x1f\x7f]*\Z", examples=["Orders into the ERP"]),
]
Owner = Annotated[
    Email, Meta(description="Who gets a mail when it is disabled.", examples=["erp@example.com"])
]
Ordered = Annotated[
    bool,
    Meta(
        description="True: each event only after the one before it was delivered or given up.",
        examples=[False],
    ),
]
Secret = Annotated[str, Meta(examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"])]


class WebhookState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    """Paused by staff."""
    RESTING = "resting"
    """It has failed for hours, and is tried only now and then."""
    DISABLED = "disabled"
    """Disabled by the shop: it has failed for days, or has answered 410."""


class WebhookDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    url: Url
    types: TypeFilters
    owner_email: Owner
    description: Description = ""
    ordered: Ordered = False
    active: bool = True


class WebhookPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    url: Url | UnsetType = UNSET
    types: TypeFilters | UnsetType = UNSET
    owner_email: Owner | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    ordered: Ordered | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class WebhookView(Struct, kw_only=True):
    id: UUID
    url: Url
    types: TypeFilters
    description: Description
    owner_email: Owner
    ordered: Ordered
    active: bool
    state: WebhookState
    disabled: Disabled | None
    """Why the shop stopped sending: `failing` or `gone`."""
    old_secret_until: datetime | None
    """After a rotation, the previous secret signs too until then."""
    created_at: datetime
    version: int


class WebhookWithSecret(WebhookView, kw_only=True):
    """The only answer with the secret: repeating the request by its idempotency key omits it."""

    secret: Secret | None = None


class WebhookPage(Struct):
    items: list[WebhookView]
    next_cursor: str | None


class WebhookTold(Struct, kw_only=True):
    """An endpoint as events carry it: without the secret, and of the address only the host."""

    id: UUID
    host: Annotated[str, Meta(examples=["erp.example"])]
    types: TypeFilters
    description: Description
    owner_email: Owner
    ordered: Ordered
    active: bool
    state: WebhookState
    disabled: Disabled | None
    version: int


class WebhookTest(Struct):
    """The data of the event `webhook.test`."""

    webhook_id: UUID
