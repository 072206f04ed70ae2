"""Products as a file, in the columns that an import takes: unchanged, it changes nothing."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.product_draft import ProductDraft, VariantDraft
from trastienda.schemas.imports.product_import import ImportRowView
from trastienda.services.catalogue import staff_product_view, staff_products
from trastienda.services.catalogue.product_writing import draft_of
from trastienda.services.channels import channels
from trastienda.services.imports import columns
from trastienda.services.imports.cells import guarded, written
from trastienda.services.imports.columns import AMOUNTS, MEASURES, Column, Field
from trastienda.services.stock import locations

AT_ONCE = 25
"""Products that are written at a time, so that other requests wait for none of it."""
FEWEST_OPTIONS = 3
"""Options that a file has columns for, even if no product has as many."""
MARK = "\ufeff"
"""Without it, spreadsheets take UTF-8 for something else."""
EXAMPLE: tuple[dict[str, str], ...] = (
    {
        "slug": "example-shirt",
        "name": "Example shirt",
        "name_es": "Camisa de ejemplo",
        "description": "Delete these rows, or import them: the product is a draft.",
        "published": "false",
        "option_1_name": "Size",
        "option_1_name_es": "Talla",
        "option_1_value": "Small",
        "option_1_value_es": "Pequeña",
        "sku": "EXAMPLE-S",
        "price": "19.90",
        "weight_grams": "180",
        "stock_main": "10",
    },
    {
        "slug": "example-shirt",
        "option_1_value": "Large",
        "option_1_value_es": "Grande",
        "sku": "EXAMPLE-L",
        "price": "19.90",
        "weight_grams": "220",
        "stock_main": "5",
    },
)
"""The rows of the template, by column; `price` is that of the first currency."""
_WIDTH = prepared("""
    SELECT coalesce(max(jsonb_array_length(options)), 0) FROM product_texts
""")
_CURRENCIES = prepared("SELECT DISTINCT currency FROM prices WHERE NOT converted")
_NEXT = prepared(f"""
    SELECT id FROM products
    WHERE (%(after)s::uuid IS NULL OR id > %(after)s::uuid) AND {staff_product_view.MATCHES_SQL}
    ORDER BY id LIMIT %(most)s
""")
_LEVELS = prepared("""
    SELECT variants.sku, locations.code, stock.on_hand
    FROM stock JOIN variants ON variants.id = stock.variant_id
        JOIN locations ON locations.id = stock.location_id
    WHERE variants.product_id = ANY (%(products)s)
""")
Cells = dict[str, str]
Levels = Mapping[str, Mapping[str, int]]
"""Units on hand by SKU, then by location."""


class ProductSheet(NamedTuple):
    """The columns of a file of products."""

    names: Sequence[str]
    base: Locale
    """The shop's first language."""


class Wanted(NamedTuple):
    """Which products: those with part of a name, in a language, or of a SKU; all without it."""

    locale: Locale
    q: str | None = None


async def header(session: Reading) -> ProductSheet:
    """Return the columns that the products of this shop need."""
    channel = channels.current()
    width = await _WIDTH.row(session)
    used = {currency for (currency,) in await _CURRENCIES.rows(session)}
    first = [channel.default_currency, *channel.currencies]
    currencies = list(dict.fromkeys([*first, *sorted(used)]))
    codes = [it.code for it in await locations.every(session)]
    base = Locale(channel.locale)
    options = max(FEWEST_OPTIONS, width[0] if width else 0)
    languages = [None, *(it for it in Locale if it is not base)]
    every = [
        Column(Field.SLUG),
        *(Column(it, locale) for it in (Field.NAME, Field.DESCRIPTION) for locale in languages),
        *(Column(it) for it in (Field.CATEGORIES, Field.PUBLISHED, Field.GIFT_CARD)),
        *(
            Column(it, locale, number)
            for number in range(1, options + 1)
            for it in (Field.OPTION_NAME, Field.OPTION_VALUE)
            for locale in languages
        ),
        Column(Field.SKU),
        *(Column(Field.VARIANT_NAME, locale) for locale in languages),
        Column(Field.TAX_CLASS),
        *(Column(it, of=currency) for currency in currencies for it in AMOUNTS),
        *(Column(it) for it in MEASURES),
        *(Column(it, of=code) for code in codes for it in (Field.STOCK, Field.OLD_STOCK)),
    ]
    return ProductSheet([it.name for it in every], base)


def start(sheet: ProductSheet) -> bytes:
    """Return the first line of a file."""
    return (MARK + _lines([sheet.names])).encode()


def template(sheet: ProductSheet) -> str:
    """Return a file with an example, which is a draft and can be imported as it is."""
    price = next(it for it in sheet.names if columns.named(it).field == Field.PRICE)
    example = [
        [it[Field.PRICE] if name == price else it.get(name, "") for name in sheet.names]
        for it in EXAMPLE
    ]
    return MARK + _lines([sheet.names, *example])


async def piece(
    session: Reading, sheet: ProductSheet, wanted: Wanted, after: UUID | None
) -> tuple[bytes, UUID | None]:
    """Return the lines of the next products, and the last of these; None at the end."""
    matching = staff_product_view.matching(*wanted)
    ids = [id_ for (id_,) in await _NEXT.rows(session, **matching, after=after, most=AT_ONCE)]
    if not ids:
        return b"", None
    products = await staff_products.whole(session, ids, lock=False)
    categories = await staff_product_view.category_slugs_of(session, ids)
    levels: dict[str, dict[str, int]] = {}
    for sku, code, on_hand in await _LEVELS.rows(session, products=ids):
        levels.setdefault(sku, {})[code] = on_hand
    lines = [
        [guarded(cells.get(name, "")) for name in sheet.names]
        for it in products
        for cells in rows(draft_of(it, categories[it.id], sheet.base), levels)
    ]
    return _lines(lines).encode(), ids[-1]


def rows(draft: ProductDraft, levels: Levels) -> Iterator[Cells]:
    """Yield the rows of a product: what it has as a whole stands in the first alone."""
    whole = _whole(draft)
    for variant in draft.variants:
        stock = {} if draft.gift_card else levels.get(variant.sku, {})
        yield {Field.SLUG: draft.slug or "", **whole, **_variant(draft, variant), **_levels(stock)}
        whole = {}


def failed(names: Sequence[str], left_out: Sequence[ImportRowView]) -> str:
    """Return rows that were left out as a file, with what is wrong with each."""
    lines = [[*names, columns.PROBLEM]]
    for row in left_out:
        said = [f"{it.column}: {it.title}" if it.column else it.title for it in row.problems]
        cells = [guarded(row.cells.get(name, "")) for name in names]
        lines.append([*cells, guarded(" ".join(said))])
    return MARK + _lines(lines)


def _whole(draft: ProductDraft) -> Cells:
    cells: Cells = {
        Field.NAME: draft.name,
        Field.DESCRIPTION: draft.description,
        Field.CATEGORIES: ", ".join(draft.categories),
        Field.PUBLISHED: str(draft.published).lower(),
        Field.GIFT_CARD: str(draft.gift_card).lower(),
    }
    for number, option in enumerate(draft.options, 1):
        cells[Column(Field.OPTION_NAME, None, number).name] = option.name
    for locale, it in draft.translations.items():
        cells[Column(Field.NAME, locale).name] = it.name or ""
        cells[Column(Field.DESCRIPTION, locale).name] = it.description or ""
        for number, option in enumerate(it.options or [], 1):
            cells[Column(Field.OPTION_NAME, locale, number).name] = option.name
    return cells


def _variant(draft: ProductDraft, variant: VariantDraft) -> Cells:
    cells: Cells = {
        Field.SKU: variant.sku,
        Field.VARIANT_NAME: variant.name or "",
        Field.TAX_CLASS: variant.tax_class,
    }
    for locale, name in variant.translations.items():
        cells[Column(Field.VARIANT_NAME, locale).name] = name
    for field in AMOUNTS:
        for currency, amount in getattr(variant, f"{field}s").items():
            cells[Column(field, of=currency).name] = written(amount, currency)
    for field in MEASURES:
        measure = getattr(variant, field)
        cells[field] = "" if measure is None else str(measure)
    for number, option in enumerate(draft.options, 1):
        value = variant.options[option.name]
        cells[Column(Field.OPTION_VALUE, None, number).name] = value
        at = option.values.index(value)
        for locale, it in draft.translations.items():
            if it.options:
                word = it.options[number - 1].values[at]
                cells[Column(Field.OPTION_VALUE, locale, number).name] = word
    return cells


def _levels(stock: Mapping[str, int]) -> Cells:
    return {
        Column(field, of=code).name: str(on_hand)
        for code, on_hand in stock.items()
        for field in (Field.STOCK, Field.OLD_STOCK)
    }


def _lines(lines: Sequence[Sequence[str]]) -> str:
    text = StringIO()
    csv.writer(text).writerows(lines)
    return text.getvalue()
