"""How many products of a list have each option's and attribute's values."""

from collections.abc import Mapping
from functools import lru_cache

from trastienda.database.db import Prepared, Reading
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.filters import FilterGroup, FilterValue, ListFilters
from trastienda.schemas.catalogue.product import ProductQuery
from trastienda.services.catalogue import product_list
from trastienda.services.catalogue.listing.narrowing import (
    BETWEEN,
    MOST_NAMES,
    Narrowing,
    conditions,
    narrowing,
)

MOST_VALUES = 12
"""Of a name: those that most products have."""
READ = 300


async def count(
    session: Reading, query: ProductQuery, locale: Locale, currency: str
) -> ListFilters:
    """Count, for each value, the products that the list would have with it.

    A value is counted by all filters but those of its own name, beside which it would be chosen.
    Raise FilterUnusable.
    """
    chosen, used = narrowing(query.filters), product_list.used(query)
    names = tuple(it for it in used if it != "in_stock")
    statement = _statement(names, len(chosen.by_name), stocked="in_stock" in used)
    values = product_list.values(query, locale, currency)
    (_, in_stock), *found = await statement.rows(session, **values, **chosen.values)
    return ListFilters(in_stock=in_stock, groups=_groups(dict(found), chosen))


@lru_cache(256)
def _statement(used: tuple[str, ...], names: int, *, stocked: bool) -> Prepared:
    # Many products have the same values, so these are counted first, and taken apart once.
    matches = conditions(names)
    beside = [f"({it} OR starts_with(filter, %(name{at})s))" for at, it in enumerate(matches)]
    stock = ["in_stock"] if stocked else []
    return Prepared(f"""
        WITH listed AS MATERIALIZED (
            SELECT filters, in_stock, count(*) AS products
            FROM {product_list.narrowed(used)} GROUP BY filters, in_stock
        ), counted AS (
            SELECT filter, sum(products)::bigint AS products
            FROM listed, unnest(filters) AS filter
            WHERE {" AND ".join([*beside, *stock]) or "true"}
            GROUP BY filter ORDER BY products DESC, filter LIMIT {READ}
        )
        SELECT '', coalesce(sum(products), 0)::bigint FROM listed
        WHERE {" AND ".join([*matches, "in_stock"])}
        UNION ALL SELECT filter, products FROM counted
    """)


def _groups(counts: Mapping[str, int], chosen: Narrowing) -> list[FilterGroup]:
    """Arrange the counts by name; what is chosen is never left out."""
    selected = [it for values in chosen.by_name.values() for it in values]
    by_name: dict[str, list[FilterValue]] = {}
    for it in [*counts, *(it for it in selected if it not in counts)]:
        name, _, value = it.partition(BETWEEN)
        shown = by_name.setdefault(name, [])
        if len(shown) < MOST_VALUES or it in selected:
            shown.append(FilterValue(value, it, counts.get(it, 0), it in selected))
    groups = [
        FilterGroup(name, values)
        for name, values in by_name.items()
        if len(values) > 1 or name in chosen.by_name
    ]
    groups.sort(key=lambda it: (it.name not in chosen.by_name, -sum(v.count for v in it.values)))
    return groups[:MOST_NAMES]
