"""Mail: what was sent, addresses that get none, and the merchant's own wordings."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.mail import mail, wordings
from trastienda.database.db import reading
from trastienda.database.models.shared.text import Locale
from trastienda.errors import NotFound, Stale
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.records import merging, writing
from trastienda.handlers.pages.admin.records import shown as drawing
from trastienda.handlers.pages.admin.records.fields import Field, Section, specs
from trastienda.handlers.pages.admin.records.reading import read
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.mail.mail import SentLetterView, WordingDraft, WordingView
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.channels import channels
from trastienda.services.mail import addresses, sent
from trastienda.services.mail import wordings as wordings_on_record
from trastienda.services.pages import mail_states

Page = Response[Any]
FIELDS = (
    Field("subject", marked("Subject")),
    Field("heading", marked("Heading")),
    Field("intro", marked("First paragraphs")),
    Field("closing", marked("Last paragraphs")),
)


@get()
async def show_mail(request: AnyRequest, visitor: Asking) -> Page:
    """List mails and what became of them."""
    state, recipient = (
        mail_states.state(frames.asked(request, "state", 20)),
        frames.asked(request, "q"),
    )
    async with reading() as session:
        found = await sent.page(session, frames.SHOWN, frames.cursor(request), state, recipient)
    return frames.shown(
        request,
        visitor,
        "operations/mail.html",
        items=found.items,
        state=state,
        states=mail_states.STATES,
        q=recipient,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )


@post(status_code=200)
async def resend_mail_by_form(
    request: AnyRequest, visitor: Asking, letter_id: FromPath[UUID]
) -> Page:
    """Send a mail once more."""
    form, address = forms.sent(request), frames.back(request, "/admin/mail")
    try:
        work = mail.resend(letter_id, forms.context(request, visitor, form))
        await forms.once(work, SentLetterView)
    except forms.Refusal as error:
        return _not_done(request, visitor, address, error)
    return frames.done(request, address, marked("The mail is sent once more."))


@get()
async def show_suppressions(request: AnyRequest, visitor: Asking) -> Page:
    """List the addresses that get no more mails."""
    q = frames.asked(request, "q")
    async with reading() as session:
        found = await addresses.page(session, frames.SHOWN, frames.cursor(request), q)
    return frames.shown(
        request,
        visitor,
        "operations/suppressions.html",
        items=found.items,
        q=q,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )


@post(status_code=200)
async def forgive_by_form(
    request: AnyRequest, visitor: Asking, suppression_id: FromPath[UUID]
) -> Page:
    """Let mails go to an address again."""
    try:
        work = mail.unsuppress(suppression_id, forms.context(request, visitor, forms.sent(request)))
        await forms.once(work, Any)
    except forms.Refusal as error:
        return _not_done(request, visitor, "/admin/mail/suppressions", error)
    return frames.done(request, "/admin/mail/suppressions", marked("It gets mails again."))


@get()
async def show_letters(request: AnyRequest, visitor: Asking) -> Page:
    """List the mails that the shop writes."""
    async with reading() as session:
        found = await wordings_on_record.all_mails(session, channels.current().id)
    return frames.shown(
        request, visitor, "operations/letters.html", items=found, languages=list(Locale)
    )


@get()
async def show_wording(
    request: AnyRequest, visitor: Asking, name: FromPath[str], language: FromPath[Locale]
) -> Page:
    """Show the merchant's wording of a mail in a language, with its preview."""
    return await _wording(request, visitor, name, language, None)


@post(status_code=200)
async def save_wording_by_form(
    request: AnyRequest, visitor: Asking, name: FromPath[str], language: FromPath[Locale]
) -> Page:
    """Save a wording; one without a word has the default texts again."""
    form = forms.sent(request)
    address = f"/admin/letters/{name}/{language.value}"
    try:
        context = forms.context(request, visitor, form)
        draft = read(form, WordingDraft, FIELDS, frames.room(request), changes=False)
        if draft == WordingDraft():
            await _remove(name, language, context)
        else:
            await forms.once(wordings.put(name, language, draft, context), WordingView)
    except forms.Refusal as error:
        return await _wording(
            request, visitor, name, language, frames.refused(request, form, error)
        )
    return frames.done(request, address, marked("Saved."))


async def _remove(name: str, language: Locale, context: Any) -> None:  # noqa: ANN401 - a Context
    try:
        await forms.once(wordings.remove(name, language, context), Any)
    except NotFound:  # it had the default texts already
        return


async def _wording(
    request: AnyRequest, visitor: Visitor, name: str, language: Locale, form: Form | None
) -> Page:
    key = (channels.current().id, wordings_on_record.by_name(name).name, language)
    async with reading() as session:
        try:
            own: WordingView | None = await wordings_on_record.read(session, key)
        except NotFound:  # it has the default texts
            own = None
        letters = await wordings_on_record.all_mails(session, channels.current().id)
    room, known = frames.room(request), specs(WordingDraft)
    saved, merge = writing.texts(own or WordingDraft(), known, FIELDS, room), None
    if form is None:
        form = Form(list(saved))
    elif isinstance(form.problem, Stale):
        merge = merging.merge(form, saved)
    return frames.shown(
        request,
        visitor,
        "operations/wording.html",
        form,
        letter=next(it for it in letters if it.name == name),
        language=language,
        panels=drawing.panels((Section(marked("Wording"), FIELDS),), (WordingDraft,), form, room),
        merge=merge,
        version=own.version if own else "",
        was=merging.remembered(saved),
        labels={it.name: it.label for it in FIELDS},
    )


def _not_done(request: AnyRequest, visitor: Visitor, address: str, error: Any) -> Page:  # noqa: ANN401
    form = frames.refused(request, Form(), error)
    return frames.shown(request, visitor, "refused.html", form, back=address)
