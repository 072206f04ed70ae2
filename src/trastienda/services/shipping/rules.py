"""Checks of the rules of shipping options, as staff write them. Pure."""

from collections.abc import Collection, Mapping

from msgspec import UNSET, UnsetType, structs

from trastienda.database.models.shipping.option import Tariff
from trastienda.errors import Invalid
from trastienda.schemas.shipping.option import (
    ShippingOptionPatch,
    ShippingRules,
    StaffShippingOptionView,
    Tier,
)
from trastienda.services import outside
from trastienda.services.shared import addresses

_TIERED = {Tariff.WEIGHT, Tariff.SUBTOTAL}
_BY_CURRENCY = ("tiers", "additional", "free_from")


def check(rules: ShippingRules, prices: Collection[str]) -> None:
    """Check that rules are consistent; `prices` are the currencies that have a price.

    Raise the Invalid of the first field that is wrong.
    """
    _check_tariff(rules)
    for field in _BY_CURRENCY:
        for currency in getattr(rules, field):
            if currency not in prices:
                raise ShippingPriceMissing(currency=currency, pointer=f"/{field}/{currency}")
    _check_tiers(rules.tiers)
    for low, high in (("min_weight", "max_weight"), ("min_days", "max_days")):
        least, most = getattr(rules, low), getattr(rules, high)
        if least is not None and most is not None and least > most:
            raise LimitsCrossed(pointer=f"/{high}")
    if rules.pickup_address:
        addresses.check_country(rules.pickup_address.country, "/pickup_address/country")


def check_courier(tariff: Tariff | UnsetType) -> None:
    """Raise CourierMissing if the tariff needs a courier and none is connected."""
    if tariff is Tariff.COURIER and not outside.has(outside.COURIER):
        raise CourierMissing(pointer="/tariff")


def patched(before: StaffShippingOptionView, patch: ShippingOptionPatch) -> ShippingRules:
    """Return the rules of a shipping option with a patch applied.

    A currency without a price loses its tiers, additional price and free threshold. A change of
    the tariff removes tiers, additional prices and the courier.
    """
    after = ShippingRules(
        **{name: getattr(before, name) for name in ShippingRules.__struct_fields__}
    )
    if patch.prices is not UNSET:
        prices = patch.prices
        changes = {
            field: {key: value for key, value in getattr(before, field).items() if key in prices}
            for field in _BY_CURRENCY
        }
        after = structs.replace(after, **changes)
    if patch.tariff not in {UNSET, before.tariff}:
        after = structs.replace(after, tiers={}, additional={}, courier=None)
    fields = {name: getattr(patch, name) for name in ShippingRules.__struct_fields__}
    return structs.replace(
        after, **{name: value for name, value in fields.items() if value is not UNSET}
    )


def _check_tariff(rules: ShippingRules) -> None:
    by_courier = rules.tariff is Tariff.COURIER
    if by_courier and rules.courier is None:
        raise CourierServiceMissing(pointer="/courier")
    if rules.courier is not None and not by_courier:
        raise TariffWithoutThis(tariff=rules.tariff, pointer="/courier")
    if rules.tiers and rules.tariff not in _TIERED:
        raise TariffWithoutThis(tariff=rules.tariff, pointer="/tiers")
    if rules.additional and rules.tariff is not Tariff.FIRST_ADDITIONAL:
        raise TariffWithoutThis(tariff=rules.tariff, pointer="/additional")
    if rules.tariff in _TIERED and not rules.tiers:
        raise TiersMissing(tariff=rules.tariff, pointer="/tiers")


def _check_tiers(tiers: Mapping[str, list[Tier]]) -> None:
    for currency, of_currency in tiers.items():
        thresholds: set[int] = set()
        for index, tier in enumerate(of_currency):
            if tier.start in thresholds:
                raise TierRepeated(pointer=f"/tiers/{currency}/{index}/from")
            thresholds.add(tier.start)


class CourierMissing(Invalid):
    """No courier is connected whose prices could be asked for."""


class CourierServiceMissing(Invalid):
    """This tariff needs the service to ask the courier for (`courier`)."""


class TariffWithoutThis(Invalid):
    """This means nothing for the tariff."""


class TiersMissing(Invalid):
    """This tariff needs tiers."""


class TierRepeated(Invalid):
    """Another tier begins at the same threshold."""


class ShippingPriceMissing(Invalid):
    """The way of shipping has no price in this currency."""


class LimitsCrossed(Invalid):
    """The upper limit is below the lower one."""
