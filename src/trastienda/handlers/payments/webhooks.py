"""What payment providers tell the shop."""

from typing import Annotated, Any

import psycopg
import structlog
from litestar import Request, Response, post
from litestar.background_tasks import BackgroundTask
from litestar.params import PathParameter
from sqlalchemy.exc import SQLAlchemyError

from trastienda.controllers import orders
from trastienda.database.db import utcnow
from trastienda.errors import Unavailable
from trastienda.handlers.shared.process import held
from trastienda.middlewares.requests.limits import BodyTooLarge
from trastienda.middlewares.requests.validation import ANY_QUERY
from trastienda.schemas.payments.payment import NoticeTaken
from trastienda.schemas.shared.context import Context
from trastienda.services.payments import Providers
from trastienda.services.payments.notices import LARGEST
from trastienda.services.payments.port import Webhook

log = structlog.get_logger()
ProviderName = Annotated[str, PathParameter(max_length=64)]


@post(status_code=200, opt={"refuses": [403, 413], ANY_QUERY: True})
async def receive_payment_webhook(
    request: Request[Any, Any, Any], provider: ProviderName
) -> Response[NoticeTaken]:
    """Take in what a payment provider tells, signed in its own way; at most 256 KiB.

    It is kept, and its payment is read back from the provider afterwards: what the webhook says
    decides nothing. The same one again changes nothing.
    """
    body = await request.body()
    if len(body) > LARGEST:
        raise BodyTooLarge(limit=LARGEST)
    providers = held(request).providers
    webhook = Webhook(dict(request.headers.items()), body, dict(request.query_params.items()))
    await orders.take_notice(provider, webhook, providers, Context(utcnow()))
    return Response(NoticeTaken(), background=BackgroundTask(_work_off, providers))


async def _work_off(providers: Providers) -> None:
    """Work off what is in the inbox; what fails, a job tries again."""
    try:
        await orders.work_off_notices(providers, Context(utcnow()))
    except (Unavailable, psycopg.Error, SQLAlchemyError) as error:
        log.info("notices wait for a job", reason=type(error).__name__)
