"""What all lists share: how many, from where on, and where the next page is."""

from typing import Annotated, Any
from urllib.parse import urlencode

from litestar import Request
from litestar.params import QueryParameter

Cursor = Annotated[str | None, QueryParameter(max_length=2_000)]
Limit = Annotated[int, QueryParameter(ge=1, le=100)]


def next_link(request: Request[Any, Any, Any], cursor: str | None) -> dict[str, str]:
    """Name the next page as RFC 8288 does, relative to the server."""
    if cursor is None:
        return {}
    query = [(name, value) for name, value in request.query_params.multi_items()]
    query = [(name, value) for name, value in query if name != "cursor"]
    address = f"{request.scope['path']}?{urlencode([*query, ('cursor', cursor)])}"
    return {"Link": f'<{address}>; rel="next"'}
