"""What was worked out a moment ago is not worked out again."""

from trastienda.handlers.pages.recent import MOST, SECONDS, Recent


async def test_a_result_is_kept_for_some_seconds_and_a_failure_never() -> None:
    now, done = [0.0], list[str]()
    recent = Recent[str](lambda: now[0])

    async def work() -> str:
        done.append("")
        if len(done) == 1:
            raise ValueError
        return f"result {len(done)}"

    try:
        await recent.get("key", work)
    except ValueError:
        first = await recent.get("key", work)
    again = await recent.get("key", work)
    now[0] = SECONDS
    later = await recent.get("key", work)
    for number in range(MOST):
        await recent.get(number, work)

    assert (first, again, later) == ("result 2", "result 2", "result 3")
    assert await recent.get("key", work) == f"result {MOST + 4}"
