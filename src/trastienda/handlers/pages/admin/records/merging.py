"""Two people change one record: who saves second sees what changed, and chooses field by field."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import NamedTuple
from zlib import compress, decompressobj
from zlib import error as NotPacked  # noqa: N812 - it is a class

import msgspec

from trastienda.handlers.pages.forms import KEY_FIELD, Form
from trastienda.middlewares.requests.form_bodies import TOKEN

WAS = "was"
"""The field that carries what the form began with."""
LONGEST = 4_000_000
"""Bytes of the texts of a form: more is not unpacked, as little of it can say a lot."""
OWN = frozenset({WAS, "version", KEY_FIELD, TOKEN})
Texts = dict[str, str]


class Difference(NamedTuple):
    """A field that two people left with different texts."""

    name: str
    was: str
    theirs: str
    mine: str
    take_mine: bool
    """Preselected where they did not change it."""


class Merge(NamedTuple):
    """What is to be chosen, and what both agree on."""

    differences: list[Difference]
    agreed: list[tuple[str, str]]


def remembered(pairs: list[tuple[str, str]]) -> str:
    """Return what a form begins with, packed, as the text of its field `was`."""
    return b64encode(compress(msgspec.json.encode(dict(pairs)), level=5)).decode()


def merge(form: Form, theirs: list[tuple[str, str]]) -> Merge:
    """Compare what was typed with what somebody else has saved meanwhile."""
    mine, saved, was = _said(form.pairs), dict(theirs), _was(form)
    found = [
        Difference(
            name, was.get(name, ""), saved.get(name, ""), text, saved.get(name, "") == was.get(name)
        )
        for name, text in mine.items()
        if text != saved.get(name, "")
    ]
    different = {it.name for it in found}
    return Merge(found, [(name, text) for name, text in mine.items() if name not in different])


def differing(form: Form, before: list[tuple[str, str]]) -> set[str]:
    """Return the fields whose texts a form changes, or takes away."""
    said, was = _said(form.pairs), dict(before)
    return {name for name in said.keys() | was.keys() if said.get(name, "") != was.get(name, "")}


def _said(pairs: list[tuple[str, str]]) -> Texts:
    """Return each field with what was sent for it: ticked boxes are lines of one text."""
    said: Texts = {}
    for name, text in pairs:
        if name not in OWN:
            said[name] = f"{said[name]}\n{text}" if name in said and text != "true" else text
    return said


def _was(form: Form) -> Texts:
    try:
        packed = b64decode(form.get(WAS), validate=True)
        return msgspec.json.decode(decompressobj().decompress(packed, LONGEST), type=Texts)
    except (NotBase64, NotPacked, ValueError, msgspec.MsgspecError):
        return {}  # somebody has written it by hand: then nothing is preselected
