"""How the storefront looks and what it says, and its legal pages."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from trastienda.controllers.storefront import legal_pages, settings
from trastienda.database.db import Reading
from trastienda.errors import NotFound
from trastienda.handlers.pages.admin import words
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section, Way
from trastienda.handlers.pages.admin.records.record import Column, Listed, Record
from trastienda.handlers.pages.words import marked
from trastienda.schemas.shared.context import Context
from trastienda.schemas.storefront.legal_page import LegalPageDraft, StaffLegalPageView
from trastienda.schemas.storefront.settings import StorefrontPatch, StorefrontSettingsView
from trastienda.services.channels import channels
from trastienda.services.storefront import legal_pages as pages_on_record
from trastienda.services.storefront import logos, shown
from trastienda.services.storefront import settings as settings_on_record


async def _settings(session: Reading, _key: None, _context: Context) -> StorefrontSettingsView:
    channel = channels.current()
    return settings_on_record.view(await settings_on_record.of_channel(session, channel.id))


async def _pictures(session: Reading, _context: Context) -> dict[str, Choices]:
    return {"pictures": await logos.choices(session, channels.current().id)}


TEXTS = (
    Field("announcement", marked("Announcement"), hint=marked("A line above every page.")),
    Field("welcome", marked("Heading of the home page")),
    Field("introduction", marked("Below that heading"), way=Way.AREA),
    Field("footer", marked("Foot of every page"), way=Way.AREA),
)
STOREFRONT = Record(
    path="storefront",
    title=marked("Storefront"),
    one=marked("Storefront"),
    write="settings.write",
    is_single=True,
    sections=(
        Section(
            marked("Logo and colours"),
            (
                Field(
                    "logo",
                    marked("Logo"),
                    choices="pictures",
                    hint=marked(
                        "One of the last pictures; without one, the shop's name is written."
                    ),
                ),
                Field(
                    "brand_colour",
                    marked("Buttons and links"),
                    hint=marked("Such as #0b5d57. What is written on it is always readable."),
                ),
                Field(
                    "dark_brand_colour",
                    marked("The same on dark screens"),
                    hint=marked("Empty: a lighter tone of the colour above."),
                ),
                Field("accent_colour", marked("Behind the announcement and the welcome")),
            ),
        ),
        Section(
            marked("Texts"),
            (Field("texts", marked("Texts"), columns=TEXTS, in_all_languages=True),),
        ),
    ),
    read=_settings,
    draft=StorefrontSettingsView,
    patch=StorefrontPatch,
    change=lambda _request, _key, patch, context: settings.change(patch, context),
    choices=_pictures,
    beside="admin/records/beside/storefront.html",
)


class LegalRow(NamedTuple):
    """A legal page in the list, whether it is written or not."""

    kind: Any
    title: str
    changed_at: Any


async def _every(session: Reading, _cursor: str | None, context: Context) -> Listed:
    found = {it.kind: it for it in await pages_on_record.every(session, channels.current().id)}
    rows: Sequence[LegalRow] = [
        LegalRow(
            kind,
            _title(found[kind], context) if kind in found else "—",
            found[kind].changed_at if kind in found else None,
        )
        for kind in pages_on_record.KINDS
    ]
    return Listed(rows)


async def _page(session: Reading, kind: Any, _context: Context) -> StaffLegalPageView | None:  # noqa: ANN401
    try:
        return await pages_on_record.read(session, channels.current().id, kind)
    except NotFound:  # it is not written yet
        return None


def _title(view: StaffLegalPageView, context: Context) -> str:
    return view.texts[shown.spoken(view.texts, context.locale)].title


LEGAL_PAGES = Record(
    path="legal-pages",
    title=marked("Legal pages"),
    one=marked("Legal page"),
    write="settings.write",
    columns=(
        Column(marked("Page"), "kind", "word"),
        Column(marked("Title"), "title"),
        Column(marked("Changed"), "changed_at", "moment"),
    ),
    sections=(
        Section(
            marked("Text"),
            (
                Field(
                    "texts",
                    marked("Text"),
                    columns=(
                        Field("title", marked("Title")),
                        Field(
                            "text",
                            marked("Text"),
                            hint=marked(
                                "An empty line ends a paragraph. ## begins a heading, - an item of"
                                " a list; **bold**, [a link](https://…)."
                            ),
                        ),
                    ),
                    in_all_languages=True,
                ),
            ),
        ),
    ),
    listed=_every,
    read=_page,
    called=lambda view: next(iter(view.texts.values())).title,
    unwritten=lambda kind: words.of(str(kind), type(kind).__name__),
    key=pages_on_record.kind_of,
    named="kind",
    draft=LegalPageDraft,
    patch=LegalPageDraft,
    change=lambda _request, kind, draft, context: legal_pages.put(kind, draft, context),
    remove=lambda _request, kind, context: legal_pages.remove(kind, context),
    beside="admin/records/beside/legal_page.html",
)
