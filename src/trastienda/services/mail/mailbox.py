"""The mails that were written to files during development."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import NamedTuple

from trastienda.errors import NotFound

NAME = re.compile(r"[0-9TZ]{16}-[0-9a-f-]{36}[\w.]{0,80}\.eml")
MOST = 200


class StoredMail(NamedTuple):
    """A mail read from its file."""

    name: str
    headers: list[tuple[str, str]]
    text: str
    html: str

    def header(self, name: str) -> str:
        return next((value for it, value in self.headers if it == name), "")


def newest(folder: Path) -> list[StoredMail]:
    """Return the newest mails, the newest first, at most MOST."""
    names = sorted((it.name for it in folder.glob("*.eml")), reverse=True)
    return [read(folder, name) for name in names[:MOST] if NAME.fullmatch(name)]


def read(folder: Path, name: str) -> StoredMail:
    """Return one mail. Raise NoSuchLetter, also for a name that leads out of the folder."""
    path = folder / name
    if not NAME.fullmatch(name) or not path.is_file() or path.is_symlink():
        raise NoSuchLetter
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 - by its policy
    headers = [(header, str(value)) for header, value in mail.items()]
    return StoredMail(name, headers, _body(mail, "plain"), _body(mail, "html"))


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    content: str = part.get_content() if part else ""
    return content


class NoSuchLetter(NotFound):
    """There is no such letter."""
