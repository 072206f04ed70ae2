"""The English sentences for the faults of a request, by code.

The numbers and names in a sentence are also given as facts, for programs.
"""

from trastienda.database.models.shared.text import Locale
from trastienda.schemas.shared.problem import Fault
from trastienda.translation import translate

SENTENCES: dict[str, str] = {
    "format": "Expected {expected}.",
    "malformed": "This does not have the form that is asked for.",
    "missing": "This is required.",
    "not_multiple": "Expected a multiple of {step}.",
    "not_null": "Leave this out instead of sending null.",
    "not_one_of": "Expected one of: {allowed}.",
    "out_of_range": "This number is too large.",
    "pattern": "Expected {expected}.",
    "too_few": "There must be at least {minimum} of these.",
    "too_large": "This can be at most {maximum}.",
    "too_long": "This can have at most {maximum} characters.",
    "too_many": "There can be at most {maximum} of these.",
    "too_short": "This must have at least {minimum} characters.",
    "too_small": "This must be at least {minimum}.",
    "unknown": "There is no field or parameter of this name here.",
    "wrong_type": "Expected {expected}.",
}
EMPTY = "This must not be empty."
NO_BODY = "A body is required."
OR = " or "

EXPECTED: dict[str, str] = {
    # types
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object with fields",
    "string": "a text in quotes",
    # formats
    "base64": "data in Base64",
    "date": "a date such as 2026-11-24",
    "date-time": "a date and time with its time zone, such as 2026-11-24T10:15:00Z",
    "decimal": "a decimal number such as 12.50",
    "duration": "a duration such as PT30M",
    "time": "a time such as 10:15:00",
    "uuid": "an id (UUID) such as 019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11",
    # patterns
    "colour": "a colour, # and six hexadecimal digits, such as #1f6feb",
    "country": "a country's two capital letters (ISO 3166-1), such as ES",
    "coupon_code": (
        "letters without accents, digits, hyphens and underscores, 64 at most, "
        "beginning with a letter or digit"
    ),
    "coupon_prefix": (
        "letters without accents, digits, hyphens and underscores, 32 at most, "
        "beginning with a letter or digit"
    ),
    "currency": "a currency's three capital letters (ISO 4217), such as EUR",
    "digits": "digits, such as 99",
    "email": "an e-mail address such as ada@example.com",
    "key": (
        "lower-case letters without accents and digits, with single dots, hyphens or "
        "underscores between them"
    ),
    "line": "one line of text",
    "line_not_blank": "one line of text that is not blank",
    "percentage": 'a percentage from 0 to 100 in quotes, such as "21" or "5.5"',
    "percentages": 'a percentage in quotes, or a sum of them, such as "21" or "5+10"',
    "provider_name": (
        "lower-case letters without accents and digits, with single hyphens between them, "
        "beginning with a letter, such as cards"
    ),
    "rate": 'a number above zero in quotes, such as "1.0875"',
    "series": "capitals, digits, {year}, and {number} or {number:05} at the end",
    "sku": "a SKU without spaces and slashes, such as MUG-BLUE",
    "slug": (
        "lower-case letters without accents and digits, with single hyphens between them, "
        "such as blue-mug"
    ),
    "time_of_day": "a time of day such as 09:30",
    "not_blank": "text that is not blank",
    "https_url": "an address that begins with https:// and a host name with a dot",
    "url": "an address that begins with https:// or http://",
}
PERCENT = r"(100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?)"
PATTERNS: dict[str, str] = {
    r"#[0-9a-fA-F]{6}": "colour",
    r"[0-9]{1,4}": "digits",
    r"[0-9]{1,15}": "digits",
    r"[A-Z]{2}": "country",
    r"[A-Z]{3}": "currency",
    r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}": "coupon_prefix",
    r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}": "coupon_code",
    r"[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f.]+(\.[^@\s\x00-\x1f\x7f.]+)*": "email",
    r"[^\s\x00-\x1f/]+": "sku",
    r"[^\x00-\x1f\x7f]*": "line",
    r"[^\S\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*": "line_not_blank",
    r"[a-z0-9]+(-[a-z0-9]+)*": "slug",
    r"[a-z][a-z0-9]*(-[a-z0-9]+)*": "provider_name",
    r"[a-z0-9]+([._-][a-z0-9]+)*": "key",
    r"https?://[!-~]+": "url",
    r"\S": "not_blank",
    r"https://[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,10}(:[0-9]{1,5})?"
    r"([/?#][A-Za-z0-9/?#\[\]@!$&'()*+,;=:%._~-]*)?": "https_url",
    r"((\{year\}|[A-Z0-9./-]){0,20}[A-Z./-])?\{number(:0[1-9])?\}": "series",
    r"(?=[0-9.]*[1-9])[0-9]{1,10}(\.[0-9]{1,10})?": "rate",
    r"([01][0-9]|2[0-3]):[0-5][0-9]": "time_of_day",
    PERCENT: "percentage",
    rf"{PERCENT}(\+{PERCENT}){{0,9}}": "percentages",
}
"""The name of each pattern of the schemas, without its anchors."""


def named(pattern: str) -> str | None:
    """Return the name of a schema's pattern."""
    return PATTERNS.get(pattern.removeprefix(r"\A").removesuffix(r"\Z").strip("^$"))


def sentence(fault: Fault, language: Locale) -> str:
    """Return a sentence that says what is wrong and what is expected."""
    context, words = _words(fault)
    kinds = (translate(f"expected {it}", EXPECTED[it], language) for it in fault.expected or ())
    facts = {
        "expected": translate("expected or", OR, language).join(kinds),
        "allowed": ", ".join(map(str, fault.allowed or ())),
        "minimum": fault.minimum,
        "maximum": fault.maximum,
        "step": fault.step,
    }
    return translate(context, words, language).format_map(facts)


def _words(fault: Fault) -> tuple[str, str]:
    """Return the sentence in English, and its context in the translation catalogue."""
    if fault.code == "missing" and not fault.pointer:
        return "fault no_body", NO_BODY
    if fault.minimum == 1 and fault.code in {"too_short", "too_few"}:
        return "fault empty", EMPTY
    return f"fault {fault.code}", SENTENCES[fault.code]
