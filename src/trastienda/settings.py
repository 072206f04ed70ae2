"""All settings, read once from the environment."""

import re
from collections.abc import Mapping
from email.utils import parseaddr
from enum import StrEnum
from os import environ
from pathlib import Path
from typing import Annotated

import msgspec

Port = Annotated[int, msgspec.Meta(ge=1, le=65_535)]
OptionalPort = Annotated[int, msgspec.Meta(ge=0, le=65_535)]
Bearer = Annotated[str, msgspec.Meta(pattern=r"\A[!-~]+\Z")]
SHORTEST_SECRET = 32
PREFIX = "TRASTIENDA_"
UNPREFIXED = {"database_url": "DATABASE_URL", "database_direct_url": "DATABASE_DIRECT_URL"}
SMTP_URL = re.compile(r"smtps?://([^\s/@]+@)?([\w.-]+|\[[\da-fA-F:]+\])(:\d{1,5})?/?", re.ASCII)

MEDIA_URL = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,62}(/[\w.-]+)*/?", re.ASCII)
OUTSIDE = ("tax_service_url", "courier_url", "vat_check_url")
_LOOPBACK = r"(localhost|127(\.\d{1,3}){3}|\[::1\])"
OUTSIDE_URL = re.compile(
    rf"(https://([\w.-]+|\[[\da-fA-F:]+\])|http://{_LOOPBACK})(:\d{{1,5}})?(/[!-~]*)?",
    re.ASCII,
)
"""Without TLS only to this machine."""


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


class VatCheckUnreachable(StrEnum):
    """What happens to a VAT number when its register cannot be reached."""

    ACCEPT = "accept"
    """It is accepted by its form; the order says that it was not checked."""
    REFUSE = "refuse"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class WrongSetting(Exception):
    """A setting is unusable; the text is one line that names the variable."""


def usable_secret(text: str, where: str) -> str:
    """Return a secret without surrounding blanks. Raise WrongSetting if it is too weak."""
    secret = text.strip()
    if not secret.isprintable():
        raise WrongSetting(f"{where}: is not text")
    if len(secret) < SHORTEST_SECRET:
        raise WrongSetting(f"{where}: must have {SHORTEST_SECRET} characters or more")
    return secret


def _made(kind: type, text: str) -> object:
    return kind(text)


def variable(field: str) -> str:
    """Return the environment variable of a field."""
    return UNPREFIXED.get(field, PREFIX + field.upper())


class Settings(msgspec.Struct, frozen=True, kw_only=True, rename=variable, omit_defaults=True):
    """One field for each variable; the README's table of settings lists the same names."""

    data: Path = Path(".trastienda")
    env: Environment = Environment.DEVELOPMENT
    host: str = "127.0.0.1"
    port: Port = 8443
    http_port: OptionalPort = 8080
    """Redirects only; 0 is off."""
    public_url: str | None = None
    """How browsers reach us, `https://shop.example`; links, Host and Origin checks follow it."""
    behind_proxy: Switch = Switch.OFF
    """`on`: believe X-Forwarded-For of the nearest proxy."""
    workers: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    pool: Annotated[int, msgspec.Meta(ge=2, le=60)] = 10
    """Database connections of each web worker, at most."""
    database_url: str | None = None
    database_direct_url: str | None = None
    database_wait: Annotated[int, msgspec.Meta(ge=0, le=3_600)] = 60
    """Seconds to wait for a database that is not there yet."""
    tls_cert: Path | None = None
    tls_key: Path | None = None
    secret: str | None = None
    """Signs CSRF and order tokens, the same on all nodes; without it, `$TRASTIENDA_DATA/secret`."""
    old_secrets: str | None = None
    """Secrets from before, separated by blanks: what they encrypted can still be read."""
    rate_limits: Switch = Switch.ON
    body_limit: Annotated[int, msgspec.Meta(ge=1_024, le=100_000_000)] = 1_000_000
    """Largest request body, in bytes."""
    connections: Annotated[int, msgspec.Meta(ge=100, le=20_000)] = 2_000
    """Connections of each web worker; from three quarters on, those that wait longest are ended."""
    client_deadline: Annotated[int, msgspec.Meta(ge=1, le=300)] = 20
    """Seconds for a client to send its first request, a body, or to take a piece of an answer."""
    keep_alive: Annotated[int, msgspec.Meta(ge=1, le=3_600)] = 75
    """Seconds that a connection may stay open without a request."""
    smtp_url: str | None = None
    """`smtp://user:password@host:587`; without it, mail is written to `$TRASTIENDA_DATA/mail/`."""
    mail_from: str = "shop@localhost"
    """Who mail is from: `shop@shop.example`, or `The shop <shop@shop.example>`."""
    storefront: Switch = Switch.ON
    """`off`: no pages for customers at `/`, only the API and the admin."""
    storefront_url: str | None = None
    """Where customers shop, if not at our own pages; mails link to its `/verify`, `/cart`, …"""
    theme: Path | None = None
    """A folder whose `storefront/*.html` and `assets/` replace or extend those of our pages."""
    tax_service_url: str | None = None
    """Who says rates of tax, asked by POST; docs/taxes.md has the protocol."""
    tax_service_token: Bearer | None = None
    """Sent as `Authorization: Bearer`; so are the two below."""
    courier_url: str | None = None
    """Who says what a parcel costs; docs/shipping.md has the protocol."""
    courier_token: Bearer | None = None
    vat_check_url: str | None = None
    """Who says whether a VAT number is in force; docs/taxes.md has the protocol."""
    vat_check_token: Bearer | None = None
    vat_check_unreachable: VatCheckUnreachable = VatCheckUnreachable.ACCEPT
    outside_deadline: Annotated[float, msgspec.Meta(gt=0, le=10)] = 2.0
    """Seconds that a request waits for services outside, all together."""
    payment_urls: str | None = None
    """`stripe=http://127.0.0.1:8420`: where providers are asked instead, outside production."""
    media_url: str | None = None
    """Where pictures are stored, `s3://bucket/prefix`; without it, in `$TRASTIENDA_DATA/media/`."""
    webhooks_private: Switch = Switch.OFF
    """`on`: webhooks and pictures may use private addresses, in development also by `http://`."""
    log_level: LogLevel = LogLevel.INFO

    @property
    def in_production(self) -> bool:
        return self.env is Environment.PRODUCTION

    @property
    def signing_secret(self) -> str:
        """The secret. Raise WrongSetting without one."""
        if self.secret is None:
            raise WrongSetting(f"{variable('secret')}: is missing")
        return self.secret

    @property
    def secrets(self) -> list[str]:
        """The secret, and those from before. Raise WrongSetting without one."""
        return [self.signing_secret, *(self.old_secrets or "").split()]

    @property
    def provider_addresses(self) -> dict[str, str]:
        """The addresses of kinds of payment providers that are not asked at their usual one."""
        places = (place.partition("=") for place in (self.payment_urls or "").split())
        return {kind: address.rstrip("/") for kind, _, address in places}

    @property
    def private_webhooks(self) -> bool:
        return self.webhooks_private is Switch.ON

    @property
    def url(self) -> str:
        """The address that browsers use, without a final slash."""
        return (self.public_url or f"https://localhost:{self.port}").rstrip("/")

    @property
    def has_storefront(self) -> bool:
        return self.storefront is Switch.ON

    @property
    def storefront_address(self) -> str | None:
        """Where mails lead customers; None if there are no pages for them, only the API."""
        if self.storefront_url:
            return self.storefront_url.rstrip("/")
        return self.url if self.has_storefront else None


def read(env: Mapping[str, str] = environ) -> Settings:
    """Read the settings. Raise WrongSetting for an unusable one."""
    known = {field.encode_name for field in msgspec.structs.fields(Settings)}
    mine = {name: text for name, text in env.items() if name in known and text.strip()}
    if (name := variable("secret")) in mine:
        mine[name] = usable_secret(mine[name], name)
    for secret in mine.get(name := variable("old_secrets"), "").split():
        usable_secret(secret, name)
    unknown = {name for name in env if name.startswith(PREFIX)} - known
    if unknown:
        raise WrongSetting(f"{min(unknown)}: there is no such setting")
    try:
        settings = msgspec.convert(mine, Settings, strict=False, dec_hook=_made)
    except msgspec.ValidationError as error:
        reason, _, field = str(error).partition(" - at `$.")
        raise WrongSetting(f"{field.rstrip('`')}: {reason}") from None
    _refuse(settings)
    return settings


def _refuse(settings: Settings) -> None:
    """Raise WrongSetting for settings that contradict each other or are unusable."""
    if (settings.tls_cert is None) is not (settings.tls_key is None):
        raise WrongSetting("TRASTIENDA_TLS_CERT and TRASTIENDA_TLS_KEY belong together")
    if settings.database_direct_url and not settings.database_url:
        raise WrongSetting("DATABASE_DIRECT_URL needs DATABASE_URL")
    if settings.smtp_url and not SMTP_URL.fullmatch(settings.smtp_url):
        raise WrongSetting(
            "TRASTIENDA_SMTP_URL: must be smtp://user:password@host:587 or smtps://…"
        )
    if not all(parseaddr(settings.mail_from)[1].partition("@")):
        raise WrongSetting("TRASTIENDA_MAIL_FROM: is not an e-mail address")
    if settings.storefront_url and not re.match(r"https?://[^\s/]", settings.storefront_url):
        raise WrongSetting("TRASTIENDA_STOREFRONT_URL: must start with https://")
    if settings.theme and not settings.theme.is_dir():
        raise WrongSetting("TRASTIENDA_THEME: is not a folder")
    if settings.media_url and not MEDIA_URL.fullmatch(settings.media_url):
        raise WrongSetting(f"{variable('media_url')}: must be s3://bucket or s3://bucket/prefix")
    for field in OUTSIDE:
        url = getattr(settings, field)
        if url and not OUTSIDE_URL.fullmatch(url):
            raise WrongSetting(f"{variable(field)}: must be https://…, without a password in it")
    _refuse_addresses(settings)


def _refuse_addresses(settings: Settings) -> None:
    """Raise WrongSetting for other addresses of payment providers that cannot be used."""
    if settings.payment_urls and settings.in_production:
        raise WrongSetting(f"{variable('payment_urls')}: is for development only")
    if not all(map(OUTSIDE_URL.fullmatch, settings.provider_addresses.values())):
        raise WrongSetting(f"{variable('payment_urls')}: must be kind=https://…")
