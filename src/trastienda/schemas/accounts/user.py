"""Registration: what it asks for."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from trastienda.schemas.shared.email import Email
from trastienda.schemas.shared.naming import NOT_BLANK

PasswordText = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=128,
        description="Any characters. What is soon guessed is refused; mixtures are not asked for.",
        examples=["correct horse battery"],
    ),
]
NameText = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=NOT_BLANK,
        description="How we address the person.",
        examples=["Ana"],
    ),
]
TokenText = Annotated[str, Meta(min_length=1, max_length=100)]


class Registration(Struct, forbid_unknown_fields=True):
    email: Email
    password: PasswordText
    name: NameText


class RegistrationView(Struct):
    email: str


class PasswordResetDraft(Struct, forbid_unknown_fields=True):
    email: Email


class PasswordResetView(Struct):
    email: str


class NewPassword(Struct, forbid_unknown_fields=True):
    password: PasswordText


class PasswordChange(Struct, forbid_unknown_fields=True):
    current: Annotated[str, Meta(min_length=1, max_length=128, examples=["correct horse battery"])]
    password: PasswordText


class VerificationDraft(Struct, forbid_unknown_fields=True):
    token: TokenText
    password: PasswordText | UnsetType = UNSET
    """Needed in a browser other than the one that registered."""
