"""What is done leaves the events that the catalogue promises, each in its shape, and no others."""

import ast
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest
from doings import DOINGS, WORDING, World
from following import everything
from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from people import a_browser
from test_architecture import ROOT, functions
from test_event_feed import the_end

from trastienda.schemas.event import EventView
from trastienda.services.event_types import CATALOGUE

CONTROLLERS = ROOT / "controllers"
SILENT = {
    "beginnings.tell": "tells what migrations made, see tests/test_event_feed.py",
    "carts.choose_shipping.choose_shipping": "a cart is nobody's business until it is an order",
    "carts.coupons.add_coupon": "a cart",
    "carts.coupons.drop_coupon": "a cart",
    "carts.lines.add_line": "a cart",
    "carts.lines.change_line": "a cart",
    "carts.open.open_": "a cart",
    "carts.remind.forget": "a cart",
    "carts.remind.restore": "a cart",
    "carts.set_contact.set_contact": "a cart",
    "demonstration.load": "tells all that it makes, see tests/test_demo.py: it needs an empty shop",
    "jobs._retry_batch": "jobs are how the shop works, not what happens in it",
    "jobs.cancel": "a job",
    "jobs.note": "a job",
    "jobs.retry": "a job",
    "jobs.take_up": "a job",
    "letters.ask": "asks for the letters about what was told already",
    "letters.write": "makes a token for a mail about what was told already",
    "orders.place._again": "answers with the order that there is",
    "orders.settle._abandoned": "finds what to settle; to settle it tells",
    "outbox.relay_batch": "gives events their positions",
    "outside_quotes._keep": "what a service outside said",
    "price_changes.overdue": "looks for what to switch",
    "price_changes.switch": "shows prices whose beginning was told when they were written",
    "seeding.add": "tells all that it makes, see tests/test_seed.py",
    "seeding.begin": "tells what it makes, as above",
    "sessions.end": "a session",
    "sessions.log_out": "a session",
    "sessions.log_in": "who is logged in where is nobody else's business",
    "sessions.seen": "a session",
    "sweeps._batch": "forgets what is of no use any more",
    "webhook_deliveries._begin": "a test is no event",
    "webhook_deliveries._finish": "a test is no event",
    "webhook_deliveries.lease": "says who sends what",
    "webhook_deliveries.replay": "tells again what was told already",
    "webhook_deliveries.send_again": "tells again what was told already",
}
"""Use-cases that write and tell nothing, and why."""
CASES = [(name, number) for name, doings in DOINGS.items() for number in range(len(doings))]


def use_cases() -> Iterator[str]:
    """Name every use-case that opens a transaction, in itself or in a function of its file."""
    for file in sorted(CONTROLLERS.rglob("*.py")):
        named = functions(ast.parse(file.read_text()))
        opening = {it.name for it in named if calls(it, {"transaction"})}
        for function in named:
            decorators = {getattr(it, "id", "") for it in function.decorator_list}
            if "use_case" in decorators and (function.name in opening or calls(function, opening)):
                yield ".".join([*module(file), function.name])


def module(file: Path) -> tuple[str, ...]:
    return file.relative_to(CONTROLLERS).with_suffix("").parts


def calls(function: ast.AST, names: set[str]) -> bool:
    return any(
        isinstance(node, ast.Call) and getattr(node.func, "id", "") in names
        for node in ast.walk(function)
    )


def test_every_use_case_that_writes_is_looked_at_or_has_a_reason_to_be_silent() -> None:
    found = list(use_cases())

    assert sorted([*DOINGS, *SILENT]) == sorted(found)


def test_every_type_of_the_catalogue_is_left_by_something() -> None:
    left = {it.split(" ")[0] for doings in DOINGS.values() for _, ones in doings for it in ones}

    assert left == CATALOGUE.keys()


@pytest.fixture(autouse=True)
async def what_all_share_is_as_before(
    request: pytest.FixtureRequest, staff: AsyncClient
) -> AsyncIterator[None]:
    """Take back what would change the prices and letters of other tests."""
    yield
    if "exchange_rates" in request.node.name:
        await staff.delete("/v1/admin/exchange-rates/SEK")
    if "wordings" in request.node.name:
        await staff.delete(WORDING)


@pytest.mark.parametrize(("name", "number"), CASES)
async def test_what_is_done_leaves_its_events(
    shop: ASGIApp, staff: AsyncClient, name: str, number: int
) -> None:
    prepare, expected = DOINGS[name][number]
    act = await prepare(World(shop, staff, a_browser(shop)))
    start = await the_end(staff)
    answer = await act()
    await the_end(staff)
    told = await everything(staff, start)

    assert not isinstance(answer, Response) or answer.status_code in {200, 201, 202, 204, 402}, (
        answer.text
    )
    assert sorted(f"{it['type']} by {it['actor']['type']}" for it in told) == expected
    for event in told:
        kind = CATALOGUE[event["type"]]
        msgspec.convert(event, EventView)
        decoded = msgspec.json.decode(msgspec.json.encode(event["data"]), type=kind.data)
        fields = {it.encode_name for it in msgspec.structs.fields(kind.data)}
        assert event["data"].keys() <= fields
        assert event["schema_version"] == kind.version
        assert msgspec.to_builtins(decoded).keys() >= event["data"].keys()
        assert (event["actor"]["id"] is None) is (event["actor"]["type"] in {"guest", "system"})
