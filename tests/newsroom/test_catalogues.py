"""The message catalogues: whole, compiled, and right where a reader meets them."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.contrib import admin, auth, contenttypes
from django.contrib.auth.models import User
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from articles import publishing
from articles.models import Article
from tests import catalogues
from tests.newsroom.commands import PRODUCTION, manage

ARABIC = "newsroom/locale/ar/LC_MESSAGES/django"
ENGLISH = "newsroom/locale/en/LC_MESSAGES/django"
STALE = f"{ARABIC}.po: django.mo is not what the .po file compiles to"
HINT = "Run `make messages`, fill in what is empty in the .po file, and run it once more."


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of all that the catalogues are made from, and of the catalogues."""
    for name in [*catalogues.PACKAGES, "templates"]:
        shutil.copytree(
            catalogues.ROOT / name,
            tmp_path / name,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


# The check


def test_the_catalogues_of_the_project_are_whole():
    assert catalogues.check(catalogues.ROOT) == []


def test_a_message_that_is_not_translated_is_found(project):
    edit(project / f"{ARABIC}.po", 'msgstr "اترك تعليقاً"', 'msgstr ""')
    problem = f"{ARABIC}.po: not translated: “Leave a comment”"
    assert catalogues.check(project) == [problem, STALE]


def test_a_message_that_a_catalogue_lacks_is_found(project):
    entry = 'msgid "Leave a comment"\nmsgstr "اترك تعليقاً"\n'
    edit(project / f"{ARABIC}.po", entry, "")
    problem = f"{ARABIC}.po: missing: “Leave a comment” (templates/comments/_form.html)"
    assert catalogues.check(project) == [problem, STALE]


def test_a_message_that_no_source_has_any_more_is_found(project):
    template = project / "templates" / "new.html"
    template.write_text("{% load i18n %}{% translate 'Brand new' %}")
    catalogues.update(project)
    template.unlink()
    problem = "in no source any more: “Brand new”"
    assert [found for found in catalogues.check(project) if problem in found] == [
        f"{ARABIC}.po: {problem}",
        f"{ENGLISH}.po: {problem}",
    ]


def test_a_translation_marked_as_fuzzy_is_found(project):
    entry = 'msgid "Leave a comment"\n'
    edit(project / f"{ARABIC}.po", entry, f"#, fuzzy\n{entry}")
    problem = f"{ARABIC}.po: marked as fuzzy: “Leave a comment”"
    assert catalogues.check(project) == [problem, STALE]


def test_an_empty_plural_form_is_found(project):
    edit(project / f"{ARABIC}.po", 'msgstr[4] "%(count)s تعليقاً"', 'msgstr[4] ""')
    problem = f"{ARABIC}.po: plural form 4 is empty: “%(count)s comment”"
    assert catalogues.check(project) == [problem, STALE]


@pytest.mark.parametrize(
    ("right", "wrong", "original"),
    [
        ("الصفحة %(number)s", "الصفحة %(numbr)s", "Page %(number)s"),
        ("الصفحة %(number)s", "الصفحة", "Page %(number)s"),
        ("إحدى هذه القيم: %s.", "إحدى هذه القيم: %d.", "One of: %s."),
        ("%(count)s تعليقات", "تعليقات", "%(count)s comment"),
        ("تمت إضافة {name}: “{obj}”.", "تمت إضافة “{obj}”.", None),
    ],
)
def test_a_placeholder_that_does_not_fit_is_found(project, right, wrong, original):
    edit(project / f"{ARABIC}.po", f' "{right}"', f' "{wrong}"')
    original = original or "The {name} “{obj}” was added successfully."
    problem = f"the placeholders in “{wrong}” are not those of the original: “{original}”"
    assert catalogues.check(project) == [f"{ARABIC}.po: {problem}", STALE]


def test_a_compiled_catalogue_that_is_missing_is_found(project):
    (project / f"{ENGLISH}.mo").unlink()
    assert catalogues.check(project) == [f"{ENGLISH}.po: django.mo is missing"]


def test_the_command_prints_what_it_found_and_what_to_do(project, capsys):
    (project / f"{ENGLISH}.mo").unlink()
    assert catalogues.main(["check"], project) == 1
    assert capsys.readouterr().out == f"{ENGLISH}.po: django.mo is missing\n{HINT}\n"


def test_the_command_says_where_a_catalogue_cannot_be_read(project, capsys):
    edit(project / f"{ARABIC}.po", 'msgid "Leave a comment"', 'mesgid "Leave a comment"')
    assert catalogues.main(["check"], project) == 1
    assert 'mesgid "Leave a comment"' in capsys.readouterr().out


def test_other_names_of_the_months_that_are_not_compiled_are_found(project):
    file = "newsroom/months/egyptian/ar/LC_MESSAGES/django.po"
    edit(project / file, 'msgid "January"\nmsgstr "يناير"\n\nmsgid "jan"', 'msgid "jan"')
    problem = f"{file}: django.mo is not what the .po file compiles to"
    assert catalogues.check(project) == [problem]


# The update


def test_update_changes_nothing_where_nothing_changed(project):
    folder = project / "newsroom" / "locale"
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    assert catalogues.main(["update"], project) == 0
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_update_adds_new_messages_drops_old_ones_and_keeps_translations(project, capsys):
    edit(project / "templates/comments/_form.html", "Leave a comment", "Say something")
    assert catalogues.main(["update"], project) == 1
    assert capsys.readouterr().out == f"{ARABIC}.po: not translated: “Say something”\n{HINT}\n"
    arabic = translations(project, "ar")
    assert ("", "Leave a comment") not in arabic
    assert arabic["", "Reply"] == "ردّ"
    assert translations(project, "en")["", "Say something"] == "Say something"


def test_messages_of_templates_are_taken_as_django_looks_them_up(project):
    template = project / "templates" / "new.html"
    template.write_text(
        "{% load i18n %}\n"
        "    {% translate '100% new' context 'of bread' %}\n"
        "  {% blocktranslate trimmed count n=n %}\n"
        "    {{ n }}% of one\n"
        "  {% plural %}{{ n }}% of all{% endblocktranslate %}\n"
        '{{ _("in a variable") }}{{ word|default:_("in a filter") }}\n'
    )
    catalogues.update(project)
    english = translations(project, "en")
    assert english["of bread", "100%% new"] == "100%% new"
    assert english["", "%(n)s%% of one"] == ("%(n)s%% of one", "%(n)s%% of all")
    assert english["", "in a variable"] == "in a variable"
    assert english["", "in a filter"] == "in a filter"


def test_messages_of_scripts_go_to_the_catalogue_of_scripts(project):
    (project / "articles" / "desk.js").write_text('button.title = gettext("Turn the page")')
    catalogues.update(project)
    assert ("", "Turn the page") not in translations(project, "en")
    assert ("", "Turn the page") in translations(project, "en", domain="djangojs")


def translations(
    project: Path, language: str, domain: str = "django"
) -> dict[catalogues.Key, catalogues.Translation]:
    file = catalogues.catalogue_file(project, language, domain)
    catalogue = catalogues.read_catalogue(file, language)
    return {catalogues.message_key(message): message.string for message in catalogue}


# The words of Django and its admin


def messages_of_django(language: str, domain: str) -> Iterator[Message]:
    """What is in the catalogues that Django ships."""
    for owner in (django, admin, auth, contenttypes):
        assert owner.__file__
        folder = Path(owner.__file__).parent / ("conf/locale" if owner is django else "locale")
        file = folder / language / "LC_MESSAGES" / f"{domain}.po"
        if file.exists():
            with file.open("rb") as stream:
                yield from read_po(stream)


def words_of_django(domain: str) -> set[catalogues.Key]:
    """All that Django shows, but for the names of the world's languages."""
    return {
        catalogues.message_key(message)
        for message in messages_of_django("en", domain)
        if not any("global_settings" in name for name, _line in message.locations)
    }


def arabic_of_django(domain: str) -> set[catalogues.Key]:
    return {
        catalogues.message_key(message)
        for message in messages_of_django("ar", domain)
        if message.string
    }


@pytest.mark.parametrize("domain", catalogues.DOMAINS)
def test_no_word_of_django_is_left_in_english(domain):
    ours = translations(catalogues.ROOT, "ar", domain).keys()
    assert words_of_django(domain) - arabic_of_django(domain) - ours == set()


@pytest.mark.parametrize("domain", catalogues.DOMAINS)
def test_every_word_listed_for_django_is_one_of_its_words(domain):
    listed = catalogues.wanted_messages(catalogues.ROOT, domain)
    of_django = {
        key
        for key, message in listed.items()
        if any(name.split(".")[0] == "django" for name, _line in message.locations)
    }
    assert len(of_django) > 50
    assert of_django - words_of_django(domain) == set()


# Where readers and editors meet them


def test_an_arabic_page_calls_the_month_as_the_papers_of_the_levant_do(draft):
    article: Article = draft()
    publishing.publish(article, at=datetime(2024, 11, 5, 9, 30, tzinfo=UTC))
    page = Client().get(article.get_absolute_url()).content.decode()
    assert "5 تشرين الثاني 2024، 12:30" in page


@pytest.mark.parametrize(
    ("count", "arabic", "english"),
    [
        (0, "لا تعليقات", "0 comments"),
        (1, "تعليق واحد", "1 comment"),
        (2, "تعليقان", "2 comments"),
        (3, "3 تعليقات", "3 comments"),
        (11, "11 تعليقاً", "11 comments"),
        (100, "100 تعليق", "100 comments"),
        (103, "103 تعليقات", "103 comments"),
    ],
)
def test_the_count_of_comments_is_said_rightly(count, arabic, english):
    template = Template(
        "{% load i18n %}{% blocktranslate count count=count %}{{ count }} comment"
        "{% plural %}{{ count }} comments{% endblocktranslate %}"
    )
    said = {}
    for language in ("ar", "en"):
        with translation.override(language):
            said[language] = template.render(Context({"count": count}))
    assert said == {"ar": arabic, "en": english}


LEVANTINE = (
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
)


@pytest.mark.parametrize("domain", catalogues.DOMAINS)
def test_the_other_names_of_the_months_stand_wherever_those_of_the_levant_do(domain):
    levantine = translations(catalogues.ROOT, "ar", domain)
    files = [file for file in catalogues.months_files(catalogues.ROOT) if file.stem == domain]

    found = [{*map(catalogues.message_key, _messages(file))} for file in files]

    assert len(files) == 2
    assert found == [{key for key, name in levantine.items() if name in LEVANTINE}] * 2


def _messages(file: Path) -> list[Message]:
    return [message for message in catalogues.read_catalogue(file, "ar") if message.id]


@pytest.mark.parametrize(
    ("months", "january", "august"),
    [
        ("levantine", "كانون الثاني", "آب"),
        ("egyptian", "يناير", "أغسطس"),
        ("maghrebi", "جانفي", "أوت"),
    ],
)
def test_a_paper_elsewhere_names_the_months_as_its_readers_do(months, january, august):
    code = (
        "from datetime import date; from django.utils.dateformat import format;"
        "print(*[format(date(2026, month, 5), 'j F Y|M') for month in (1, 8)], sep='|')"
    )

    done = manage("shell", "--no-imports", "-c", code, ARABIC_MONTHS=months, **PRODUCTION)

    assert done.stdout == f"5 {january} 2026|{january}|5 {august} 2026|{august}\n"


def test_the_editor_of_the_desk_is_given_its_words_in_arabic(editor: User, as_user):
    catalogue = as_user(editor).get("/admin/jsi18n/").content.decode()
    for original, arabic in [("insert link", "إدراج رابط"), ("November", "تشرين الثاني")]:
        assert f"{json.dumps(original)}: {json.dumps(arabic)}" in catalogue
