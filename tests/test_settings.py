"""Settings come from the environment, and a wrong one is a line that names its variable."""

import stat
from pathlib import Path

import pytest
from nodes import run

from trastienda import folder
from trastienda.settings import Environment, Settings, WrongSetting, read


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
        ({"TRASTIENDA_SECRET": "short"}, "TRASTIENDA_SECRET: Expected `str` of length >= 32"),
        (
            {"TRASTIENDA_TLS_KEY": "/k"},
            "TRASTIENDA_TLS_CERT and TRASTIENDA_TLS_KEY belong together",
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
    made = folder.once(tmp_path / "secret", lambda: "first")
    again = folder.once(tmp_path / "secret", lambda: "second")

    assert (made, again) == ("first", "first")
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [it.name for it in tmp_path.iterdir()] == ["secret"]
