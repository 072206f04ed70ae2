"""Many invoices at once: no number twice, none left out, and one chain."""

import asyncio
import json
import random
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

from httpx import AsyncClient
from support.background import ask
from support.invoicing import do_jobs, invoicing
from support.people import an_address
from support.products import an_order

from trastienda.database.db import transaction, utcnow
from trastienda.schemas.invoices.record import IssuedFields
from trastienda.services.invoices import issuing
from trastienda.services.invoices.verifactu import records as verifactu
from trastienda.settings import Settings


class Undone(Exception):
    """The transaction goes back, for whatever reason."""


async def some_orders(staff: AsyncClient, buyer: AsyncClient, number: int) -> list[dict[str, Any]]:
    return [await an_order(staff, buyer, email=an_address()) for _ in range(number)]


async def issue_or_not(order: dict[str, Any], *, undone: bool) -> None:
    """Issue an invoice in a transaction, which may be rolled back at its very end."""
    with suppress(Undone):
        async with transaction() as session:
            await issuing.issue(session, UUID(order["id"]), utcnow())
            give_up(undone)


def give_up(undone: bool) -> None:  # noqa: FBT001 - the only thing that there is to say
    if undone:
        raise Undone


async def test_fifty_at_once_have_no_gap_though_many_are_rolled_back(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    series = f"G{uuid4().hex[:6].upper()}-"
    orders = await some_orders(staff, buyer, 50)
    chosen = random.Random(7)  # noqa: S311 - which are undone
    undone = {order["id"]: chosen.random() < 0.4 for order in orders}

    async with invoicing(staff, invoice_series=f"{series}{{number:04}}"):
        await asyncio.gather(*(issue_or_not(it, undone=undone[it["id"]]) for it in orders))
        first = await ask("SELECT number FROM invoices WHERE prefix = %s", series)
        await asyncio.gather(*(issue_or_not(it, undone=False) for it in orders))

    rows = await ask(
        "SELECT number, sequence, issued_at FROM invoices WHERE prefix = %s ORDER BY sequence",
        series,
    )
    assert len(first) == list(undone.values()).count(False)
    assert sorted(number for (number,) in first) == [
        f"{series}{it:04}" for it in range(1, len(first) + 1)
    ]
    assert [(number, sequence) for number, sequence, _ in rows] == [
        (f"{series}{it:04}", it) for it in range(1, 51)
    ]
    assert [at for *_, at in rows] == sorted(at for *_, at in rows)


async def test_records_are_one_chain_whoever_is_rolled_back(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    issuer = f"T{uuid4().int % 10**8:08}"
    orders = await some_orders(staff, buyer, 20)

    async with invoicing(staff, verifactu="test", tax_number=issuer, vat_number=None):
        await asyncio.gather(
            *(issue_or_not(it, undone=turn % 3 == 0) for turn, it in enumerate(orders))
        )
        await asyncio.gather(*(issue_or_not(it, undone=False) for it in orders))
        ((cancelled,),) = await ask(
            "SELECT invoice_id FROM invoice_records WHERE issuer = %s AND sequence = 5", issuer
        )
        where = f"/v1/admin/invoices/{cancelled}/cancellation"
        assert (await staff.post(where, json={"reason": "A test"})).status_code == 200

    records = await ask(
        "SELECT kind, fields, hash FROM invoice_records WHERE issuer = %s ORDER BY sequence", issuer
    )
    before = ""
    for kind, fields, digest in records[:-1]:
        assert kind == "issued"
        assert fields["previous"] == before
        assert verifactu.hash_of_issued(IssuedFields(**fields)) == digest
        before = digest
    kind, fields, _ = records[-1]
    assert (len(records), kind, fields["previous"]) == (21, "cancelled", before)
    for order in orders:
        await do_jobs(order["id"], settings)
    kept = sorted((settings.data / "verifactu").glob(f"{issuer}-*.json"))
    assert [json.loads(it.read_text())["hash"] for it in kept] == [it for *_, it in records]
