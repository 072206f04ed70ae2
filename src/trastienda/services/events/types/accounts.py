"""Events about accounts, groups of customers and keys."""

from trastienda.schemas.accounts.customer_group import CustomerGroupView
from trastienda.schemas.accounts.event import (
    Appointed,
    Dismissed,
    KeyMade,
    Membership,
    Registered,
    Verified,
)
from trastienda.services.events.types.kinds import kind, resource

USER_REGISTERED = kind("user.registered", "Somebody asked for an account.", Registered)
USER_REGISTERED_AGAIN = kind(
    "user.registration_repeated", "An address that has an account was registered.", Registered
)
USER_VERIFIED = kind("user.verified", "Somebody proved that an address is theirs.", Verified)
USER_APPOINTED = kind("user.appointed", "Somebody became a member of staff.", Appointed)
USER_DISMISSED = kind(
    "user.dismissed", "Somebody is a member of staff no longer, but a customer.", Dismissed
)
CUSTOMER_GROUP = resource("customer_group", "a group of customers", CustomerGroupView)
GROUP_JOINED = kind(
    "customer_group.joined", "An account came into a group of customers.", Membership
)
GROUP_LEFT = kind("customer_group.left", "An account left a group of customers.", Membership)
KEY_CREATED = kind("api_key.created", "A program got a key.", KeyMade)
KEY_REVOKED = kind("api_key.revoked", "A key was taken back.", KeyMade)
