"""What all pages of the admin show around their content."""

from datetime import tzinfo
from typing import Any, NamedTuple
from urllib.parse import urlencode

from babel.dates import get_timezone
from litestar import Response

from trastienda.database.models.shared.text import Locale
from trastienda.errors import Malformed
from trastienda.handlers.pages import answers, forms
from trastienda.handlers.pages.admin import navigation
from trastienda.handlers.pages.admin.records.fields import Choices, Room
from trastienda.handlers.pages.answers import AnyRequest, Undo
from trastienda.handlers.pages.forms import Form
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.channels import channels

SHOWN = 25
"""Rows of a list on a page."""
LONGEST_CURSOR = 2_000


class Told(NamedTuple):
    """What a page says once, in English, and the form that takes back what was done."""

    text: str
    undo: Undo | None = None


def shown(
    request: AnyRequest,
    visitor: Visitor,
    template: str,
    form: Form | None = None,
    *,
    told: Told | None = None,
    **facts: object,
) -> Response[str]:
    """Render a page of the admin; a form that was refused decides the status."""
    frame, form = answers.framed(request, visitor), form or Form()
    if told:
        frame.told = answers.notice(frame.text(told.text), told.undo)
    return answers.page(
        frame,
        f"admin/{template}",
        status=form.status,
        keep=answers.PERSONAL,
        form=form,
        scopes=visitor.scopes,
        places=navigation.seen_by(visitor.scopes),
        section=navigation.section_of(frame.path),
        **facts,
    )


def room(request: AnyRequest, **choices: Choices) -> Room:
    """Return what the typed texts of a form depend on."""
    channel, frame = channels.current(), answers.framed(request)
    return Room(
        text=frame.text,
        locale=frame.locale,
        currencies=[
            channel.default_currency,
            *(it for it in channel.currencies if it != channel.default_currency),
        ],
        zone=zone(),
        first_language=Locale(channel.locale),
        choices=dict(choices),
    )


def locale(request: AnyRequest) -> Locale:
    """Return the language of the page."""
    return answers.framed(request).locale


def text(request: AnyRequest, english: str) -> str:
    """Return an English text in the language of the page."""
    return answers.framed(request).text(english)


def zone() -> tzinfo:
    """Return the time zone of the shop."""
    found: tzinfo = get_timezone(channels.current().time_zone)
    return found


def asked(request: AnyRequest, name: str, longest: int = 254) -> str | None:
    """Return a filter of the address; an empty one is none."""
    text = (request.query_params.get(name) or "").strip().replace("\0", "")
    return text[:longest] or None


def cursor(request: AnyRequest) -> str | None:
    text = request.query_params.get("cursor") or None
    if text is not None and len(text) > LONGEST_CURSOR:
        raise CursorTooLong
    return text


def next_page(request: AnyRequest, cursor: str | None) -> str | None:
    """Return the address of the next page of a list, with the same filters."""
    if cursor is None:
        return None
    kept = [it for it in request.query_params.multi_items() if it[0] != "cursor"]
    return f"{request.scope['path']}?{urlencode([*kept, ('cursor', cursor)])}"


def first_page(request: AnyRequest) -> str | None:
    """Return the address of the first page of a list, unless this is it."""
    items = request.query_params.multi_items()
    if not any(name == "cursor" for name, _ in items):
        return None
    kept = [it for it in items if it[0] != "cursor"]
    return f"{request.scope['path']}?{urlencode(kept)}"


def refused(request: AnyRequest, form: Form, error: Any, below: str = "") -> Form:  # noqa: ANN401 - any refusal
    return answers.refused(request, form, error, below)


def done(request: AnyRequest, address: str, text: str, **values: object) -> Response[None]:
    """Lead on after a form, and say what was done: `text` is English, with places for values."""
    frame = answers.framed(request)
    told = frame.text(text)
    return answers.go(request, address, told=told % values if values else told)


def done_with_undo(
    request: AnyRequest, address: str, text: str, undo: Undo | None
) -> Response[None]:
    """Lead on after a form, and offer for ten seconds the form that takes it back, if any."""
    told = answers.framed(request).text(text)
    return answers.go(request, address, told=told, undo=undo)


def here(request: AnyRequest) -> str:
    """Return the address of the page, with its filters."""
    return answers.framed(request).here


def back(request: AnyRequest, otherwise: str) -> str:
    """Return where a form wants to lead: the list that it stood in, with its filters."""
    return answers.local(forms.sent(request).get("back"), otherwise)


class CursorTooLong(Malformed):
    """This is no place in a list."""
