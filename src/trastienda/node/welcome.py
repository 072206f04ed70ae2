"""The summary that the user reads once everything is up."""

from collections.abc import Iterator
from shlex import quote

from rich.console import Console
from rich.markup import escape

from trastienda.demo import login
from trastienda.node.tls import Material
from trastienda.settings import Settings

DEBIAN = "/usr/local/share/ca-certificates/trastienda.crt"
MACOS = "security add-trusted-cert -k ~/Library/Keychains/login.keychain-db"


def summary(settings: Settings, material: Material, *, demo: bool) -> None:
    """Print where the shop is, on standard output; each command is one line, ready to be copied."""
    console = Console(highlight=False, soft_wrap=True)
    console.print("\n[bold]Trastienda is open.[/bold]\n")
    for label, text in _lines(settings, material, demo=demo):
        console.print(f"  [dim]{label:11}[/dim]", escape(text), sep="")
    console.print()


def _lines(settings: Settings, material: Material, *, demo: bool) -> Iterator[tuple[str, str]]:
    yield (
        "the shop",
        f"{settings.url}/" if settings.has_storefront else f"{settings.url}/v1/products",
    )
    yield "the admin", f"{settings.url}/admin"
    yield "the API", f"{settings.url}/docs"
    if demo:
        email, password = login.demonstration_login(settings.data)
        yield "log in as", f"{email}  {password}"
    if material.authority:
        authority = quote(str(material.authority))
        yield "try it", f"curl --cacert {authority} {settings.url}/v1/products"
        yield "trust it", f"sudo cp {authority} {DEBIAN} && sudo update-ca-certificates"
        yield "  (macOS)", f"{MACOS} {authority}"
    yield "stop it", "Ctrl-C"
