"""Shops that issue invoices: their settings, and the jobs that a worker would do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from httpx import AsyncClient
from support.background import ask

from trastienda.jobs import invoices as jobs
from trastienda.settings import Settings

SETTINGS = "/v1/admin/invoice-settings"
ADDRESS = {
    "name": "Azulejos del Sur",
    "line1": "Calle Sierpes 3",
    "city": "Sevilla",
    "postal_code": "41004",
    "country": "ES",
}
DRAFT: dict[str, Any] = {
    "name": "Azulejos del Sur, S.L.",
    "address": ADDRESS,
    "vat_number": "ESB58378431",
    "tax_number": "B58378431",
    "registration": "Registro Mercantil de Sevilla, hoja SE-3",
    "iban": "ES9121000418450200051332",
    "invoice_series": "F{year}-{number:05}",
    "credit_note_series": "R{year}-{number:05}",
    "moment": "manual",
    "locale": None,
    "verifactu": "disabled",
    "tax_currency": None,
    "tax_rates": [],
}


async def put_settings(staff: AsyncClient, **facts: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = await staff.put(SETTINGS, json=DRAFT | facts)
    assert answer.status_code == 200, answer.text
    view: dict[str, Any] = answer.json()
    return view


@asynccontextmanager
async def invoicing(staff: AsyncClient, **facts: Any) -> AsyncIterator[dict[str, Any]]:  # noqa: ANN401
    """Issue invoices like this until the block ends, and then by hand."""
    try:
        yield await put_settings(staff, **facts)
    finally:
        await put_settings(staff)


async def issue(staff: AsyncClient, order: dict[str, Any]) -> dict[str, Any]:
    answer = await staff.post(f"/v1/admin/orders/{order['id']}/invoice")
    assert answer.status_code in {200, 201}, answer.text
    invoice: dict[str, Any] = answer.json()
    return invoice


async def do_jobs(order_id: object, settings: Settings) -> None:
    """Do what is queued about the invoices of an order, as a worker would."""
    if await queued(jobs.ISSUE, order_id):
        await jobs.issue(str(order_id))
    write, hand_over = jobs.writing(settings), jobs.handing_over(settings)
    for (invoice,) in await ask("SELECT id FROM invoices WHERE order_id = %s", UUID(str(order_id))):
        if await queued(jobs.FILES, invoice):
            await write(str(invoice))
        records = await ask("SELECT id FROM invoice_records WHERE invoice_id = %s", invoice)
        for (record,) in records:
            if await queued(jobs.RECORDS, record):
                await hand_over(str(record))


async def queued(task: str, about: object) -> bool:
    rows = await ask(
        "SELECT 1 FROM procrastinate_jobs WHERE task_name = %s AND args ->> 'event' = %s",
        task,
        str(about),
    )
    return bool(rows)
