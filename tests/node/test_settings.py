"""Settings come from the environment, and a wrong one is a line that names its variable."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from support.processes.nodes import run

from trastienda import index
from trastienda.node import doctor, folder, secret
from trastienda.settings import Environment, Settings, WrongSetting, read
from trastienda.system import files


def test_nothing_needs_to_be_set() -> None:
    settings = read({"HOME": "/root", "PATH": "/bin"})

    assert settings == Settings()
    assert settings.url == "https://localhost:8443"


def test_each_variable_reaches_its_field() -> None:
    settings = read(
        {
            "TRASTIENDA_DATA": "/srv/shop",
            "TRASTIENDA_PORT": "443",
            "TRASTIENDA_ENV": "production",
            "TRASTIENDA_PUBLIC_URL": "https://shop.example/",
            "DATABASE_URL": "postgresql://shop@db/shop",
        }
    )

    assert (settings.data, settings.port) == (Path("/srv/shop"), 443)
    assert settings.env is Environment.PRODUCTION
    assert settings.url == "https://shop.example"
    assert settings.database_url == "postgresql://shop@db/shop"


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"TRASTIENDA_PORT": "many"}, "TRASTIENDA_PORT: Expected `int`, got `str`"),
        ({"TRASTIENDA_PORT": "70000"}, "TRASTIENDA_PORT: Expected `int` <= 65535"),
        ({"TRASTIENDA_PROT": "8443"}, "TRASTIENDA_PROT: there is no such setting"),
        ({"TRASTIENDA_ENV": "prod"}, "TRASTIENDA_ENV: Invalid enum value 'prod'"),
        ({"TRASTIENDA_LOG_LEVEL": "loud"}, "TRASTIENDA_LOG_LEVEL: Invalid enum value 'loud'"),
        ({"TRASTIENDA_SECRET": "x" * 31}, "TRASTIENDA_SECRET: must have 32 characters or more"),
        (
            {"TRASTIENDA_SECRET": f"x{' ' * 40}"},
            "TRASTIENDA_SECRET: must have 32 characters or more",
        ),
        ({"TRASTIENDA_SECRET": "x" * 40 + "\udcff"}, "TRASTIENDA_SECRET: is not text"),
        ({"TRASTIENDA_SECRET": "x" * 40 + "\0" + "x"}, "TRASTIENDA_SECRET: is not text"),
        (
            {"TRASTIENDA_TLS_KEY": "/k"},
            "TRASTIENDA_TLS_CERT and TRASTIENDA_TLS_KEY belong together",
        ),
        (
            {"TRASTIENDA_OLD_SECRETS": f"{'x' * 32} short"},
            "TRASTIENDA_OLD_SECRETS: must have 32 characters or more",
        ),
        (
            {"TRASTIENDA_PAYMENT_URLS": "stripe=http://stripe.example"},
            "TRASTIENDA_PAYMENT_URLS: must be kind=https://…",
        ),
        (
            {"TRASTIENDA_PAYMENT_URLS": "stripe=http://[::1]:1", "TRASTIENDA_ENV": "production"},
            "TRASTIENDA_PAYMENT_URLS: is for development only",
        ),
        ({"DATABASE_DIRECT_URL": "postgresql:///"}, "DATABASE_DIRECT_URL needs DATABASE_URL"),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, str], line: str) -> None:
    with pytest.raises(WrongSetting) as refusal:
        read(given)

    assert str(refusal.value) == line


def test_a_command_says_it_in_one_line() -> None:
    told = run("migrate", TRASTIENDA_WORKERS=0)

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == "TRASTIENDA_WORKERS: Expected `int` >= 1\n"


def test_a_data_folder_is_ours_alone(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir(mode=0o755)
    for name in ("new/deep", "empty"):
        assert stat.S_IMODE(folder.prepare(tmp_path / name).stat().st_mode) == 0o700


def test_a_folder_of_others_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_text("something")
    tmp_path.chmod(0o777)

    with pytest.raises(WrongSetting, match=r"^TRASTIENDA_DATA: others may write to"):
        folder.prepare(tmp_path)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o777


def test_a_data_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(WrongSetting, match=r"^TRASTIENDA_DATA: .*file/data cannot be used: Not a"):
        folder.prepare(tmp_path / "file/data")


def test_a_secret_is_made_once_and_read_by_us_alone(tmp_path: Path) -> None:
    made = files.once(tmp_path / "secret", lambda: "first")
    again = files.once(tmp_path / "secret", lambda: "second")

    assert (made, again) == ("first", "first")
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [it.name for it in tmp_path.iterdir()] == ["secret"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "must have 32 characters or more"),
        (b"x" * 31 + b"\n", "must have 32 characters or more"),
        (b" " * 40, "must have 32 characters or more"),
        (b"\xff" * 40, "is not text"),
        (b"\0" * 40, "is not text"),
        (None, "cannot be read: Is a directory"),
    ],
)
def test_a_secret_that_protects_nothing_is_refused(
    tmp_path: Path, content: bytes | None, text: str
) -> None:
    if content is None:
        (tmp_path / "secret").mkdir()
    else:
        (tmp_path / "secret").write_bytes(content)

    with pytest.raises(WrongSetting) as refused:
        index.prepared(Settings(data=tmp_path))
    assert str(refused.value) == f"{tmp_path}/secret: {text}"


@pytest.mark.parametrize("command", ["up", "keys list"])
def test_an_empty_secret_stops_a_command_in_one_line(tmp_path: Path, command: str) -> None:
    (tmp_path / "secret").touch(0o600)
    told = run(*command.split(), TRASTIENDA_DATA=tmp_path)

    said = f"{tmp_path}/secret: must have 32 characters or more\n"
    assert (told.returncode, told.stdout, told.stderr) == (2, "", said)
    assert [it.name for it in tmp_path.iterdir()] == ["secret"]


def test_the_doctor_finds_a_secret_that_protects_nothing_and_touches_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "secret").touch(0o600)
    settings = Settings(data=tmp_path, http_port=0)

    (found,) = [it for it in doctor.examine(settings) if it.subject == "secret"]
    assert found.text == f"{tmp_path}/secret must have 32 characters or more"
    assert f"rm {tmp_path}/secret" in found.remedy
    (tmp_path / "secret").unlink()
    assert [it for it in doctor.examine(settings) if it.subject == "secret"] == []
    assert not (tmp_path / "secret").exists()


def test_blanks_around_a_secret_do_not_count(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f" {'x' * 32}\n")

    assert secret.kept(tmp_path) == "x" * 32
    assert read({"TRASTIENDA_SECRET": f"{'x' * 32}\n"}).secret == "x" * 32


def test_files_and_their_names_outlast_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is linked is on the disk before, and the link itself before anybody uses it."""
    done: list[str] = []

    def synced(descriptor: int) -> None:
        name = Path(f"/proc/self/fd/{descriptor}").readlink().name
        done.append("folder" if name == tmp_path.name else f"{name.split('.')[1]} synced")

    def named(how: Callable[..., None]) -> Callable[..., None]:
        def noted(old: Path, new: Path) -> None:
            how(old, new)
            done.append(f"{Path(new).name} there")

        return noted

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "link", named(os.link))
    monkeypatch.setattr(os, "replace", named(os.replace))
    files.once(tmp_path / "secret", lambda: "x" * 32)
    files.write(tmp_path / "key", b"key")

    assert done == [
        *("secret synced", "secret there", "folder"),
        *("key synced", "key there", "folder"),
    ]
