"""Which connections are ended, told by real sockets and a clock of our own."""

import socket
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack

import pytest

from trastienda.node.connections import Connection, Register, noted
from trastienda.node.doorkeeper import Doorkeeper, Rules

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /proc")
NOBODY_TOO_MANY = Rules(deadline=20, keep_alive=75, room=1_000, share=None)


class Door:
    """A listening socket, and both ends of each connection to it."""

    def __init__(self, ends: ExitStack) -> None:
        self._ends = ends
        self._listener = ends.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.port = self._listener.getsockname()[1]

    def visit(self, address: str = "127.0.0.1") -> socket.socket:
        """Connect from an address of this machine."""
        target = ("127.0.0.1", self.port)
        visitor = socket.create_connection(target, 60, (address, 0))
        self._ends.enter_context(visitor)
        self._ends.enter_context(self._listener.accept()[0])
        return visitor


@pytest.fixture
def door() -> Iterator[Door]:
    with ExitStack() as ends:
        yield Door(ends)


def known(visitor: socket.socket, *, since: float, **facts: object) -> Register:
    """Register a visitor that has been answered, unless the facts say otherwise."""
    connection = Connection(since)
    for name, value in {"answered": True, **facts}.items():
        setattr(connection, name, value)
    return {visitor.getsockname(): connection}


def ended(*visitors: socket.socket) -> list[bool]:
    seen = []
    for visitor in visitors:
        visitor.settimeout(0)
        try:
            seen.append(visitor.recv(1) == b"")
        except BlockingIOError:
            seen.append(False)
    return seen


def test_a_connection_without_a_request_ends_after_the_deadline(door: Door) -> None:
    visitor = door.visit()
    keeper = Doorkeeper({}, door.port, NOBODY_TOO_MANY)

    keeper.look(100)
    keeper.look(120)
    assert ended(visitor) == [False]
    keeper.look(120.1)
    assert ended(visitor) == [True]


def test_a_connection_that_was_answered_may_rest_for_longer(door: Door) -> None:
    visitor = door.visit()
    keeper = Doorkeeper(known(visitor, since=100), door.port, NOBODY_TOO_MANY)

    keeper.look(175)
    assert ended(visitor) == [False]
    keeper.look(175.1)
    assert ended(visitor) == [True]


@pytest.mark.parametrize("facts", [{"in_flight": 1}, {"in_flight": 2, "hearing": 1}])
def test_a_connection_with_a_request_stays_however_long_it_takes(
    door: Door, facts: dict[str, int]
) -> None:
    first, second = door.visit(), door.visit()
    register = known(first, since=0, **facts)
    keeper = Doorkeeper(register, door.port, Rules(20, 75, room=0, share=0))

    keeper.look(10_000)

    assert ended(first, second) == [False, True]


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (4, [False, False, False, False]),
        (3, [True, False, False, False]),
        (1, [True, True, True, False]),
        (0, [True, True, True, True]),
    ],
)
def test_room_is_made_by_those_that_were_never_answered_and_wait_longest(
    door: Door, room: int, expected: list[bool]
) -> None:
    resting, unheard, early, late = (door.visit() for _ in range(4))
    register = {
        **known(resting, since=50),
        **known(early, since=60, answered=False),
        **known(unheard, since=61, answered=False, in_flight=1, hearing=1),
        **known(late, since=62, answered=False),
    }
    keeper = Doorkeeper(register, door.port, Rules(1_000, 1_000, room, None))

    keeper.look(100)
    keeper.look(101)

    assert ended(early, unheard, late, resting) == expected


def test_one_client_has_no_more_than_its_share(door: Door) -> None:
    greedy = [door.visit("127.0.0.2") for _ in range(5)]
    other = door.visit("127.0.0.3")
    register: Register = {}
    for number, visitor in enumerate(greedy):
        register |= known(visitor, since=90 + number)
    register |= known(other, since=80)

    Doorkeeper(register, door.port, Rules(20, 75, room=1_000, share=None)).look(100)
    assert ended(*greedy, other) == [False] * 6
    Doorkeeper(register, door.port, Rules(20, 75, room=1_000, share=2)).look(100)
    assert ended(*greedy, other) == [True, True, True, False, False, False]


def test_sockets_of_other_ports_are_left_alone(door: Door) -> None:
    with ExitStack() as ends:
        elsewhere = Door(ends).visit()
        Doorkeeper({}, door.port, Rules(0, 0, room=0, share=0)).look(10_000)

        assert ended(elsewhere) == [False]


def test_who_has_left_is_forgotten(door: Door) -> None:
    register: Register = {("127.0.0.9", 1): Connection(10)}
    keeper = Doorkeeper(register, door.port, NOBODY_TOO_MANY)

    keeper.look(100)

    assert register == {}


async def test_the_register_knows_what_a_request_waits_for() -> None:
    register: Register = {}
    seen = []

    def note() -> None:
        [connection] = register.values()
        seen.append((connection.in_flight, connection.working, connection.answered))

    async def application(
        _scope: object, receive: Callable[[], Awaitable[object]], _send: object
    ) -> None:
        note()
        for _ in range(3):
            await receive()
            note()

    messages: list[dict[str, object]] = [
        {"more_body": True},
        {"more_body": False},
        {"type": "http.disconnect"},
    ]
    parts = iter(messages)

    async def receive() -> dict[str, object]:
        note()
        return next(parts)

    scope = {"type": "http", "client": ("127.0.0.1", "5")}
    await noted(application, register)(scope, receive, None)
    note()

    working, hearing = (1, True, False), (1, False, False)
    assert seen == [working, hearing, working, hearing, working, working, working, (0, False, True)]
