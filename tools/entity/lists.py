"""The lists of the house in which an entity has a line: routes, events, scopes, titles, docs."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from tools.entity.entity import Entity, Unusable

PACKAGE = Path("src/trastienda")
CATALOGUE = PACKAGE / "locale/es/LC_MESSAGES/trastienda.po"


def enter(root: Path, it: Entity) -> list[Path]:
    """Write a line about an entity into each list; return the files. Raise Unusable."""
    room, many = f"trastienda.routes.{it.plural}", it.plural
    use_cases = next((root / "tests/support").rglob("use_cases.py")).relative_to(root)
    lines = {
        PACKAGE / "routes/admin.py": [
            ("\nadmin = Router(", f"from {room}.{many} import {many}\n"),
            ("    ],\n)\n", f"        *{many},\n"),
        ],
        PACKAGE / "services/events/types/shop.py": [
            (
                "from trastienda.services.events.types.kinds",
                f"from trastienda.schemas.{many}.{it.name} import {it.kind}View\n",
            ),
            (
                "LOCATION = ",
                f'{it.constant} = resource("{it.name}", "{it.a_words}", {it.kind}View)\n',
            ),
        ],
        PACKAGE / "database/models/accounts/user.py": [
            (']\n"""All scopes', f'    "{many}.read",\n    "{many}.write",\n'),
        ],
        Path("pyproject.toml"): [('    "(accounts)",\n', f'    "({many})",\n')],
        Path("docs/events.md"): [("`letter_wording`, `webhook`,", f"`{it.name}`, ")],
        Path("docs/operations.md"): [
            ("| `settings.write` |", f"| `{many}.read`, `{many}.write` | {it.words_of_many} |\n"),
        ],
        use_cases: [
            ('staff_resource("webhooks', _use_case(it)),
        ],
    }
    for file, insertions in lines.items():
        for before, line in insertions:
            _insert(root / file, before, line)
    return [*lines, _translate(root, it)]


def _use_case(it: Entity) -> str:
    others = [f"{field.name}={field.value}" for field in it.fields[1:]]
    draft = ", ".join([f'{it.key.name}="* of a test"', *others])
    change = f'{{"{it.key.name}": f"Another {{uuid4().hex}}"}}'
    names = f'"{it.plural}.{it.plural}", "{it.name}", "{it.path}"'
    return f"staff_resource({names}, some({draft}), {change})\n"


def _insert(file: Path, before: str, line: str) -> None:
    """Put a line before the first place that begins so, below all that resembles it."""
    text = file.read_text("utf-8")
    if before not in text:
        raise Unusable(f"{file}: there is no {before.strip()!r} to put a line before")
    head, _, tail = text.partition(before)
    file.write_text(head + line + before + tail, "utf-8")


def _translate(root: Path, it: Entity) -> Path:
    """Give its errors their Spanish titles, in the order of the others."""
    file = root / CATALOGUE
    for name, _, english, spanish in it.errors:
        entry = f'msgctxt "{name}"\nmsgid "{english}"\nmsgstr "{spanish}"\n\n'
        contexts = [
            line for line in file.read_text("utf-8").splitlines() if line.startswith("msgctxt")
        ]
        after = next(line for line in contexts if line > f'msgctxt "{name}"')
        _insert(file, after + "\n", entry)
    with file.open("rb") as written, file.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, read_po(written, locale="es", abort_invalid=True))
    return CATALOGUE
