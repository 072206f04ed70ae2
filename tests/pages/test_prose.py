"""Texts of staff as blocks: only what is meant becomes a link or a list."""

import pytest

from trastienda.handlers.pages.prose import Span, blocks

TEXT = """## Delivery
We send **every day** with [the post](https://post.example/a?b=c).
Two days.

- Madrid
- [Us](/products)

1. Pack
2) Send"""


def test_a_text_has_headings_paragraphs_and_lists() -> None:
    found = blocks(TEXT.replace("\n", "\r\n"))

    assert [(it.kind, len(it.lines)) for it in found] == [
        ("heading", 1),
        ("paragraph", 1),
        ("bullets", 2),
        ("numbers", 2),
    ]
    assert found[1].lines[0] == [
        Span("We send "),
        Span("every day", is_strong=True),
        Span(" with "),
        Span("the post", href="https://post.example/a?b=c"),
        Span(".\nTwo days."),
    ]
    assert found[2].lines[1] == [Span("Us", href="/products")]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "/\\evil.example", "JAVA"]
)
def test_what_leads_nowhere_safe_is_no_link(href: str) -> None:
    (line,) = blocks(f"[x]({href})")[0].lines

    assert [it.href for it in line if it.href] == []
    assert "".join(it.text for it in line) == f"[x]({href})"


def test_half_of_a_mark_is_text() -> None:
    assert blocks("**a [b] (c) #d -e\n\n\n")[0].lines == [[Span("**a [b] (c) #d -e")]]
    assert blocks(" \n ") == []
