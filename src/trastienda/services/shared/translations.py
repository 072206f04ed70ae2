"""Names in every language, from those that staff gave. Pure."""

from collections.abc import Mapping

from msgspec import UNSET, UnsetType

from trastienda.database.models.shared.text import Locale

Given = Mapping[Locale, str | None]
"""Translations; None counts as missing."""


def names(name: str, translations: Given) -> dict[Locale, str]:
    """Return a name for every language; a missing translation is the base name."""
    return {locale: translations.get(locale) or name for locale in Locale}


def renamed(
    before: Mapping[Locale, str],
    base: Locale,
    name: str | UnsetType,
    translations: Given | UnsetType,
) -> dict[Locale, str]:
    """Return the names after a change; a language that only repeated the base name follows it."""
    first = before[base]
    own: dict[Locale, str | None] = {
        locale: text for locale, text in before.items() if locale is not base and text != first
    }
    fresh = {} if translations is UNSET else translations
    return names(first if name is UNSET else name, own | dict(fresh))
