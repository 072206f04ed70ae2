"""The shop's secret in the data folder, and checks of it."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from secrets import token_urlsafe

from trastienda.settings import WrongSetting, usable_secret
from trastienda.system import files


def kept(data: Path) -> str:
    """Return the secret of a data folder, creating it the first time. Raise WrongSetting."""
    path = data / "secret"
    return _usable(path, partial(files.once, path, partial(token_urlsafe, 32)))


def examine(data: Path) -> None:
    """Raise WrongSetting if there is an unusable secret; create none."""
    path = data / "secret"
    with suppress(FileNotFoundError):
        _usable(path, partial(path.read_text, "utf-8"))


def _usable(path: Path, read: Callable[[], str]) -> str:
    try:
        return usable_secret(read(), str(path))
    except FileNotFoundError:
        raise
    except OSError as error:
        if error.errno in files.FULL:  # says nothing about the secret
            raise
        raise WrongSetting(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise WrongSetting(f"{path}: is not text") from None
