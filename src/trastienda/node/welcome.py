"""The summary that the user reads once everything is up."""

import sys
from collections.abc import Iterator
from os import environ
from shlex import quote

from trastienda.demo import login
from trastienda.node.tls import Material
from trastienda.settings import Settings

DEBIAN = "/usr/local/share/ca-certificates/trastienda.crt"
MACOS = "security add-trusted-cert -k ~/Library/Keychains/login.keychain-db"


BOLD, DIM = 1, 2  # of ECMA-48, "select graphic rendition"


def summary(settings: Settings, material: Material, *, demo: bool) -> None:
    """Print where the shop is, on standard output; each command is one line, ready to be copied."""
    lines = [
        f"  {_styled(f'{label:11}', DIM)}{text}"
        for label, text in _lines(settings, material, demo=demo)
    ]
    text = ["", _styled("Trastienda is open.", BOLD), "", *lines, ""]
    sys.stdout.write("\n".join(text) + "\n")
    sys.stdout.flush()


def _styled(text: str, style: int) -> str:
    """Style a text on a terminal, unless its user wants none (https://no-color.org)."""
    wanted = sys.stdout.isatty() and not environ.get("NO_COLOR")
    return f"\033[{style}m{text}\033[0m" if wanted else text


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
