"""Checks of this machine, each with a remedy."""

import http.client
import ssl
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import psycopg
from cryptography import x509

from trastienda.database import migrations, naming, pooler
from trastienda.database.revisions import State
from trastienda.node import embedded, secret, serving, tls
from trastienda.postgres.cluster import DatabaseDoesNotStart
from trastienda.services.jobs import neglect as job_neglect
from trastienda.settings import Settings, WrongSetting, variable

CLOCKS = timedelta(seconds=5)  # the largest difference of clocks: sessions and tokens compare times
SOON = timedelta(days=21)
LIVE = "/health/live"
EMBEDDED = "embedded database"
BEHIND = "start `trastienda up`, which makes them, or run `trastienda migrate`"
SERVED = "is served by this shop"
PATIENCE = 10.0  # seconds for a port to answer
GLANCE = 0.1  # seconds between two tries at a port that does not answer
SILENCE = (ConnectionError, ssl.SSLEOFError)
"""While a dead web worker is being replaced, the port refuses connections or closes them."""


@dataclass(frozen=True)
class Finding:
    """One line of the result; `remedy` is empty if all is well."""

    subject: str
    text: str
    remedy: str = ""

    def __str__(self) -> str:
        mark = "wrong" if self.remedy else "ok"
        remedy = f" -> {self.remedy}" if self.remedy else ""
        return f"{mark:5}  {self.subject}: {self.text}{remedy}"


def examine(settings: Settings) -> Iterator[Finding]:
    """Check everything without changing anything; an embedded database is started for that."""
    yield from _production(settings)
    yield from _folder(settings)
    yield from _secret(settings)
    ports = list(_ports(settings))
    yield from ports
    is_open = any(it.text.endswith(SERVED) for it in ports)
    yield from _certificate(settings, datetime.now(UTC))
    if url := settings.database_direct_url or settings.database_url:
        remedy = f"start it, or correct {naming.subject(settings)}"
        yield from _database(url, "database", remedy, at_work=True)
        yield from _pooler(settings.database_url or url)
    elif not (settings.data / "postgres").exists():
        yield Finding(EMBEDDED, "will be made by `trastienda up`")
    else:
        remedy = f"look into {settings.data / 'postgres'}"
        try:
            with embedded.running(settings.data.resolve()) as server:
                yield from _database(server.url, EMBEDDED, remedy, at_work=is_open)
        except DatabaseDoesNotStart as error:
            yield Finding(EMBEDDED, str(error), remedy)


def _database(url: str, subject: str, remedy: str, *, at_work: bool) -> Iterator[Finding]:
    """Check the database; `at_work`: whether a worker should be taking its jobs."""
    try:
        migrations.wait(url, 0, lambda _: None)
    except WrongSetting as error:
        yield Finding(subject, str(error).partition(": ")[2], remedy)
        return
    except migrations.DatabaseUnusable as error:
        yield Finding(subject, error.reason, remedy)
        return
    with psycopg.connect(url) as connection:
        before = datetime.now(UTC)
        (there,) = connection.execute("SELECT clock_timestamp()").fetchone() or (before,)
        version = connection.info.server_version
    yield Finding(subject, f"PostgreSQL {version // 10_000}.{version % 10_000} answers")
    tables = _tables(url)
    yield tables
    if not tables.remedy and not migrations.missing(url):
        yield _jobs(url, at_work=at_work)
    apart = abs(there - before)
    if apart > CLOCKS:
        text = f"{apart.total_seconds():.0f} seconds from the database's"
        yield Finding("clock", text, "sudo timedatectl set-ntp true, on both machines")
    else:
        yield Finding("clock", "agrees with the database's")


def _pooler(url: str) -> Iterator[Finding]:
    """Check the pooler; nothing is said if the database is away, as that is reported already."""
    try:
        pooler.probe(url)
    except WrongSetting as error:
        yield Finding("pooler", str(error).partition(": ")[2], "correct DATABASE_URL")
    except psycopg.Error:
        return


def _tables(url: str) -> Finding:
    try:
        standing = migrations.standing(url)
    except migrations.DatabaseUnusable as error:
        return Finding("migrations", error.reason, "start the newer version of the shop")
    match standing:
        case State.EMPTY:
            text = "there are no tables yet; `trastienda up` or `trastienda migrate` makes them"
            return Finding("migrations", text)
        case State.BEHIND:
            return Finding("migrations", f"{len(migrations.missing(url))} are missing", BEHIND)
        case State.AHEAD:
            return Finding("migrations", "ahead of this version, which works with them")
    return Finding("migrations", "up to date")


def _jobs(url: str, *, at_work: bool) -> Finding:
    with psycopg.connect(url) as connection:
        rows = connection.execute(job_neglect.FIRST.encode()).fetchall()
    waited = max((seconds for _, seconds in rows), default=0.0)
    if waited <= job_neglect.PATIENCE:
        return Finding("jobs", "none is due that nobody takes")
    if not at_work:
        return Finding("jobs", "some are due, and are done once the shop is open")
    remedy = "start trastienda up or worker; if one runs, read its log and start it again"
    return Finding("jobs", f"one has been due for {waited:.0f} s, and no worker takes it", remedy)


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


def _secret(settings: Settings) -> Iterator[Finding]:
    if settings.secret is not None:
        return
    try:
        secret.examine(settings.data)
    except WrongSetting as error:
        path, _, text = str(error).partition(": ")
        remedy = f"put back the one you have kept, or rm {path}: tokens and links it signed end"
        yield Finding("secret", f"{path} {text}", remedy)


def _ports(settings: Settings) -> Iterator[Finding]:
    for field, ours in (("port", _answers), ("http_port", _redirects)):
        if getattr(settings, field):
            yield _port(settings, field, ours)


def _port(settings: Settings, field: str, ours: Callable[[Settings], bool]) -> Finding:
    """Find out which program has the port, trying again while nothing answers."""
    port, deadline = getattr(settings, field), time.monotonic() + PATIENCE
    while True:
        try:
            serving.probe(settings, [field])
        except WrongSetting as taken:
            refusal = str(taken).partition(": ")[2]
        else:
            return Finding("port", f"{port} is free")
        try:
            if ours(settings):
                return Finding("port", f"{port} {SERVED}")
        except SILENCE:
            if time.monotonic() < deadline:
                time.sleep(GLANCE)
                continue
        return Finding("port", refusal, f"{variable(field)}={port + 1}")


def _answers(settings: Settings) -> bool:
    trust = ssl.create_default_context()
    if (authority := tls.local(settings).authority) and authority.exists():
        trust.load_verify_locations(authority)
    trust.check_hostname = False  # we connect by address; the certificate chain identifies us
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
    except SILENCE:
        raise
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
