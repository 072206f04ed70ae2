"""What staff put together for a buyer, who orders it from a link."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers import draft_orders
from trastienda.controllers.outside.quotes import quoted
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.storefront import paying
from trastienda.handlers.pages.storefront.frames import framed
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.draft_orders.draft_order import Acceptance
from trastienda.schemas.orders.order import OrderView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.shared.idempotency import Replayed

LONGEST_TOKEN = 200


@get()
async def show_offer(
    request: AnyRequest, visitor: Asking, draft_id: FromPath[UUID]
) -> Response[str]:
    """Show what was put together, with the button that orders it."""
    return await _shown(request, visitor, draft_id, Form())


@post(status_code=200)
async def accept_offer(
    request: AnyRequest, visitor: Asking, draft_id: FromPath[UUID]
) -> Response[Any]:
    """Order it; the order is then paid on its own page."""
    form = forms.sent(request)
    try:
        context = forms.context(request, visitor, form)
        reader = visitor.user_id, _token(request)
        wanted = form.to(Acceptance)
        placed = await quoted(draft_orders.accept, draft_id, reader, wanted, context)
        order = placed.order
    except Replayed as before:
        order = msgspec.json.decode(before.answer, type=OrderView)
    except forms.Refusal as error:
        return await _shown(request, visitor, draft_id, answers.refused(request, form, error))
    return answers.go(request, paying.order_address(order).replace("?", "/pay?", 1))


def _token(request: AnyRequest) -> str | None:
    return (request.query_params.get("access_token") or "")[:LONGEST_TOKEN] or None


async def _shown(
    request: AnyRequest, visitor: Visitor, draft_id: UUID, form: Form
) -> Response[str]:
    context, token = forms.context(request, visitor), _token(request)
    show = draft_orders.show_to_buyer
    draft = await quoted(show, draft_id, visitor.user_id, token, context)
    return answers.page(
        await framed(request),
        "storefront/draft_order.html",
        status=form.status,
        keep=answers.PERSONAL,
        draft=draft,
        form=form,
    )
