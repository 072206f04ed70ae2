"""An e-mail address: one @, something on both sides, no spaces (RFC 5321 length)."""

from typing import Annotated

from msgspec import Meta

Email = Annotated[
    str,
    Meta(
        max_length=254,
        pattern=r"\A[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f.]+(\.[^@\s\x00-\x1f\x7f.]+)*\Z",
        examples=["ada@example.com"],
    ),
]
