"""The way back after a record was saved: a form with what its changed fields said before."""

from collections.abc import Sequence

from trastienda.handlers.pages.admin.records import fields, merging
from trastienda.handlers.pages.admin.records.fields import Field, Way
from trastienda.handlers.pages.admin.records.reading import is_shown
from trastienda.handlers.pages.admin.records.record import Record
from trastienda.handlers.pages.answers import Undo
from trastienda.handlers.pages.forms import Form

ONLY = "only"
"""The field of a form that names those that it changes: all others stay as they are."""
Pairs = list[tuple[str, str]]


def wanted(record: Record, form: Form) -> Sequence[Field]:
    """Return the fields that a form changes: all of them, or those that an undo names."""
    names = form.get(ONLY).split(",")
    return [it for it in record.fields if it.name in names] if form.get(ONLY) else record.fields


def way_back(
    record: Record, address: str, form: Form, before: Pairs, version: object
) -> Undo | None:
    """Return the form that takes a change back; None if there is no such form.

    There is none if nothing was changed, if a secret was, which nobody can read, or if a list got
    rows that it cannot lose again.
    """
    before = _as_shown(record, form, before)
    names = sorted({it.partition("/")[0] for it in merging.differing(form, before)})
    known = [it for it in record.fields if it.name in names]
    ways = {fields.way(it, record.specs[it.name]) for it in known if it.name in record.specs}
    if not known or Way.SECRETS in ways or _grew(record, form, before):
        return None
    kept = [it for it in before if it[0].partition("/")[0] in names]
    sent = {ONLY: ",".join(it.name for it in known), **dict(kept)}
    return address, sent if version is None else {**sent, "version": str(version)}


def _as_shown(record: Record, form: Form, before: Pairs) -> Pairs:
    """Leave out the columns that the form did not show: they are as they were."""
    hidden = {
        (it.name, column.name)
        for it in record.fields
        for column in it.columns
        if not is_shown(form, it, it.name, column)
    }
    return [it for it in before if (it[0].split("/")[0], *it[0].split("/")[2:3]) not in hidden]


def _grew(record: Record, form: Form, before: Pairs) -> bool:
    """Say whether a list has another key than before, such as a variant another SKU."""
    return any(
        _keys(form.pairs, name, key) != _keys(before, name, key)
        for name, key in record.stays.items()
    )


def _keys(pairs: Pairs, name: str, key: str) -> set[str]:
    return {
        text.strip()
        for it, text in pairs
        if it.startswith(f"{name}/") and it.endswith(f"/{key}") and text.strip()
    }
