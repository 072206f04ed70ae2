"""Which PostgreSQL the suite ran on: it is said at the end, by the word of the servers."""

from typing import Any

import pytest

SEEN = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SEEN] = set()


def pytest_sessionfinish(session: pytest.Session) -> None:
    told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["postgresql"] = sorted(session.config.stash[SEEN])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # noqa: ANN401 - xdist's, which has no types
    node.config.stash[SEEN].update(getattr(node, "workeroutput", {}).get("postgresql", ()))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for version in sorted(config.stash[SEEN]):
        terminalreporter.write_line(f"The shop ran on PostgreSQL {version}.")
