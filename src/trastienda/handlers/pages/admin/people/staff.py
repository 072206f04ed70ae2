"""Staff: inviting them, their roles, and keeping them out."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.accounts import staff
from trastienda.database.db import reading, utcnow
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.admin.records import fields
from trastienda.handlers.pages.admin.records.fields import Field
from trastienda.handlers.pages.admin.records.pages import NameDiffers
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.accounts.staff import StaffInvitationDraft, StaffPatch
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.accounts import invitations
from trastienda.services.accounts import staff as staff_on_record

Page = Response[Any]
ROLE = Field("role", marked("Role"))
TOLD = {
    "role": marked("The role was changed. They have to log in again."),
    "suspend": marked("They cannot log in any more; their sessions and keys have ended."),
    "reinstate": marked("They can log in again; they need new keys."),
    "remove": marked("They are not staff any more."),
}


@get()
async def show_staff(request: AnyRequest, visitor: Asking) -> Page:
    """List all members of staff, and who was invited."""
    return await _page(request, visitor, Form())


@post(status_code=200)
async def invite_by_form(request: AnyRequest, visitor: Asking) -> Page:
    """Invite somebody by mail to become a member of staff."""
    form = forms.sent(request)
    try:
        draft = form.to(StaffInvitationDraft)
        context = forms.context(request, visitor, form)
        await forms.once(staff.invite(draft, visitor, context), Any)
    except forms.Refusal as error:
        return await _page(request, visitor, frames.refused(request, form, error))
    told = marked("The invitation is on its way to %(email)s.")
    return frames.done(request, "/admin/staff", told, email=draft.email)


@post(status_code=200)
async def withdraw_invitation_by_form(
    request: AnyRequest, visitor: Asking, invitation_id: FromPath[UUID]
) -> Page:
    """Withdraw an invitation."""
    form = forms.sent(request)
    try:
        work = staff.withdraw(invitation_id, visitor, forms.context(request, visitor, form))
        await forms.once(work, Any)
    except forms.Refusal as error:
        return await _page(request, visitor, frames.refused(request, Form(), error))
    return frames.done(request, "/admin/staff", marked("The invitation was withdrawn."))


@post(status_code=200)
async def change_staff_by_form(
    request: AnyRequest, visitor: Asking, user_id: FromPath[UUID]
) -> Page:
    """Give a member of staff another role, keep them out, or let them in again."""
    form = forms.sent(request)
    does = form.get("do")
    try:
        context = forms.context(request, visitor, form)
        if does == "remove":
            await _check_name(user_id, form, context)
        await forms.once(_decided(str(user_id), does, form, visitor, context), Any)
    except forms.Refusal as error:
        refused = frames.refused(request, Form(), error, str(user_id))
        return await _page(request, visitor, refused)
    return frames.done(request, "/admin/staff", TOLD.get(does, marked("Saved.")))


async def _check_name(user_id: UUID, form: Form, context: Context) -> None:
    """Refuse to remove somebody whose address was not typed. Raise NameDiffers, StaffNotFound."""
    if await forms.done_before(context.once):
        return
    async with reading() as session:
        member = await staff_on_record.by_id(session, user_id)
    if form.get("name_again").strip() != member.email:
        raise NameDiffers(pointer="/name_again")


async def _decided(whom: str, does: str, form: Form, visitor: Visitor, context: Context) -> Any:  # noqa: ANN401 - a view, or nothing
    if does == "suspend":
        return await staff.suspend(whom, visitor, context)
    if does == "reinstate":
        return await staff.reinstate(whom, visitor, context)
    if does == "remove":
        return await staff.dismiss(whom, visitor, context)
    role = Form([it for it in form.pairs if it[0] == "role"]).to(StaffPatch).role
    return await staff.change_role(whom, role, visitor, context)


async def _page(request: AnyRequest, visitor: Visitor, form: Form) -> Page:
    async with reading() as session:
        members = await staff_on_record.everybody(session)
        invited = await invitations.open_(session, utcnow())
    roles = fields.options(ROLE, fields.specs(StaffPatch)["role"], frames.room(request))
    return frames.shown(
        request, visitor, "people/staff.html", form, members=members, invited=invited, roles=roles
    )
