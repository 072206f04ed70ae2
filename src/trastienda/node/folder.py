"""The data folder: what this machine stores for the shop."""

import os
import stat
from pathlib import Path

from trastienda.settings import WrongSetting
from trastienda.system.files import drafted

OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def prepare(data: Path) -> Path:
    """Create the folder for this user alone if it is missing, and return its real path.

    The mode of a folder that existed before and has content is never changed; it is refused if
    others could write to it.
    """
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        data = data.resolve(strict=True)
        found = data.stat()
        if found.st_uid == os.geteuid() and not any(data.iterdir()):
            data.chmod(0o700)
            found = data.stat()
        with drafted(data / "probe"):
            pass
    except OSError as error:
        raise WrongSetting(f"TRASTIENDA_DATA: {data} cannot be used: {error.strerror}") from None
    if found.st_mode & OTHERS_MAY_WRITE:
        raise WrongSetting(f"TRASTIENDA_DATA: others may write to {data}: give the shop its own")
    return data
