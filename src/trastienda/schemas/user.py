"""Registering: what is asked for."""

from typing import Annotated

from msgspec import Meta, Struct

from trastienda.schemas.email import Email

PasswordText = Annotated[
    str,
    Meta(
        min_length=10,
        max_length=128,
        description="Any characters; common passwords are refused, mixtures are not asked for.",
        examples=["correct horse battery"],
    ),
]
NameText = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$",
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


class VerificationDraft(Struct, forbid_unknown_fields=True):
    token: TokenText
