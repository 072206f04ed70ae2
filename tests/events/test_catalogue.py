"""What is done leaves the events that the catalogue promises, each in its shape, and no others."""

import ast
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import pytest
import support.events.cart_cases
import support.events.credit_cases
import support.events.draft_order_cases
import support.events.edit_cases
import support.events.import_cases
import support.events.media_cases
import support.events.paying_cases
import support.events.people_cases
import support.events.provider_cases
import support.events.refund_cases
import support.events.return_cases
import support.events.storefront_cases  # noqa: F401 - they add to DOINGS
from httpx import AsyncClient, Response
from support.analysis.source import ROOT, File
from support.events.readers import everything, the_end
from support.events.use_cases import DOINGS, WORDING, World
from support.people import a_browser

from trastienda.application import Application
from trastienda.schemas.events.event import EventView
from trastienda.services.events.types import CATALOGUE

CONTROLLERS = ROOT / "controllers"
SILENT = {
    **dict.fromkeys(
        [f"accounts.address_book.{it}" for it in ("add", "change", "remove")],
        "what customers keep for themselves; an order tells of its own addresses",
    ),
    "accounts.passwords.request_reset": "looks at no account: its worker tells, if there is one",
    "accounts.security.flush": "counts are for the log and the metrics",
    "credit.looking.look": "counts guesses at codes, which are for the throttle alone",
    "draft_orders.show.show": "a draft order is priced as a cart, which is gone again",
    "draft_orders.show.show_to_buyer": "the same, for its buyer",
    "events.initial_state.record": "tells what migrations made, see tests/events/test_feed.py",
    "carts.accept_prices.accept_prices": "a cart",
    "carts.choose_shipping.choose_shipping": "a cart is nobody's business until it is an order",
    "carts.coupons.add_coupon": "a cart",
    "carts.coupons.remove_coupon": "a cart",
    "carts.credit.add_gift_card": "a cart",
    "carts.credit.remove_gift_card": "a cart",
    "carts.credit.use_store_credit": "a cart",
    "carts.lines.add_line": "a cart",
    "carts.lines.change_line": "a cart",
    "carts.lines.set_recipient": "a cart",
    "carts.merge.recover": "a cart",
    "carts.open.open_": "a cart",
    "carts.remind.cancel_reminder": "a cart",
    "carts.remind.restore": "a cart",
    "carts.set_contact.set_contact": "a cart",
    "imports.imports._leave_out": "the end of an import tells how many rows were left out",
    "jobs.jobs._retry_batch": "jobs are how the shop works, not what happens in it",
    "jobs.jobs.cancel": "a job",
    "jobs.jobs.note": "a job",
    "jobs.jobs.retry": "a job",
    "jobs.jobs.take_up": "a job",
    "pages.saved_views.save": "a list with its filters, which only its owner sees",
    "pages.saved_views.drop": "the same",
    "mail.mails.queue": "asks for the mails about what was told already",
    "mail.mails.begin": "says who sends what",
    "mail.mails.lease": "says who sends what",
    "mail.mails.note_sent": "a mail",
    "mail.mails.release": "says who sends what",
    "mail.mails.take_up": "says who sends what",
    "media.media.forget_removals": "forgets what is of no use any more",
    "media.media.show": "shows a picture that was told to be ready",
    "orders.book._book": "brings into the ledger what was told already",
    "orders.bulk._keep": "keeps an answer; each of its orders told for itself",
    "orders.links.ask_for_link": "looks at no order: its worker tells, if there is one",
    "orders.place._again": "answers with the order that there is",
    "orders.capture._captured": "answers with the order, whose capture is told",
    "orders.capture._decide": "what is decided is told once the provider has done it",
    "payments.providers.rotate": "encrypts the same credentials anew",
    "orders.check._due": "finds what to compare",
    "orders.check._ended": "what is decided is told once the provider has done it",
    "orders.notices._done": "a webhook of a provider: what follows from it is told",
    "orders.notices._keep": "a webhook of a provider",
    "orders.notices._take": "a webhook of a provider",
    "orders.paying.of_cart._given_up": "what is decided is told once the provider has done it",
    "orders.paying.of_cart._noted": "says how a payment stands",
    "orders.paying.of_order._given_up": "what is decided is told once the provider has done it",
    "orders.paying.of_order._noted": "says how a payment stands",
    "orders.paying.of_order.begin": "an order is as it was until a provider has answered",
    "payments.simulated.answer_challenge": "happens at the simulated provider",
    "payments.simulated.capture": "happens at the simulated provider",
    "payments.simulated.go_on": "happens at the simulated provider",
    "payments.simulated.heard": "happens at the simulated provider",
    "payments.simulated.open_": "happens at the simulated provider",
    "payments.simulated.refund": "happens at the simulated provider",
    "payments.simulated.speak": "happens at the simulated provider",
    "payments.simulated.void": "happens at the simulated provider",
    "orders.settle._abandoned": "finds what to settle; to settle it tells",
    "events.outbox.relay_batch": "gives events their positions",
    "outside.quotes._keep": "what a service outside said",
    "payments.refund.retry": "asks the provider again; its answer is told",
    "payments.send._take": "leases what is to be sent; its answer is told",
    "prices.changes.overdue": "looks for what to switch",
    "prices.changes.switch": "shows prices whose beginning was told when they were written",
    "accounts.sessions.end": "a session",
    "accounts.sessions.log_out": "a session",
    "accounts.sessions.touch": "a session",
    "jobs.sweeps._batch": "forgets what is of no use any more",
    "ledger.keep_reports.keep_reports": "sums what was told when it was booked",
    "webhooks.deliveries._begin": "a test is no event",
    "webhooks.deliveries._finish": "a test is no event",
    "webhooks.deliveries.lease": "says who sends what",
    "webhooks.deliveries.replay": "tells again what was told already",
    "webhooks.deliveries.send_again": "tells again what was told already",
}
"""Use-cases that write and tell nothing, and why."""
CASES = [(name, number) for name, doings in DOINGS.items() for number in range(len(doings))]


def use_cases() -> Iterator[str]:
    """Name every use-case that opens a transaction, in itself or in a function of its file."""
    for file in sorted(CONTROLLERS.rglob("*.py")):
        named = File(file).nodes.functions
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

    unseen = [f"use_cases.py lacks {it}" for it in found if it not in {**DOINGS, **SILENT}]
    assert unseen == []
    assert sorted([*DOINGS, *SILENT]) == sorted(found)


def test_every_type_of_the_catalogue_is_left_by_something() -> None:
    left = {it.split(" ")[0] for doings in DOINGS.values() for _, ones in doings for it in ones}

    assert [f"use_cases.py makes no {it}" for it in CATALOGUE if it not in left] == []
    assert left == CATALOGUE.keys()


@pytest.fixture(autouse=True)
async def what_all_share_is_as_before(
    request: pytest.FixtureRequest, staff: AsyncClient
) -> AsyncIterator[None]:
    """Take back what would change the prices and mails of other tests."""
    yield
    if "exchange_rates" in request.node.name:
        await staff.delete("/v1/admin/exchange-rates/SEK")
    if "wordings" in request.node.name:
        await staff.delete(WORDING)


@pytest.mark.parametrize(("name", "number"), CASES)
async def test_what_is_done_leaves_its_events(
    shop: Application, staff: AsyncClient, name: str, number: int
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
        decoded: object = msgspec.json.decode(msgspec.json.encode(event["data"]), type=kind.data)
        fields = {it.encode_name for it in msgspec.structs.fields(kind.data)}
        assert event["data"].keys() <= fields
        assert event["schema_version"] == kind.version
        assert msgspec.to_builtins(decoded).keys() >= event["data"].keys()
        assert (event["actor"]["id"] is None) is (event["actor"]["type"] in {"guest", "system"})
