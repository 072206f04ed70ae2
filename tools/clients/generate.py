"""Puts both clients together, as they stand in git."""

import subprocess
import sys
from pathlib import Path

from tools.clients import python, typescript
from tools.clients.document import Document

ROOT = Path(__file__).parents[2]


def generated(document: Document) -> dict[str, str]:
    """Return each generated file with its text, by its path in the project."""
    formatted = {name: _formatted(text) for name, text in python.files(document).items()}
    return typescript.files(document) | formatted


def _formatted(text: str) -> str:
    ruff = Path(sys.executable).with_name("ruff")
    done = subprocess.run(
        [ruff, "format", "--quiet", "-"],
        input=text,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout
