"""Write an entity that staff keep through every layer, to be read and changed from there.

`make entity name=supplier fields="name:text, email:email, lead_days:int"`
"""

import argparse
import subprocess
import sys
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from tools.entity import lists
from tools.entity.entity import Entity, Unusable, parse

VERSIONS = Path("src/trastienda/database/migrations/versions")
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=False),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def main() -> None:
    """Write the files, and say what is left to do by hand."""
    options = argparse.ArgumentParser(prog="make entity", description=__doc__)
    options.add_argument("--name", required=True, help="one of them: supplier, tax_class")
    options.add_argument("--fields", required=True, help="name:type, …; nobody shares the first")
    options.add_argument("--plural", default="", help="many of them, if not with an s")
    options.add_argument("--spanish", default="", help="with its article: el proveedor")
    given = options.parse_args()
    try:
        entity = parse(given.name, given.fields, given.plural, given.spanish)
        files = write(Path.cwd(), entity)
    except Unusable as problem:
        sys.exit(f"make entity: {problem}")
    changed = [str(file) for file in files]
    ruff = [str(Path(sys.executable).with_name("ruff"))]
    python = [name for name in changed if name.endswith(".py")]
    subprocess.run([*ruff, "check", "-q", "--fix", "--select", "I,E3", *python], check=True)
    subprocess.run([*ruff, "format", "-q", *python], check=True)
    print("\n".join(changed))
    print("Read them. What is left: a line in CHANGELOG.md, and what the shop does with them.")
    if not entity.spanish:
        print(f"{files[-1]} calls it «{entity.words}»: say its name in Spanish.")


def write(root: Path, entity: Entity) -> list[Path]:
    """Write what an entity is made of; return its files. Raise Unusable."""
    package, many = Path("src/trastienda"), entity.plural
    last = max(file.stem[:4] for file in (root / VERSIONS).glob("[0-9]*.py"))
    revision = f"{int(last) + 1:04}"
    files = {
        package / f"database/models/{many}/{entity.name}.py": "model",
        VERSIONS / f"{revision}_{many}.py": "migration",
        package / f"schemas/{many}/{entity.name}.py": "schema",
        package / f"services/{many}/{many}.py": "service",
        package / f"controllers/{many}/{many}.py": "controller",
        package / f"handlers/{many}/{many}.py": "handler",
        package / f"routes/{many}/{many}.py": "route",
        Path(f"tests/{many}/test_{many}.py"): "test",
    }
    if taken := [file for file in files if (root / file.parent / file.name).exists()]:
        raise Unusable(f"name: {taken[0]} is there already")
    for file, template in files.items():
        (root / file).parent.mkdir(exist_ok=True)
        if template not in {"migration", "test"}:
            (root / file).with_name("__init__.py").touch()
        values = {"it": entity, "revision": revision, "before": last}
        text = TEMPLATES.get_template(f"{template}.py.jinja").render(values)
        (root / file).write_text(text, "utf-8")
    return [*files, *lists.enter(root, entity)]


main()
