"""The log of sent mails, and the addresses that are suppressed."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.params import FromPath, QueryParameter

from trastienda.controllers.mail import mail
from trastienda.database.db import reading, utcnow
from trastienda.database.models.mail.sent_mail import LetterState
from trastienda.errors import Invalid
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.schemas.mail.mail import (
    BounceView,
    SentLetterPage,
    SentLetterView,
    SuppressionPage,
)
from trastienda.services.mail import addresses as mail_addresses
from trastienda.services.mail import sent

Address = Annotated[
    str | None,
    QueryParameter(min_length=3, max_length=254, description="To whom, whole."),
]
State = Annotated[LetterState | None, QueryParameter(name="state", description="Only these.")]
LARGEST_REPORT = 256 * 1_024


@get()
async def list_mail(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    only: State = None,
    recipient: Address = None,
) -> Response[SentLetterPage]:
    """List letters and what became of them, the newest first; they are kept for 180 days."""
    async with reading() as session:
        page = await sent.page(session, limit, cursor, only, recipient)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@post(status_code=202)
async def resend_mail(context: RequestContext, letter_id: FromPath[UUID]) -> SentLetterView:
    """Send a letter once more, unless it is on its way or its address is suppressed."""
    return await mail.resend(letter_id, context)


@post(status_code=200, opt={"refuses": [413, 422]})
async def report_bounce(request: Request[Any, Any, Any]) -> BounceView:
    """Take in the report of a mail server that a letter came back (RFC 3464).

    The body is the report as it arrived (`message/rfc822`), at most 256 KiB. It is believed only
    about a letter of ours whose Message-ID it names.
    """
    raw = await request.body()
    if len(raw) > LARGEST_REPORT:
        raise BounceTooLarge(limit=LARGEST_REPORT)
    return await mail.bounce(raw, utcnow())


@get()
async def list_suppressions(
    request: Request[Any, Any, Any],
    limit: Limit = 24,
    cursor: Cursor = None,
    email: Address = None,
) -> Response[SuppressionPage]:
    """List addresses from which letters came back for good: they get no more."""
    async with reading() as session:
        page = await mail_addresses.page(session, limit, cursor, email)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@delete()
async def forgive_address(context: RequestContext, suppression_id: FromPath[UUID]) -> None:
    """Let letters go to an address again."""
    await mail.unsuppress(suppression_id, context)


class BounceTooLarge(Invalid):
    """A report of a mail server has at most 256 KiB."""
