"""Files of products, and what is done with them."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from httpx import AsyncClient, Response

from trastienda.jobs.imports.importing import work

ALL = "/v1/admin/imports"
Rows = Sequence[dict[str, str]]


def a_file(rows: Rows, separator: str = ",") -> bytes:
    """Write rows as a spreadsheet does."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    sheet = csv.DictWriter(text, names, restval="", delimiter=separator)
    sheet.writeheader()
    sheet.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def rows_of(answer: Response) -> list[dict[str, str]]:
    """Read a file as a spreadsheet does."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def send(
    staff: AsyncClient, content: bytes, name: str = "products.csv", **headers: str
) -> Response:
    return await staff.post(ALL, files={"file": (name, content)}, headers=headers)


async def uploaded(staff: AsyncClient, rows: Rows) -> dict[str, Any]:
    answer = await send(staff, a_file(rows))
    assert answer.status_code == 201, answer.text
    record: dict[str, Any] = answer.json()
    return record


async def state(staff: AsyncClient, record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = (await staff.get(f"{ALL}/{record['id']}")).json()
    return found


async def checked(staff: AsyncClient, rows: Rows) -> dict[str, Any]:
    """Upload a file, and do what the job does."""
    record = await uploaded(staff, rows)
    await work(record["id"])
    return await state(staff, record)


async def imported(staff: AsyncClient, rows: Rows) -> dict[str, Any]:
    """Import a file whole."""
    record = await checked(staff, rows)
    answer = await staff.post(f"{ALL}/{record['id']}/start")
    assert answer.status_code == 200, answer.text
    await work(record["id"])
    return await state(staff, record)


def numbers(record: dict[str, Any]) -> tuple[int, int, int, int]:
    return record["new"], record["changed"], record["unchanged"], record["failed"]


async def problems(staff: AsyncClient, record: dict[str, Any], **query: str) -> list[Any]:
    """List why rows were left out: row, column, problem."""
    address = f"{ALL}/{record['id']}/rows"
    page = (await staff.get(address, params={"outcome": "failed", "limit": 100, **query})).json()
    return [
        (row["number"], it["column"], it["type"].removeprefix("/problems/"))
        for row in page["items"]
        for it in row["problems"]
    ]
