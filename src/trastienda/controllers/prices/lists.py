"""How staff change price lists; listed prices change in the same transaction."""

from uuid import UUID

from msgspec import structs

from trastienda.database.db import transaction, use_case
from trastienda.database.models.prices.price_list import PriceList
from trastienda.schemas.prices.list import (
    ListedPricesDraft,
    PriceListDraft,
    PriceListPatch,
    PriceListView,
)
from trastienda.schemas.shared.context import Context
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.prices import listed, sales
from trastienda.services.prices import lists as price_lists
from trastienda.services.shared import currencies
from trastienda.services.shared.records import given, rewrite


@use_case
async def create(draft: PriceListDraft, context: Context) -> PriceListView:
    """Create a price list without prices.

    Raise NoSuchCurrency, PeriodUnusable or PriceListGroupUnknown.
    """
    currencies.check(draft.currency, "/currency")
    async with transaction(context.once) as session:
        facts = structs.asdict(draft)
        price_list = PriceList(customer_group_id=facts.pop("customer_group"), **facts)
        await price_lists.save(session, price_list)
        view = await price_lists.view(session, price_list.id)
        return await events.record(session, event_types.PRICE_LIST.created, view, context)


@use_case
async def change(list_id: UUID, patch: PriceListPatch, context: Context) -> PriceListView:
    """Change the fields of a price list that the patch gives.

    Raise NoSuchPriceList, PriceListChanged if it was changed since it was read, PeriodUnusable or
    PriceListGroupUnknown.
    """
    async with transaction(context.once) as session:
        await listed.lock_rules(session)
        price_list = await price_lists.claim(session, list_id, context.seen)
        fields = given(patch)
        if "customer_group" in fields:
            fields["customer_group_id"] = fields.pop("customer_group")
        rewrite(price_list, fields)
        await price_lists.save(session, price_list)
        await price_lists.reprice(session, price_list, context.asked_at)
        view = await price_lists.view(session, list_id)
        return await events.record(session, event_types.PRICE_LIST.changed, view, context)


@use_case
async def remove(list_id: UUID, context: Context) -> None:
    """Delete a price list with its prices. Raise NoSuchPriceList or PriceListChanged."""
    async with transaction(context.once) as session:
        await listed.lock_rules(session)
        price_list = await price_lists.claim(session, list_id, context.seen)
        price_list.active = False  # reprice while its rows still say which products it prices
        await session.orm.flush()
        await price_lists.reprice(session, price_list, context.asked_at)
        await price_lists.remove(session, price_list)
        await events.record_deletion(session, event_types.PRICE_LIST.deleted, list_id, context)


@use_case
async def set_prices(list_id: UUID, draft: ListedPricesDraft, context: Context) -> PriceListView:
    """Add or replace prices, in minor units: all of them or none.

    Raise NoSuchSku, NoSuchPriceList or PriceListChanged.
    """
    async with transaction(context.once) as session:
        await listed.lock_rules(session)
        price_list = await price_lists.claim(session, list_id, context.seen)
        products = await price_lists.set_prices(session, price_list, draft.prices)
        price_list.version += 1
        await sales.reprice(session, products, context.asked_at)
        view = await price_lists.view(session, list_id)
        return await events.record(session, event_types.PRICE_LIST.changed, view, context)


@use_case
async def remove_prices(list_id: UUID, sku: str, context: Context) -> None:
    """Remove all prices of a SKU. Raise NotInPriceList, NoSuchPriceList or PriceListChanged."""
    async with transaction(context.once) as session:
        await listed.lock_rules(session)
        price_list = await price_lists.claim(session, list_id, context.seen)
        products = await price_lists.remove_prices(session, price_list, sku)
        price_list.version += 1
        await sales.reprice(session, products, context.asked_at)
        view = await price_lists.view(session, list_id)
        await events.append(session, event_types.PRICE_LIST.changed, list_id, view, context)
        await session.answer(None)
