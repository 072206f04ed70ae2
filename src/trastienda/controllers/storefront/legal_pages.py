"""What staff do with the shop's legal pages."""

from trastienda.database.db import reading, transaction, use_case
from trastienda.database.models.storefront.legal_page import (
    LegalKind,
    LegalPage,
    LegalPageNotFound,
)
from trastienda.schemas.shared.context import Context
from trastienda.schemas.storefront.legal_page import LegalPageDraft, StaffLegalPageView
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.storefront import legal_pages


@use_case
async def put(kind: LegalKind, draft: LegalPageDraft, context: Context) -> StaffLegalPageView:
    """Write a page in all its languages; this process links it at once, the others within seconds.

    Raise LegalPageChanged, LegalTextMissing or LegalTitleMissing.
    """
    channel_id, texts = channels.current().id, legal_pages.written(draft)
    async with transaction(context.once) as session:
        page = await legal_pages.claim(session, channel_id, kind, context.seen)
        what = event_types.LEGAL_PAGE.changed if page else event_types.LEGAL_PAGE.created
        if page is None:
            now = context.asked_at
            page = LegalPage(channel_id=channel_id, kind=kind, texts=texts, changed_at=now)
        else:
            legal_pages.rewrite(page, texts, context.asked_at)
        await legal_pages.save(session, page)
        view = legal_pages.view(page)
        await events.append(session, what, page.id, view, context)
        await session.answer(view)
    async with reading() as fresh:
        await channels.refresh(fresh)
    return view


@use_case
async def remove(kind: LegalKind, context: Context) -> None:
    """Take a page off the shop. Raise LegalPageNotFound or LegalPageChanged."""
    async with transaction(context.once) as session:
        page = await legal_pages.claim(session, channels.current().id, kind, context.seen)
        if page is None:
            raise LegalPageNotFound
        await session.orm.delete(page)
        await session.orm.flush()
        gone = event_types.LEGAL_PAGE.deleted
        await events.record_deletion(session, gone, page.id, context)
    async with reading() as fresh:
        await channels.refresh(fresh)
