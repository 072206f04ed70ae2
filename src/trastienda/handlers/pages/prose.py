"""Texts that staff write: paragraphs, headings, lists, bold words and links, as data.

Templates escape every part of it, so that nothing in a text can become markup of a page.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Neither a label nor an address has a bracket that opens: each is given up at the next one.
_INLINE = re.compile(r"\*\*(?P<strong>[^*\n]+)\*\*|\[(?P<label>[^\[\]\n]+)\]\((?P<href>[^()\s]+)\)")
_BULLET = re.compile(r"[-*] +(?=\S)")
_NUMBER = re.compile(r"[0-9]{1,3}[.)] +(?=\S)")
_HEADING = re.compile(r"(#{1,4}) +(?=\S)")
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/(?!/))[!-~]*", re.IGNORECASE)


class Span(NamedTuple):
    """A part of a line."""

    text: str
    href: str | None = None
    is_strong: bool = False


class Block(NamedTuple):
    """A paragraph or a heading has one line; a list has one for each item."""

    kind: str
    """`paragraph`, `heading`, `subheading`, `bullets` or `numbers`."""
    lines: list[list[Span]]


def blocks(text: str) -> list[Block]:
    """Return the parts of a text; an empty line ends a paragraph or a list."""
    found: list[Block] = []
    for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        found += _of_part([line.strip() for line in part.split("\n") if line.strip()])
    return found


def _of_part(lines: list[str]) -> Iterator[Block]:
    kind, kept = "", list[str]()
    for line in lines:
        next_kind, words = _read(line)
        if kept and (next_kind != kind or "heading" in kind):
            yield _block(kind, kept)
            kept = []
        kind = next_kind
        kept.append(words)
    if kept:
        yield _block(kind, kept)


def _read(line: str) -> tuple[str, str]:
    """Return the kind of block that a line belongs to, and its words."""
    if heading := _HEADING.match(line):
        kind = "heading" if len(heading[1]) <= 2 else "subheading"  # noqa: PLR2004
        return kind, line[heading.end() :]
    for kind, pattern in (("bullets", _BULLET), ("numbers", _NUMBER)):
        if mark := pattern.match(line):
            return kind, line[mark.end() :]
    return "paragraph", line


def _block(kind: str, lines: list[str]) -> Block:
    if kind == "paragraph":
        lines = ["\n".join(lines)]
    return Block(kind, [list(_spans(it)) for it in lines])


def _spans(line: str) -> Iterator[Span]:
    at = 0
    for found in _INLINE.finditer(line):
        if found.start() > at:
            yield Span(line[at : found.start()])
        at = found.end()
        if found["strong"]:
            yield Span(found["strong"], is_strong=True)
        elif _ADDRESS.fullmatch(found["href"]) and "\\" not in found["href"]:
            yield Span(found["label"], href=found["href"])
        else:  # an address that is none, or a script: it stays what was typed
            yield Span(found[0])
    if at < len(line):
        yield Span(line[at:])
