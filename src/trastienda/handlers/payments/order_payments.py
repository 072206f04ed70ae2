"""Orders that are paid after they were placed."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody

from trastienda.controllers import orders
from trastienda.handlers.orders.orders import LinkToken, OrderToken
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.payments.payment import (
    CheckoutPending,
    OrderPaymentDraft,
    OrderPaymentStatus,
    PaymentLink,
)
from trastienda.services.mail.rendering import MailSettings
from trastienda.services.orders.orders import Reader
from trastienda.services.payments import return_urls
from trastienda.services.payments.providers import offers


@post(
    status_code=200,
    responses={
        200: ResponseSpec(OrderView, generate_examples=False),
        202: ResponseSpec(CheckoutPending, generate_examples=False),
    },
    opt={"refuses": [402, 503]},
)
async def pay_order(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    visitor: Asking,
    context: RequestContext,
    *,
    order_id: FromPath[UUID],
    data: JSONBody[OrderPaymentDraft],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> Response[OrderView] | Response[CheckoutPending]:
    """Pay what is still to be paid of an order that you may read.

    202: it is not paid yet. With `requires_action`, send the buyer to the `url` of `next_action`;
    afterwards, and with `processing`, read `GET /v1/orders/{order_id}/payment`. While a payment is
    under way, another request is answered with that one.
    """
    process = held(request)
    return_urls.check(data.payment.return_url, process.pages)
    opened_by = token or access_token
    reader = Reader(order_id, visitor.user_id, opened_by, to_staff=offers.is_staff(visitor))
    paid = await orders.pay(reader, data, process.providers, context)
    if isinstance(paid, CheckoutPending):
        return Response(paid, status_code=202)
    return versioned(paid)


@get()
async def get_order_payment(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    visitor: Asking,
    context: RequestContext,
    *,
    order_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> OrderPaymentStatus:
    """Say how the newest payment of an order stands.

    Ask for it when the buyer comes back from a second step; one that waits is read back from its
    provider, once a second at most.
    """
    reader = Reader(order_id, visitor.user_id, token or access_token)
    return await orders.payment_of_order(reader, held(request).providers, context)


@delete(status_code=200, opt={"refuses": [503]})
async def cancel_order_payment(  # noqa: PLR0913 - each is a parameter of the address
    request: Request[Any, Any, Any],
    visitor: Asking,
    context: RequestContext,
    *,
    order_id: FromPath[UUID],
    token: OrderToken = None,
    access_token: LinkToken = None,
) -> OrderPaymentStatus:
    """End the payment of an order that is under way, because its buyer does not want to make it.

    What is owed can be paid in another way then. If the buyer had paid already, the order says so.
    """
    reader = Reader(order_id, visitor.user_id, token or access_token)
    return await orders.cancel_payment_of_order(reader, held(request).providers, context)


@post(status_code=200)
async def send_payment_link(
    context: RequestContext,
    mail_settings: NamedDependency[MailSettings],
    order_id: FromPath[UUID],
) -> PaymentLink:
    """Mail the buyer a link to pay what is still to be paid of an order; it is good for 90 days.

    The answer has the link as well: whoever has it sees the order.
    """
    return await orders.request_payment(order_id, mail_settings, context)
