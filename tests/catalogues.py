"""Keeps the message catalogues: `python -m tests.catalogues update`, `… check`.

`update` collects the messages of our own sources, adds the words of libraries that
`newsroom/locale/*.libraries.pot` lists by hand, writes `newsroom/locale/*/LC_MESSAGES/*.po` and
compiles them. `check` says what is missing, left over, untranslated or not compiled. Both need
Babel alone: neither GNU gettext nor settings nor a database.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("articles", "comments", "newsroom")
DOMAINS = ("django", "djangojs")
# As in Django's own catalogues: only catalogues with equal rules are merged into one.
PLURALS = {
    "ar": (
        "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
        "n%100>=11 && n%100<=99 ? 4 : 5;"
    ),
    "en": "nplurals=2; plural=(n != 1);",
}
# Plural forms that stand for a single number, which may be said in words instead of a figure.
SINGLE_NUMBER_FORMS = {"ar": {0, 1, 2}, "en": {0}}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER_COMMENT = "# Kept by `make messages`: fill in the translations here, and run it again."
WIDTH = 100
_PLACEHOLDER = re.compile(
    r"%%|%(?:\((?P<percent_name>\w+)\))?[-#0+]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]"
    r"|\{(?P<brace_name>\w*)\}"
)

Key = tuple[str, str]
Translation = str | tuple[str, ...] | list[str] | None


class SteadyCatalog(Catalog):
    """A catalogue whose header holds nothing that differs from run to run."""

    def __init__(self, language: str) -> None:
        super().__init__(locale=language, header_comment=HEADER_COMMENT, fuzzy=False)
        self.language = language

    def __iter__(self) -> Iterator[Message]:
        messages = super().__iter__()
        next(messages)
        yield Message("", self._header())
        yield from messages

    def _header(self) -> str:
        return (
            f"Language: {self.language}\n"
            "MIME-Version: 1.0\n"
            "Content-Type: text/plain; charset=UTF-8\n"
            "Content-Transfer-Encoding: 8bit\n"
            f"Plural-Forms: {PLURALS[self.language]}\n"
        )


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command; 1 where `check` found something."""
    parser = argparse.ArgumentParser(prog="python -m tests.catalogues", description=__doc__)
    parser.add_argument("command", choices=["update", "check"])
    command = parser.parse_args(arguments).command
    try:
        if command == "update":
            update(root)
        problems = check(root)
    except PoFileError as error:
        problems = [f"A catalogue cannot be read: {error}: {error.line}"]
    for problem in problems:
        print(problem)
    if problems:
        print("Run `make messages`, fill in what is empty in the .po file, and run it once more.")
    return 1 if problems else 0


# Collecting


def wanted_messages(root: Path, domain: str) -> dict[Key, Message]:
    """Every message that the catalogues of a domain must translate, in the order of the files."""
    wanted: dict[Key, Message] = {}
    for message in [*_own_messages(root, domain), *_library_messages(root, domain)]:
        known = wanted.setdefault(message_key(message), message)
        known.locations = sorted({*known.locations, *message.locations})
        if message.pluralizable:
            known.id = message.id
    return wanted


def _own_messages(root: Path, domain: str) -> list[Message]:
    if domain == "djangojs":
        files, method = _files(root, "*.js"), "javascript"
    else:
        templates = sorted(root.joinpath("templates").rglob("*.html"))
        files, method = _files(root, "*.py") + templates, "python"
    messages = [message for file in files for message in _extract(root, file, method)]
    return sorted(messages, key=_place)


def _files(root: Path, pattern: str) -> list[Path]:
    files = [file for package in PACKAGES for file in root.joinpath(package).rglob(pattern)]
    return sorted(file for file in files if "migrations" not in file.parts)


def _extract(root: Path, file: Path, method: str) -> Iterator[Message]:
    """The messages of one file, each with the file's name as its location."""
    name = file.relative_to(root).as_posix()
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        # Within brackets the tokenizer does not mind the template's indentation.
        source = f"(\n{templatize(source, origin=name)}\n)"
    found = extract(method, BytesIO(source.encode()), keywords=KEYWORDS)
    for _line, text, _comments, context in found:
        yield Message(text, locations=[(name, 0)], context=context)


def _library_messages(root: Path, domain: str) -> list[Message]:
    """The words that libraries show, as listed by hand; a location names the library."""
    listed = root / "newsroom" / "locale" / f"{domain}.libraries.pot"
    with listed.open("rb") as file:
        messages = [message for message in read_po(file, abort_invalid=True) if message.id]
    for message in messages:
        message.locations = [(name, 0) for name, _line in message.locations]
    return sorted(messages, key=_place)


def message_key(message: Message) -> Key:
    """What a translation is looked up by: the context and the singular."""
    return message.context or "", message.id if isinstance(message.id, str) else message.id[0]


def _place(message: Message) -> tuple[list[tuple[str, int]], Key]:
    return message.locations, message_key(message)


# Writing


def update(root: Path) -> None:
    """Write and compile every catalogue; translations of messages that are still there stay."""
    for domain in DOMAINS:
        wanted = wanted_messages(root, domain)
        for language in PLURALS:
            po_file = catalogue_file(root, language, domain)
            catalogue = _merge(wanted, read_catalogue(po_file, language), language)
            po_file.parent.mkdir(parents=True, exist_ok=True)
            with po_file.open("wb") as file:
                write_po(file, catalogue, width=WIDTH, include_lineno=False)
            po_file.with_suffix(".mo").write_bytes(compiled(catalogue))
    for po_file in months_files(root):
        po_file.with_suffix(".mo").write_bytes(compiled(read_catalogue(po_file, "ar")))


def months_files(root: Path) -> list[Path]:
    """The catalogues that name the months otherwise, each whole and written by hand."""
    return sorted(root.joinpath("newsroom", "months").rglob("*.po"))


def catalogue_file(root: Path, language: str, domain: str) -> Path:
    return root / "newsroom" / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalogue(po_file: Path, language: str) -> SteadyCatalog:
    """The catalogue in a file; an empty one where there is no file."""
    catalogue = SteadyCatalog(language)
    if po_file.exists():
        with po_file.open("rb") as file:
            found = read_po(file, locale=language, abort_invalid=True)
        for message in [each for each in found if each.id]:
            _add(catalogue, message, message.string, message.flags)
        catalogue.obsolete = found.obsolete
    return catalogue


def compiled(catalogue: SteadyCatalog) -> bytes:
    """The .mo file of a catalogue."""
    buffer = BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def _merge(wanted: dict[Key, Message], old: SteadyCatalog, language: str) -> SteadyCatalog:
    merged = SteadyCatalog(language)
    translated = {message_key(message): message for message in old if message.id}
    for key, message in wanted.items():
        before = translated.get(key)
        if before is not None and before.id == message.id and any(_forms(before)):
            _add(merged, message, before.string, before.flags)
        else:
            _add(merged, message, message.id if language == "en" else "", ())
    return merged


def _add(
    catalogue: SteadyCatalog, message: Message, translation: Translation, flags: Iterable[str]
) -> None:
    catalogue.add(
        message.id,
        translation,
        locations=message.locations,
        flags=flags,
        context=message.context,
    )


# Checking


def check(root: Path) -> list[str]:
    """What is wrong with the catalogues, a line each."""
    problems = []
    for domain in DOMAINS:
        wanted = wanted_messages(root, domain)
        for language in PLURALS:
            file = catalogue_file(root, language, domain)
            name = file.relative_to(root).as_posix()
            found = _problems(file, language, wanted)
            problems += [f"{name}: {problem}" for problem in found]
    for file in months_files(root):
        found = _compilation_problems(file.with_suffix(".mo"), read_catalogue(file, "ar"))
        problems += [f"{file.relative_to(root).as_posix()}: {problem}" for problem in found]
    return problems


def _problems(po_file: Path, language: str, wanted: dict[Key, Message]) -> list[str]:
    if not po_file.exists():
        return ["the file is missing"]
    catalogue = read_catalogue(po_file, language)
    present = {message_key(message): message for message in catalogue if message.id}
    problems = [
        f"missing: {_quoted(message)} ({message.locations[0][0]})"
        for key, message in wanted.items()
        if key not in present or present[key].id != message.id
    ]
    left_over = [present[key] for key in present if key not in wanted]
    left_over += catalogue.obsolete.values()
    problems += [f"in no source any more: {_quoted(message)}" for message in left_over]
    for message in present.values():
        problems += [f"{problem}: {_quoted(message)}" for problem in _faults(message, language)]
    return problems + _compilation_problems(po_file.with_suffix(".mo"), catalogue)


def _compilation_problems(mo_file: Path, catalogue: SteadyCatalog) -> list[str]:
    if not mo_file.exists():
        return [f"{mo_file.name} is missing"]
    if mo_file.read_bytes() != compiled(catalogue):
        return [f"{mo_file.name} is not what the .po file compiles to"]
    return []


def _faults(message: Message, language: str) -> list[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        return ["marked as fuzzy"]
    forms = _forms(message)
    if not any(forms):
        return ["not translated"]
    if not all(forms):
        return [f"plural form {forms.index('')} is empty"]
    return [
        f"the placeholders in “{form}” are not those of the original"
        for number, form in enumerate(forms)
        if not _placeholders_fit(message, form, in_words=number in SINGLE_NUMBER_FORMS[language])
    ]


def _forms(message: Message) -> list[str]:
    translation: Translation = message.string
    return [translation or ""] if isinstance(translation, str | None) else list(translation)


def _placeholders_fit(message: Message, form: str, *, in_words: bool) -> bool:
    """Whether a translation can be filled in with what the original is filled in with.

    A plural form `in_words` may leave out named values, such as the number that it says in words.
    """
    originals = [message.id] if isinstance(message.id, str) else message.id
    wanted = {name for text in originals for name in _named(text)}
    named = set(_named(form))
    if _unnamed(form) != _unnamed(originals[-1]):
        return False
    return named == wanted or (message.pluralizable and in_words and named < wanted)


def _named(text: str) -> list[str]:
    return [match[0] for match in _PLACEHOLDER.finditer(text) if _is_named(match)]


def _unnamed(text: str) -> list[str]:
    return [match[0] for match in _PLACEHOLDER.finditer(text) if not _is_named(match)]


def _is_named(match: re.Match[str]) -> bool:
    return bool(match["percent_name"] or match["brace_name"])


def _quoted(message: Message) -> str:
    context, text = message_key(message)
    return f"“{text}” ({context})" if context else f"“{text}”"


if __name__ == "__main__":
    sys.exit(main())
