"""What the user reads when everything is up."""

import json
from collections.abc import Iterator
from pathlib import Path
from secrets import token_urlsafe
from shlex import quote

from rich.console import Console
from rich.markup import escape

from trastienda import folder
from trastienda.settings import Settings
from trastienda.tls import Material

EMAIL = "owner@trastienda.example"
DEBIAN = "/usr/local/share/ca-certificates/trastienda.crt"
MACOS = "security add-trusted-cert -k ~/Library/Keychains/login.keychain-db"


def login_file(data: Path) -> Path:
    return data / "demo-login.json"


def demonstration_login(data: Path) -> tuple[str, str]:
    """Return the e-mail address and the password of the demonstration's owner, made once."""

    def make() -> str:
        return json.dumps({"email": EMAIL, "password": token_urlsafe(12)})

    login = json.loads(folder.once(login_file(data), make))
    return login["email"], login["password"]


def summary(settings: Settings, material: Material, *, demo: bool) -> None:
    """Say where the shop is, on standard output; each command is one line, to be copied."""
    console = Console(highlight=False, soft_wrap=True)
    console.print("\n[bold]Trastienda is open.[/bold]\n")
    for what, text in _lines(settings, material, demo=demo):
        console.print(f"  [dim]{what:11}[/dim]", escape(text), sep="")
    console.print()


def _lines(settings: Settings, material: Material, *, demo: bool) -> Iterator[tuple[str, str]]:
    yield "the shop", f"{settings.url}/v1/products"
    yield "the API", f"{settings.url}/docs"
    if demo:
        email, password = demonstration_login(settings.data)
        yield "log in as", f"{email}  {password}"
    if material.authority:
        authority = quote(str(material.authority))
        yield "try it", f"curl --cacert {authority} {settings.url}/v1/products"
        yield "trust it", f"sudo cp {authority} {DEBIAN} && sudo update-ca-certificates"
        yield "  (macOS)", f"{MACOS} {authority}"
    yield "stop it", "Ctrl-C"
