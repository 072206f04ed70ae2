"""RFC 9457: how every refusal looks."""

from uuid import UUID

from msgspec import UNSET, Struct, UnsetType


class CartProblem(Struct, omit_defaults=True):
    """One reason why a cart cannot be ordered yet."""

    type: str
    title: str
    line_id: UUID | UnsetType = UNSET
    sku: str | UnsetType = UNSET
    available: int | UnsetType = UNSET
