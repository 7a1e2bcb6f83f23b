"""Production refuses to start on a missing or unsafe value, in one line that names it."""

from pathlib import Path

import pytest

from newsroom.environment import languages_of, one_of
from tests.newsroom.commands import PRODUCTION, manage, short_folder


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "COMMENT_EMAIL_PUBLIC_KEY", "COMMENT_INDEX_KEY"]
)
def test_production_does_not_start_without(name: str):
    variables = {key: value for key, value in PRODUCTION.items() if key != name}

    ended = manage("check", **variables)

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"{name} is not set: ")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["COMMENT_EMAIL_PUBLIC_KEY", "COMMENT_INDEX_KEY"])
@pytest.mark.parametrize("value", ["short", "ليس مفتاحاً", "AAAA"])
def test_a_malformed_key_is_named(name: str, value: str):
    ended = manage("check", **{**PRODUCTION, name: value})

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"{name} is not a key")
    assert len(ended.stderr.splitlines()) == 1


def test_production_takes_no_key_from_the_folder_of_the_demonstration():
    with short_folder() as folder:
        local = manage("check", VAR_ROOT=str(folder))
        production = manage("check", VAR_ROOT=str(folder), DEBUG="off")

        assert local.returncode == 0
        assert (folder / "keys.env").exists()
        assert production.returncode == 1
        assert production.stderr.startswith("SECRET_KEY is not set: ")


def test_the_deployment_check_finds_nothing_in_production():
    with short_folder() as folder:
        ended = manage("check", "--deploy", VAR_ROOT=str(folder), **PRODUCTION)

        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout == "System check identified no issues (0 silenced).\n"
        assert list(folder.iterdir()) == []


def test_the_keys_made_for_this_machine_are_readable_by_their_owner_alone():
    with short_folder() as folder:
        first = manage("check", VAR_ROOT=str(folder))
        keys = (folder / "keys.env").read_text()
        second = manage("check", VAR_ROOT=str(folder))

        assert (first.returncode, second.returncode) == (0, 0)
        assert (folder / "keys.env").read_text() == keys
        assert {line.partition("=")[0] for line in keys.splitlines()} == {
            "SECRET_KEY",
            "COMMENT_EMAIL_PUBLIC_KEY",
            "COMMENT_INDEX_KEY",
        }
        modes = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}
        assert modes == {"keys.env": 0o600, "comment-private-key": 0o600}


def test_a_database_that_cannot_be_reached_is_told_in_one_line():
    ended = manage("migrate", DATABASE_URL="postgres://nobody@127.0.0.1:1/none", **PRODUCTION)

    assert ended.returncode == 1
    assert ended.stderr.startswith("The database cannot be reached: ")
    assert "DATABASE_URL" in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_another_kind_of_database_is_refused_by_name():
    ended = manage("check", DATABASE_URL="sqlite:///paper.db", **PRODUCTION)

    assert ended.returncode == 1
    assert ended.stderr.startswith("DATABASE_URL does not name a PostgreSQL database")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *[("PORT", value) for value in ("abc", "0", "70000", "-1", "٨٠٠٠")],
        *[("WORKERS", value) for value in ("0", "many", "-2")],
        *[("DEBUG", "perhaps"), ("TIME_ZONE", "Nowhere/Else"), ("TIME_ZONE", "../etc")],
        *[("LANGUAGE_CODE", "xx"), ("SITE_URL", "paper.example"), ("SECRET_KEY", "short")],
        *[("ARABIC_MONTHS", "syriac"), ("ARABIC_MONTHS", "")],
        *[("EMAIL_URL", "rubbish"), ("DATABASE_URL", "rubbish")],
        *[("EMAIL_FROM", "rubbish"), ("EMAIL_FROM", "a@paper.example\nBcc: b@paper.example")],
        *[("DATABASE_URL", "postgres://u@h:port/n"), ("DATABASE_URL", "mysql://u@h/n")],
        *(("PREVIEW_DAYS", "0"), ("PREVIEW_DAYS", "366"), ("PREVIEW_DAYS", "a week")),
    ],
)
def test_an_unsafe_or_senseless_value_is_named(name: str, value: str):
    ended = manage("check", **{**PRODUCTION, name: value})

    assert ended.returncode == 1
    assert ended.stderr.startswith(f"{name} ")
    assert len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_whoever_configures_a_site_is_given_no_keys_of_its_own(name: str):
    with short_folder() as folder:
        ended = manage("check", VAR_ROOT=str(folder), **{name: PRODUCTION[name]})

        assert ended.returncode == 1
        assert "is not set: " in ended.stderr
        assert list(folder.iterdir()) == []


def test_production_can_make_its_first_keys():
    ended = manage("comment_keys", DEBUG="off")

    assert ended.returncode == 0
    assert "COMMENT_EMAIL_PRIVATE_KEY=" in ended.stdout


def test_the_command_for_keys_needs_neither_keys_nor_a_database_and_saves_nothing():
    with short_folder() as folder:
        ended = manage("comment_keys", VAR_ROOT=str(folder / "none"))

        assert ended.returncode == 0
        names = [line.partition("=")[0] for line in ended.stdout.splitlines() if "=" in line]
        assert names == [
            "COMMENT_EMAIL_PUBLIC_KEY",
            "COMMENT_INDEX_KEY",
            "COMMENT_EMAIL_PRIVATE_KEY",
        ]
        assert list(folder.iterdir()) == []


def test_a_language_is_known_by_its_catalogue(tmp_path: Path):
    for name in ("ar", "fr", "zh_Hans", "no-language"):
        (tmp_path / name / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "de").mkdir()

    assert [code for code, _name in languages_of(tmp_path)] == ["ar", "fr", "zh-hans"]


def test_a_paper_is_arabic_also_where_another_language_comes_first_by_its_name(monkeypatch):
    monkeypatch.delenv("LANGUAGE_CODE", raising=False)

    assert one_of("LANGUAGE_CODE", ["af", "ar", "en"], default="ar") == "ar"


@pytest.mark.parametrize(
    ("variables", "sender"),
    [
        ({}, "webmaster@paper.example"),
        ({"ALLOWED_HOSTS": ".paper.example"}, "webmaster@paper.example"),
        ({"SITE_URL": "https://www.paper.example/"}, "webmaster@www.paper.example"),
        ({"EMAIL_FROM": "المرفأ <desk@paper.example>"}, "المرفأ <desk@paper.example>"),
    ],
)
def test_mail_comes_from_the_paper(variables: dict[str, str], sender: str):
    shown = manage("diffsettings", **{**PRODUCTION, **variables})

    assert f"DEFAULT_FROM_EMAIL = {sender!r}" in shown.stdout.splitlines()
