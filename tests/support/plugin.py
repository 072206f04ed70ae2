"""How the suite runs, and on which PostgreSQL: that is said at the end, by the servers' word."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.nodeid import NodeId

LONGEST_FIRST = (
    "chromium",
    "survival",
    "generated",
    "processes",
    "strangers",
    "backups",
    "embedded",
    "jobs go on",
    "migrations",
    "upgrades",
    "audit",
    "demonstration",
    "pooler",
    "source",
)
"""The groups of tests, by how long they take: none is left over for a worker at the end."""
SEEN = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SEEN] = set()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort tests by their groups, and name these as xdist does: `test.py::test_it@group`.

    xdist 3.8 writes that name to an attribute which pytest 9.2 does not read any more, so that
    without this the tests of a group would run in any process.
    """
    items.sort(key=_rank)
    for item in items:
        named: str | None = getattr(item, "_nodeid", None)
        if named is not None:
            item._id = NodeId.parse(named)  # noqa: SLF001 - what pytest reads instead


def _rank(item: pytest.Item) -> int:
    mark = item.get_closest_marker("xdist_group")
    if mark is None:
        return len(LONGEST_FIRST) + 1
    (group,) = mark.args
    return LONGEST_FIRST.index(group) if group in LONGEST_FIRST else len(LONGEST_FIRST)


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
