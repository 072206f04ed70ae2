"""The options of a product and of its variants, as rows give them. Pure.

Options go by their numbers: a name in `option_1_name` that is new renames the first option.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.product_draft import OptionDraft, ProductDraft
from trastienda.services.imports.columns import Column, Field

NONE_OF_SHOPIFY = ("Title", "Default Title")
"""How Shopify's files name the option and the value of products without options."""
Words = dict[tuple[Locale, int], dict[str, str]]
"""By language and number of the option: the words for values of the first language."""


class Chosen(NamedTuple):
    """What a product can be chosen by, and what its variants are."""

    options: list[OptionDraft]
    of_variants: dict[str, dict[str, str]]
    """By SKU: the values by the names of the options."""
    translations: dict[Locale, list[OptionDraft]]
    """Only where they differ from the first language."""


def chosen(
    base: ProductDraft, shared: Mapping[Column, Any], rows: Mapping[str, Mapping[Column, Any]]
) -> Chosen:
    """Return the options that come of a product and of rows by their SKUs.

    A new value goes last; one that no variant has any more is dropped.
    """
    names = _names(base, shared)
    before = {it.sku: [it.options[option.name] for option in base.options] for it in base.variants}
    after = {sku: _values(before.get(sku, []), row, names) for sku, row in rows.items()}
    after = {**before, **after}
    options = []
    for at, name in enumerate(names):
        known = base.options[at].values if at < len(base.options) else []
        values = _kept(known, list(before.values()), list(after.values()), at)
        options.append(OptionDraft(name, values))
    of_variants = {sku: _by_name(names, values) for sku, values in after.items()}
    words = _words(rows, after)
    translations = {
        locale: translated
        for locale in Locale
        if (translated := _translated(base, locale, options, shared, words)) != options
    }
    return Chosen(options, of_variants, translations)


def _names(base: ProductDraft, shared: Mapping[Column, Any]) -> list[str]:
    names = [it.name for it in base.options]
    given = {
        column.number: value
        for column, value in shared.items()
        if column.field == Field.OPTION_NAME and column.locale is None
    }
    if not names and given == {1: NONE_OF_SHOPIFY[0]}:
        return []
    for number in sorted(given):
        if number <= len(names):
            names[number - 1] = given[number]
        elif number == len(names) + 1:
            names.append(given[number])
    return names


def _values(known: Sequence[str], row: Mapping[Column, Any], names: Sequence[str]) -> list[str]:
    """Return a variant's values in the order of the options; an empty one is missing."""
    values = list(known)
    for column, value in row.items():
        if column.field == Field.OPTION_VALUE and column.locale is None:
            values += [""] * (column.number - len(values))
            values[column.number - 1] = value
    return [] if not names and values == [NONE_OF_SHOPIFY[1]] else values


def _by_name(names: Sequence[str], values: Sequence[str]) -> dict[str, str]:
    """Name the values; those without a name keep their number, which fits no option."""
    numbered = [*names, *(f"{number + 1}" for number in range(len(names), len(values)))]
    return {name: value for name, value in zip(numbered, values, strict=False) if value}


def _kept(
    known: Sequence[str], before: Sequence[Sequence[str]], after: Sequence[Sequence[str]], at: int
) -> list[str]:
    """Return the values of the option `at`: the known ones that are not left, and the new ones."""
    had = {values[at] for values in before if at < len(values)}
    has = dict.fromkeys(values[at] for values in after if at < len(values) and values[at])
    return list(dict.fromkeys([*(it for it in known if it in has or it not in had), *has]))


def _words(rows: Mapping[str, Mapping[Column, Any]], values: Mapping[str, Sequence[str]]) -> Words:
    """Return what rows call the values of their variants in other languages."""
    said: Words = {}
    for sku, row in rows.items():
        for column, word in row.items():
            known = values[sku][column.number - 1 : column.number]
            if column.field == Field.OPTION_VALUE and column.locale and known:
                said.setdefault((column.locale, column.number), {})[known[0]] = word
    return said


def _translated(
    base: ProductDraft,
    locale: Locale,
    options: Sequence[OptionDraft],
    shared: Mapping[Column, Any],
    said: Words,
) -> list[OptionDraft]:
    known = base.translations.get(locale)
    translated = (known.options if known else None) or base.options
    found = []
    for number, option in enumerate(options, 1):
        name, words = option.name, dict[str, str]()
        if number <= len(base.options):
            was, now = base.options[number - 1], translated[number - 1]
            name = now.name if now.name != was.name else name
            words = dict(zip(was.values, now.values, strict=True))
        name = shared.get(Column(Field.OPTION_NAME, locale, number)) or name
        words |= said.get((locale, number), {})
        found.append(OptionDraft(name, [words.get(it, it) for it in option.values]))
    return found
