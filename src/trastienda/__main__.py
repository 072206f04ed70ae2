"""`python -m trastienda` and `trastienda`: the command line, loaded at once."""

from pkgutil import resolve_name
from typing import Any

from trastienda.system.loading import loading


def main() -> None:
    with loading():
        command: Any = resolve_name("trastienda.cli:main")
    command()


if __name__ == "__main__":
    main()
