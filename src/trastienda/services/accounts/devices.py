"""Device cookies: they show that somebody has logged in to an account with this browser before.

After OWASP's "Slow Down Online Guessing Attacks with Device Cookies". Nothing is stored: the cookie
holds a nonce, its expiry, and a signature of both with the account and its password hash. So it is
valid for one account, until the password changes.
"""

from datetime import datetime, timedelta

from trastienda.services.accounts.users import Account
from trastienda.services.shared import tokens

PURPOSE = "device"
LIFETIME = timedelta(days=180)
LONGEST = 200  # characters of a cookie; ours have fewer than 110


def issue(account: Account, nonce: str | None, now: datetime) -> str:
    """Return the cookie for a browser that has just logged in.

    `nonce` is the one that `recognised` returned: a browser keeps it, and with it the count of its
    failures, so that collecting cookies allows no more guesses.
    """
    nonce = nonce or tokens.fresh()
    ends = str(int((now + LIFETIME).timestamp()))
    return f"{nonce}.{ends}.{tokens.sign(PURPOSE, _signed(account, nonce, ends))}"


def recognised(cookie: str | None, account: Account | None, now: datetime) -> str | None:
    """Return the nonce of a browser that has logged in to this account before, or None."""
    if cookie is None or account is None or len(cookie) > LONGEST or cookie.count(".") != 2:  # noqa: PLR2004 - three parts
        return None
    nonce, ends, signature = cookie.split(".")
    if not tokens.verify(PURPOSE, _signed(account, nonce, ends), signature):
        return None
    return nonce if int(ends) > now.timestamp() else None


def _signed(account: Account, nonce: str, ends: str) -> str:
    return f"{account.id}\0{account.password_hash}\0{nonce}\0{ends}"
