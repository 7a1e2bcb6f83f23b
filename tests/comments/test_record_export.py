"""The record as a file: its rows and columns, in batches, with no formula and no address in it."""

import csv
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comments import moderation
from comments.admin import export
from comments.admin.export import cell
from comments.models import AddressAccess, Comment, CommentStatus, Decision
from comments.pseudonyms import pseudonym
from tests.comments.test_record import DECISIONS, LISTS, TABLES, chief, desk, record
from tests.conftest import ADDRESS, many_approved

__all__ = ["chief", "desk", "record"]

pytestmark = pytest.mark.django_db


def exported(browser: Client, address: str, query: Any = None) -> list[list[str]]:
    """The file's lines, the headings first."""
    response = browser.get(f"{address}export/", query)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    sent = b"".join(response.streaming_content)
    assert sent.startswith("\ufeff".encode())
    return [*csv.reader(io.StringIO(sent.decode("utf-8-sig"), newline=""))]


def test_the_file_has_the_rows_of_the_list_in_its_columns(desk, record, moderator, pending):
    other = pending(email="other@example.org")
    moderation.decide(other.pk, CommentStatus.APPROVED, rule="passed")
    row = Decision.objects.get(by=moderator)

    headings, *lines = exported(desk, DECISIONS, {"by": moderator.pk})

    assert len(headings) == 9
    assert lines == [
        [
            *(timezone.localtime(row.at).isoformat(timespec="seconds"), row.get_action_display()),
            *(str(record.pk), record.article.title),
            *(str(CommentStatus.PENDING.label), str(CommentStatus.SPAM.label)),
            *("", "moderator", "إعلان"),
        ]
    ]
    ends = [line[7:] for line in exported(desk, DECISIONS)[1:]]
    assert ends == [["", ""], ["moderator", "إعلان"]]


def test_the_file_is_read_in_batches_and_is_whole(desk, article, monkeypatch):
    monkeypatch.setattr(export, "_AT_ONCE", 2)
    made = many_approved(article, 5)

    response = desk.get(f"{DECISIONS}export/")
    assert response.streaming
    numbers = [line[2] for line in csv.reader(io.StringIO(b"".join(response).decode()))][1:]
    assert numbers == [str(comment.pk) for comment in made[::-1]]
    assert "attachment" in response["Content-Disposition"]


def test_the_file_takes_one_query_a_batch(desk, article, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(export, "_AT_ONCE", 2)
    many_approved(article, 3)
    desk.get(f"{DECISIONS}export/")
    response = desk.get(f"{DECISIONS}export/")

    with django_assert_num_queries(3):
        assert len(b"".join(response).splitlines()) == 4


def test_a_wrong_filter_leads_back_to_the_list(desk, record):
    answer = desk.get(f"{DECISIONS}export/", {"by": "x"})
    assert (answer.status_code, answer["Location"]) == (302, DECISIONS)


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])
def test_no_reason_is_a_formula_for_a_spreadsheet(desk, pending, moderator, formula):
    moderation.decide(pending().pk, CommentStatus.SPAM, by=moderator, reason=formula)
    assert exported(desk, DECISIONS)[1][-1] == f"'{formula}"


@given(st.text())
def test_no_cell_begins_as_a_formula_does_and_none_loses_a_character(value):
    written = cell(value)
    assert written[:1] not in {*"=+-@\t\r\n＝＋－＠"}
    assert written.removeprefix("'") == value or written == value


def test_no_file_of_the_record_holds_an_address_or_anything_made_from_one(as_user, chief, record):
    Comment.objects.filter(pk=record.pk).update(open_reports=0)
    for model in TABLES:
        said = "".join("".join(line) for line in exported(as_user(chief), LISTS[model]))
        for hidden in (ADDRESS, ADDRESS.split("@")[0], bytes(record.commenter.digest).hex()):
            assert hidden not in said
    lines = exported(as_user(chief), LISTS[AddressAccess])
    assert lines[1][2:] == [pseudonym(record.commenter_id), "editor", "طلب محكمة"]


def test_times_in_the_file_say_their_zone(desk, record):
    at = datetime.fromisoformat(exported(desk, DECISIONS)[1][0])
    assert at.utcoffset() == timedelta(hours=3)
