"""Collect the texts of pages into their Spanish catalogue: `make texts`.

Texts that are new there have no Spanish yet, and are printed; those that no page says any more are
dropped. The catalogue is sorted, so that two branches that add texts are easy to merge.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).parents[2] / "src" / "trastienda"
CATALOGUE = SOURCE / "locale" / "es" / "LC_MESSAGES" / "pages.po"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None, "text": None}
METHODS = [
    ("views/**.html", "jinja2"),
    ("views/**.jinja", "jinja2"),
    ("handlers/pages/**.py", "python"),
]
HEADER = """\
# The texts of pages in Spanish. The English is in the templates, and `make texts` collects it.
msgid ""
msgstr ""
"Project-Id-Version: trastienda\\n"
"POT-Creation-Date: 2026-11-30 09:00+0000\\n"
"Language: es\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Text = str | tuple[str, ...]


def said() -> Iterator[Text]:
    """Return every text that a template or a page's handler says, in English."""
    found = extract_from_dir(str(SOURCE), METHODS, keywords=KEYWORDS)
    for _file, _line, text, _comments, _context in found:
        if text and text != ("", ""):
            yield text


def kept() -> Catalog:
    """Return the catalogue as it is."""
    return read_po(BytesIO(CATALOGUE.read_bytes()), locale="es", domain="pages")


def collected(before: Catalog) -> Catalog:
    """Return a catalogue of what pages say now, with the Spanish that there was."""
    after = Catalog(locale="es", domain="pages")
    for text in said():
        known = before.get(text[0] if isinstance(text, tuple) else text)
        after.add(text, known.string if known else None)
    return after


def missing(catalogue: Catalog) -> list[str]:
    """Return the texts without a translation, in English."""
    return sorted(english(it) for it in catalogue if it.id and not _translated(it))


def english(text: Message) -> str:
    """Return a text in English, the singular if it has two forms."""
    return text.id if isinstance(text.id, str) else text.id[0]


def _translated(text: Message) -> bool:
    return bool(text.string) and (isinstance(text.string, str) or all(text.string or ()))


def main() -> None:
    catalogue, out = collected(kept()), BytesIO()
    write_po(out, catalogue, width=100, no_location=True, omit_header=True, sort_output=True)
    CATALOGUE.write_text(HEADER + out.getvalue().decode())
    for text in missing(catalogue):
        print(f"has no Spanish yet: {text}")


if __name__ == "__main__":
    main()
