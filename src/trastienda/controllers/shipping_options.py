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
from trastienda.services import channels, shipping_options, translations


@use_case
async def create(draft: ShippingOptionDraft, terms: Terms) -> StaffShippingOptionView:
    """Offer one more way of shipping. Raise NoSuchCurrency or CountryUnknown."""
    shipping_options.check(draft.prices, draft.countries)
    async with transaction(terms.once) as session:
        names = translations.names(draft.name, draft.translations)
        option = ShippingOption(
            channel_id=channels.current().id,
            names={locale.value: name for locale, name in names.items()},
            position=draft.position,
            active=draft.active,
            countries=list(dict.fromkeys(draft.countries)),
        )
        session.orm.add(option)
        await shipping_options.set_prices(session, option, draft.prices)
        return await session.answer(await shipping_options.view(session, option.id))


@use_case
async def change(
    option_id: UUID, patch: ShippingOptionPatch, terms: Terms
) -> StaffShippingOptionView:
    """Change what the patch names. Raise ShippingOptionChanged when somebody was faster."""
    shipping_options.check(patch.prices or {}, patch.countries or [])
    async with transaction(terms.once) as session:
        option = await shipping_options.claim(session, option_id, terms.seen)
        before = await shipping_options.view(session, option_id)
        base = Locale(channels.current().locale)
        names = translations.renamed(before.names, base, patch.name, patch.translations)
        option.names = {locale.value: name for locale, name in names.items()}
        option.position = option.position if patch.position is UNSET else patch.position
        option.active = option.active if patch.active is UNSET else patch.active
        if patch.countries is not UNSET:
            option.countries = list(dict.fromkeys(patch.countries))
        option.version += 1
        prices = before.prices if patch.prices is UNSET else patch.prices
        await shipping_options.set_prices(session, option, prices)
        return await session.answer(await shipping_options.view(session, option_id))


@use_case
async def remove(option_id: UUID, terms: Terms) -> None:
    """Offer it no more: carts that had chosen it must choose anew."""
    async with transaction(terms.once) as session:
        await session.orm.delete(await shipping_options.claim(session, option_id, terms.seen))
        await session.orm.flush()
        await session.answer(None)
