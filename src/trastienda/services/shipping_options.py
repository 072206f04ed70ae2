"""Ways of shipping, as staff write them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.shipping_option import ShippingOption
from trastienda.database.models.text import Locale
from trastienda.errors import NotFound, Stale
from trastienda.schemas.shipping_option import StaffShippingOptionView
from trastienda.services import addresses, currencies

_VIEW_SQL = """
    SELECT id, names, (
            SELECT json_object_agg(currency, amount ORDER BY currency) FROM shipping_prices
            WHERE shipping_option_id = shipping_options.id),
        countries, position, active, version
    FROM shipping_options
"""
_VIEW = prepared(f"{_VIEW_SQL} WHERE id = %(option)s")
_LIST = prepared(f"{_VIEW_SQL} ORDER BY position, id")
_SET_PRICES = prepared("""
    WITH gone AS (
        DELETE FROM shipping_prices
        WHERE shipping_option_id = %(option)s AND currency <> ALL (%(currencies)s::text[])
    )
    INSERT INTO shipping_prices (shipping_option_id, currency, amount, additional)
    SELECT %(option)s, currency, amount, 0
    FROM unnest(%(currencies)s::text[], %(amounts)s::bigint[]) AS given (currency, amount)
    ON CONFLICT (shipping_option_id, currency) DO UPDATE SET amount = excluded.amount
""")


def check(prices: Collection[str], countries: Collection[str]) -> None:
    """Raise NoSuchCurrency or CountryUnknown for a currency or country that does not exist."""
    for currency in prices:
        currencies.check(currency, f"/prices/{currency}")
    for place, country in enumerate(countries):
        addresses.check_country(country, f"/countries/{place}")


async def every(session: Reading) -> list[StaffShippingOptionView]:
    """Return all of them, in the order in which buyers see them."""
    return [_view(row) for row in await _LIST.rows(session)]


async def view(session: Reading, option_id: UUID) -> StaffShippingOptionView:
    """Return one way of shipping. Raise NoSuchShippingOption."""
    if row := await _VIEW.row(session, option=option_id):
        return _view(row)
    raise NoSuchShippingOption


async def claim(session: Session, option_id: UUID, seen: int | None) -> ShippingOption:
    """Lock one for a change. Raise NoSuchShippingOption or ShippingOptionChanged."""
    query = select(ShippingOption).where(ShippingOption.id == option_id).with_for_update()
    option = await session.orm.scalar(query)
    if option is None:
        raise NoSuchShippingOption
    if seen not in {None, option.version}:
        raise ShippingOptionChanged(version=option.version)
    return option


async def set_prices(session: Session, option: ShippingOption, prices: Mapping[str, int]) -> None:
    """Give it these prices and no others."""
    await session.orm.flush()
    names = {"currencies": list(prices), "amounts": list(prices.values())}
    await _SET_PRICES(session, option=option.id, **names)


def _view(row: Row) -> StaffShippingOptionView:
    id_, names, prices, countries, position, active, version = row
    return StaffShippingOptionView(
        id=id_,
        names={Locale(locale): name for locale, name in names.items()},
        prices=prices or {},
        countries=countries,
        position=position,
        active=active,
        version=version,
    )


class NoSuchShippingOption(NotFound):
    """There is no such way of shipping."""


class ShippingOptionChanged(Stale):
    """The way of shipping has changed since you read it."""
