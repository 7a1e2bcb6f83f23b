"""The page for an emergency: what each button does, to whom it is shown, what it refuses."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.models import Article
from comments import freezing, policy
from comments.models import ArticlePolicy, CommentPolicy, PolicyChange
from tests.comments.pages import attribute, element, elements, parse, text
from tests.comments.test_freezing import changes, state

pytestmark = pytest.mark.django_db

PAGE = "/admin/comments/commentpolicy/freeze/"


@pytest.fixture
def bread(published) -> Article:
    return published("خبز الفرن القديم")


@pytest.fixture
def desk(moderator: User, as_user) -> Client:
    """The moderator's browser."""
    return as_user(moderator)


def test_a_moderator_comes_from_any_page_of_the_desk_to_a_frozen_site_with_two_clicks(
    desk, article
):
    for somewhere in ("/admin/", "/admin/comments/comment/", "/admin/comments/listedword/"):
        link = element(element(parse(desk.get(somewhere)), "nav", class_="emergency"), "a")
        assert attribute(link, "href") == PAGE
    form = elements(element(parse(desk.get(PAGE)), "div", class_="freezing"), "form")[0]
    (button,) = elements(form, "button")
    sent = {
        attribute(each, "name"): attribute(each, "value")
        for each in [*elements(form, "input"), button]
        if attribute(each, "type") != "checkbox"
    }

    assert sent.pop("csrfmiddlewaretoken")
    assert sent.pop("reason") is None
    response = desk.post(attribute(form, "action"), sent)

    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert state(article) == ("frozen", False)
    assert changes() == [(None, "frozen", "False", "True")]


def test_the_page_freezes_one_article_and_hides_its_names(desk, moderator, article, bread):
    response = desk.post(
        PAGE, {"do": "freeze", "article": article.slug, "pseudonyms": "on", "reason": "شتائم"}
    )

    assert response.status_code == 302
    assert (state(article), state(bread)) == (("frozen", True), ("open", False))
    assert {*PolicyChange.objects.values_list("by__username", "reason")} == {("moderator", "شتائم")}


@pytest.mark.parametrize(
    ("do", "before", "after"),
    [
        ("freeze", ("open", False), ("frozen", False)),
        ("hide", ("open", False), ("open", True)),
        ("thaw", ("frozen", True), ("open", True)),
        ("show", ("frozen", True), ("frozen", False)),
    ],
)
@pytest.mark.parametrize("target", ["site", "article"])
def test_each_button_does_what_it_says(desk, article, do, before, after, target):
    on = None if target == "site" else article
    if before == ("frozen", True):
        freezing.freeze(on, pseudonyms=True)
    assert state(article) == before
    named = {"whole_site": "on"} if target == "site" else {"article": article.slug}

    assert desk.post(PAGE, {"do": do, **named}).status_code == 302
    assert state(article) == after


@pytest.mark.parametrize(
    "typed",
    [
        "{slug}",
        " {slug} ",
        "/articles/{slug}/",
        "https://paper.example/articles/{slug}/?page=2#comments",
        "https://paper.example{url}",
        "former",
    ],
)
def test_an_article_is_told_by_its_address(desk, article, typed):
    article.slug = "عنوان-المقال"
    article.save()
    Article.objects.get(pk=article.pk).former_slugs.create(slug="former")

    given = typed.format(slug="عنوان-المقال", url=article.get_absolute_url())
    assert desk.post(PAGE, {"do": "freeze", "article": given}).status_code == 302
    assert changes() == [(article.pk, "frozen", "False", "True")]


def test_the_page_shows_what_is_frozen_with_a_button_to_thaw_it(desk, article, bread):
    freezing.freeze(article, pseudonyms=True)
    freezing.hide_names(bread)

    rows = elements(parse(desk.get(PAGE)), "form", class_="frozen")

    assert [text(element(row, "a")) for row in rows] == [bread.title, article.title]
    assert [[attribute(button, "value") for button in elements(row, "button")] for row in rows] == [
        ["freeze", "show"],
        ["thaw", "show"],
    ]


def test_the_queues_link_fills_the_article_in(desk, article):
    page = parse(desk.get(f"{PAGE}?article={article.pk}"))
    assert attribute(element(page, "input", id="id_article"), "value") == article.slug


def test_an_article_thawed_under_a_frozen_site_is_told_to_be_frozen_still(desk, article):
    freezing.freeze(None)
    freezing.freeze(article)

    response = desk.post(PAGE, {"do": "thaw", "article": article.slug}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == [
        *("success", "warning")
    ]


def test_the_same_button_twice_leaves_one_row_of_the_record(desk, article):
    for _twice in range(2):
        desk.post(PAGE, {"do": "freeze", "article": article.slug})
    assert changes() == [(article.pk, "frozen", "False", "True")]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"do": "freeze"}, ["id_article_error"]),
        ({"do": "freeze", "article": "لا-شيء"}, ["id_article_error"]),
        ({"do": "freeze", "article": "http://[/articles/"}, ["id_article_error"]),
        ({"do": "freeze", "article": "%ff%00"}, ["id_article_error"]),
        ({"do": "freeze", "article": "س" * 100_000}, ["id_article_error"]),
        ({"do": "freeze", "whole_site": "on", "reason": "س" * 501}, ["site_reason_error"]),
        ({"do": "melt", "whole_site": "on"}, ["site_do_error"]),
        ({"whole_site": "on"}, ["site_do_error"]),
        ({}, ["id_do_error", "id_article_error"]),
    ],
)
def test_what_the_page_cannot_do_it_says_and_keeps_what_was_typed(desk, sent, wrong):
    response = desk.post(PAGE, sent)
    page = parse(response)

    assert (response.status_code, changes()) == (422, [])
    assert [attribute(each, "id") for each in elements(page, "ul", class_="errorlist")] == wrong
    for field, place in (("article", "id_article"), ("reason", "site_reason")):
        shown = attribute(element(page, "input", id=place), "value")
        assert (shown or "") == sent.get(field, "")


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "9" * 30, "²"])
def test_an_address_without_such_an_article_opens_the_empty_form(desk, number):
    response = desk.get(PAGE, {"article": number})
    assert response.status_code == 200
    assert not attribute(element(parse(response), "input", id="id_article"), "value")


def test_a_moderator_learns_nothing_of_drafts(desk, draft, article):
    hidden = draft("مسودة سرية")
    freezing.freeze(hidden)

    page = desk.get(f"{PAGE}?article={hidden.pk}").content.decode()
    assert ("مسودة" in page, article.slug in page) == (False, True)
    assert desk.post(PAGE, {"do": "thaw", "article": hidden.slug}).status_code == 422
    assert ArticlePolicy.objects.get(article=hidden).frozen


def test_an_editor_may_pull_the_brake_and_a_writer_may_not(as_user, editor, writer, article):
    assert as_user(editor).post(PAGE, {"do": "freeze", "whole_site": "on"}).status_code == 302
    assert CommentPolicy.load().frozen

    browser = as_user(writer)
    assert browser.get(PAGE).status_code == 403
    assert browser.post(PAGE, {"do": "thaw", "whole_site": "on"}).status_code == 403
    assert elements(parse(browser.get("/admin/")), "nav", class_="emergency") == []
    assert CommentPolicy.load().frozen


def test_whoever_may_only_see_the_policy_cannot_freeze(as_user, article):
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_commentpolicy"))

    browser = as_user(reader)
    assert browser.post(PAGE, {"do": "freeze", "whole_site": "on"}).status_code == 403
    assert changes() == []


def test_a_freeze_from_another_site_is_refused(moderator, article):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(moderator)

    assert strict.post(PAGE, {"do": "freeze", "whole_site": "on"}).status_code == 403
    assert changes() == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_frozen_article_and_for_three(
    desk, published, django_assert_num_queries, count
):
    for number in range(count):
        freezing.freeze(published(f"مقال {number}"))
        policy.change(CommentPolicy.load(), {"frozen": number % 2 == 0})

    with django_assert_num_queries(8):
        desk.get(PAGE)
