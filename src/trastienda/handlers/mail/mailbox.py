"""The developer's mailbox: mails that were written to files, on pages that run no scripts."""

from pathlib import Path

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from trastienda.handlers.shared.pages import page
from trastienda.services.mail import mailbox
from trastienda.services.mail.mailbox import NoSuchLetter, StoredMail

FRAME = "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
PAGE = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; "
    f"frame-src 'self'; {FRAME}"
}
SEALED = {
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    f"img-src data:; {FRAME}",
    "x-frame-options": "SAMEORIGIN",
}
HTML = "text/html"
Folder = NamedDependency[Path | None]


@get(sync_to_thread=True)
def list_mailbox(mailbox_folder: Folder) -> Response[str]:
    """List the newest mails."""
    return _page("mailbox/list.html", mails=mailbox.newest(_open(mailbox_folder)))


@get(sync_to_thread=True)
def show_mailbox_mail(mailbox_folder: Folder, name: FromPath[str]) -> Response[str]:
    """Show a mail: its HTML in a frame, its text and its headers."""
    return _page("mailbox/mail.html", mail=mailbox.read(_open(mailbox_folder), name))


@get(sync_to_thread=True)
def show_mailbox_html(mailbox_folder: Folder, name: FromPath[str]) -> Response[str]:
    """Show the HTML of a mail alone, for the frame."""
    stored: StoredMail = mailbox.read(_open(mailbox_folder), name)
    return Response(stored.html, media_type=HTML, headers=SEALED)


def _open(folder: Path | None) -> Path:
    """Return the folder. Raise NoSuchLetter in production, where there is none."""
    if folder is None:
        raise NoSuchLetter
    return folder


def _page(template: str, **facts: object) -> Response[str]:
    return Response(page(template, **facts), media_type=HTML, headers=PAGE)
