"""Uploading a picture by a plain form. With scripts, the page sends larger files to the API."""

from typing import Any

from litestar import Response, post
from litestar.datastructures import UploadFile

from trastienda.controllers.media import media
from trastienda.errors import Invalid
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.services.media.intake import Intake, printable

Page = Response[Any]


class NoFileChosen(Invalid):
    """Choose a file first."""


@post(status_code=200)
async def upload_by_form(request: AnyRequest, visitor: Asking) -> Page:
    """Take in a picture, and lead to its page."""
    sent = (await request.form()).get("file")
    try:
        if not isinstance(sent, UploadFile) or not sent.filename:
            raise NoFileChosen
        context = forms.context(request, visitor)
        with Intake() as intake:
            intake.name = printable(sent.filename)
            await intake.take(await sent.read())
            await intake.end()
            uploaded = await media.upload(intake, {}, held(request).media, context)
    except forms.Refusal as error:
        refused = frames.refused(request, Form(), error)
        return frames.shown(request, visitor, "refused.html", refused, back="/admin/media")
    return frames.done(
        request, f"/admin/media/{uploaded.media.id}", marked("The picture is being made ready.")
    )
