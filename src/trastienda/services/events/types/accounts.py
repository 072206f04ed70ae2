"""Events about accounts, groups of customers and keys."""

from trastienda.schemas.accounts.customer_group import CustomerGroupView
from trastienda.schemas.accounts.event import (
    Appointed,
    Dismissed,
    KeyMade,
    Membership,
    PasswordChanged,
    PasswordResetRequested,
    Registered,
    Reinstated,
    RoleChanged,
    StaffInvitationAccepted,
    StaffInvitationTold,
    Suspended,
    Verified,
)
from trastienda.schemas.customers.customer import CustomerNoted, Erased
from trastienda.schemas.events.event import Gone
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
USER_ROLE_CHANGED = kind("user.role_changed", "A member of staff has another role.", RoleChanged)
USER_SUSPENDED = kind(
    "user.suspended", "A member of staff cannot log in until they are reinstated.", Suspended
)
USER_REINSTATED = kind(
    "user.reinstated", "A member of staff who was suspended can log in again.", Reinstated
)
STAFF_INVITATION_CREATED = kind(
    "staff_invitation.created",
    "Somebody is invited, by mail, to become a member of staff.",
    StaffInvitationTold,
)
STAFF_INVITATION_ACCEPTED = kind(
    "staff_invitation.accepted",
    "Somebody who was invited is a member of staff.",
    StaffInvitationAccepted,
)
STAFF_INVITATION_DELETED = kind("staff_invitation.deleted", "Staff withdrew an invitation.", Gone)
PASSWORD_RESET_REQUESTED = kind(
    "user.password_reset_requested",
    "Somebody wants a new password for an account, by mail.",
    PasswordResetRequested,
)
PASSWORD_CHANGED = kind("user.password_changed", "An account has a new password.", PasswordChanged)
USER_ERASED = kind("user.erased", "Staff erased the personal data of a customer.", Erased)
CUSTOMER_NOTED = kind("customer.noted", "Staff wrote a note about a customer.", CustomerNoted)
CUSTOMER_GROUP = resource("customer_group", "a group of customers", CustomerGroupView)
GROUP_JOINED = kind(
    "customer_group.joined", "An account came into a group of customers.", Membership
)
GROUP_LEFT = kind("customer_group.left", "An account left a group of customers.", Membership)
KEY_CREATED = kind("api_key.created", "A program got a key.", KeyMade)
KEY_REVOKED = kind("api_key.revoked", "A key was taken back.", KeyMade)
