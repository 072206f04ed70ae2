"""How a process loads its code."""

import gc
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
