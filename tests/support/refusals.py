"""What a refusal says, in short; and the nets that all staff's entities are caught in alike."""

import asyncio

from httpx import AsyncClient, Response

from trastienda.database.db import Session

BLOCKED_BY_US = """
    SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (
        pg_blocking_pids(pid))
"""


def refusal(answer: Response) -> tuple[int, str, str | None]:
    """Give the status, the problem's name, and the first field that is pointed at."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    problem = answer.json()
    faults = problem.get("errors") or [{}]
    kind = str(problem["type"]).removeprefix("/problems/")
    return answer.status_code, kind, faults[0].get("pointer")


async def changes_once(staff: AsyncClient, address: str, patch: dict[str, object]) -> Response:
    """Change something that nobody else changes, under a condition; the same again is stale."""
    version = (await staff.get(address)).json()["version"]
    seen = {"If-Match": f'"{version}"'}
    answer = await staff.patch(address, json=patch, headers=seen)
    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == version + 1
    assert answer.headers["etag"] == f'"{version + 1}"'
    before = (await staff.get(address)).json()

    late = await staff.patch(address, json=patch, headers=seen)

    assert late.json()["version"] == version + 1
    assert (await staff.get(address)).json() == before
    return late


def begun(statements: list[str]) -> int:
    """Count the transactions of use-cases; those that only note last use come by the clock."""
    touches = [it for it in statements if "UPDATE api_keys SET last_used_at" in it]
    return statements.count("BEGIN") - len(touches)


async def somebody_waits(session: Session, people: int = 1) -> None:
    """Wait until so many other connections wait for a lock that this transaction holds."""
    async with asyncio.timeout(120):
        while True:
            row = await (await session.driver.execute(BLOCKED_BY_US)).fetchone()
            if row is not None and row[0] >= people:
                return
            await asyncio.sleep(0.005)
