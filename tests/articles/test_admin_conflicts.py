"""Two people in one story: they see each other, and neither saves over the other unknowingly."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import presence, revisions
from articles.models import Article, Presence, Tag
from articles.models.presence import GONE_AFTER
from tests.articles.desk import address, told
from tests.conftest import staff, while_another_waits


def change(article: Article) -> str:
    return address(Article, "change", article.pk)


def base(article: Article) -> int:
    return revisions.of(article).first().history_id


# Saving


def test_the_form_holds_the_revision_on_which_it_is_based(desk, draft):
    article = draft()

    form = desk.get(change(article)).context["adminform"].form

    assert form["base_revision"].value() == base(article)
    assert f'name="base_revision" value="{base(article)}"' in str(form["base_revision"])


def test_a_save_over_somebodys_newer_save_is_refused_with_both_texts(desk, draft, story):
    article = draft("أول", body="<p>قرر المجلس أمس</p>")
    opened = base(article)
    other = staff("writer")
    article._history_user = other
    article.body = "<p>قرر المجلس اليوم</p>"
    article.save()

    page = desk.post(
        change(article),
        story(title="لي", slug=article.slug, body="<p>قرر المجلس غداً</p>", base_revision=opened),
    )

    form = page.context["adminform"].form
    assert page.status_code == 200
    # There is nothing to correct: what happened is said once, above the two texts.
    assert page.context["errors"] == []
    assert page.content.decode().count(form.non_field_errors()[0]) == 1
    assert told(page) == {
        "title": [("removed", "أول"), ("added", "لي")],
        "body": [("removed", "اليوم"), ("added", "غداً")],
    }
    assert (form["title"].value(), form["body"].value()) == ("لي", "<p>قرر المجلس غداً</p>")
    assert page.context["newer"].history_user == other
    assert Article.objects.get().body == "<p>قرر المجلس اليوم</p>"


def test_mine_is_saved_over_theirs_which_stays_a_revision(desk, draft, story):
    article = draft("أول")
    opened = base(article)
    article.title = "لهم"
    article.save()
    mine = story(title="لي", slug=article.slug, base_revision=opened)

    refused = desk.post(change(article), mine)
    again = desk.post(change(article), mine)
    over = {"over_revision": refused.context["newer"].history_id}
    saved = desk.post(change(article), {**mine, **over})

    assert (refused.status_code, again.status_code, saved.status_code) == (200, 200, 302)
    assert [each.title for each in revisions.of(article)] == ["لي", "لهم", "أول"]


def test_saving_mine_over_what_is_no_longer_the_newest_is_refused_again(desk, draft, story):
    article = draft("أول")
    opened = base(article)
    article.title = "ثان"
    article.save()
    seen = base(article)
    article.title = "ثالث"
    article.save()

    page = desk.post(change(article), story(title="لي", base_revision=opened, over_revision=seen))

    assert page.context["newer"].title == "ثالث"
    assert Article.objects.get().title == "ثالث"


def test_a_stale_form_publishes_nothing(desk, draft, story):
    article = draft("أول")
    opened = base(article)
    Article.objects.get().tags.add("وسم")
    article.title = "ثان"
    article.save()

    page = desk.post(change(article), story(base_revision=opened, _publish="1"))

    assert page.context["newer"].title == "ثان"
    assert not Article.objects.public().exists()


@pytest.mark.parametrize(
    "forged", ["", "0", "-1", "x", "99999999999999999999999", "1 OR 1=1", "١", "<b>"]
)
def test_an_empty_or_forged_base_is_stale(desk, draft, story, forged):
    article = draft("أول")

    page = desk.post(change(article), story(title="لي", base_revision=forged))

    assert page.context["newer"].title == "أول"
    assert Article.objects.get().title == "أول"


def test_a_form_that_names_no_revision_is_stale(client, editor, draft, story):
    article = draft("أول")
    client.force_login(editor)

    page = client.post(change(article), story(title="لي"))

    assert page.context["newer"].title == "أول"
    assert Article.objects.get().title == "أول"


def test_the_revision_of_another_story_is_no_base(desk, draft, story):
    article = draft("أول")
    other = draft("ثان")

    page = desk.post(change(article), story(title="لي", base_revision=base(other)))

    assert page.context["newer"].title == "أول"


def test_a_save_that_changed_nothing_in_between_is_no_conflict(desk, draft, story):
    article = draft("أول")
    opened = base(article)
    article.save()

    response = desk.post(change(article), story(title="لي", base_revision=opened))

    assert response.status_code == 302


def test_what_the_form_would_refuse_is_still_compared(desk, draft, story, category):
    article = draft("أول")
    pick = draft("مختار")
    Tag.objects.create(name="قديم")
    opened = base(article)
    article.title = "ثان"
    article.save()

    page = desk.post(
        change(article),
        story(
            pick,
            **{"title": "x" * 300, "slug": "///", "language": "xx", "byline": "no", "image": "-1"},
            **{"category": "99999999999999999999", "further_categories": ["x"]},
            **{"tags": "قديم، جديد", "base_revision": opened, "body": "<script>x</script>"},
        ),
    )

    assert page.status_code == 200
    assert {"title", "slug", "byline", "category", "tag_ids", "related_ids"} <= set(told(page))
    assert set(page.context["adminform"].form.errors) >= {"title", "slug", "__all__"}
    assert page.context["errors"]
    assert page.content.decode().count(page.context["adminform"].form.non_field_errors()[0]) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_the_second_is_refused(as_user, draft, story):
    article = draft("أول")
    desks = [as_user(staff(role)) for role in ("editor", "chief")]
    opened = base(article)

    def save(number: int, title: str):
        return desks[number].post(
            change(article), story(title=title, slug=article.slug, base_revision=opened)
        )

    first, second = while_another_waits(lambda: save(0, "لي"), lambda: save(1, "لهم"))

    assert (first.status_code, second.status_code) == (302, 200)
    assert second.context["newer"].title == "لي"
    assert [each.title for each in revisions.of(article)] == ["لي", "أول"]


@pytest.mark.django_db(transaction=True)
def test_a_save_in_a_shell_at_the_same_time_is_not_overwritten(as_user, draft, story):
    article = draft("أول")
    desk = as_user(staff("editor"))
    opened = base(article)

    def in_a_shell() -> None:
        Article.objects.filter(pk=article.pk).update(title="من خارج")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    _done, page = while_another_waits(
        in_a_shell,
        lambda: desk.post(change(article), story(title="لي", base_revision=opened)),
    )

    assert page.context["newer"].title == "من خارج"
    assert Article.objects.get().title == "من خارج"


# Seeing each other

HERE = {"visit": "1a"}
LEFT = {**HERE, "leave": "1"}


def test_the_second_is_told_who_has_the_story_open_and_the_first_when_the_second_comes(
    as_user, editor, writer, draft
):
    article = draft(owner=writer)
    first, second = as_user(editor), as_user(writer)
    page = address(Article, "presence", article.pk)

    assert first.post(page, HERE).context["others"] == []
    opened = second.get(change(article))
    assert [each.user for each in opened.context["others"]] == [editor]
    second.post(page, HERE)

    assert [each.user for each in first.post(page, HERE).context["others"]] == [writer]
    assert [each.user for each in second.post(page, HERE).context["others"]] == [editor]


def test_somebody_is_there_once_and_since_they_came(editor, draft):
    article = draft()
    presence.sign_of_life(article, editor, "a")
    before = Presence.objects.get()
    presence.sign_of_life(article, editor, "a")

    after = Presence.objects.get()
    assert (after.pk, after.since, after.seen_at > before.seen_at) == (
        before.pk,
        before.since,
        True,
    )


def test_who_falls_silent_is_gone_and_forgotten_at_the_next_sign_of_life(editor, writer, draft):
    article, other = draft("أول"), draft("ثان")
    presence.sign_of_life(article, writer, "a")
    Presence.objects.update(seen_at=timezone.now() - GONE_AFTER - timedelta(seconds=1))

    assert presence.others(article, editor) == []
    presence.sign_of_life(other, editor, "a")
    assert [each.user for each in Presence.objects.all()] == [editor]


def test_who_closes_the_story_is_gone_at_once(desk, writer, draft):
    article = draft()
    page = address(Article, "presence", article.pk)
    desk.post(page, HERE)

    assert desk.post(page, LEFT).status_code == 204
    assert presence.others(article, writer) == []


def test_a_sign_of_life_that_arrives_after_the_leaving_revives_nobody(desk, writer, draft):
    article = draft()
    page = address(Article, "presence", article.pk)

    for late in (HERE, HERE):
        assert desk.post(page, LEFT).status_code == 204
        assert desk.post(page, late).status_code == 200
    assert presence.others(article, writer) == []


def test_who_closes_one_of_two_tabs_or_loads_the_page_anew_is_there_once(editor, writer, draft):
    article = draft()
    for visit in ("a", "b"):
        presence.sign_of_life(article, editor, visit)
    first = Presence.objects.get(visit="a")

    assert presence.others(article, writer) == [first]
    presence.leave(article, editor, "a")
    assert presence.others(article, writer) == [Presence.objects.get(visit="b")]


@pytest.mark.parametrize("visit", ["", "x" * 17, "\0", "ض", "A"])
def test_a_visit_that_no_browser_named_is_a_bad_request(desk, draft, visit):
    page = address(Article, "presence", draft().pk)

    assert desk.post(page, {"visit": visit}).status_code == 400
    assert desk.post(page, {"visit": visit, "leave": "1"}).status_code == 400
    assert not Presence.objects.exists()


def test_who_may_not_change_a_story_is_not_counted_as_being_there(writer, as_user, article):
    response = as_user(writer).post(address(Article, "presence", article.pk), HERE)

    assert (response.status_code, Presence.objects.count()) == (403, 0)


def test_signs_of_life_are_sent_by_post_alone(desk, article):
    assert desk.get(address(Article, "presence", article.pk)).status_code == 405


def test_a_deleted_draft_takes_the_signs_of_life_with_it(editor, draft):
    article = draft()
    presence.sign_of_life(article, editor, "a")
    article.delete()

    assert not Presence.objects.exists()
