"""What staff do with the ways of shipping. Orders keep what they say, whatever happens here."""

from uuid import UUID

from msgspec import UNSET

from trastienda.database.db import transaction, use_case
from trastienda.database.models.shipping_option import ShippingOption
from trastienda.database.models.text import Locale
from trastienda.schemas.shipping_option import (
    ShippingOptionDraft,
    ShippingOptionPatch,
    StaffShippingOptionView,
)
from trastienda.schemas.terms import Terms
from trastienda.services import (
    channels,
    event_types,
    events,
    shipping_options,
    shipping_rules,
    translations,
)


@use_case
async def create(draft: ShippingOptionDraft, terms: Terms) -> StaffShippingOptionView:
    """Offer one more way of shipping. Raise the Invalid that names the field at fault."""
    shipping_options.check(draft.prices, draft.countries)
    shipping_rules.expect_courier(draft.tariff)
    shipping_rules.check(draft, draft.prices)
    async with transaction(terms.once) as session:
        await shipping_options.expect_zones(session, draft.zones)
        excluded = await shipping_options.categories(session, draft.excluded_categories)
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
        await shipping_options.set_rules(session, option, draft, draft.prices)
        view = await shipping_options.view(session, option.id)
        return await events.tell(session, event_types.SHIPPING_OPTION.created, view, terms)


@use_case
async def change(
    option_id: UUID, patch: ShippingOptionPatch, terms: Terms
) -> StaffShippingOptionView:
    """Change what the patch names. Raise ShippingOptionChanged when somebody was faster."""
    shipping_options.check(patch.prices or {}, patch.countries or [])
    shipping_rules.expect_courier(patch.tariff)
    async with transaction(terms.once) as session:
        option = await shipping_options.claim(session, option_id, terms.seen)
        before = await shipping_options.view(session, option_id)
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
            await shipping_options.expect_zones(session, patch.zones)
            option.zone_ids = list(dict.fromkeys(patch.zones))
        if patch.excluded_categories is not UNSET:
            slugs = patch.excluded_categories
            option.excluded_category_ids = await shipping_options.categories(session, slugs)
        option.version += 1
        await shipping_options.set_rules(session, option, rules, prices)
        view = await shipping_options.view(session, option_id)
        return await events.tell(session, event_types.SHIPPING_OPTION.changed, view, terms)


@use_case
async def remove(option_id: UUID, terms: Terms) -> None:
    """Offer it no more: carts that had chosen it must choose anew."""
    async with transaction(terms.once) as session:
        await session.orm.delete(await shipping_options.claim(session, option_id, terms.seen))
        await session.orm.flush()
        await events.tell_gone(session, event_types.SHIPPING_OPTION.deleted, option_id, terms)
