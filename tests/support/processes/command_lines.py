"""Commands typed one after the other in one process of their own, which need not load the code.

In this process they would not do: a command changes the environment, the logs and the database.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from support.processes.preloaded import FORKING, surrounded_by
from typer.testing import CliRunner

from trastienda.cli import app

PATIENCE = 300  # seconds


class Said(NamedTuple):
    code: int
    out: str
    err: str


def typed(
    surroundings: Mapping[str, str], *lines: tuple[str, ...], heard: Sequence[str] | None = None
) -> list[Said]:
    """Type command lines; each hears its text, and is done before the next one starts."""
    with tempfile.TemporaryDirectory(prefix="trastienda-test-") as folder:
        answers = Path(folder) / "answers"
        texts = heard or [""] * len(lines)
        process = FORKING.Process(target=_type, args=(dict(surroundings), lines, texts, answers))
        process.start()
        process.join(PATIENCE)
        assert process.exitcode == 0, f"the commands ended with {process.exitcode}: {lines}"
        return [Said(*it) for it in json.loads(answers.read_text("utf-8"))]


def _type(
    surroundings: dict[str, str],
    lines: Sequence[tuple[str, ...]],
    heard: Sequence[str],
    answers: Path,
) -> None:
    with surrounded_by(surroundings):
        said = [_one(list(line), text) for line, text in zip(lines, heard, strict=True)]
    answers.write_text(json.dumps(said), "utf-8")


def _one(words: list[str], heard: str) -> tuple[Any, ...]:
    done = CliRunner().invoke(app, words, input=heard, prog_name="trastienda")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr
