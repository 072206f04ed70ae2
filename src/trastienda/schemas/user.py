"""Registering: what is asked for."""

from typing import Annotated

from msgspec import Meta, Struct

# One @, no spaces or control characters, a dot in the domain, and none of the characters that mean
# something in a mail header. Whether mail arrives is what verification is for.
_LOCAL = r"[^@\s\x00-\x1f\x7f\"(),:;<>\[\\\]]+"
_LABEL = r"[^@\s\x00-\x1f\x7f\"(),:;<>\[\\\].]+"
EmailText = Annotated[
    str,
    Meta(
        min_length=6,
        max_length=254,
        pattern=rf"^{_LOCAL}@{_LABEL}(\.{_LABEL})+$",
        description="An e-mail address; it may be international.",
        examples=["ana@example.com"],
    ),
]
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
    email: EmailText
    password: PasswordText
    name: NameText


class RegistrationView(Struct):
    email: str


class VerificationDraft(Struct, forbid_unknown_fields=True):
    token: TokenText
