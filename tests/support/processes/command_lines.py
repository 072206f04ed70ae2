"""Commands typed one after the other in one process of their own, which starts but once.

In this process they would not do: a command changes the environment, the logs and the database.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from typer.testing import CliRunner

from trastienda.cli import app


class Said(NamedTuple):
    code: int
    out: str
    err: str


def typed(
    surroundings: dict[str, str], *lines: tuple[str, ...], heard: Sequence[str] | None = None
) -> list[Said]:
    """Type command lines; each hears its text, and is done before the next one starts."""
    process = subprocess.run(  # noqa: S603 - ours
        [sys.executable, __file__],
        env=surroundings,
        input=json.dumps([lines, heard or [""] * len(lines)]),
        stdout=subprocess.PIPE,
        text=True,
        timeout=300,
        check=True,
    )
    return [Said(*it) for it in json.loads(process.stdout)]


def one(words: list[str], heard: str) -> tuple[Any, ...]:
    done = CliRunner().invoke(app, words, input=heard, prog_name="trastienda")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout, done.stderr


if __name__ == "__main__":
    asked, told = json.load(sys.stdin)
    answers = [one(line, text) for line, text in zip(asked, told, strict=True)]
    json.dump(answers, sys.stdout)
