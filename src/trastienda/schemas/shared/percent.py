from typing import Annotated

from msgspec import Meta

Percent = Annotated[
    str,
    Meta(
        pattern=r"\A(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)\Z",
        description="Per cent, 0 to 100.",
        examples=["21"],
    ),
]
