"""The page of the simulated provider where a buyer says yes or no, as a bank's 3-D Secure asks."""

from enum import StrEnum
from typing import Annotated, Any

from litestar import Request, Response, get, post
from litestar.params import FromQuery, PathParameter
from litestar.response import Redirect

from trastienda.controllers.payments import simulated
from trastienda.database.models.payments.payment import PaymentNotFound, PaymentState
from trastienda.handlers.shared.pages import page
from trastienda.handlers.shared.process import held
from trastienda.services.payments.simulated.cards import NAME

HTML = "text/html"
POLICY = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; frame-ancestors 'none'"
}
ProviderName = Annotated[str, PathParameter(max_length=64)]
Reference = Annotated[str, PathParameter(max_length=64)]


class Outcome(StrEnum):
    """What the buyer answers."""

    SUCCEED = "succeed"
    FAIL = "fail"


@get(media_type=HTML)
async def show_challenge(
    request: Request[Any, Any, Any], provider: ProviderName, reference: Reference
) -> Response[str]:
    """Show what is to be paid, with a button for each answer."""
    _expect_offered(request, provider)
    standing = await simulated.challenge(reference)
    waits = standing.state is PaymentState.REQUIRES_ACTION
    facts = {"amount": standing.amount, "currency": standing.currency, "waits": waits}
    return Response(page("payments/challenge.html", **facts), media_type=HTML, headers=POLICY)


@post(status_code=200, media_type=HTML)
async def answer_challenge(
    request: Request[Any, Any, Any],
    provider: ProviderName,
    reference: Reference,
    outcome: FromQuery[Outcome],
) -> Response[Any]:
    """Take the answer, the first one only, and send the buyer back to where they came from."""
    _expect_offered(request, provider)
    back = await simulated.answer_challenge(reference, yes=outcome is Outcome.SUCCEED)
    if back is not None:
        return Redirect(back, status_code=303)
    text = page("payments/challenge.html", amount=0, currency="", waits=False)
    return Response(text, media_type=HTML, headers=POLICY)


def _expect_offered(request: Request[Any, Any, Any], provider: str) -> None:
    """Raise PaymentNotFound for other providers, and in production, where there is no page."""
    if provider != NAME or NAME not in held(request).providers:
        raise PaymentNotFound
