"""What could be wrong with this machine, each with its remedy."""

import http.client
import ssl
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import psycopg
from cryptography import x509

from trastienda import serving, tls
from trastienda.database import embedded, migrations
from trastienda.database.cluster import DatabaseDoesNotStart
from trastienda.settings import Settings, WrongSetting, variable

CLOCKS = timedelta(seconds=5)  # apart, at most: sessions and tokens compare times
SOON = timedelta(days=21)
LIVE = "/health/live"
PATIENCE = 10.0  # seconds for a port to answer


@dataclass(frozen=True)
class Finding:
    """One line; `remedy` is empty when all is well."""

    subject: str
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        mark = "wrong" if self.remedy else "ok"
        remedy = f" -> {self.remedy}" if self.remedy else ""
        return f"{mark:5}  {self.subject}: {self.text}{remedy}"


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything, changing nothing; an embedded database is started for the look."""
    yield from _production(settings)
    yield from _folder(settings)
    yield from _ports(settings)
    yield from _certificate(settings, datetime.now(UTC))
    if url := settings.database_direct_url or settings.database_url:
        yield from _database(url)
    elif not (settings.data / "postgres").exists():
        yield Finding("database", "will be made at the first start")
    else:
        try:
            with embedded.running(settings.data.resolve()) as server:
                yield from _database(server.url)
        except DatabaseDoesNotStart as error:
            yield Finding("database", str(error), f"look into {settings.data / 'postgres'}")


def _database(url: str) -> Iterator[Finding]:
    try:
        migrations.wait(url, 0, lambda _: None)
    except (WrongSetting, migrations.DatabaseUnusable) as error:
        remedy = "start it, or correct DATABASE_URL"
        yield Finding("database", str(error).removeprefix("DATABASE_URL: "), remedy)
        return
    with psycopg.connect(url) as connection:
        before = datetime.now(UTC)
        (there,) = connection.execute("SELECT clock_timestamp()").fetchone() or (before,)
        version = connection.info.server_version
    yield Finding("database", f"PostgreSQL {version // 10_000}.{version % 10_000} answers")
    if behind := migrations.missing(url):
        yield Finding("migrations", f"{len(behind)} are missing", "trastienda migrate")
    else:
        yield Finding("migrations", "up to date")
    apart = abs(there - before)
    if apart > CLOCKS:
        text = f"{apart.total_seconds():.0f} seconds from the database's"
        yield Finding("clock", text, "sudo timedatectl set-ntp true, on both machines")
    else:
        yield Finding("clock", "agrees with the database's")


def _production(settings: Settings) -> Iterator[Finding]:
    if settings.in_production and not settings.public_url:
        remedy = "TRASTIENDA_PUBLIC_URL=https://the.name.browsers.use"
        yield Finding("settings", f"links in mail lead to {settings.url}", remedy)
    elif settings.in_production and not settings.smtp_url:
        remedy = "TRASTIENDA_SMTP_URL=smtp://user:password@host:587"
        yield Finding("settings", "mail is written to files, and reaches nobody", remedy)
    else:
        yield Finding("settings", f"{settings.env.value}, {settings.url}")


def _folder(settings: Settings) -> Iterator[Finding]:
    data = settings.data
    if not data.exists():
        yield Finding("data folder", f"{data} will be made at the first start")
        return
    open_to_others = [
        path
        for path in (data, *data.glob("secret"), *data.glob("*.json"), *data.glob("tls/*.key"))
        if stat.S_IMODE(path.stat().st_mode) & (0o022 if path == data else 0o077)
    ]
    for path in open_to_others:
        remedy = f"chmod {'go-w' if path == data else '600'} {path}"
        yield Finding("data folder", f"others may use {path}", remedy)
    if not open_to_others:
        yield Finding("data folder", f"{data} is ours alone")


def _ports(settings: Settings) -> Iterator[Finding]:
    for field, ours in (("port", _answers), ("http_port", _redirects)):
        port = getattr(settings, field)
        if not port:
            continue
        try:
            serving.probe(settings, [field])
        except WrongSetting as taken:
            if ours(settings):
                yield Finding("port", f"{port} is served by this shop")
            else:
                text = str(taken).partition(": ")[2]
                yield Finding("port", text, f"{variable(field)}={port + 1}")
        else:
            yield Finding("port", f"{port} is free")


def _answers(settings: Settings) -> bool:
    trust = ssl.create_default_context()
    if (authority := tls.local(settings).authority) and authority.exists():
        trust.load_verify_locations(authority)
    trust.check_hostname = False  # asked by address; the chain is what tells that it is us
    ip = serving.address(settings.host)
    with closing(
        http.client.HTTPSConnection(ip, settings.port, timeout=PATIENCE, context=trust)
    ) as ask:
        return _ask(ask, settings, lambda it: it.status == http.client.OK)


def _redirects(settings: Settings) -> bool:
    ip = serving.address(settings.host)
    with closing(http.client.HTTPConnection(ip, settings.http_port, timeout=PATIENCE)) as ask:
        return _ask(ask, settings, lambda it: it.getheader("Location") == f"{settings.url}{LIVE}")


def _ask(
    connection: http.client.HTTPConnection,
    settings: Settings,
    good: Callable[[http.client.HTTPResponse], bool],
) -> bool:
    try:
        connection.request("GET", LIVE, headers={"Host": urlsplit(settings.url).netloc})
        return good(connection.getresponse())
    except (OSError, http.client.HTTPException):
        return False


def _certificate(settings: Settings, now: datetime) -> Iterator[Finding]:
    own = settings.tls_cert
    path = own or tls.local(settings).certificate
    try:
        if own:
            tls.ready(settings)
        last = x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    except WrongSetting as error:
        name, _, text = str(error).partition(": ")
        yield Finding("certificate", text, f"correct {name}")
    except FileNotFoundError:
        yield Finding("certificate", "will be made at the first start")
    except ValueError:
        yield Finding("certificate", f"{path} is not one", f"rm {path}, and start again")
    else:
        remedy = (
            "renew it, then start again or send SIGHUP" if own else "start again: it is renewed"
        )
        text = f"{path} is valid until {last:%Y-%m-%d}"
        yield Finding("certificate", text, remedy if last < now + SOON else "")
