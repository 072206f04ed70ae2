"""A page for developers: every component of pages, in every state."""

from datetime import UTC, datetime

from litestar import Response, get

from trastienda.handlers.pages import answers
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.schemas.shared.address import Address


@get()
async def show_components(request: AnyRequest) -> Response[str]:
    """Show every component of pages, for development and for the tests of accessibility."""
    form = Form(name="Mug", price="12.50", country="ES", note="Two lines\nof text")
    form.errors = {"email": "Expected an e-mail address such as ada@example.com."}
    form.refusal = "Some fields need another look."
    address = Address(name="Ada Lovelace", line1="Calle Mayor 1", city="Madrid", country="ES")
    return answers.page(
        answers.framed(request),
        "parts/components.html",
        form=form,
        empty=Form(),
        address=address,
        now=datetime(2026, 11, 30, 9, 41, tzinfo=UTC),
    )
