"""localstripe on this machine, in the process of the tests (GPL-3: for tests alone).

Its own command listens on all interfaces, and keeps its state in a file for the next run. It
refuses parameters that Stripe takes: those are dropped here, and what it lacks of an intent is
added. What it takes for right and Stripe does not, `stripe_stub.py` has.
"""

import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from typing import Any

from support.servers.stripe_stub import listening

DROPPED = ("return_url", "automatic_payment_methods")


@asynccontextmanager
async def a_local_stripe() -> AsyncIterator[str]:
    """Serve an empty localstripe, and return its address. A process can do so once."""
    with warnings.catch_warnings():  # aiohttp dislikes how it declares its routes
        warnings.simplefilter("ignore", DeprecationWarning)
        app = import_module("localstripe.server").app
    theirs: Any = import_module("localstripe.resources")
    theirs.Store.dump_to_disk = lambda _: None
    _complete(theirs.PaymentIntent, theirs.Charge)
    theirs.store.clear()
    async with listening(app) as address:
        yield address


def _complete(intents: Any, charges: Any) -> None:  # noqa: ANN401 - their classes
    """Let it take Stripe's parameters, and say what was received."""
    create, capture, listed = intents._api_create, charges._capture, intents._api_list_all  # noqa: SLF001

    def creating(**data: Any) -> Any:  # noqa: ANN401
        return create(**{name: value for name, value in data.items() if name not in DROPPED})

    def capturing(charge: Any, amount: str | None, on_success: Any = None) -> None:  # noqa: ANN401
        capture(charge, amount, on_success)
        charge.captured_part = int(amount or charge.amount)

    def listing(url: str, created: object = None, **rest: Any) -> Any:  # noqa: ANN401
        return listed(url, **rest)

    def received(intent: Any) -> int:  # noqa: ANN401
        taken: int = getattr(intent.latest_charge, "captured_part", intent.amount)
        return taken if intent.status == "succeeded" else 0

    intents._api_create, charges._capture = creating, capturing  # noqa: SLF001
    intents._api_list_all, intents.amount_received = listing, property(received)  # noqa: SLF001
