"""The lines of an order in a form: those with a number are meant, and the others left out."""

from typing import NamedTuple

from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.forms import Form

NOTHING = frozenset({"", "0"})


class Counted(NamedTuple):
    """A form with the rows that are meant, and at which place each of them stood."""

    form: Form
    places: dict[int, int]

    def beside(self, form: Form, name: str = "lines") -> None:
        """Put what is wrong with a row beside the row that was shown."""
        start = f"{name}/"
        errors = {}
        for pointer, text in form.errors.items():
            number, _, rest = pointer.removeprefix(start).partition("/")
            if pointer.startswith(start) and number.isdecimal() and int(number) in self.places:
                errors[f"{start}{self.places[int(number)]}/{rest or 'quantity'}"] = text
            else:
                errors[pointer] = text
        form.errors = errors


def counted(form: Form, name: str = "lines", quantity: str = "quantity") -> Counted:
    """Return a form without the rows of which nothing is meant."""
    start = f"{name}/"
    rows: dict[int, dict[str, str]] = {}
    others = []
    for field, text in form.pairs:
        number, slash, column = field.removeprefix(start).partition("/")
        if field.startswith(start) and slash and number.isascii() and number.isdecimal():
            rows.setdefault(int(number[:6]), {})[column] = text
        else:
            others.append((field, text))
    meant = [it for it in sorted(rows) if rows[it].get(quantity, "").strip() not in NOTHING]
    pairs = [
        (f"{start}{number}/{column}", text)
        for number, place in enumerate(meant)
        for column, text in rows[place].items()
    ]
    return Counted(Form([*others, *pairs]), dict(enumerate(meant)))


def in_minor_units(form: Form, currency: str, locale: Locale, *endings: str) -> Form:
    """Return a form whose typed amounts are in minor units; `endings` are the ends of their names.

    Raise AmountUnreadable.
    """
    return Form(
        [
            (name, str(forms.amount(text, currency, locale, pointer=f"/{name}")))
            if text.strip() and name.endswith(endings) and text != "all"
            else (name, text)
            for name, text in form.pairs
        ]
    )
