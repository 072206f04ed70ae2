"""Legal pages: staff write them, language by language, and everybody reads them."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import select

from trastienda.database.db import Reading, Session
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.storefront.legal_page import (
    LegalKind,
    LegalPage,
    LegalPageChanged,
    LegalPageNotFound,
)
from trastienda.errors import Invalid
from trastienda.schemas.storefront.legal_page import (
    LegalPageDraft,
    LegalPageView,
    LegalText,
    StaffLegalPageView,
)
from trastienda.services.shared.records import Refusal, shown, translated
from trastienda.services.storefront.shown import spoken

KINDS = tuple(LegalKind)
_Texts = dict[Locale, LegalText]


def kind_of(text: str) -> LegalKind:
    """Return the kind of this name. Raise LegalPageNotFound."""
    if text in set(LegalKind):
        return LegalKind(text)
    raise LegalPageNotFound


async def every(session: Reading, channel_id: UUID) -> list[StaffLegalPageView]:
    """List the pages of a channel, in the order of their kinds."""
    query = select(LegalPage).where(LegalPage.channel_id == channel_id)
    found = {it.kind: view(it) for it in await session.orm.scalars(query)}
    return [found[kind] for kind in LegalKind if kind in found]


async def find(session: Reading, channel_id: UUID, kind: LegalKind) -> LegalPage | None:
    """Return the page of a kind, or None if it is not written."""
    query = select(LegalPage).where(LegalPage.channel_id == channel_id, LegalPage.kind == kind)
    return await session.orm.scalar(query)


async def read(session: Reading, channel_id: UUID, kind: LegalKind) -> StaffLegalPageView:
    """Return the page of a kind, as staff see it. Raise LegalPageNotFound."""
    if found := await find(session, channel_id, kind):
        return view(found)
    raise LegalPageNotFound


async def in_language(
    session: Reading, channel_id: UUID, kind: LegalKind, wanted: Locale
) -> LegalPageView:
    """Return the page of a kind in a language, or else in another. Raise LegalPageNotFound."""
    if not (found := await find(session, channel_id, kind)):
        raise LegalPageNotFound
    texts = msgspec.convert(found.texts, _Texts)
    locale = spoken(texts, wanted)
    return LegalPageView(
        kind=found.kind,
        locale=locale,
        title=texts[locale].title,
        text=texts[locale].text,
        changed_at=found.changed_at,
    )


async def claim(
    session: Session, channel_id: UUID, kind: LegalKind, seen: int | None
) -> LegalPage | None:
    """Lock the page of a kind for a change; None: it is not written. Raise LegalPageChanged."""
    query = select(LegalPage).where(LegalPage.channel_id == channel_id, LegalPage.kind == kind)
    found: LegalPage | None = await session.orm.scalar(query.with_for_update())
    if seen is not None and (found is None or seen != found.version):
        raise LegalPageChanged(version=found.version if found else 0)
    return found


async def save(session: Session, page: LegalPage) -> None:
    """Save a page, new or changed. Raise LegalPageChanged if another new one came before it."""
    session.orm.add(page)
    with translated(_REFUSALS, page):
        await session.orm.flush()


def written(draft: LegalPageDraft) -> dict[str, dict[str, str]]:
    """Return the texts of a draft by locale. Raise LegalTextMissing or LegalTitleMissing."""
    texts = {
        locale.value: {"title": it.title.strip(), "text": it.text.replace("\r\n", "\n").strip()}
        for locale, it in draft.texts.items()
        if it.text.strip()
    }
    if not texts:
        raise LegalTextMissing(pointer="/texts")
    for locale, it in texts.items():
        if not it["title"]:
            raise LegalTitleMissing(pointer=f"/texts/{locale}/title")
    return texts


def rewrite(page: LegalPage, texts: Mapping[str, Mapping[str, str]], now: datetime) -> None:
    """Replace the texts of a page."""
    page.texts, page.changed_at, page.version = dict(texts), now, page.version + 1


def view(page: LegalPage) -> StaffLegalPageView:
    """Return a page as staff see it."""
    return shown(page, StaffLegalPageView, texts=msgspec.convert(page.texts, _Texts))


class LegalTextMissing(Invalid):
    """A legal page needs a text in one language at least."""


class LegalTitleMissing(Invalid):
    """A text needs a title."""


_REFUSALS = {"uq_legal_pages_channel_id_kind": Refusal(LegalPageChanged, tells="version")}
"""Somebody else was the first to write the page: both are at their first version."""
