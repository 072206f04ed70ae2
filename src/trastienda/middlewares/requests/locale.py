"""The client's language: `?locale=`, then Accept-Language, then the channel's."""

from functools import lru_cache
from urllib.parse import parse_qs

from litestar.di import NamedDependency
from litestar.types import Scope

from trastienda.database.models.shared.text import Locale
from trastienda.services.channels import channels


def spoken(tag: str) -> Locale | None:
    """Return the locale for a BCP 47 tag, whatever its region or script, or None."""
    language = tag.strip().lower().replace("_", "-").split("-", 1)[0]
    return Locale(language) if language in set(Locale) else None


def wish(part: str) -> tuple[float, str]:
    """Parse one item of Accept-Language into its weight and its tag."""
    tag, _, weight = part.partition(";")
    try:
        return float(weight.strip().removeprefix("q=") or 1), tag
    except ValueError:
        return 0.0, tag


@lru_cache(1_024)
def chosen(query: bytes, accepted: bytes, otherwise: Locale) -> Locale:
    """Choose by the raw query and the raw Accept-Language (RFC 9110, 12.5.4)."""
    asked = parse_qs(query.decode("latin-1")).get("locale", []) if b"locale=" in query else []
    wishes = sorted(map(wish, accepted.decode("latin-1").split(",")), key=lambda it: -it[0])
    tags = [*asked, *(tag for weight, tag in wishes if weight > 0)]
    return next((locale for tag in tags if (locale := spoken(tag))), otherwise)


def of(scope: Scope) -> Locale:
    accepted = next((value for name, value in scope["headers"] if name == b"accept-language"), b"")
    return chosen(scope["query_string"], accepted, channels.language())


Wanted = NamedDependency[Locale]
"""The type of a handler's parameter `locale`, which the application provides with `of`."""
