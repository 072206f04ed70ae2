"""The host names of this server."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from trastienda.settings import Settings, WrongSetting


def names(settings: Settings) -> set[str]:
    """Return the DNS names and addresses of this server, as for its certificate."""
    hosts = {"localhost", "127.0.0.1", "::1", settings.host, urlsplit(settings.url).hostname or ""}
    return {canonical(host) for host in hosts if host not in {"", "0.0.0.0", "::"}}  # noqa: S104


def canonical(host: str) -> str:
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise WrongSetting(f"TRASTIENDA_PUBLIC_URL: {host} is not the name of a host") from None
