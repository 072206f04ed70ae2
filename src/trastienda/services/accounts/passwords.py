"""Hashing passwords without blocking the process, and refusing common ones."""

import asyncio
import re
import secrets
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from zxcvbn_rs_py import zxcvbn

from trastienda.errors import Invalid, Unavailable

# OWASP's password storage cheat sheet: 19 MiB, two passes, one lane. Two hashes at once fit into a
# worker's memory.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
AT_ONCE = 2
PATIENCE = 15.0  # seconds to wait for a turn before the request is refused

DUMMY_HASH = HASHER.hash(secrets.token_urlsafe())
"""Checked if there is no account, so that the answer takes the same time."""

GUESSES = 8.0
"""The minimum number of guesses, as a power of ten. An attacker who may try 388 a day
(`throttles.for_login`) needs centuries for it; zxcvbn's authors call it safe against unthrottled
online guessing."""
LOOKED_AT = 20  # characters that are checked: zxcvbn takes 15 ms for these, at worst

SHORTEST = 3  # characters of the shortest word

# Common passwords in Spanish that zxcvbn's lists of leaked passwords and English words lack, the
# most common first, and words from the shop's own field.
_OFTEN = """
contrasena clave hola tequiero teamo amor trastienda tienda amigo amiga mama papa mariposa
estrella corazon princesa bonita hermosa chiquita gatito perrito gato perro futbol barcelona
realmadrid madrid sevilla espana mexico argentina colombia chile peru jesus dios mivida micielo
cielo siempre familia hermano hermana bebe nene nena flor luna sol angel diablo secreto segura
seguro acceso entrar usuario invitado administrador prueba verano invierno primavera otono enero
febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes
miercoles jueves viernes sabado domingo mister motdepasse passwort shop admin
"""
OFTEN = _OFTEN.split()

# The first call builds tables: here, before the workers are forked, which then share them.
zxcvbn("")

_turns = asyncio.Semaphore(AT_ONCE)
"""Of the module, not of an application: the memory that it limits is the process's."""


class PasswordTooCommon(Invalid):
    """The password is among the first that anybody would try; choose another."""


class TooManyLogins(Unavailable):
    """Many people are logging in at this moment; please try again."""


def check(password: str, *names: str) -> None:
    """Refuse passwords that are soon guessed (NIST SP 800-63B). Raise PasswordTooCommon.

    zxcvbn estimates the guesses of an attacker who knows 30,000 leaked passwords, the usual
    variations, and `names`: the account's address, its owner's name and the shop's.
    """
    known = [*dict.fromkeys(word for name in names for word in _words(name)), *OFTEN]
    if zxcvbn(_plain(password)[:LOOKED_AT], user_inputs=known).guesses_log10 < GUESSES:
        raise PasswordTooCommon


@asynccontextmanager
async def hashing_slot() -> AsyncIterator[None]:
    """Wait for a turn to hash. Raise TooManyLogins.

    Few turns at a time limit the memory, and the number of simultaneous guesses.
    """
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
    """Hash a password in a thread; call this in a `hashing_slot`."""
    return await asyncio.to_thread(HASHER.hash, _normal(password))


async def matches(password_hash: str, password: str) -> bool:
    """Check a password in a thread; call this in a `hashing_slot`."""
    return await asyncio.to_thread(_matches, password_hash, _normal(password))


def generated() -> str:
    """Return a first password of 120 random bits."""
    return secrets.token_urlsafe(15)


def outdated(password_hash: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(password_hash)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return HASHER.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    """Normalise a password, so that any keyboard types the same one (NIST SP 800-63B: NFKC)."""
    return unicodedata.normalize("NFKC", password)


def _words(name: str) -> list[str]:
    plain = _plain(name).lower()
    found = (plain, "".join(plain.split()), *re.split(r"[^a-z0-9]+", plain))
    return [it[:LOOKED_AT] for it in found if len(it) >= SHORTEST]


def _plain(text: str) -> str:
    """Remove accents: attackers try words with and without."""
    letters = unicodedata.normalize("NFKD", text.strip())
    return "".join(it for it in letters if not unicodedata.combining(it))
