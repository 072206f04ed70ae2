"""Everything that can be set from outside, read once from the environment."""

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
PREFIX = "TRASTIENDA_"
UNPREFIXED = {"database_url": "DATABASE_URL", "database_direct_url": "DATABASE_DIRECT_URL"}
SMTP_URL = re.compile(r"smtps?://([^\s/@]+@)?([\w.-]+|\[[\da-fA-F:]+\])(:\d{1,5})?/?", re.ASCII)

OUTSIDE = ("tax_service_url", "courier_url", "vat_check_url")
_LOOPBACK = r"(localhost|127(\.\d{1,3}){3}|\[::1\])"
OUTSIDE_URL = re.compile(
    rf"(https://([\w.-]+|\[[\da-fA-F:]+\])|http://{_LOOPBACK})(:\d{{1,5}})?(/[!-~]*)?",
    re.ASCII,
)
"""Without TLS only what never leaves the machine."""


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


class VatCheckUnreachable(StrEnum):
    """What becomes of a VAT number when its register cannot be reached."""

    ACCEPT = "accept"
    """By its form; the order says that it was not checked."""
    REFUSE = "refuse"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class WrongSetting(Exception):
    """A setting cannot be used; the text is one line that names the variable."""


def _made(kind: type, text: str) -> object:
    return kind(text)


def variable(field: str) -> str:
    """Name the environment variable of a field."""
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
    secret: Annotated[str, msgspec.Meta(min_length=32)] | None = None
    """Signs CSRF and order tokens, the same on all nodes; without it, `$TRASTIENDA_DATA/secret`."""
    rate_limits: Switch = Switch.ON
    body_limit: Annotated[int, msgspec.Meta(ge=1_024, le=100_000_000)] = 1_000_000
    """Largest request body, in bytes."""
    smtp_url: str | None = None
    """`smtp://user:password@host:587`; without it, mail is written to `$TRASTIENDA_DATA/mail/`."""
    mail_from: str = "shop@localhost"
    """Who mail is from: `shop@shop.example`, or `The shop <shop@shop.example>`."""
    storefront_url: str | None = None
    """Where customers shop; mails link to its `/verify`, `/cart`, `/orders/{id}`, or to the API."""
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
    webhooks_private: Switch = Switch.OFF
    """`on`: webhooks may go to addresses that are not public, in development also by `http://`."""
    log_level: LogLevel = LogLevel.INFO

    @property
    def in_production(self) -> bool:
        return self.env is Environment.PRODUCTION

    @property
    def private_webhooks(self) -> bool:
        return self.webhooks_private is Switch.ON

    @property
    def url(self) -> str:
        """The address a browser uses, without a slash at the end."""
        return (self.public_url or f"https://localhost:{self.port}").rstrip("/")

    @property
    def storefront(self) -> str | None:
        return self.storefront_url.rstrip("/") if self.storefront_url else None


def read(env: Mapping[str, str] = environ) -> Settings:
    """Read the settings; raise WrongSetting for an unknown or unusable one."""
    known = {field.encode_name for field in msgspec.structs.fields(Settings)}
    mine = {name: text for name, text in env.items() if name in known and text.strip()}
    unknown = {name for name in env if name.startswith(PREFIX)} - known
    if unknown:
        raise WrongSetting(f"{min(unknown)}: there is no such setting")
    try:
        settings = msgspec.convert(mine, Settings, strict=False, dec_hook=_made)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `$.")
        raise WrongSetting(f"{place.rstrip('`')}: {reason}") from None
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
    if settings.storefront and not re.match(r"https?://[^\s/]", settings.storefront):
        raise WrongSetting("TRASTIENDA_STOREFRONT_URL: must start with https://")
    for field in OUTSIDE:
        url = getattr(settings, field)
        if url and not OUTSIDE_URL.fullmatch(url):
            raise WrongSetting(f"{variable(field)}: must be https://…, without a password in it")
    return settings
