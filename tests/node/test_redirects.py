"""The plain port reads a head in linear time, whatever is in it."""

import pytest

from trastienda.node import redirects
from trastienda.node.names import names
from trastienda.settings import Settings

MANY = 1_000_000  # in quadratic time, one of these takes hours


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"X:" + b" " * MANY + b"\x0c", b"400"),
        (b"X:" + b" " * MANY + b"a" + b"\t" * MANY, b"308"),
        (b"X:" + b"a " * MANY + b"\x00", b"400"),
        (b"X" * MANY, b"400"),
        (b"X:\r\n " * (MANY // 10), b"400"),
        (b"Content-Length: " + b"1," * MANY, b"400"),
    ],
)
def test_a_hostile_head_takes_linear_time(line: bytes, status: bytes) -> None:
    settings = Settings()
    head = b"GET / HTTP/1.1\r\nHost: localhost\r\n" + line + b"\r\n\r\n"

    answer = redirects.answer(head, settings, names(settings))

    assert answer.split()[1] == status
