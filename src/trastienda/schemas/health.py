from typing import Literal

from msgspec import Struct


class Health(Struct):
    status: Literal["live", "ready"]
