"""The one rule of which e-mail addresses mail can go to."""

import pytest

from trastienda.services.shared import email_addresses as mailboxes
from trastienda.services.shared.email_addresses import AddressUnusable, Mailbox


@pytest.mark.parametrize(
    ("email", "local", "domain"),
    [
        ("ada@example.com", "ada", "example.com"),
        ("ADA+shop=x@Example.COM", "ADA+shop=x", "Example.COM"),
        ("o'brien.j@example.com", "o'brien.j", "example.com"),
        ("ana@españa.example", "ana", "xn--espaa-rta.example"),
        ("straße@straße.example", "straße", "xn--strae-oqa.example"),
        ("用户@例子.公司", "用户", "xn--fsqu00a.xn--55qx5d"),
        ("root@localhost", "root", "localhost"),
        ("till@shop.local", "till", "shop.local"),
        (f"{'a' * 64}@{'x' * 63}.example", "a" * 64, f"{'x' * 63}.example"),
        ("a@1and1.example", "a", "1and1.example"),
    ],
)
def test_mail_can_go_to(email: str, local: str, domain: str) -> None:
    assert mailboxes.parse(email) == Mailbox(local, domain)


@pytest.mark.parametrize(
    "email",
    [
        "a@-x.example",
        "a@x-.example",
        "a@x.example>",
        "<a@x.example",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "=?utf-8?q?a?=@x.example",
        "a@=?utf-8?q?x?=.example",
        "a,b@x.example",
        '"a"@x.example',
        "a(b)@x.example",
        "a;b:c@x.example",
        "a\\b@x.example",
        ".a@x.example",
        "a.@x.example",
        "a..b@x.example",
        "a@x..example",
        "a@x.example.",
        "a@.x.example",
        "a@x_y.example",
        "a@xn--.example",
        "a@☕.example",
        "a@b@x.example",
        "a\u202eb@x.example",
        "a\u200bb@x.example",
        "a\u00a0b@x.example",
        "a b@x.example",
        "a\r\nBcc:b@x.example",
        "@x.example",
        "a@",
        "a",
        "",
        f"{'a' * 65}@x.example",
        f"{'ñ' * 33}@x.example",
        f"a@{'x' * 64}.example",
        f"a@{'x.' * 130}example",
    ],
)
def test_no_mail_can_go_to(email: str) -> None:
    with pytest.raises(AddressUnusable) as refused:
        mailboxes.parse(email, "/where")

    assert refused.value.facts == {"pointer": "/where"}
