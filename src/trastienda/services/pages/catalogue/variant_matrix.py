"""One variant for each combination of options' values; those that are there keep what they have.

Pure: the controller of products saves what comes of it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import prod

from msgspec import UNSET, structs

from trastienda.database.models.shared.text import Locale
from trastienda.errors import Invalid
from trastienda.schemas.catalogue.product_draft import (
    OptionDraft,
    ProductDraft,
    ProductPatch,
    Translation,
    VariantPatch,
)
from trastienda.schemas.pages.variant_matrix import MatrixLine, VariantMatrix
from trastienda.services.shared.text import fold

MOST_VARIANTS = 500
PLACEHOLDER = re.compile(r"\{([^{}:]+)(?::([1-9]))?\}")
Options = Sequence[OptionDraft]
Values = tuple[str, ...]


def pattern_of(draft: ProductDraft) -> str:
    """Return the pattern that a product begins with: its address, and each of its options."""
    start = (draft.slug or "").upper()[:30].strip("-")
    return "-".join([start, *(f"{{{it.name}}}" for it in draft.options)])


def lines(draft: ProductDraft, wanted: VariantMatrix) -> list[MatrixLine]:
    """Return all combinations, in the order of the options, with the SKU that each has or gets.

    What was typed or chosen in `wanted.variants` counts for a combination that is new. Raise
    TooManyVariants, OptionsAlike, ValueInUse, PatternUnknown or SkusAlike.
    """
    options = wanted.options
    _expect_few(options)
    known, typed = _known(draft, options), {tuple(it.values): it for it in wanted.variants}
    found = []
    for values in product(*(it.values for it in options)):
        if values in known:
            line = MatrixLine(values=list(values), sku=known[values], known=True)
        elif values in typed:
            line = structs.replace(typed[values], known=False)
        else:
            line = MatrixLine(values=list(values), sku=_sku(wanted.pattern, options, values))
        found.append(line)
    _expect_different(found, typed=bool(typed))
    return found


def patch_of(
    draft: ProductDraft, wanted: VariantMatrix, made: Sequence[MatrixLine]
) -> ProductPatch:
    """Return the change that makes the chosen combinations variants of a product."""
    names, before = [it.name for it in wanted.options], {it.sku: it for it in draft.variants}
    variants = []
    for line in made:
        options = dict(zip(names, line.values, strict=True))
        if not line.known and line.chosen:
            stock = wanted.stock or UNSET
            patch = VariantPatch(sku=line.sku, options=options, prices=wanted.prices, stock=stock)
            variants.append(patch)
        elif line.known and before[line.sku].options != options:
            variants.append(VariantPatch(sku=line.sku, options=options))
    return ProductPatch(
        options=list(wanted.options),
        variants=variants,
        translations=_translations(draft, wanted.options),
    )


def _expect_few(options: Options) -> None:
    if prod(len(it.values) for it in options) > MOST_VARIANTS:
        raise TooManyCombinations(limit=MOST_VARIANTS, pointer="/options")
    for number, names in enumerate(([it.name for it in options], *(it.values for it in options))):
        if len(set(names)) < len(names):
            at = f"/options/{number - 1}/values" if number else "/options"
            raise OptionsAlike(pointer=at)


def _known(draft: ProductDraft, options: Options) -> dict[Values, str]:
    """Return the SKUs of the variants that are there, by their values of these options.

    One from before an option came has its first value.
    """
    known: dict[Values, str] = {}
    names = {it.name for it in options}
    for variant in draft.variants:
        values = tuple(variant.options.get(it.name, it.values[0]) for it in options)
        fits = all(value in it.values for value, it in zip(values, options, strict=True))
        if not fits or not variant.options.keys() <= names or values in known:
            raise ValueInUse(sku=variant.sku, pointer="/options")
        known[values] = variant.sku
    return known


def _sku(pattern: str, options: Options, values: Values) -> str:
    """Return the SKU that a pattern makes of values. Raise PatternUnknown."""
    said = {it.name: _code(value, it) for value, it in zip(values, options, strict=True)}

    def code(found: re.Match[str]) -> str:
        if found[1] not in said:
            raise PatternUnknown(pointer="/pattern")
        return said[found[1]][: int(found[2] or 64)]

    return PLACEHOLDER.sub(code, pattern)


def _code(value: str, option: OptionDraft) -> str:
    """Return a value in the letters and digits of a SKU; one that has none becomes its number."""
    code = re.sub(r"[^A-Z0-9]+", "-", fold(value).upper()).strip("-")
    return code or str(option.values.index(value) + 1)


def _expect_different(found: Sequence[MatrixLine], *, typed: bool) -> None:
    """Raise SkusAlike: beside the second one that was typed, or else beside the pattern."""
    counted = Counter(it.sku for it in found if it.known or it.chosen)
    for number, it in enumerate(it for it in found if not it.known):
        if counted[it.sku] > 1 and it.chosen:
            raise SkusAlike(pointer=f"/variants/{number}/sku" if typed else "/pattern")


def _translations(draft: ProductDraft, options: Options) -> dict[Locale, Translation]:
    """Return the translations, in which new options and values have their first names."""
    found = {}
    for locale, it in draft.translations.items():
        if it.options is not None:
            words = _words(draft.options, it.options)
            found[locale] = structs.replace(
                it, options=[_translated(each, words) for each in options]
            )
    return found


def _words(options: Options, translated: Options) -> dict[str, tuple[str, dict[str, str]]]:
    return {
        it.name: (other.name, dict(zip(it.values, other.values, strict=True)))
        for it, other in zip(options, translated, strict=True)
    }


def _translated(option: OptionDraft, words: dict[str, tuple[str, dict[str, str]]]) -> OptionDraft:
    name, values = words.get(option.name, (option.name, {}))
    return OptionDraft(name, [values.get(it, it) for it in option.values])


class TooManyCombinations(Invalid):
    """A product has at most 500 variants; leave out some values."""


class OptionsAlike(Invalid):
    """Options, and the values of each, have different names."""


class ValueInUse(Invalid):
    """A variant that is there has an option or a value that is not among these."""


class PatternUnknown(Invalid):
    """The pattern names an option that there is not."""


class SkusAlike(Invalid):
    """Two variants would have the same SKU."""
