"""What all lists share: the page size, the cursor and the link to the next page."""

from typing import Annotated

from litestar.params import QueryParameter
from litestar.types import Scope

Cursor = Annotated[str | None, QueryParameter(max_length=2_000)]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


def next_link(scope: Scope, cursor: str | None) -> dict[str, str]:
    """Return the Link header (RFC 8288) of the next page: the same query with a new cursor."""
    if cursor is None:
        return {}
    raw = scope["query_string"].decode("latin-1").replace("<", "%3C").replace(">", "%3E")
    asked = raw.split("&")
    query = [part for part in asked if part and not part.startswith("cursor=")]
    address = f"{scope['path']}?{'&'.join([*query, f'cursor={cursor}'])}"
    return {"Link": f'<{address}>; rel="next"'}
