"""How a process loads its code."""

import gc
import subprocess
import sys
from importlib import import_module

import pytest

from trastienda.system.loading import loading


def test_garbage_is_looked_for_again_once_code_is_loaded_even_if_that_fails() -> None:
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()

    with pytest.raises(ModuleNotFoundError), loading():
        import_module("trastienda.there_is_no_such_module")
    assert gc.isenabled()


def test_a_process_does_without_what_it_names_unless_it_is_there_already() -> None:
    try:
        with loading(without=("tabnanny", "sys")), pytest.raises(ModuleNotFoundError):
            import_module("tabnanny")
        assert import_module("sys") is sys
    finally:
        sys.modules.pop("tabnanny", None)


NEEDLESS = ["alembic", "click", "h2", "mako", "pydantic", "pygments", "rich", "typer"]
WHAT_A_WORKER_LOADS = f"""
import subprocess
import sys
from pkgutil import resolve_name
from trastienda import __main__ as command_line
from trastienda.system.loading import UNUSED, loading

with loading(without=UNUSED):
    resolve_name(command_line.OF_A_NODE)
    serving = resolve_name("trastienda.node.serving")
with loading(without=serving.WITHOUT):
    resolve_name(serving.APPLICATION)
print(*(it for it in {NEEDLESS} if sys.modules.get(it)))
"""


def test_web_workers_load_nothing_of_upgrades_and_of_the_command_line() -> None:
    command = [sys.executable, "-c", WHAT_A_WORKER_LOADS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)  # noqa: S603
    assert done.stdout == "\n"
