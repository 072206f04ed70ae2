"""What the user reads when everything is up."""

import json
from pathlib import Path
from secrets import token_urlsafe
from shlex import quote

from rich.console import Console
from rich.table import Table

from trastienda import folder
from trastienda.settings import Settings
from trastienda.tls import Material

EMAIL = "owner@trastienda.example"


def demonstration_login(data: Path) -> tuple[str, str]:
    """Return the e-mail address and the password of the demonstration's owner, made once."""

    def make() -> str:
        return json.dumps({"email": EMAIL, "password": token_urlsafe(12)})

    login = json.loads(folder.once(data / "demo-login.json", make))
    return login["email"], login["password"]


def summary(settings: Settings, material: Material, *, demo: bool) -> None:
    lines = Table.grid(padding=(0, 2))
    lines.add_row("The shop", f"{settings.url}/v1/products")
    lines.add_row("The API", f"{settings.url}/docs")
    if demo:
        email, password = demonstration_login(settings.data)
        lines.add_row("Log in as", f"{email}   {password}")
    if material.authority:
        authority = quote(str(material.authority))
        lines.add_row("Try it", f"curl --cacert {authority} {settings.url}/health/live")
        lines.add_row("Trust it", f"sudo cp {authority} {DEBIAN} && sudo update-ca-certificates")
        lines.add_row("", f"(macOS) {MACOS} {authority}")
    lines.add_row("Stop it", "Ctrl-C")
    console = Console(highlight=False, soft_wrap=True)
    console.print("\n[bold]Trastienda is open.[/bold]\n")
    console.print(lines)
    console.print()


DEBIAN = "/usr/local/share/ca-certificates/trastienda.crt"
MACOS = "security add-trusted-cert -k ~/Library/Keychains/login.keychain-db"
