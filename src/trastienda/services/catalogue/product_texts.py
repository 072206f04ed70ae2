"""The texts of products and variants in every language, made from drafts. Pure."""

import re
from collections.abc import Mapping, Sequence

from trastienda.database.models.catalogue.product import ProductText
from trastienda.database.models.catalogue.variant import VariantText
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid
from trastienda.schemas.catalogue.product_draft import (
    OptionDraft,
    ProductDraft,
    Translation,
    VariantDraft,
)
from trastienda.services.shared.text import context, fold, sort_key

Options = Sequence[OptionDraft]


def slug_of(name: str) -> str:
    """Return a slug made from a name. Raise SlugNeeded if no letter or digit is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:100].strip("-")
    if not slug:
        raise SlugNeeded(pointer="/slug")
    return slug


def texts(draft: ProductDraft) -> list[ProductText]:
    """Return a product's texts in all languages. Raise TranslationDoesNotFit or OptionsDoNotFit."""
    _expect_different(draft.options)
    return [_text(draft, locale) for locale in Locale]


def options_in(draft: ProductDraft, locale: Locale) -> Options:
    """Return a product's options in a language, in the order of the first language.

    Raise TranslationDoesNotFit or OptionsDoNotFit.
    """
    translation = draft.translations.get(locale)
    if translation is None or translation.options is None:
        return draft.options
    both = draft.options, translation.options
    counts, translated = ([len(option.values) for option in options] for options in both)
    if counts != translated:
        raise TranslationDoesNotFit(pointer=f"/translations/{locale.value}/options")
    _expect_different(translation.options)
    return translation.options


def variant_texts(draft: ProductDraft, variant: VariantDraft, index: int) -> list[VariantText]:
    """Return a variant's texts in every language; `index` is its position, for error pointers.

    Raise OptionsDoNotFit or TranslationDoesNotFit.
    """
    value_indexes = _indexes(draft.options, variant.options, index)
    rows = []
    for locale in Locale:
        options = options_in(draft, locale)
        values = _values(options, value_indexes)
        name = _own_name(variant, locale)
        rows.append(
            VariantText(
                locale=locale,
                name=name or ", ".join([_words(draft, locale).name or draft.name, *values]),
                options={option.name: value for option, value in zip(options, values, strict=True)},
            )
        )
    return rows


def _values(options: Options, indexes: Sequence[int]) -> list[str]:
    return [option.values[index] for option, index in zip(options, indexes, strict=True)]


def _own_name(variant: VariantDraft, locale: Locale) -> str | None:
    return variant.translations.get(locale) or variant.name


def _search_terms(draft: ProductDraft, locale: Locale) -> str:
    """Return the words of the product's variants that the search finds it by."""
    options = options_in(draft, locale)
    words: list[str] = []
    for index, variant in enumerate(draft.variants):
        values = _values(options, _indexes(draft.options, variant.options, index))
        words += [variant.sku, *values, _own_name(variant, locale) or ""]
    return context(words)


def _indexes(options: Options, chosen: Mapping[str, str], index: int) -> list[int]:
    if set(chosen) != {option.name for option in options}:
        raise OptionsDoNotFit(pointer=f"/variants/{index}/options")
    try:
        return [option.values.index(chosen[option.name]) for option in options]
    except ValueError:
        raise OptionsDoNotFit(pointer=f"/variants/{index}/options") from None


def _expect_different(options: Options) -> None:
    for names in ([option.name for option in options], *(option.values for option in options)):
        if len(set(names)) < len(names):
            raise OptionsDoNotFit(pointer="/options")


def _words(draft: ProductDraft, locale: Locale) -> Translation:
    return draft.translations.get(locale) or Translation()


def _text(draft: ProductDraft, locale: Locale) -> ProductText:
    words = _words(draft, locale)
    name = words.name or draft.name
    description = draft.description if words.description is None else words.description
    return ProductText(
        locale=locale,
        name=name,
        description=description,
        options=[
            {"name": option.name, "values": option.values} for option in options_in(draft, locale)
        ],
        sort_key=sort_key(name, locale),
        search_text=fold(f"{name} {description}"),
        search_name=fold(name),
        search_terms=_search_terms(draft, locale),
    )


class SlugNeeded(Invalid):
    """No address can be made of this name: give a slug."""


class OptionsDoNotFit(Invalid):
    """A variant names exactly one known value of each option, and names and values differ."""


class TranslationDoesNotFit(Invalid):
    """A translation has as many options and values as the first language."""
