"""The login of the demonstration's owner."""

import json
from pathlib import Path
from secrets import token_urlsafe

from trastienda.system import files

EMAIL = "owner@trastienda.example"


def login_file(data: Path) -> Path:
    return data / "demo-login.json"


def demonstration_login(data: Path) -> tuple[str, str]:
    """Return the owner's e-mail address and password, which are generated once and kept."""

    def make() -> str:
        return json.dumps({"email": EMAIL, "password": token_urlsafe(12)})

    login = json.loads(files.once(login_file(data), make))
    return login["email"], login["password"]
