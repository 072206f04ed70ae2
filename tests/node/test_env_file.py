"""Settings from a file, in the syntax of systemd's EnvironmentFile."""

import os
from pathlib import Path

import pytest
from support.processes.nodes import run

from trastienda.commands import env_file
from trastienda.settings import WrongSetting


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A=b\nC=d", {"A": "b", "C": "d"}),
        ("# A=1\n; A=2\n  # A=3\n\nno assignment\nA=b # no comment\n", {"A": "b # no comment"}),
        ("  A = b c \t\r\nC=\n", {"A": "b c", "C": ""}),
        ("A=pa#s$s`w'o\"rd$HOME\n", {"A": "pa#s$s`w'o\"rd$HOME"}),
        ("A=postgresql://u:p@h/d?a=b&c=d", {"A": "postgresql://u:p@h/d?a=b&c=d"}),
        ("A='it \\ \"is\" $x\nso' \nB=1", {"A": 'it \\ "is" $x\nso', "B": "1"}),
        ('A="a\\"b\\\\c\\$d\\`e\\nf \'g\' \\\nh"', {"A": "a\"b\\c$d`e\\nf 'g' h"}),
        ("A=one\\\ntwo \\  three\\ \nB=1", {"A": "onetwo   three ", "B": "1"}),
        ("A=\"x\"y 'z'", {"A": "xy 'z'"}),
        ('A="x" \'y\'\nA="last" # wins', {"A": "last# wins"}),
    ],
)
def test_a_file_is_read_as_systemd_reads_it(
    tmp_path: Path, text: str, found: dict[str, str]
) -> None:
    file = tmp_path / "env"
    file.write_bytes(text.encode())

    assert env_file.read(file) == found


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"export A=b", "{}: 'export A' is no name of a variable"),
        (b"A='b\nC=d", "{}: the quote after A= is not closed"),
        (b'A=b\nC="d', "{}: the quote after C= is not closed"),
        (b"A=\xff", "{} is not UTF-8"),
        (None, "{} cannot be read: No such file or directory"),
    ],
)
def test_a_file_that_would_set_something_else_is_refused(
    tmp_path: Path, content: bytes | None, line: str
) -> None:
    file = tmp_path / "env"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(WrongSetting) as refusal:
        env_file.read(file)

    assert str(refusal.value) == f"--env-file: {line.format(file)}"


def test_any_command_takes_its_settings_from_the_file(tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("# of the shop\nTRASTIENDA_WORKERS=0\n")

    told = run("--env-file", os.fspath(file), "migrate", TRASTIENDA_WORKERS=2)

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == "TRASTIENDA_WORKERS: Expected `int` >= 1\n"
