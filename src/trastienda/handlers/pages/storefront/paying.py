"""What checkout and paying an order later share: providers, the way to a bank, and the end."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar import Response
from litestar.datastructures import Cookie

from trastienda.errors import PaymentRefused
from trastienda.handlers.pages import answers
from trastienda.handlers.pages.answers import AnyRequest, Frame
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.refusals import PaymentState
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.payments.payment import PaymentView
from trastienda.schemas.payments.provider import PaymentOptionView
from trastienda.services.payments import PAY_LATER, return_urls
from trastienda.services.payments.simulated.cards import NAME as SIMULATED

TEST_CARD = "test_card"
WAITING = frozenset({PaymentState.STARTED, PaymentState.REQUIRES_ACTION, PaymentState.PROCESSING})


class NotPaid(PaymentRefused):
    """The payment did not go through. Nothing was charged; try again, or pay in another way."""


def with_token(form: Form) -> Form:
    """Add the token that says what a simulated card does; no other provider may be given it."""
    if form.get("payment/provider") != SIMULATED:
        return form
    return Form([*form.pairs, ("payment/token", form.get(TEST_CARD))])


def takes_at_once(option: PaymentOptionView) -> bool:
    """Say whether a provider takes money now; a promise to pay later pays nothing that is owed."""
    return option.provider not in PAY_LATER


def cancelled(request: AnyRequest) -> bool:
    """Say whether a buyer comes back who does not want to pay by the provider that was chosen."""
    return request.query_params.get(return_urls.CANCELLED) == "1"


def waits(payment: PaymentView) -> bool:
    return payment.status in WAITING


def thanks(request: AnyRequest, order: OrderView, *added: Cookie) -> Response[None]:
    """Lead to the order, under the link that opens it for 90 days."""
    return answers.go(request, order_address(order, thanks="1"), *added)


def order_address(order: OrderView, **more: str) -> str:
    query = {"access_token": order.access_token, **more} if order.access_token else more
    return f"/orders/{order.id}?{urlencode(query)}"


def onward(request: AnyRequest, frame: Frame, payment: PaymentView, back: str) -> Response[Any]:
    """Send the buyer on to the second step of a payment; without one, to where it is waited for.

    A policy of forms would stop a 303 to another site after a post, so that is a link, which
    browsers follow by themselves.
    """
    action = payment.next_action
    if not action or not action.url:
        return answers.go(request, back)
    ours, target = urlsplit(frame.views.address), urlsplit(action.url)
    if (target.scheme, target.netloc) == (ours.scheme, ours.netloc):
        return answers.go(request, action.url)
    return waiting(frame, payment, leads_on=True)


def wait(request: AnyRequest, frame: Frame, payment: PaymentView, back: str) -> Response[Any]:
    """Show that a payment waits; one that cannot be ended now is waited for, and not asked again.

    `back` is this page, for a buyer who wants to make the payment.
    """
    return answers.go(request, back) if cancelled(request) else waiting(frame, payment)


def waiting(frame: Frame, payment: PaymentView, *, leads_on: bool = False) -> Response[str]:
    """Show that a payment waits: with the link to its second step, if there is one.

    With `leads_on` the browser follows it by itself; otherwise it looks again, because the buyer
    may just have come from there.
    """
    action = payment.next_action
    url = action.url if action and action.url else None
    safe = url if url and urlsplit(url).scheme == "https" else None
    return answers.page(
        frame,
        "storefront/paying.html",
        keep=answers.PERSONAL,
        url=safe,
        leads_on=leads_on and safe is not None,
        again=frame.here,
        otherwise=return_urls.after_cancelling(frame.here) if action else None,
    )
