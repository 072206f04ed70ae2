"""What the glossary and the guide call things is what they are called in the code."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "trastienda"
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text("utf-8")
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in GLOSSARY.splitlines()
    if line.startswith("| ") and not line.startswith("| word")
]
ANSWERS = re.findall(r"^\| (.+\?) \| (.+) \|$", GUIDE, re.MULTILINE)


@cache
def code() -> str:
    return "\n".join(it.read_text("utf-8") for it in sorted(SOURCE.rglob("*.py")))


def named(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_word_stands_in_the_code(row: list[str]) -> None:
    missing = {
        name
        for name in named(row[2])
        if not ((SOURCE / name).exists() if "/" in name else re.search(rf"\b{name}\b", code()))
    }

    assert missing == set()
    assert all(row)


@pytest.mark.parametrize(("question", "answer"), ANSWERS, ids=[it for it, _ in ANSWERS])
def test_each_answer_names_what_is_there(question: str, answer: str) -> None:
    paths = [it for it in named(answer) if "/" in it or it.endswith(".py")]

    assert paths
    assert [it for it in paths if not any((at / it).exists() for at in (SOURCE, ROOT))] == []


def test_fifteen_questions_are_answered() -> None:
    assert len(ANSWERS) >= 15
