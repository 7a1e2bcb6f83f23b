"""The record: rows that nothing changes, lists that stay quick, and a file for spreadsheets."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pgtrigger
import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, models, transaction
from django.test import Client
from django.utils import timezone

from comments import commenters, moderation, policy
from comments.admin.record import MOST_LISTED
from comments.models import (
    AccessKind,
    AddressAccess,
    ArticlePolicy,
    Comment,
    CommenterDecision,
    CommentPolicy,
    CommentStatus,
    Decision,
    PolicyChange,
    Standing,
)
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import many_approved

pytestmark = pytest.mark.django_db

DECISIONS = "/admin/comments/decision/"
TABLES: list[type[models.Model]] = [Decision, CommenterDecision, PolicyChange, AddressAccess]
LISTS = {model: f"/admin/comments/{model._meta.model_name}/" for model in TABLES}


@pytest.fixture
def chief(db: None) -> User:
    """Somebody with every right there is."""
    return User.objects.create_superuser("chief")


@pytest.fixture
def desk(moderator: User, as_user) -> Client:
    """The moderator's browser."""
    return as_user(moderator)


@pytest.fixture
def record(pending, moderator: User, editor: User) -> Comment:
    """A row in each of the four tables, about one comment."""
    comment = pending()
    moderation.decide(comment.pk, CommentStatus.SPAM, by=moderator, reason="إعلان")
    commenters.set_standing(comment.commenter_id, Standing.BANNED, by=moderator, reason="يكرر")
    AddressAccess.objects.create(
        kind=AccessKind.LOOK_UP, commenter=comment.commenter, by=editor, reason="طلب محكمة"
    )
    # What is left to the end of a transaction would keep PostgreSQL from emptying a table.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    return comment


def listed(browser: Client, address: str, query: Any = None) -> list[int]:
    response = browser.get(address, query)
    assert response.status_code == 200
    return [row.pk for row in response.context["cl"].result_list]


def dated(row: models.Model, at: datetime) -> None:
    """Give a row another date, which nothing but a test may do."""
    with pgtrigger.ignore(f"comments.{type(row).__name__}:append_only"):
        type(row)._default_manager.filter(pk=row.pk).update(at=at)


# Rows that nothing changes


def by_save(row: models.Model) -> None:
    row.reason = "غيره"  # type: ignore[attr-defined]
    row.save()


def by_bulk_update(row: models.Model) -> None:
    row.reason = "غيره"  # type: ignore[attr-defined]
    type(row)._default_manager.bulk_update([row], ["reason"])


def by_raw_delete(row: models.Model) -> None:
    type(row)._default_manager.filter(pk=row.pk)._raw_delete("default")  # type: ignore[attr-defined]


def by_sql(statement: str) -> Callable[[models.Model], None]:
    def run(row: models.Model) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement.format(table=row._meta.db_table, pk=row.pk))

    return run


WAYS: dict[str, Callable[[models.Model], Any]] = {
    "save": by_save,
    "update": lambda row: type(row)._default_manager.update(reason="غيره"),
    "bulk update": by_bulk_update,
    "delete": lambda row: row.delete(),
    "delete of all": lambda row: type(row)._default_manager.all().delete(),
    "raw delete": by_raw_delete,
    "UPDATE": by_sql("UPDATE {table} SET at = now() WHERE id = {pk}"),
    "DELETE": by_sql("DELETE FROM {table} WHERE id = {pk}"),
    "TRUNCATE": by_sql("TRUNCATE {table}"),
    "TRUNCATE CASCADE": by_sql("TRUNCATE {table} CASCADE"),
    "upsert": by_sql(
        "INSERT INTO {table} SELECT * FROM {table} WHERE id = {pk}"
        " ON CONFLICT (id) DO UPDATE SET reason = ''"
    ),
    "MERGE": by_sql("MERGE INTO {table} t USING {table} s ON t.id = s.id WHEN MATCHED THEN DELETE"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_row_of_the_record_is_neither_changed_nor_removed(record, model, way):
    before = [*model._default_manager.order_by("pk").values()]
    assert before != []

    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        WAYS[way](model._default_manager.latest("pk"))

    assert any(word in str(refused.value) for word in ("Cannot ", "kept for ever"))
    assert [*model._default_manager.order_by("pk").values()] == before


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_not_even_with_every_right_is_a_row_changed_at_the_desk(record, as_user, chief, model):
    browser, page = as_user(chief), LISTS[model]
    row = model._default_manager.latest("pk")
    before = [*model._default_manager.order_by("pk").values()]
    chosen = {"_selected_action": [row.pk], "post": "yes", "action": "delete_selected"}

    assert browser.get(f"{page}add/").status_code == 403
    assert browser.post(f"{page}add/", {"reason": "غيره"}).status_code == 403
    assert browser.post(f"{page}{row.pk}/change/", {"reason": "غيره"}).status_code == 403
    assert browser.post(f"{page}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    browser.post(page, chosen)
    assert [*model._default_manager.order_by("pk").values()] == before
    assert browser.get(f"{page}{row.pk}/change/").status_code == 200


# The lists


def test_the_newest_decision_comes_first_in_words(desk, moderator, pending):
    first, second = pending(), pending()
    moderation.decide(first.pk, CommentStatus.APPROVED, rule="passed")
    moderation.decide(second.pk, CommentStatus.SPAM, by=moderator, reason="<b>إعلان</b>")

    page = parse(desk.get(DECISIONS))

    rows = elements(element(page, "table", id="result_list"), "tr")[1:]
    assert [
        text(element(rows[0], class_=f"field-{name}")) for name in ("who_or_which_rule", "reason")
    ] == ["moderator", "<b>إعلان</b>"]
    links = [element(row, "a") for row in rows]
    assert [text(each) for each in links] == [str(second.pk), str(first.pk)]
    assert [attribute(each, "href") for each in links] == [
        f"/admin/comments/comment/{comment.pk}/change/" for comment in (second, first)
    ]


def test_decisions_are_filtered_by_moderator_rule_action_status_and_number(
    desk, moderator, editor, pending
):
    one, two, three = pending(), pending(), pending()
    moderation.decide(one.pk, CommentStatus.APPROVED, rule="passed")
    moderation.decide(two.pk, CommentStatus.SPAM, by=moderator)
    moderation.decide(three.pk, CommentStatus.SPAM, rule="links")
    moderation.decide(three.pk, CommentStatus.REJECTED, by=editor)
    ids = [*Decision.objects.order_by("id").values_list("pk", flat=True)]

    assert listed(desk, DECISIONS) == ids[::-1]
    assert listed(desk, DECISIONS, {"by": moderator.pk}) == [ids[1]]
    assert listed(desk, DECISIONS, {"by": "0"}) == [ids[2], ids[0]]
    assert listed(desk, DECISIONS, {"rule": "links"}) == [ids[2]]
    assert listed(desk, DECISIONS, {"new": "spam"}) == [ids[2], ids[1]]
    assert listed(desk, DECISIONS, {"new": "spam", "by": moderator.pk}) == [ids[1]]
    assert listed(desk, DECISIONS, {"action": "edit"}) == []
    assert listed(desk, DECISIONS, {"action": "status", "q": three.pk}) == [ids[3], ids[2]]
    assert listed(desk, DECISIONS, {"q": f" #{one.pk} "}) == [ids[0]]
    assert listed(desk, DECISIONS, {"q": "ليلى"}) == []
    assert listed(desk, DECISIONS, {"q": "9" * 30}) == []


def test_the_filters_offer_the_moderators_and_rules_that_have_rows(
    desk, moderator, editor, writer, pending
):
    for rule in ("words", "links", "words"):
        moderation.decide(pending().pk, CommentStatus.SPAM, rule=rule)
    moderation.decide(pending().pk, CommentStatus.SPAM, by=moderator)

    response = desk.get(DECISIONS)
    by_moderator, by_rule = response.context["cl"].filter_specs[:2]
    assert [key for key, _label in by_moderator.lookup_choices] == [str(moderator.pk), "0"]
    assert [key for key, _label in by_rule.lookup_choices] == ["links", "words"]


def test_decisions_are_filtered_by_date_in_the_papers_time_zone(desk, pending):
    rows = []
    for day, hour, minute in ((1, 23, 59), (2, 0, 0), (2, 23, 59), (3, 0, 0)):
        moderation.decide(pending().pk, CommentStatus.SPAM, rule="test")
        rows.append(Decision.objects.latest("id"))
        dated(rows[-1], timezone.make_aware(datetime(2026, 3, day, hour, minute)))
    ids = [row.pk for row in rows]

    assert listed(desk, DECISIONS, {"since": "2026-03-02", "until": "2026-03-02"}) == [
        *(ids[2], ids[1])
    ]
    assert listed(desk, DECISIONS, {"since": "2026-03-03"}) == [ids[3]]
    assert listed(desk, DECISIONS, {"until": "2026-03-01"}) == [ids[0]]
    assert listed(desk, DECISIONS, {"since": "", "until": ""}) == ids[::-1]


def test_the_form_of_dates_keeps_the_other_filters(desk, pending):
    moderation.decide(pending().pk, CommentStatus.SPAM, rule="test")

    page = desk.get(DECISIONS, {"rule": "test", "q": "1", "since": "2026-03-02"})
    form = element(parse(page), "form", class_="period")
    assert {
        attribute(each, "name"): attribute(each, "value") for each in elements(form, "input")
    } == {"rule": "test", "q": "1", "since": "2026-03-02", "until": ""}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"by": "x"}, 302),
        ({"by": "²"}, 302),
        ({"by": "9" * 30}, 302),
        ({"new": "burnt"}, 302),
        ({"action": "'"}, 302),
        ({"since": "yesterday"}, 302),
        ({"since": "2026-02-30"}, 302),
        ({"until": "9999-12-31"}, 302),
        ({"since": "0001-01-01"}, 302),
        ({"until": "2026-W01-1"}, 200),
        ({"rule": "' OR 1=1"}, 200),
        ({"p": "x"}, 200),
        ({"p": "999999999999999999999"}, 200),
        ({"o": "1.2.99"}, 200),
        ({"all": ""}, 200),
        ({"comment__body__contains": "س"}, 400),
        ({"comment__commenter__digest": "00"}, 400),
        ({"e": "1"}, 200),
    ],
)
def test_a_forged_filter_is_refused_and_never_breaks_the_list(desk, record, query, status):
    assert desk.get(DECISIONS, query).status_code == status


def test_the_list_has_the_newest_five_thousand_and_says_so(
    desk, article, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr("comments.admin.record.MOST_LISTED", 3)
    last = many_approved(article, 3)[-1]
    assert desk.get(DECISIONS).context["cl"].paginator.is_capped is False

    moderation.decide(last.pk, CommentStatus.SPAM, rule="test")
    with django_assert_num_queries(8) as queries:
        response = desk.get(DECISIONS)
    changelist = response.context["cl"]
    assert (changelist.result_count, changelist.paginator.is_capped) == (3, True)
    counting = [each["sql"] for each in queries if "COUNT(" in each["sql"]]
    assert [("LIMIT 4" in each) for each in counting] == [True]


def test_as_many_as_five_thousand_are_listed():
    assert MOST_LISTED == 5000


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_decision_and_for_three(
    desk, article, django_assert_num_queries, count
):
    many_approved(article, count)
    with django_assert_num_queries(8):
        desk.get(DECISIONS)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", TABLES[1:], ids=lambda model: model.__name__)
def test_the_other_lists_take_the_same_queries_for_one_row_and_for_three(
    as_user, chief, pending, published, django_assert_num_queries, model, count
):
    PolicyChange.objects.count()
    for number in range(count):
        writer = pending(email=f"reader{number}@example.org").commenter_id
        commenters.set_standing(writer, Standing.BANNED, by=chief)
        AddressAccess.objects.create(kind=AccessKind.EXPORT, commenter_id=writer, by=chief)
        own = ArticlePolicy(article=published(f"مقال {number}"))
        policy.change(own, {"frozen": True}, by=chief)
    browser = as_user(chief)

    with django_assert_num_queries(5):
        response = browser.get(LISTS[model])
    assert len(response.context["cl"].result_list) == count + (model is PolicyChange)


def test_a_change_of_policy_is_read_in_words(desk, moderator, article):
    policy.change(CommentPolicy.load(), {"mode": "rules"}, by=moderator)
    policy.change(ArticlePolicy(article=article), {"frozen": True})

    table = element(parse(desk.get(LISTS[PolicyChange])), "table", id="result_list")
    rows = [
        [text(element(row, class_=f"field-{name}")) for name in ("what", "from_value", "to_value")]
        for row in elements(table, "tr")[1:]
    ]
    names = CommentPolicy._meta.get_field
    modes = dict(names("mode").choices)  # type: ignore[union-attr, arg-type]
    assert [row[0] for row in rows] == [
        str(names(name).verbose_name)
        for name in ("frozen", "mode")  # type: ignore[union-attr]
    ]
    assert rows[1][1:] == [str(modes["newcomers"]), str(modes["rules"])]


def test_the_record_of_policies_tells_moderators_nothing_of_drafts(desk, draft, article):
    hidden = draft("مسودة سرية")
    for each in (hidden, article):
        policy.change(ArticlePolicy(article=each), {"frozen": True})

    for page in (LISTS[PolicyChange], f"{LISTS[PolicyChange]}export/"):
        shown = b"".join(desk.get(page)).decode()
        assert ("مسودة" in shown, f"#{hidden.pk}" in shown) == (False, True)
        assert article.title in shown


# Who may see it


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("moderator", [200, 200, 200, 403]),
        ("chief", [200, 200, 200, 200]),
        ("editor", [403, 403, 403, 403]),
        ("writer", [403, 403, 403, 403]),
    ],
)
def test_each_role_sees_its_part_of_the_record(request, as_user, record, role, seen):
    browser = as_user(request.getfixturevalue(role))
    for suffix in ("", "export/"):
        assert [browser.get(f"{LISTS[model]}{suffix}").status_code for model in TABLES] == seen


def test_a_stranger_is_led_to_the_door(client, record):
    for model in TABLES:
        answer = client.get(f"{LISTS[model]}export/")
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/admin/login/")
