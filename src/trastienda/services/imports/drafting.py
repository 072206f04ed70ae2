"""From the rows of a product to the product as it is to be. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid, ShopError
from trastienda.schemas.catalogue.product_draft import (
    ProductDraft,
    ProductPatch,
    Translation,
    VariantDraft,
    VariantPatch,
)
from trastienda.schemas.imports.product_import import SheetRow
from trastienda.services.catalogue import product_texts
from trastienda.services.catalogue.product_writing import PriceMissing, patched
from trastienda.services.imports import cells, columns, options
from trastienda.services.imports.columns import (
    AMOUNTS,
    FIELDS,
    MEASURES,
    OF_PRODUCTS,
    Column,
    Field,
)

Values = dict[Column, Any]
_GIFT_CARD = Column(Field.GIFT_CARD)
_OF_VARIANTS = FIELDS - OF_PRODUCTS - {Field.SKU}


class Problem(NamedTuple):
    """Why a row, and with it its product, is left out."""

    number: int
    column: str | None
    error: ShopError


class Count(NamedTuple):
    """What a row says that is on hand."""

    number: int
    sku: str
    location: str
    counted: int
    expected: int | None


@dataclass
class Drafted:
    """What came of the rows of a product."""

    rows: Sequence[SheetRow]
    draft: ProductDraft | None = None
    """None if there are problems."""
    skus: dict[int, str] = field(default_factory=dict)
    """The SKU of each row that is about a variant, by the row's number."""
    counts: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, number: int, column: Column | None, error: ShopError) -> None:
        """Note a problem of a row."""
        self.problems.append(Problem(number, column and column.name, error))

    def row_of(self, sku: str) -> int:
        """Return the number of the row of a SKU, or of the first row."""
        numbers = (number for number, it in self.skus.items() if it == sku)
        return next(numbers, self.rows[0].number)


def drafted(rows: Sequence[SheetRow], known: ProductDraft | None) -> Drafted:
    """Return the product that rows describe, on top of what is known of it, or their problems."""
    found = Drafted(rows)
    values = {row.number: _values(row, found) for row in rows}
    shared = _shared(values, found)
    base = known or _new(shared, found)
    if base is None or found.problems:
        return found
    if shared.get(_GIFT_CARD, base.gift_card) != base.gift_card:
        found.refuse(rows[0].number, _GIFT_CARD, GiftCardFixed())
    _find_skus(values, base, found)
    if found.problems:
        return found
    patch = _patch(values, shared, base, found)
    skus = [it.sku for it in patch.variants or ()]
    try:
        found.draft = patched(base, patch)
        _expect_few(found.draft)
    except Invalid as error:
        refuse(found, error, skus)
    _count(values, found)
    return found


def _expect_few(draft: ProductDraft) -> None:
    """Raise PriceMissing or ProductTooLarge, which the shape of a patch excludes in the API."""
    for index, variant in enumerate(draft.variants):
        if not variant.prices:
            raise PriceMissing(sku=variant.sku, pointer=f"/variants/{index}/prices")
    try:
        msgspec.convert(msgspec.to_builtins(draft), ProductDraft)
    except msgspec.ValidationError:
        raise ProductTooLarge from None


_CELLS = {"options": Column(Field.OPTION_VALUE, number=1).name}
"""The columns of fields of variants whose pointers do not name one."""


def refuse(found: Drafted, error: ShopError, skus: Sequence[str]) -> None:
    """Note what a rule refused, at the row that its pointer means; `skus` are the variants'."""
    steps = str(error.facts.get("pointer", "")).split("/")[1:]
    number, column = found.rows[0].number, steps[0] if len(steps) == 1 else None
    if steps[:1] == ["variants"] and steps[2:] and steps[1].isdecimal():
        number = found.row_of(skus[int(steps[1])])
        column = _CELLS.get(steps[2], "_".join(steps[2:]).replace("prices_", "price_"))
    found.problems.append(Problem(number, column, error))


def _values(row: SheetRow, found: Drafted) -> Values:
    values: Values = {}
    for name, text in row.cells.items():
        column = columns.named(name)
        try:
            values[column] = cells.meant(column, text)
        except Invalid as error:
            found.refuse(row.number, column, error)
    if row.repeated:
        found.refuse(row.number, Column(Field.SKU), SkuRepeated())
    return values


def _shared(values: Mapping[int, Values], found: Drafted) -> Values:
    """Return what the rows say about the product as a whole."""
    shared: Values = {}
    for number, cells_of_row in values.items():
        for column, value in cells_of_row.items():
            if column.field not in OF_PRODUCTS:
                continue
            if shared.setdefault(column, value) != value:
                found.refuse(number, column, RowsDisagree())
    return shared


def _new(shared: Values, found: Drafted) -> ProductDraft | None:
    name, first = shared.get(Column(Field.NAME)), found.rows[0].number
    if name is None:
        found.refuse(first, Column(Field.NAME), NameNeeded())
        return None
    try:
        slug = shared.get(Column(Field.SLUG)) or product_texts.slug_of(name)
    except Invalid as error:
        found.refuse(first, Column(Field.SLUG), error)
        return None
    gift_card = bool(shared.get(_GIFT_CARD))
    return ProductDraft(name=name, slug=slug, variants=[], gift_card=gift_card)


def _find_skus(values: Mapping[int, Values], base: ProductDraft, found: Drafted) -> None:
    """Find out which variant each row is about; a row about the product alone needs no SKU."""
    for number, it in values.items():
        sku = it.get(Column(Field.SKU))
        is_about_one = any(column.field in _OF_VARIANTS for column in it)
        if sku is None and is_about_one and len(base.variants) == 1:
            sku = base.variants[0].sku
        if sku in found.skus.values():
            found.refuse(number, Column(Field.SKU), SkuRepeated())
        elif sku is not None:
            found.skus[number] = sku
        elif is_about_one:
            found.refuse(number, Column(Field.SKU), SkuNeeded())
    if not found.skus and not base.variants and not found.problems:
        found.refuse(found.rows[0].number, Column(Field.SKU), SkuNeeded())


def _patch(
    values: Mapping[int, Values], shared: Values, base: ProductDraft, found: Drafted
) -> ProductPatch:
    """Return what the rows change; the variants of the patch are those of the product to be."""
    of_skus = {sku: values[number] for number, sku in found.skus.items()}
    known = {it.sku: it for it in base.variants}
    chosen = options.chosen(base, shared, of_skus)
    fields: dict[str, Any] = {
        name: shared[Column(it)] if shared[Column(it)] is not cells.EMPTIED else empty
        for it, name, empty in _PRODUCT_FIELDS
        if Column(it) in shared
    }
    variants = [
        VariantPatch(
            sku=sku,
            options=chosen.of_variants.get(sku, {}),
            **_variant_fields(of_skus.get(sku, {}), known.get(sku)),
        )
        for sku in dict.fromkeys([*known, *of_skus])
    ]
    translations = {
        locale: _translation(base.translations.get(locale), shared, locale, chosen)
        for locale in Locale
        if locale in base.translations or _speaks(shared, of_skus.values(), locale)
    }
    return ProductPatch(
        **fields, options=chosen.options, variants=variants, translations=translations
    )


_PRODUCT_FIELDS: tuple[tuple[str, str, Any], ...] = (
    (Field.NAME, "name", ""),
    (Field.DESCRIPTION, "description", ""),
    (Field.CATEGORIES, "categories", []),
    (Field.PUBLISHED, "published", True),
)
"""The fields of products with one value, their names in a draft, and what is left emptied."""


def _speaks(shared: Values, variants: Iterable[Values], locale: Locale) -> bool:
    return any(it.locale is locale for values in (shared, *variants) for it in values)


def _translation(
    known: Translation | None, shared: Values, locale: Locale, chosen: options.Chosen
) -> Translation:
    made = known or Translation()
    for it, name in ((Field.NAME, "name"), (Field.DESCRIPTION, "description")):
        if (column := Column(it, locale)) in shared:
            made = structs.replace(made, **{name: shared[column]})
    return structs.replace(made, options=chosen.translations.get(locale))


def _variant_fields(values: Values, known: VariantDraft | None) -> dict[str, Any]:
    """Return what a row says about its variant, as the fields of a patch."""
    fields: dict[str, Any] = {}
    for it in AMOUNTS:
        amounts = {column.of: value for column, value in values.items() if column.field == it}
        if amounts:
            name = f"{it}s"
            whole = {**(getattr(known, name) if known else {}), **amounts}
            fields[name] = {key: value for key, value in whole.items() if value is not None}
    fields |= {
        it: values[Column(it)] for it in (*MEASURES, Field.TAX_CLASS) if Column(it) in values
    }
    if Column(Field.VARIANT_NAME) in values:
        fields["name"] = values[Column(Field.VARIANT_NAME)]
    names = {
        column.locale: value
        for column, value in values.items()
        if column.field == Field.VARIANT_NAME and column.locale
    }
    if names:
        whole = {**(known.translations if known else {}), **names}
        fields["translations"] = {key: value for key, value in whole.items() if value is not None}
    return fields


def _count(values: Mapping[int, Values], found: Drafted) -> None:
    """Note what is to be counted: cells of stock that people have touched."""
    for number, sku in found.skus.items():
        of_row = values[number]
        for column, counted in of_row.items():
            expected = of_row.get(Column(Field.OLD_STOCK, of=column.of))
            if column.field == Field.STOCK and counted != expected:
                found.counts.append(Count(number, sku, column.of, counted, expected))


class SkuRepeated(Invalid):
    """Another row above has this SKU."""


class RowsDisagree(Invalid):
    """Rows of the same product say different things here: fill in the first of them alone."""


class NameNeeded(Invalid):
    """A new product needs a name; one that is there is found by its slug or by a SKU."""


class SkuNeeded(Invalid):
    """This row needs a SKU."""


class ProductTooLarge(Invalid):
    """A product has at most 500 variants, 10 options of 100 values each, and 50 categories."""


class GiftCardFixed(Invalid):
    """Whether a product is a gift card cannot be changed."""
