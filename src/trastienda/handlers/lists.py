"""What all lists share: how many, from where on, and where the next page is."""

from typing import Annotated

from litestar.params import QueryParameter
from litestar.types import Scope

Cursor = Annotated[str | None, QueryParameter(max_length=2_000)]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


def next_link(scope: Scope, cursor: str | None) -> dict[str, str]:
    """Name the next page as RFC 8288 does, relative to the server: the same query, moved on."""
    if cursor is None:
        return {}
    raw = scope["query_string"].decode("latin-1").replace("<", "%3C").replace(">", "%3E")
    asked = raw.split("&")
    query = [part for part in asked if part and not part.startswith("cursor=")]
    address = f"{scope['path']}?{'&'.join([*query, f'cursor={cursor}'])}"
    return {"Link": f'<{address}>; rel="next"'}
