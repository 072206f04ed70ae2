"""A product's words in every language, out of what staff wrote. Pure."""

import re
from collections.abc import Mapping, Sequence

from trastienda.database.models.product import ProductText
from trastienda.database.models.text import Locale
from trastienda.database.models.variant import VariantText
from trastienda.errors import Invalid
from trastienda.schemas.product_draft import OptionDraft, ProductDraft, Translation, VariantDraft
from trastienda.services.text import fold, sort_key

Options = Sequence[OptionDraft]


def slug_of(name: str) -> str:
    """Turn a name into what an address can hold. Raise SlugNeeded when nothing is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:100].strip("-")
    if not slug:
        raise SlugNeeded(pointer="/slug")
    return slug


def texts(draft: ProductDraft) -> list[ProductText]:
    """Return the product in every language. Raise TranslationDoesNotFit or OptionsDoNotFit."""
    _expect_different(draft.options)
    return [_text(draft, locale) for locale in Locale]


def options_in(draft: ProductDraft, locale: Locale) -> Options:
    """Return the options in a language: as many as in the first, in the same order."""
    translation = draft.translations.get(locale)
    if translation is None or translation.options is None:
        return draft.options
    shapes = [[len(option.values) for option in it] for it in (draft.options, translation.options)]
    if shapes[0] != shapes[1]:
        raise TranslationDoesNotFit(pointer=f"/translations/{locale.value}/options")
    _expect_different(translation.options)
    return translation.options


def variant_texts(draft: ProductDraft, variant: VariantDraft, place: int) -> list[VariantText]:
    """Return a variant in every language. `place` is where it stands, for an error's pointer."""
    chosen = _indexes(draft.options, variant.options, place)
    rows = []
    for locale in Locale:
        options = options_in(draft, locale)
        values = [option.values[index] for option, index in zip(options, chosen, strict=True)]
        name = variant.translations.get(locale) or variant.name
        rows.append(
            VariantText(
                locale=locale,
                name=name or ", ".join([_words(draft, locale).name or draft.name, *values]),
                options={it.name: value for it, value in zip(options, values, strict=True)},
            )
        )
    return rows


def _indexes(options: Options, chosen: Mapping[str, str], place: int) -> list[int]:
    if set(chosen) != {option.name for option in options}:
        raise OptionsDoNotFit(pointer=f"/variants/{place}/options")
    try:
        return [option.values.index(chosen[option.name]) for option in options]
    except ValueError:
        raise OptionsDoNotFit(pointer=f"/variants/{place}/options") from None


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
    )


class SlugNeeded(Invalid):
    """No address can be made of this name: give a slug."""


class OptionsDoNotFit(Invalid):
    """A variant names exactly one known value of each option, and names and values differ."""


class TranslationDoesNotFit(Invalid):
    """A translation has as many options and values as the first language."""
