"""How staff create, change and delete shipping options. Orders are never changed by it."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.shipping.option import ShippingOption
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shipping.option import (
    ShippingOptionDraft,
    ShippingOptionPatch,
    StaffShippingOptionView,
)
from trastienda.services.channels import channels
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.shared import translations
from trastienda.services.shipping import options
from trastienda.services.shipping import rules as shipping_rules


@use_case
async def create(draft: ShippingOptionDraft, context: Context) -> StaffShippingOptionView:
    """Create a shipping option. Raise the Invalid of the first field that is wrong."""
    options.check(draft.prices, draft.countries)
    shipping_rules.check_courier(draft.tariff)
    shipping_rules.check(draft, draft.prices)
    async with transaction(context.once) as session:
        await options.lock_zones(session, draft.zones)
        excluded = await options.category_ids(session, draft.excluded_categories)
        names = translations.names(draft.name, draft.translations)
        option = ShippingOption(
            channel_id=channels.current().id,
            names={locale.value: name for locale, name in names.items()},
            position=draft.position,
            active=draft.active,
            countries=list(dict.fromkeys(draft.countries)),
            zone_ids=list(dict.fromkeys(draft.zones)),
            excluded_category_ids=excluded,
        )
        session.orm.add(option)
        await options.set_rules(session, option, draft, draft.prices)
        view = await options.view(session, option.id)
        return await events.record(session, event_types.SHIPPING_OPTION.created, view, context)


@use_case
async def change(
    option_id: UUID, patch: ShippingOptionPatch, context: Context
) -> StaffShippingOptionView:
    """Change the fields of a shipping option that the patch gives.

    Raise NoSuchShippingOption, ShippingOptionChanged if it was changed since it was read, or the
    Invalid of the first field that is wrong.
    """
    options.check(patch.prices or {}, patch.countries or [])
    shipping_rules.check_courier(patch.tariff)
    async with transaction(context.once) as session:
        option = await options.claim(session, option_id, context.seen)
        before = await options.view(session, option_id)
        prices = before.prices if patch.prices is UNSET else patch.prices
        rules = shipping_rules.patched(before, patch)
        shipping_rules.check(rules, prices)
        base = Locale(channels.current().locale)
        names = translations.renamed(before.names, base, patch.name, patch.translations)
        option.names = {locale.value: name for locale, name in names.items()}
        option.position = option.position if patch.position is UNSET else patch.position
        option.active = option.active if patch.active is UNSET else patch.active
        if patch.countries is not UNSET:
            option.countries = list(dict.fromkeys(patch.countries))
        if patch.zones is not UNSET:
            await options.lock_zones(session, patch.zones)
            option.zone_ids = list(dict.fromkeys(patch.zones))
        if patch.excluded_categories is not UNSET:
            slugs = patch.excluded_categories
            option.excluded_category_ids = await options.category_ids(session, slugs)
        option.version += 1
        await options.set_rules(session, option, rules, prices)
        view = await options.view(session, option_id)
        return await events.record(session, event_types.SHIPPING_OPTION.changed, view, context)


@use_case
async def remove(option_id: UUID, context: Context) -> None:
    """Delete a shipping option; carts with it need another one.

    Raise NoSuchShippingOption or ShippingOptionChanged.
    """
    async with transaction(context.once) as session:
        await options.remove(session, await options.claim(session, option_id, context.seen))
        await events.record_deletion(
            session, event_types.SHIPPING_OPTION.deleted, option_id, context
        )
