"""What staff call things, and where things stand in a row."""

from typing import Annotated

from msgspec import Meta

Label = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=r"\A[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*\Z",
        description="One line that is not blank.",
    ),
]
Position = Annotated[
    int, Meta(ge=0, le=1_000_000, description="The lowest comes first.", examples=[10])
]
