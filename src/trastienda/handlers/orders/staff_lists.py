"""Lists of orders, as staff search them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.params import FromQuery, QueryParameter

from trastienda.database.db import reading
from trastienda.database.models.orders.order import FulfilmentStatus, OrderStatus, PaymentStatus
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.orders.listing import OrderPage, OrderSort, OrdersWanted
from trastienda.services.orders import listing

Search = Annotated[
    str | None,
    QueryParameter(
        min_length=1, max_length=254, description="A number, an email address, or words of a name."
    ),
]
Number = Annotated[int | None, QueryParameter(ge=1, le=10**15)]
Email = Annotated[str | None, QueryParameter(max_length=254)]
Name = Annotated[
    str | None,
    QueryParameter(
        min_length=1,
        max_length=200,
        description="Whole words of the name in the shipping or the billing address; case and "
        "accents do not count.",
    ),
]
Sku = Annotated[str | None, QueryParameter(min_length=1, max_length=64)]
Tag = Annotated[str | None, QueryParameter(min_length=1, max_length=64)]
CurrencyCode = Annotated[str | None, QueryParameter(pattern=r"\A[A-Z]{3}\Z")]
Total = Annotated[
    int | None,
    QueryParameter(ge=0, le=2**63 - 1, description="In the minor unit of `currency`."),
]


@get()
async def list_all_orders(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    *,
    limit: Limit = 24,
    cursor: Cursor = None,
    sort: FromQuery[OrderSort | None] = None,
    q: Search = None,
    number: Number = None,
    customer_id: FromQuery[UUID | None] = None,
    email: Email = None,
    name: Name = None,
    sku: Sku = None,
    tag: Tag = None,
    status: FromQuery[OrderStatus | None] = None,
    payment_status: FromQuery[PaymentStatus | None] = None,
    fulfilment_status: FromQuery[FulfilmentStatus | None] = None,
    placed_from: FromQuery[datetime | None] = None,
    placed_until: FromQuery[datetime | None] = None,
    currency: CurrencyCode = None,
    total_min: Total = None,
    total_max: Total = None,
) -> Response[OrderPage]:
    """List orders, the newest first.

    Where totals are bounded, the largest come first unless `sort` says otherwise. Totals are
    compared in one `currency`.
    """
    who = {"q": q, "number": number, "customer_id": customer_id, "email": email, "name": name}
    states = {"payment_status": payment_status, "fulfilment_status": fulfilment_status}
    totals = {"currency": currency, "total_min": total_min, "total_max": total_max}
    found = {"sku": sku, "tag": tag, "placed_from": placed_from, "placed_until": placed_until}
    filters: Any = {**who, "status": status, **states, **totals, **found}
    wanted = OrdersWanted(limit=limit, cursor=cursor, sort=sort, **filters)
    async with reading() as session:
        page = await listing.page(session, wanted)
    return Response(page, headers=next_link(request.scope, page.next_cursor))
