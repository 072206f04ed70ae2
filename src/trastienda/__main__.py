"""`python -m trastienda` and `trastienda`: the command line, loaded at once."""

import sys
from pkgutil import resolve_name
from typing import Any

from trastienda.system.loading import UNUSED, loading

NODE = {("up",), ("up", "--demo"), ("serve",), ("worker",)}
"""Commands that need nothing of the command line, whose libraries each web worker would keep."""
OF_A_NODE, OF_ALL = "trastienda.commands.node:main", "trastienda.cli:main"


def main() -> None:
    is_node = tuple(sys.argv[1:]) in NODE
    with loading(without=UNUSED if is_node else ()):
        command: Any = resolve_name(OF_A_NODE if is_node else OF_ALL)
    command()


if __name__ == "__main__":
    main()
