"""Names in every language, out of what staff wrote in some of them. Pure."""

from collections.abc import Mapping

from msgspec import UNSET, UnsetType

from trastienda.database.models.text import Locale

Given = Mapping[Locale, str | None]
"""Translations; one that is None counts as not given."""


def names(name: str, translations: Given) -> dict[Locale, str]:
    """Name something in every language: where there is no translation, by its first name."""
    return {locale: translations.get(locale) or name for locale in Locale}


def renamed(
    before: Mapping[Locale, str],
    base: Locale,
    name: str | UnsetType,
    translations: Given | UnsetType,
) -> dict[Locale, str]:
    """Return the names after a change. A language that only repeated the first one follows it."""
    first = before[base]
    own: dict[Locale, str | None] = {
        locale: text for locale, text in before.items() if locale is not base and text != first
    }
    fresh = {} if translations is UNSET else translations
    return names(first if name is UNSET else name, own | dict(fresh))
