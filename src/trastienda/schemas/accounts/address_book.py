"""The addresses that customers keep for their next order."""

from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.shared.address import Address

IsDefault = Annotated[
    bool,
    Meta(description="Whether front-ends suggest it; then no other address is the default."),
]


class SavedAddressDraft(Struct, forbid_unknown_fields=True, kw_only=True):
    address: Address
    default_shipping: IsDefault = False
    default_billing: IsDefault = False


class SavedAddressPatch(Struct, forbid_unknown_fields=True, kw_only=True):
    """What is left out stays; an address is replaced as a whole."""

    address: Address | UnsetType = UNSET
    default_shipping: IsDefault | UnsetType = UNSET
    default_billing: IsDefault | UnsetType = UNSET


class SavedAddressView(Struct, kw_only=True):
    id: UUID
    address: Address
    """In the form in which a cart's contact takes it."""
    default_shipping: bool
    default_billing: bool
    version: int


class SavedAddresses(Struct):
    items: list[SavedAddressView]
    next_cursor: None = None
