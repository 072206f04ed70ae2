"""Which variant of a product a visitor has chosen, by its options."""

from typing import NamedTuple

from trastienda.handlers.pages.forms import Form
from trastienda.schemas.catalogue.product import ProductView, VariantView


class Value(NamedTuple):
    """A value of an option, as a radio button shows it."""

    text: str
    is_chosen: bool
    is_there: bool
    """Whether there is a variant with it beside the other values that are chosen."""


class Option(NamedTuple):
    field: str
    name: str
    values: list[Value]


class Chosen(NamedTuple):
    """The variant that is chosen, if the values fit one, and the options to choose from."""

    variant: VariantView | None
    options: list[Option]


def choose(product: ProductView, form: Form) -> Chosen:
    """Find the variant by the fields `option-0`, `option-1`, …; at first, one that is in stock."""
    fields = {f"option-{n}": option for n, option in enumerate(product.options)}
    first = next((it for it in product.variants if it.in_stock), product.variants[0])
    wanted = {
        option.name: form.get(field) or first.options.get(option.name, "")
        for field, option in fields.items()
    }
    options = [
        Option(
            field,
            option.name,
            [
                Value(
                    text,
                    wanted[option.name] == text,
                    _there(product, {**wanted, option.name: text}),
                )
                for text in option.values
            ],
        )
        for field, option in fields.items()
    ]
    return Chosen(_variant(product, wanted), options)


def _variant(product: ProductView, wanted: dict[str, str]) -> VariantView | None:
    return next((it for it in product.variants if it.options == wanted), None)


def _there(product: ProductView, wanted: dict[str, str]) -> bool:
    return _variant(product, wanted) is not None
