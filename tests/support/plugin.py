"""How the suite runs, and on which PostgreSQL: that is said at the end, by the servers' word."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest

SEEN = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SEEN] = set()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: what collecting makes, it keeps. It takes a sixth less.

    Nor is any of it looked at again while the tests run: that takes half of what looking takes.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_sessionfinish(session: pytest.Session) -> None:
    told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        seen = session.config.stash[SEEN]
        told["postgresql"] = sorted(seen)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - xdist's, which has no types
    node.config.stash[SEEN].update(getattr(node, "workeroutput", {}).get("postgresql", ()))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    seen = config.stash[SEEN]
    for version in sorted(seen):
        terminalreporter.write_line(f"The shop ran on PostgreSQL {version}.")
