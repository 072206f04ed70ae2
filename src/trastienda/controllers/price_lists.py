"""What staff do with price lists. What everybody sees follows in the same transaction."""

from uuid import UUID

from msgspec import UNSET, structs

from trastienda.database.db import transaction, use_case
from trastienda.database.models.price_list import PriceList
from trastienda.schemas.price_list import (
    ListedPricesDraft,
    PriceListDraft,
    PriceListPatch,
    PriceListView,
)
from trastienda.schemas.terms import Terms
from trastienda.services import currencies, event_types, events, listed_prices, price_lists, sales


@use_case
async def create(draft: PriceListDraft, terms: Terms) -> PriceListView:
    """Begin a list, without prices yet."""
    currencies.check(draft.currency, "/currency")
    async with transaction(terms.once) as session:
        facts = structs.asdict(draft)
        what = PriceList(customer_group_id=facts.pop("customer_group"), **facts)
        await price_lists.save(session, what)
        view = await price_lists.view(session, what.id)
        return await events.tell(session, event_types.PRICE_LIST.created, view, terms)


@use_case
async def change(list_id: UUID, patch: PriceListPatch, terms: Terms) -> PriceListView:
    """Change what the patch names. Raise PriceListChanged when somebody was faster."""
    async with transaction(terms.once) as session:
        await listed_prices.rule(session)
        what = await price_lists.claim(session, list_id, terms.seen)
        for name, value in structs.asdict(patch).items():
            if value is not UNSET:
                setattr(what, {"customer_group": "customer_group_id"}.get(name, name), value)
        what.version += 1
        await price_lists.save(session, what)
        await price_lists.renew(session, what, terms.asked_at)
        view = await price_lists.view(session, list_id)
        return await events.tell(session, event_types.PRICE_LIST.changed, view, terms)


@use_case
async def remove(list_id: UUID, terms: Terms) -> None:
    """Delete it with its prices; orders keep what they say."""
    async with transaction(terms.once) as session:
        await listed_prices.rule(session)
        what = await price_lists.claim(session, list_id, terms.seen)
        what.active = False  # before its prices, which say what it was about, are gone
        await session.orm.flush()
        await price_lists.renew(session, what, terms.asked_at)
        await session.orm.delete(what)
        await session.orm.flush()
        await events.tell_gone(session, event_types.PRICE_LIST.deleted, list_id, terms)


@use_case
async def set_prices(list_id: UUID, draft: ListedPricesDraft, terms: Terms) -> PriceListView:
    """Add or replace prices, all or none. Raise NoSuchSku."""
    async with transaction(terms.once) as session:
        await listed_prices.rule(session)
        what = await price_lists.claim(session, list_id, terms.seen)
        products = await price_lists.set_prices(session, what, draft.prices)
        what.version += 1
        await sales.reprice(session, products, terms.asked_at)
        view = await price_lists.view(session, list_id)
        return await events.tell(session, event_types.PRICE_LIST.changed, view, terms)


@use_case
async def drop_prices(list_id: UUID, sku: str, terms: Terms) -> None:
    """Take a SKU out of the list. Raise NotInPriceList."""
    async with transaction(terms.once) as session:
        await listed_prices.rule(session)
        what = await price_lists.claim(session, list_id, terms.seen)
        products = await price_lists.drop_prices(session, what, sku)
        what.version += 1
        await sales.reprice(session, products, terms.asked_at)
        view = await price_lists.view(session, list_id)
        await events.append(session, event_types.PRICE_LIST.changed, list_id, view, terms)
        await session.answer(None)
