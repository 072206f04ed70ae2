"""A worker that is killed while it writes a mail into a file leaves nothing behind for long."""

import multiprocessing
import os
import signal
from datetime import UTC, datetime
from email.message import EmailMessage
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from trastienda.jobs import mail as job
from trastienda.services.mail import transport
from trastienda.services.mail.transport import Transport
from trastienda.settings import Settings
from trastienda.system import files

LINK = "https://localhost:8443/v1/orders/1?access_token=secret"


def a_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["To"], mail["Date"], mail["Message-ID"] = "a@x.example", datetime.now(UTC), "<1@x>"
    mail.set_content(LINK)
    return mail


async def write(folder: Path) -> None:
    async with transport.sent(a_mail(), Transport(None, folder)):
        pass


def write_and_wait(folder: Path, told: Connection) -> None:
    """Write half a mail, as a worker does, and never finish it."""
    with files.replacing(folder / "20261124T101500Z-1.eml") as draft:
        draft.write_text(LINK)
        told.send(draft.name)
        signal.pause()


async def test_what_a_killed_worker_has_left_half_written_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    await write(folder)
    (whole,) = folder.iterdir()
    ours, theirs = multiprocessing.Pipe()
    killed = multiprocessing.get_context("fork").Process(
        target=write_and_wait, args=[folder, theirs]
    )
    killed.start()
    theirs.close()  # so that one that dies too early is no riddle
    draft = folder / ours.recv()
    os.kill(killed.pid or 0, signal.SIGKILL)
    killed.join()
    left = draft.read_text()
    tidy = job.tidying(msgspec.structs.replace(Settings(), data=tmp_path))

    await tidy()
    while_young = draft.exists()
    os.utime(draft, (0, 0))
    os.utime(whole, (0, 0))
    await tidy()

    assert left == LINK
    assert while_young
    assert list(folder.iterdir()) == [whole]


def test_there_may_be_no_folder_of_mails_yet(tmp_path: Path) -> None:
    assert transport.clear(tmp_path / "mail", 0.0) == 0
