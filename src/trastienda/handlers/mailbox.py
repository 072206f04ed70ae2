"""The mailbox of who develops: letters that went into files, on pages that run nothing."""

from html import escape
from pathlib import Path

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from trastienda.services import mailbox
from trastienda.services.mailbox import Kept, NoSuchLetter

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
STYLE = (
    "body{font:15px/1.5 system-ui,Helvetica,Arial,sans-serif;color:#26231f;background:#f3f1ec;"
    "margin:0}main{max-width:900px;margin:auto;padding:32px 16px}h1{font-size:22px}"
    "a{color:#1f5f4a}table{width:100%;border-collapse:collapse;background:#fff;"
    "border:1px solid #e4dfd5}td,th{text-align:left;padding:8px 12px;vertical-align:top;"
    "border-bottom:1px solid #e4dfd5;overflow-wrap:anywhere}th{white-space:nowrap;"
    "font-weight:600}iframe{width:100%;height:75vh;border:1px solid #e4dfd5;background:#fff}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#fff;padding:16px;"
    "border:1px solid #e4dfd5}"
)
Folder = NamedDependency[Path | None]


@get(sync_to_thread=True)
def list_mailbox(mailbox_folder: Folder) -> Response[str]:
    """List the newest letters."""
    kept = mailbox.newest(_open(mailbox_folder))
    rows = "".join(
        f'<tr><td><a href="/dev/mail/{escape(it.name)}">{escape(it.header("Subject"))}</a></td>'
        f"<td>{escape(it.header('To'))}</td><td>{escape(it.header('Date'))}</td></tr>"
        for it in kept
    )
    nothing = "<p>No letter yet: register, or order something.</p>"
    heads = "<tr><th>Subject</th><th>To</th><th>When</th></tr>"
    return _page("Mail", f"<table>{heads}{rows}</table>" if kept else nothing)


@get(sync_to_thread=True)
def show_mailbox_letter(mailbox_folder: Folder, name: FromPath[str]) -> Response[str]:
    """Show a letter: how it looks, what its text says, and its headers."""
    kept = mailbox.read(_open(mailbox_folder), name)
    headers = "".join(
        f"<tr><th>{escape(header)}</th><td>{escape(value)}</td></tr>"
        for header, value in kept.headers
    )
    return _page(
        kept.header("Subject"),
        f'<p><a href="/dev/mail">All letters</a></p><iframe sandbox title="HTML" '
        f'src="/dev/mail/{escape(kept.name)}/html"></iframe><h2>Text</h2>'
        f"<pre>{escape(kept.text)}</pre><h2>Headers</h2><table>{headers}</table>",
    )


@get(sync_to_thread=True)
def show_mailbox_html(mailbox_folder: Folder, name: FromPath[str]) -> Response[str]:
    """Show the HTML of a letter alone, for a frame."""
    kept: Kept = mailbox.read(_open(mailbox_folder), name)
    return Response(kept.html, media_type=HTML, headers=SEALED)


def _open(folder: Path | None) -> Path:
    """Return the folder. Raise NoSuchLetter in production, where there is no such thing."""
    if folder is None:
        raise NoSuchLetter
    return folder


def _page(title: str, content: str) -> Response[str]:
    """Make a page; `content` is HTML."""
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style>"
        f"<main><h1>{escape(title)}</h1>{content}</main></html>"
    )
    return Response(page, media_type=HTML, headers=PAGE)
