"""Hashing passwords without stopping everybody else, and refusing the ones everybody tries."""

import asyncio
import secrets
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from trastienda.errors import Invalid, Unavailable

# OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. Small enough that a worker
# that hashes two at once stays within its memory.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
AT_ONCE = 2
FEW_CHARACTERS = 3  # "ababababab"
PATIENCE = 15.0  # seconds; who waits longer for a turn is told to come back

NOBODYS = HASHER.hash(secrets.token_urlsafe())
"""Checked when there is no account, so that the answer takes as long as with one."""

# Passwords that turn up in every public leak and are long enough to pass `schemas.user`.
_COMMON = """
0123456789 0987654321 1111111111 1122334455 1212121212 123123123123 12345678900 1234567890
1234567890a 123456789a 1234567891 12345678910 123456789abc 123456789q 1234554321 1234512345
1357924680 147258369 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc 1234qwerasdf 2222222222 5555555555
9876543210 9999999999 aaaaaaaaaa abc123456789 abcd123456 abcdefghij administrator adminadmin
alexander1 asdfasdfasdf asdfghjkl1 asdfghjkl; asdfghjklñ babygirl123 basketball baseball12
bismillah1 changeme123 charlie123 contraseña contrasena contrasena1 contraseña1 contraseña123
dragon1234 football12 football123 hola123456 iloveyou12 iloveyou123 iloveyousomuch jordan1234
letmein123 liverpool1 liverpoolfc manchester michael123 minecraft1 monkey1234 motdepasse
myspace123 passw0rd123 password00 password01 password10 password11 password12 password123
password1234 password12345 passwordpassword pokemon123 princess12 princess123 q1w2e3r4t5
q1w2e3r4t5y6 qazwsxedc1 qazwsxedcrfv qwer123456 qwerty1234 qwerty12345 qwerty123456 qwertyqwerty
qwertyuiop qwertyuiop1 qwertyuiop123 realmadrid sebastian1 secret1234 spiderman1 starwars12
superman12 superman123 teamo12345 testtest12 trustno1234 tequiero12 tequiero123 welcome123
welcome1234 zaq12wsxcde3 zaq1zaq1zaq1 zxcvbnm123 zxcvbnmasd barcelona1 trastienda trastienda1
trastienda123
"""
COMMON = frozenset(_COMMON.split())

_turns = asyncio.Semaphore(AT_ONCE)


class PasswordTooCommon(Invalid):
    """The password is among the first that anybody would try; choose another."""


class TooManyLogins(Unavailable):
    """Many people are logging in at this moment; please try again."""


def check(password: str, email: str) -> None:
    """Refuse what NIST SP 800-63B says to refuse: common passwords, and the account's own name."""
    plain = _plain(password)
    monotonous = len(set(plain)) < FEW_CHARACTERS
    if monotonous or plain in COMMON or plain in {email, email.partition("@")[0]}:
        raise PasswordTooCommon


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    """Wait for a turn to hash. Few at once bounds memory, and how many guesses race each other."""
    try:
        async with asyncio.timeout(PATIENCE):
            await _turns.acquire()
    except TimeoutError as error:
        raise TooManyLogins from error
    try:
        yield
    finally:
        _turns.release()


async def hashed(password: str) -> str:
    """Hash in a thread; call it in a `turn`."""
    return await asyncio.to_thread(HASHER.hash, _normal(password))


async def matches(password_hash: str, password: str) -> bool:
    """Check in a thread; call it in a `turn`."""
    return await asyncio.to_thread(_matches, password_hash, _normal(password))


def invented() -> str:
    """Make a first password of 120 random bits."""
    return secrets.token_urlsafe(15)


def outdated(password_hash: str) -> bool:
    """Say whether the hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    """Let the same password typed on two keyboards be the same (NIST SP 800-63B: NFKC)."""
    return unicodedata.normalize("NFKC", password)


def _plain(password: str) -> str:
    return _normal(password).strip().lower()
