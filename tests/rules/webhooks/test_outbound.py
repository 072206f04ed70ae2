"""Which addresses webhooks may go to; and when to try again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, ip_address, ip_network

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trastienda.services.webhooks import retries as webhook_retries
from trastienda.services.webhooks.outbound import AddressRefused, Guard, NameNotFound, public

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LOCAL = [
    "0.0.0.0",  # noqa: S104 - an address, and refused
    "10.0.0.1",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.1.1.1",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::7f00:1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2606:4700::1%1",
    "nonsense",
]
PUBLIC = ["8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:4700::1111", "2a00:1450:4003::200e"]


class Network(httpcore.AsyncNetworkBackend):
    """Remembers where it was asked to go; `closed` does not answer."""

    def __init__(self, *closed: str) -> None:
        self.asked: list[str] = []
        self.closed = closed

    async def connect_tcp(self, host: str, *_: object, **__: object) -> httpcore.AsyncNetworkStream:
        self.asked.append(host)
        if host in self.closed:
            raise httpcore.ConnectError
        return httpcore.AsyncNetworkStream()


def guard(*answers: Sequence[str], private: bool = False, closed: Sequence[str] = ()) -> Guard:
    """Make a guard whose resolver gives these answers, one after the other."""
    left = list(answers)

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return left.pop(0)

    return Guard(resolve, private=private, network=Network(*closed))


def asked(wall: Guard) -> list[str]:
    assert isinstance(wall.network, Network)
    return wall.network.asked


@pytest.mark.parametrize("address", LOCAL)
async def test_an_address_that_is_not_public_is_refused_even_among_others(address: str) -> None:
    wall = guard([address], ["8.8.8.8", address])
    for _ in range(2):
        with pytest.raises(AddressRefused):
            await wall.connect_tcp("erp.example", 443)

    assert asked(wall) == []


@pytest.mark.parametrize("address", PUBLIC)
async def test_the_connection_goes_to_the_very_address_that_was_checked(address: str) -> None:
    wall = guard([address], ["127.0.0.1"])
    await wall.connect_tcp("erp.example", 443)
    with pytest.raises(AddressRefused):  # a moment later the name leads elsewhere
        await wall.connect_tcp("erp.example", 443)

    assert asked(wall) == [address]


async def test_the_next_address_is_tried_when_one_does_not_answer() -> None:
    wall = guard(["2606:4700::1111", "1.2.3.4"], ["8.8.8.8"], [], closed=PUBLIC)
    await wall.connect_tcp("erp.example", 443)
    with pytest.raises(httpcore.ConnectError):
        await wall.connect_tcp("erp.example", 443)
    with pytest.raises(NameNotFound):
        await wall.connect_tcp("erp.example", 443)

    assert asked(wall) == ["2606:4700::1111", "1.2.3.4", "8.8.8.8"]


async def test_private_addresses_are_open_to_who_says_so() -> None:
    wall = guard(["127.0.0.1"], private=True)
    await wall.connect_tcp("localhost", 80)

    assert asked(wall) == ["127.0.0.1"]


@given(st.ip_addresses())
def test_what_is_public_is_global_unicast(address: object) -> None:
    parsed = ip_address(str(address))
    if public(str(address)):
        assert parsed.is_global
        assert not parsed.is_multicast
        assert isinstance(parsed, IPv4Address) or parsed in ip_network("2000::/3")


def test_ten_tries_take_three_days() -> None:
    at, delays = NOW, []
    for failures in range(1, 10):
        due = webhook_retries.next_at(failures, at, 0)
        assert due is not None
        delays.append(due - at)
        at = due

    assert delays[:3] == [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)]
    assert timedelta(days=3) < at - NOW < timedelta(days=3, hours=12)
    assert webhook_retries.next_at(10, at, 0) is None


@given(st.integers(1, 9), st.floats(0, 1), st.timedeltas(timedelta(0), timedelta(days=900)))
def test_a_wish_is_heeded_up_to_a_day(failures: int, dice: float, wish: timedelta) -> None:
    bare = webhook_retries.next_at(failures, NOW, dice)
    due = webhook_retries.next_at(failures, NOW, dice, wish)

    assert bare is not None
    assert due == max(bare, NOW + min(wish, timedelta(days=1)))
    assert bare - NOW <= webhook_retries.SCHEDULE[failures - 1] * 1.2


@pytest.mark.parametrize(
    ("status", "said", "wish"),
    [
        (503, "120", timedelta(minutes=2)),
        (429, " 0 ", timedelta(0)),
        (429, "9" * 400, timedelta(days=1)),
        (503, "Tue, 24 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        (503, "Tue, 24 Nov 2026 11:00:00 GMT", timedelta(0)),
        (503, "-5", None),
        (503, "²", None),
        (503, "soon", None),
        (503, "", None),
        (500, "120", None),
    ],
)
def test_retry_after_is_read_as_http_says(status: int, said: str, wish: timedelta | None) -> None:
    assert webhook_retries.parse_retry_after(status, said, NOW) == wish
