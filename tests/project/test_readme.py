"""What the README and the pages in docs/ say is tried here, exactly as it is printed."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from support.processes.nodes import PATIENCE, Node, nodes

from trastienda.settings import Settings

ROOT = Path(__file__).parents[2]
SPANISH = "README.es.md"
READMES = ("README.md", SPANISH)
TRIED = ("README.md", "docs/front-end.md", "docs/staff.md")
PAGES = sorted(
    str(page.relative_to(ROOT)) for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")
SETTING = re.compile(r"^\| `(\w+)` \| (?:`(.*?)`|–) \| .+ \|$", re.MULTILINE)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MOST_CALLS = 8
END = "-- end of block --"
ELSE = "…"
"""Stands for what differs by nature; as a key, for what the page leaves out."""
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
SHAPES = {re.compile(r"01a2…"): UUID, re.compile(r"\d{4}-\d\d-\d\dT…"): MOMENT}
SOMETHING = re.compile(r"\S+")


class Try(NamedTuple):
    """What a page tells people to type, and what it says they will see."""

    lines: str
    language: str
    answer: str


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str, *languages: str) -> list[tuple[str, str]]:
    return [it for it in BLOCK.findall(text(page)) if it[0] in languages]


def tries(page: str) -> list[Try]:
    """Pair each block to be typed with the answer that follows it."""
    found = blocks(page, "sh", "json", "text")
    typed, shown = found[::2], found[1::2]
    assert {language for language, _ in typed} == {"sh"}
    assert "sh" not in {language for language, _ in shown}
    return [Try(lines, *answer) for (_, lines), answer in zip(typed, shown, strict=True)]


def typed(page: str, node: Node) -> list[str]:
    """Return what one bash answered to each block of a page."""
    script = "".join(f"{wait(it.lines)}{it.lines}\nprintf '%s\\n' '{END}'\n" for it in tries(page))
    bash = subprocess.run(  # noqa: S603 - ours
        [shutil.which("bash") or "bash"],
        input=script.replace(":8443", f":{node.port}"),
        cwd=node.data.parent,
        env=os.environ | {"DATABASE_URL": node.database_url},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert bash.stderr == ""
    said = bash.stdout.replace(f":{node.port}", ":8443")
    return [answer.strip() for answer in said.split(END)[:-1]]


def wait(lines: str) -> str:
    """Do what a person does without noticing: read on until the mail about the order is there."""
    folder = ".trastienda/mail/*.eml"
    looking = f"until grep -qs '/orders/' {folder}; do sleep 0.05; done\n"
    return looking if folder in lines else ""


def as_printed(answer: Any, shown: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the answer abbreviated as the page has it, where it may be."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        kept = {key: value for key, value in answer.items() if key in shown or ELSE not in shown}
        left_out = {ELSE: ELSE} if len(kept) < len(answer) else {}
        return {key: as_printed(it, shown.get(key)) for key, it in kept.items()} | left_out
    if isinstance(shown, list) and isinstance(answer, list) and len(shown) == len(answer):
        return [as_printed(*both) for both in zip(answer, shown, strict=True)]
    if isinstance(shown, str) and isinstance(answer, str) and ELSE in shown:
        shape = next((it for like, it in SHAPES.items() if like.fullmatch(shown)), SOMETHING)
        return shown if shape.fullmatch(answer) else answer
    return answer


def without_returns(answer: str) -> str:
    """Take an answer's carriage returns away, which mail and headers have."""
    return "\n".join(line.rstrip() for line in answer.splitlines())


def compare(it: Try, answer: str) -> None:
    if it.language == "json":
        shown = json.loads(it.answer)
        assert as_printed(json.loads(answer), shown) == shown, it.lines
    else:
        pattern = re.escape(it.answer.strip()).replace(ELSE, r"\S.*")
        assert re.fullmatch(pattern, without_returns(answer)), f"{it.lines}\n{answer}"


def test_the_first_order_in_spanish_is_answered_as_printed() -> None:
    with nodes(1, "--demo", data=".trastienda") as [node]:
        for it, answer in zip(tries(SPANISH), typed(SPANISH, node), strict=True):
            compare(it, answer)


def test_every_answer_is_the_one_printed() -> None:
    """One node answers all pages: one after the other, as they may be read."""
    with nodes(1, "--demo", data=".trastienda", from_nothing=True) as [node]:
        (node.data.parent / ".venv").symlink_to(sys.prefix)
        for page in TRIED:
            for it, answer in zip(tries(page), typed(page, node), strict=True):
                compare(it, answer)
        if node_js := shutil.which("node"):
            assert what_a_page_sees(node_js, node) == {
                "once": True,
                "paid": "paid",
                "refusal": [
                    "No hay ningún artículo a la venta con ese SKU en esta moneda.",
                    "/problems/sku-unknown",
                ],
                "visitors": ["owner@trastienda.example", None],
                "price": ["12,50\xa0€", "2770\xa0JPY", "KWD\xa05.091"],
            }


def what_a_page_sees(program: str, node: Node) -> object:
    """Run what front-end.md prints in JavaScript, in Node, with cookies as a browser has."""
    env = os.environ | {
        "PAGE": str(ROOT / "docs/front-end.md"),
        "SHOP": f"https://localhost:{node.port}",
        "LOGIN": str(node.data / "demo-login.json"),
        "NODE_EXTRA_CA_CERTS": str(node.data / "tls/ca.pem"),
    }
    said = subprocess.run(  # noqa: S603 - ours
        [program, ROOT / "tests/node/front_end.mjs"],
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=True,
    )
    return json.loads(said.stdout)


def test_the_first_order_takes_few_calls() -> None:
    assert sum(it.lines.count("curl ") for it in tries("README.md")) <= MOST_CALLS


@pytest.mark.parametrize("page", [*TRIED, SPANISH])
def test_no_line_needs_more_than_a_plain_shell(page: str) -> None:
    """An interactive zsh knows no comments, and jq, --json and echo -e are not everywhere."""
    lines = "".join(it.lines for it in tries(page))

    assert re.findall(r"(?m)^\s*#|\bjq\b|--json|echo -|(?<=\s)#", lines) == []


def test_both_languages_show_the_same() -> None:
    """Commands and notes are the same but for the language that is asked for and answered."""
    english, spanish = (blocks(it, "sh", "json", "text", "console") for it in READMES)

    assert [language for language, _ in spanish] == [language for language, _ in english]
    assert [it for it in spanish if it[0] == "console"] == [
        it for it in english if it[0] == "console"
    ]
    keys = re.compile(r'"(\w+)": ')
    shown = [keys.findall(it.replace("Colour", "Color")) for _, it in english]
    assert [keys.findall(it) for _, it in spanish] == shown
    assert [it.count("#") for it in outline(READMES[1])] == [
        it.count("#") for it in outline(READMES[0])
    ]


def outline(page: str) -> list[str]:
    prose = BLOCK.sub("", text(page))
    return [line for line in prose.splitlines() if line.startswith("#")]


@pytest.mark.parametrize("page", READMES)
def test_the_table_of_settings_names_each_with_its_default(page: str) -> None:
    bare = msgspec.structs.fields(Settings)
    defaults = {
        it.encode_name: ""
        if it.default is None
        else str(msgspec.to_builtins(it.default, enc_hook=str))
        for it in bare
    }

    assert dict(SETTING.findall(text(page))) == defaults


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    for path, heading in LINK.findall(text(page)):
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), path
        if heading:
            prose = BLOCK.sub("", target.read_text("utf-8"))
            assert heading in {slug(it) for it in HEADING.findall(prose)}, heading


def slug(heading: str) -> str:
    """Write a heading as GitHub names its anchor."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
