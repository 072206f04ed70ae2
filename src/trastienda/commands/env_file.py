"""Files of settings, read as systemd reads an EnvironmentFile (systemd.exec(5)).

This is not a shell's syntax: nothing is expanded, `#` begins a comment only at the start of a line,
and only quotes around a value count.
"""

import re
from pathlib import Path

from trastienda.settings import WrongSetting

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
BLANK = " \t\r"
ESCAPED = frozenset('"\\`$')
"""The characters that a backslash escapes in double quotes; before any other it is literal."""


def read(path: Path) -> dict[str, str]:
    """Return what the file sets. Raise WrongSetting, in one line, if it cannot be used.

    systemd skips a line whose name is invalid (`export A=b`). We refuse it, because its author
    believes that it is set.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise WrongSetting(f"--env-file: {path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise WrongSetting(f"--env-file: {path} is not UTF-8") from None
    found, rest = {}, text
    while rest:
        rest = rest.lstrip(BLANK + "\n")
        if rest[:1] in {"#", ";"}:
            rest = rest.partition("\n")[2]
            continue
        line = rest.partition("\n")[0]
        name, equals, _ = line.partition("=")
        if not equals:
            rest = rest[len(line) + 1 :]
            continue
        name = name.rstrip(BLANK)
        if not NAME.fullmatch(name):
            raise WrongSetting(f"--env-file: {path}: {name!r} is no name of a variable")
        value, used = _value(rest[line.index("=") + 1 :])
        if used < 0:
            raise WrongSetting(f"--env-file: {path}: the quote after {name}= is not closed")
        found[name] = value
        rest = rest[line.index("=") + 1 + used :]
    return found


def _value(text: str) -> tuple[str, int]:
    """Read a value to the end of its line; return its length too, or -1 for an open quote."""
    parts, at = list[str](), 0
    while at < len(text) and text[at] != "\n":
        if text[at] in BLANK:
            at += 1
        elif text[at] in "'\"":
            part, used = (_single if text[at] == "'" else _double)(text[at + 1 :])
            if used < 0:
                return "", -1
            parts.append(part)
            at += 1 + used
        else:
            part, used = _bare(text[at:])
            parts.append(part)
            at += used
    return "".join(parts), at


def _single(text: str) -> tuple[str, int]:
    end = text.find("'")
    return (text[:end], end + 1) if end >= 0 else ("", -1)


def _double(text: str) -> tuple[str, int]:
    kept, at = list[str](), 0
    while at < len(text):
        if text[at] == '"':
            return "".join(kept), at + 1
        if text[at] == "\\" and at + 1 < len(text):
            following = text[at + 1]
            kept.append(following if following in ESCAPED else f"\\{following}")
            if following == "\n":
                kept.pop()
            at += 2
        else:
            kept.append(text[at])
            at += 1
    return "", -1


def _bare(text: str) -> tuple[str, int]:
    """Read to the end of the line: quotes inside are literal, trailing blanks are dropped."""
    kept, solid, at = list[str](), 0, 0
    while at < len(text) and text[at] != "\n":
        if text[at] == "\\" and at + 1 < len(text):
            kept += [] if text[at + 1] == "\n" else [text[at + 1]]
            solid, at = len(kept), at + 2
            continue
        kept.append(text[at])
        solid = solid if text[at] in BLANK else len(kept)
        at += 1
    return "".join(kept[:solid]), at
