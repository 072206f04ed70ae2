"""Names that staff give, and positions in a list."""

from typing import Annotated

from msgspec import Meta

NOT_BLANK = r"\A[^\S\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*\Z"
"""One line that is not blank; matched in one pass, whatever the text."""

Label = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=NOT_BLANK,
        description="One line that is not blank.",
    ),
]
Position = Annotated[
    int, Meta(ge=0, le=1_000_000, description="The lowest comes first.", examples=[10])
]
