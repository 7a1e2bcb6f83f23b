"""The policy at the desk: what the newsroom lets in, changed by those who may, and recorded."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from articles.models import Article
from comments import policy
from comments.models import ArticlePolicy, CommentPolicy, PolicyChange
from comments.policy import policy_of
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import while_another_waits

pytestmark = pytest.mark.django_db

SITE = "/admin/comments/commentpolicy/1/change/"
ARTICLES = "/admin/comments/articlepolicy/"


@pytest.fixture
def desk(chief: User, as_user) -> Client:
    """The chief's browser."""
    return as_user(chief)


def form_of(page) -> dict[str, str]:
    """What the form of a policy would send as it stands."""
    form = next(
        each
        for each in elements(page, "form")
        if (attribute(each, "id") or "") in {"commentpolicy_form", "articlepolicy_form"}
    )
    sent = {
        attribute(each, "name"): attribute(each, "value") or ""
        for each in elements(form, "input")
        if attribute(each, "type") not in {"checkbox", "submit"}
    }
    for each in elements(form, "input", type="checkbox"):
        if attribute(each, "checked") is not None:
            sent[attribute(each, "name")] = "on"
    for each in elements(form, "select"):
        (chosen,) = [
            option
            for option in elements(each, "option")
            if attribute(option, "selected") is not None
        ] or elements(each, "option")[:1]
        sent[attribute(each, "name")] = attribute(chosen, "value") or ""
    return {name: value for name, value in sent.items() if name}


def changes() -> list[tuple]:
    rows = PolicyChange.objects.order_by("id")
    return [*rows.values_list("article", "field", "old", "new", "by__username", "reason")]


def errors(response) -> list[str]:
    """The names of the fields that have errors."""
    assert response.status_code == 200
    return [*response.context["adminform"].form.errors]


# The site's policy


def test_there_is_one_form_and_neither_a_list_nor_anything_to_add_or_delete(desk):
    answer = desk.get("/admin/comments/commentpolicy/")
    assert (answer.status_code, answer["Location"]) == (302, SITE)
    assert desk.get("/admin/comments/commentpolicy/add/").status_code == 403
    assert desk.post("/admin/comments/commentpolicy/1/delete/", {"post": "yes"}).status_code == 403
    other = desk.get("/admin/comments/commentpolicy/2/change/")
    assert (other.status_code, other["Location"]) == (302, "/admin/")
    assert desk.get(SITE).status_code == 200
    assert CommentPolicy.objects.count() == 0


def test_every_changed_value_is_recorded_with_its_reason(desk):
    sent = form_of(parse(desk.get(SITE)))
    answer = desk.post(
        SITE, sent | {"mode": "rules", "closes_after_days": "14", "reason": "أسبوعا الانتخابات"}
    )

    assert (answer.status_code, answer["Location"]) == (302, SITE)
    assert changes() == [
        (None, "mode", "newcomers", "rules", "chief", "أسبوعا الانتخابات"),
        (None, "closes_after_days", "", "14", "chief", "أسبوعا الانتخابات"),
    ]
    stored = CommentPolicy.load()
    assert (stored.mode, stored.closes_after_days) == ("rules", 14)


def test_saving_the_form_as_it_is_records_nothing(desk):
    for _twice in range(2):
        assert desk.post(SITE, form_of(parse(desk.get(SITE)))).status_code == 302
    assert changes() == []


def test_a_form_that_was_open_meanwhile_takes_back_nothing_that_others_did(desk, editor):
    sent = form_of(parse(desk.get(SITE)))
    policy.change(CommentPolicy.load(), {"frozen": True, "most_links": 4}, by=editor)

    assert desk.post(SITE, sent | {"per_minute": "3"}).status_code == 302

    stored = CommentPolicy.load()
    assert (stored.frozen, stored.most_links, stored.per_minute) == (True, 4, 3)
    assert [row[1:5] for row in changes()] == [
        ("frozen", "False", "True", "editor"),
        ("most_links", "1", "4", "editor"),
        ("per_minute", "5", "3", "chief"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_forms_that_contradict_each_other_are_saved_one_after_the_other(
    transactional_db, as_user, chief
):
    browser = as_user(chief)
    other = as_user(User.objects.create_superuser("another"))
    sent = form_of(parse(browser.get(SITE)))

    first, second = while_another_waits(
        lambda: browser.post(SITE, sent | {"shortest": "60"}),
        lambda: other.post(SITE, sent | {"longest": "50"}),
    )

    assert first.status_code == 302
    assert errors(second) == ["__all__"]
    assert (CommentPolicy.load().shortest, CommentPolicy.load().longest) == (60, 5000)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mode", "everybody"),
        ("closes_after_days", "-1"),
        ("closes_after_days", "99999"),
        ("thread_depth", "5"),
        ("shortest", "0"),
        ("longest", "5001"),
        ("longest", "x"),
        ("phone_region", "ZZ"),
        ("phone_region", "sy"),
        ("phone_region", "سو"),
        ("per_minute", "2001"),
        ("per_hour", "2001"),
        ("network_per_minute", "2001"),
        ("network_per_hour", "2001"),
        ("network_per_hour", "9" * 40),
        ("digest_every_hours", "721"),
        ("most_links", ""),
        ("reason", "س" * 501),
    ],
)
def test_a_value_that_cannot_be_is_told_beside_its_field(desk, field, value):
    sent = form_of(parse(desk.get(SITE)))
    assert errors(desk.post(SITE, sent | {field: value})) == [field]
    assert changes() == []


def test_a_shortest_longer_than_the_longest_is_told(desk):
    sent = form_of(parse(desk.get(SITE))) | {"shortest": "200", "longest": "100"}
    assert errors(desk.post(SITE, sent)) == ["__all__"]
    assert changes() == []


@pytest.mark.parametrize(
    "column", ["per_minute", "per_hour", "network_per_minute", "network_per_hour"]
)
def test_the_database_bounds_the_limits_too(column):
    policy.change(CommentPolicy.load(), {"mode": "rules"})

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE comments_commentpolicy SET {column} = 2001")
    CommentPolicy.objects.update(**{column: 2000})
    assert getattr(CommentPolicy.load(), column) == 2000


def test_the_history_is_below_the_form_newest_first_and_in_words(desk, chief, article):
    policy.change(CommentPolicy.load(), {"frozen": True}, by=chief, reason="<b>شتائم</b>")
    policy.change(CommentPolicy.load(), {"mode": "rules"})
    policy.change(ArticlePolicy(article=article), {"frozen": True})

    table = element(parse(desk.get(SITE)), "table", class_="decisions")
    rows = [[text(cell) for cell in elements(row, "td")][1:] for row in elements(table, "tr")[1:]]

    fields = CommentPolicy._meta
    assert [row[0] for row in rows] == [
        str(fields.get_field("mode").verbose_name),
        str(fields.get_field("frozen").verbose_name),
    ]
    assert rows[0][1:3] == [
        str(dict(fields.get_field("mode").choices)[each]) for each in (*("newcomers", "rules"),)
    ]
    assert rows[1][3:] == ["chief", "<b>شتائم</b>"]


def test_whoever_may_only_see_the_policy_changes_nothing(as_user):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_commentpolicy"))
    browser = as_user(reader)

    assert browser.get(SITE).status_code == 200
    assert browser.post(SITE, {"mode": "closed"}).status_code == 403
    assert changes() == []


@pytest.mark.parametrize("page", [SITE, ARTICLES, f"{ARTICLES}add/"])
def test_a_writer_sees_no_policy(as_user, writer, page):
    assert as_user(writer).get(page).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_takes_the_same_queries_for_one_change_and_for_three(
    desk, chief, django_assert_num_queries, count
):
    for number in range(count):
        policy.change(CommentPolicy.load(), {"most_links": 10 + number}, by=chief)

    with django_assert_num_queries(6):
        desk.get(SITE)


# An article's own


def test_an_article_gets_a_policy_of_its_own_by_its_address(desk, article):
    sent = form_of(parse(desk.get(f"{ARTICLES}add/")))
    answer = desk.post(
        f"{ARTICLES}add/",
        sent | {"article": article.get_absolute_url(), "mode": "everything", "reason": "نقاش حاد"},
    )

    assert (answer.status_code, answer["Location"]) == (302, ARTICLES)
    assert policy_of(Article.objects.get(pk=article.pk)).mode == "everything"
    assert changes() == [
        (article.pk, "mode", "", "everything", "chief", "نقاش حاد"),
    ]


def test_an_articles_policy_is_changed_and_its_history_shown(desk, article, chief):
    policy.change(ArticlePolicy(article=article), {"mode": "closed"}, by=chief)
    own = ArticlePolicy.objects.get()
    page = f"{ARTICLES}{own.pk}/change/"

    sent = form_of(parse(desk.get(page)))
    assert "article" not in sent
    assert desk.post(page, sent | {"mode": "", "closes_after_days": "0"}).status_code == 302

    assert [row[1:4] for row in changes()] == [
        ("mode", "", "closed"),
        ("mode", "closed", ""),
        ("closes_after_days", "", "0"),
    ]
    table = element(parse(desk.get(page)), "table", class_="decisions")
    assert len(elements(table, "tr")) == 4


def test_the_list_has_the_articles_that_differ(desk, published):
    differing = published("نقاش مغلق")
    policy.change(ArticlePolicy(article=differing), {"mode": "closed"})
    same = published("مثل الموقع")
    policy.change(ArticlePolicy(article=same), {"frozen": True})
    policy.change(ArticlePolicy(article=same), {"frozen": False})
    published("لا شيء")

    shown = desk.get(ARTICLES).context["cl"].result_list
    assert [own.article for own in shown] == [differing]
    assert [*desk.get(f"{ARTICLES}?q=مثل").context["cl"].result_list] == []


def test_an_article_that_follows_the_site_again_can_be_given_its_own_policy_again(desk, article):
    policy.change(ArticlePolicy(article=article), {"frozen": True})
    own = ArticlePolicy.objects.get()

    desk.post(ARTICLES, {"action": "follow_the_site", "_selected_action": [own.pk]})
    assert [row[1:5] for row in changes()] == [
        ("frozen", "False", "True", None),
        ("frozen", "True", "False", "chief"),
    ]
    sent = form_of(parse(desk.get(f"{ARTICLES}add/")))
    sent |= {"article": article.slug, "mode": "closed"}
    assert desk.post(f"{ARTICLES}add/", sent).status_code == 302
    assert [*ArticlePolicy.objects.values_list("pk", "mode")] == [(own.pk, "closed")]


def test_an_article_that_has_its_own_policy_is_not_given_a_second(desk, article):
    policy.change(ArticlePolicy(article=article), {"mode": "everything"})
    sent = form_of(parse(desk.get(f"{ARTICLES}add/"))) | {"article": article.slug, "mode": "rules"}

    response = desk.post(f"{ARTICLES}add/", sent)

    assert errors(response) == ["article"]
    link = element(element(parse(response), "ul", class_="errorlist"), "a")
    own = ArticlePolicy.objects.get()
    assert attribute(link, "href") == f"{ARTICLES}{own.pk}/change/"
    assert own.mode == "everything"


@pytest.mark.parametrize("typed", ["", "لا-شيء", "http://[/articles/", "%00", "س" * 100_000])
def test_an_article_that_is_not_there_is_told(desk, typed):
    sent = form_of(parse(desk.get(f"{ARTICLES}add/")))
    assert errors(desk.post(f"{ARTICLES}add/", sent | {"article": typed})) == ["article"]
    assert ArticlePolicy.objects.count() == 0


def test_moderators_learn_nothing_of_drafts_and_editors_choose_them(
    as_user, moderator, editor, draft, article
):
    desk = as_user(moderator)
    hidden = draft("مسودة سرية")
    sent = {"article": hidden.slug, "mode": "closed"}
    assert errors(desk.post(f"{ARTICLES}add/", sent)) == ["article"]
    assert "مسودة" not in desk.get(f"{ARTICLES}add/").content.decode()

    assert as_user(editor).post(f"{ARTICLES}add/", sent).status_code == 302
    own = ArticlePolicy.objects.get()
    assert [*desk.get(ARTICLES).context["cl"].result_list] == []
    assert desk.get(f"{ARTICLES}{own.pk}/change/").status_code == 302
    assert [*as_user(editor).get(ARTICLES).context["cl"].result_list] == [own]


def test_no_policy_is_deleted(desk, article):
    policy.change(ArticlePolicy(article=article), {"mode": "closed"})
    own = ArticlePolicy.objects.get()

    assert desk.post(f"{ARTICLES}{own.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(ARTICLES, {"action": "delete_selected", "_selected_action": [own.pk], "post": "yes"})
    assert ArticlePolicy.objects.get() == own


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_article_and_for_three(
    desk, published, django_assert_num_queries, count
):
    for number in range(count):
        policy.change(ArticlePolicy(article=published(f"مقال {number}")), {"mode": "closed"})

    with django_assert_num_queries(6):
        desk.get(ARTICLES)


def test_a_discussion_closes_by_the_articles_own_number_of_days(desk, published):
    old = published("قديم", minutes_ago=60 * 24 * 3)
    sent = {"article": old.slug, "closes_after_days": "2"}
    assert desk.post(f"{ARTICLES}add/", sent).status_code == 302

    in_force = policy_of(Article.objects.get(pk=old.pk))
    assert in_force.state().value == "closed"
    assert in_force.state(timezone.now() - timedelta(days=2)).value == "open"


def test_the_history_of_a_policy_is_the_record_of_its_changes(desk, article):
    policy.change(CommentPolicy.load(), {"per_minute": 9})

    page = desk.get("/admin/comments/commentpolicy/1/history/")

    assert (page.status_code, page["Location"]) == (302, "/admin/comments/policychange/")
