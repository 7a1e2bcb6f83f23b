"""The revisions of a story at the desk: their list, what changed, bringing one back."""

import pytest
from django.contrib import messages

from articles import publishing, revisions
from articles.models import Article
from articles.revisions import Revision
from articles.templatetags.revisions import MOST_SHOWN, passages
from tests.articles.desk import address


def saved(article: Article, count: int) -> list[int]:
    """Save a story so often, a word longer each time; its revisions, the newest first."""
    for number in range(count):
        article.body = article.body.replace("</p>", f" كلمة{number}</p>")
        article.save()
    return [each.history_id for each in revisions.of(article)]


def history(article: Article) -> str:
    return address(Article, "history", article.pk)


def difference(article: Article) -> str:
    return address(Article, "difference", article.pk)


# One press, one revision


def test_one_press_of_save_is_one_revision_with_all_that_the_form_holds(
    desk, editor, draft, story, category
):
    pick = draft("مختار")

    desk.post(
        address(Article, "add"),
        story(pick, tags="وسم، وسم آخر", further_categories=[category.pk], title="خبر"),
    )

    article = Article.objects.get(title="خبر")
    [revision] = revisions.of(article)
    assert (revision.history_user, len(revision.tag_ids)) == (editor, 2)
    assert revision.further_category_ids == [category.pk]
    assert revision.related_ids == [pick.pk]


def test_saving_again_what_is_saved_adds_no_revision(desk, story):
    desk.post(address(Article, "add"), story(tags="وسم"))
    article = Article.objects.get()

    desk.post(address(Article, "change", article.pk), story(tags="وسم", slug=article.slug))
    desk.post(
        address(Article, "change", article.pk), story(tags="وسم", slug=article.slug, _publish="1")
    )

    assert Article.objects.public().get() == article
    assert revisions.of(article).count() == 1


def test_whoever_deletes_drafts_together_is_in_their_last_revisions(desk, editor, draft):
    articles = [draft("أول"), draft("ثان")]

    desk.post(
        address(Article, "changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [each.pk for each in articles],
            "post": "yes",
        },
    )

    assert not Article.objects.exists()
    assert list(
        Revision.objects.filter(history_type="-")
        .values_list("title", "history_user")
        .order_by("id")
    ) == [("أول", editor.pk), ("ثان", editor.pk)]


# The list


def test_the_list_says_who_changed_what_and_how_many_words(desk, editor, draft, story):
    article = draft(body="<p>قرر المجلس أمس</p>")
    desk.post(
        address(Article, "change", article.pk),
        story(title=article.title, slug=article.slug, body="<p>قرر المجلس البلدي اليوم</p>"),
    )

    changed, first = desk.get(history(article)).context["rows"]

    assert (changed.revision.history_user, changed.changed) == (editor, [revisions.label("body")])
    assert (changed.words_added, changed.words_removed) == (2, 1)
    assert (first.previous, first.words_added, first.words_removed) == (None, 3, 0)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_often_a_story_was_saved(
    count, desk, draft, django_assert_num_queries
):
    article = draft()
    saved(article, count)

    with django_assert_num_queries(8):
        page = desk.get(history(article))
    assert len(page.context["rows"]) == min(count + 1, 25)


def test_the_list_is_paged_and_the_last_row_of_a_page_knows_what_came_before(desk, draft):
    article = draft()
    numbers = saved(article, 30)

    pages = [desk.get(history(article), {"p": page}).context for page in ("1", "2")]

    shown = [row.revision.history_id for page in pages for row in page["rows"]]
    assert shown == numbers
    assert all(row.words_added == 1 for row in pages[0]["rows"])


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", ""])
def test_a_page_that_is_none_shows_another_one(desk, article, page):
    assert desk.get(history(article), {"p": page}).status_code == 200


# The difference


def test_without_a_choice_the_newest_change_is_shown(desk, draft):
    article = draft()
    newest, before, *_rest = saved(article, 3)

    context = desk.get(difference(article)).context

    assert (context["old"].history_id, context["new"].history_id) == (before, newest)
    assert context["neighbours"] == {"previous": before, "next": None}


def test_any_two_are_compared_the_older_one_first(desk, draft):
    article = draft()
    numbers = saved(article, 3)

    for old, new in ((numbers[3], numbers[1]), (numbers[1], numbers[3])):
        context = desk.get(difference(article), {"old": old, "new": new}).context
        assert (context["old"].history_id, context["new"].history_id) == (numbers[3], numbers[1])
        [field] = context["difference"]
        assert (field.name, len(field.blocks)) == ("body", 1)


def test_the_first_revision_is_all_new(desk, article):
    context = desk.get(difference(article)).context

    assert context["old"].history_id is None
    assert {"title", "body", "byline"} <= {field.name for field in context["difference"]}


@pytest.mark.parametrize("count", [1, 30])
def test_the_difference_takes_the_same_queries_however_often_a_story_was_saved(
    count, desk, draft, django_assert_num_queries
):
    article = draft()
    saved(article, count)

    with django_assert_num_queries(10):
        page = desk.get(difference(article))
    assert len(page.context["listed"]) == count + 1


def test_of_a_difference_without_end_the_beginning_is_shown_and_the_rest_is_told(desk, draft):
    old = [f"<p>فقرة {number} قديمة</p>" for number in range(3_000)]
    article = draft(body="".join(old))
    article.body = "".join([*old[:500], *(each.replace("قديمة", "جديدة") for each in old[500:])])
    article.save()

    response = desk.get(difference(article))

    [field] = response.context["difference"]
    told = [(each.is_folded, each.length, each.left_out) for each in passages(field.blocks)]
    assert told == [(True, 499, 399), (False, 2_501, 601)]
    assert response.content.decode().count('<div class="block ') == MOST_SHOWN


def test_text_with_markup_in_it_stays_text(desk, draft):
    article = draft("<script>alert(1)</script>")
    article.body = (
        '<p>&lt;img src=x onerror=alert(2)&gt; <a href="https://x.example/?&quot;&gt;">y</a></p>'
    )
    article.save()

    page = desk.get(difference(article)).content.decode()
    whole = desk.get(difference(article), {"new": revisions.of(article).last().history_id})

    assert "<img src=x" not in page
    assert "<script>alert" not in page + whole.content.decode()


def test_what_was_reformatted_is_said_in_words(desk, draft):
    article = draft(body='<p>هذا نص</p><figure data-picture="1"></figure><h2>عنوان</h2>')
    article.body = '<p>هذا <strong>نص</strong></p><h3>عنوان</h3><p dir="ltr">Latin</p>'
    article.save()

    page = desk.get(difference(article))

    assert page.status_code == 200
    assert '<span class="reformatted">نص</span>' in page.content.decode()


@pytest.mark.parametrize("wrong", ["x", "-1", "99999999999999999999", "١"])
def test_a_revision_that_this_story_does_not_have_is_not_found(desk, draft, wrong):
    article = draft("أول")
    other = revisions.of(draft("ثان")).first().history_id

    for number in (wrong, other):
        assert desk.get(difference(article), {"new": number}).status_code == 404
        assert desk.get(difference(article), {"old": number}).status_code == 404
        restored = desk.post(address(Article, "restore", article.pk), {"revision": number})
        assert restored.status_code == 404


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999"])
@pytest.mark.parametrize("page", ["history", "difference", "restore", "presence", "unsaved"])
def test_the_pages_of_a_story_that_is_none_are_not_found(desk, db, key, page):
    page = address(Article, page, key)

    assert {desk.get(page).status_code, desk.post(page).status_code} <= {404, 405}


# Bringing back


def test_a_revision_is_brought_back_by_a_button(desk, editor, draft):
    article = draft("أول")
    article.title = "ثان"
    article.save()

    response = desk.post(
        address(Article, "restore", article.pk), {"revision": revisions.of(article).last().pk}
    )

    assert response.headers["Location"] == history(article)
    newest = revisions.of(article).first()
    assert (newest.title, newest.history_user) == ("أول", editor)
    assert [each.level for each in messages.get_messages(response.wsgi_request)] == [
        messages.SUCCESS
    ]


def test_a_refused_return_is_told_on_the_list(desk, draft, byline):
    article = draft("أول", byline=None)
    article.byline = byline
    article.save()
    publishing.publish(article)

    page = desk.post(
        address(Article, "restore", article.pk),
        {"revision": revisions.of(article).last().pk},
        follow=True,
    )

    assert [each.level for each in page.context["messages"]] == [messages.WARNING]
    assert revisions.of(article).count() == 2


def test_a_return_is_asked_for_by_post_alone(desk, article):
    assert desk.get(address(Article, "restore", article.pk)).status_code == 405


# Rights


def test_a_writer_reads_the_revisions_of_a_story_of_theirs_and_brings_none_of_a_published_one_back(
    writer, as_user, published
):
    article = published(owner=writer)
    article.title = "ثان"
    article.save()
    desk = as_user(writer)
    number = revisions.of(article).last().pk

    assert desk.get(history(article)).status_code == 200
    assert not desk.get(difference(article)).context["may_restore"]
    assert (
        desk.post(address(Article, "restore", article.pk), {"revision": number}).status_code == 403
    )
    assert Article.objects.get().title == "ثان"


def test_what_was_taken_out_of_a_story_is_not_read_by_other_writers(writer, as_user, article):
    desk = as_user(writer)

    assert [desk.get(page).status_code for page in (history(article), difference(article))] == [
        *(403, 403)
    ]
    shown = desk.get(address(Article, "change", article.pk))
    assert "timeline" not in shown.context
    assert history(article) not in shown.content.decode()


def test_a_moderator_and_a_reader_see_no_revision(moderator, as_user, client, article):
    number = revisions.of(article).first().pk
    for page in (history(article), difference(article)):
        assert as_user(moderator).get(page).status_code == 403
        assert client.get(page).status_code == 302
    for name in ("restore", "presence", "unsaved"):
        page = address(Article, name, article.pk)
        assert as_user(moderator).post(page, {"revision": number}).status_code == 403
        assert client.post(page, {"revision": number}).status_code == 302


@pytest.mark.parametrize("page", ["history", "difference"])
def test_what_is_read_is_not_sent_to(desk, article, page):
    assert desk.post(address(Article, page, article.pk)).status_code == 405
