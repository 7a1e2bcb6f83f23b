"""The page of the desk that orders the front page."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.front_page import choose, chosen_sections, chosen_stories
from articles.models import MOST_ON_TOP, MOST_SECTIONS, Article, Category, FrontPage
from tests.conftest import shared_texts

pytestmark = pytest.mark.django_db

PAGE = reverse("admin:articles_frontpage_changelist")


def sent(
    *stories: object, sections: tuple[object, ...] = (), **fields: object
) -> dict[str, object]:
    """What the page sends for these stories and sections, in their order."""
    lists = {"stories": ("story", stories), "sections": ("section", sections)}
    data: dict[str, object] = {"version": FrontPage.load().version}
    for prefix, (key, rows) in lists.items():
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data[f"{prefix}-{number}-{key}"] = row
            data[f"{prefix}-{number}-position"] = number
    return data | fields


def rows_of(response) -> list[tuple[str, str]]:
    """The number in each place that is filled, and the title that is shown there."""
    rows = response.context["ordering"].story_rows()
    return [
        (str(form["story"].value()), story.title if story else "")
        for form, story in rows
        if form["story"].value()
    ]


# Choosing


def test_an_editor_chooses_stories_and_sections_in_order(desk, published, category):
    first, second = published("أول"), published("ثان")
    other = Category.objects.create(name="أخرى")

    answer = desk.post(PAGE, sent(second.pk, first.pk, sections=(other.pk, category.pk)))

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert chosen_stories() == {0: second.pk, 1: first.pk}
    assert chosen_sections() == [other.pk, category.pk]
    assert rows_of(desk.get(PAGE)) == [(str(second.pk), "ثان"), (str(first.pk), "أول")]


@pytest.mark.parametrize(("late", "early"), [("9", "4"), ("٩", "٤")])
def test_positions_that_are_typed_give_the_order_and_empty_places_are_left_out(
    desk, published, late, early
):
    first, second = published("أول"), published("ثان")
    typed = sent(first.pk, "", second.pk)

    desk.post(PAGE, typed | {"stories-0-position": late, "stories-2-position": early})

    assert chosen_stories() == {0: second.pk, 1: first.pk}


def test_the_newest_may_lead_before_those_that_are_picked(desk, published):
    first, second = published("أول"), published("ثان")

    desk.post(PAGE, sent(first.pk, second.pk, newest_leads="on"))

    assert chosen_stories() == {1: first.pk, 2: second.pk}
    assert desk.get(PAGE).context["ordering"].lead["newest_leads"].value() is True


def test_a_story_that_readers_do_not_see_is_chosen_and_marked(desk, draft, published):
    waiting = publishing.schedule(draft("غداً"), timezone.now() + timedelta(days=1))
    gone = publishing.retract(published("سحب"))

    desk.post(PAGE, sent(waiting.pk, gone.pk))

    assert chosen_stories() == {0: waiting.pk, 1: gone.pk}
    assert desk.get(PAGE).content.decode().count('class="story-hidden"') == 2


def test_the_record_says_who_chose_what(desk, editor, published, category):
    first, second = published("أول"), published("ثان")
    desk.post(PAGE, sent(first.pk, second.pk, sections=(category.pk,)))
    desk.post(PAGE, sent())

    changes = list(desk.get(PAGE).context["changes"])

    assert [change.user for change in changes] == [editor, editor]
    for name in ("أول", "ثان", category.name):
        assert name in changes[1].change_message
        assert name not in changes[0].change_message


def test_what_is_sent_twice_is_saved_and_recorded_once(desk, published):
    once = sent(published("أول").pk)

    assert [desk.post(PAGE, once).status_code for _time in range(2)] == [302, 302]
    assert FrontPage.load().version == 1
    assert LogEntry.objects.count() == 1


# What is refused, with nothing lost


def test_a_save_over_somebody_s_newer_one_is_refused_and_both_are_shown(desk, published):
    mine, theirs = published("لي"), published("لهم")
    stale = sent(mine.pk)
    desk.post(PAGE, sent(theirs.pk))

    answer = desk.post(PAGE, stale)

    assert answer.status_code == 409
    assert chosen_stories() == {0: theirs.pk}
    assert rows_of(answer) == [(str(mine.pk), "لي")]
    assert "لهم" in str(answer.context["newer"]["told"])

    over = desk.post(PAGE, stale | {"over_version": str(FrontPage.load().version)})
    assert over.status_code == 302
    assert chosen_stories() == {0: mine.pk}


def test_a_save_over_a_change_without_a_record_is_refused_as_well(desk, published, category):
    stale = sent(published().pk)
    choose(stories={}, sections=[category.pk], version=0)

    assert desk.post(PAGE, stale).status_code == 409


def test_a_story_twice_is_refused_beside_the_second(desk, published):
    story = published()

    answer = desk.post(PAGE, sent(story.pk, story.pk))

    assert answer.status_code == 422
    ordering = answer.context["ordering"]
    assert [bool(form.errors) for form in ordering.stories] == [False, True]
    assert [number for number, _title in rows_of(answer)] == [str(story.pk)] * 2
    assert chosen_stories() == {}


def test_more_than_there_are_places_is_refused(desk, published, category):
    stories = [published(f"خبر {number}").pk for number in range(MOST_ON_TOP + 1)]
    sections = tuple(
        Category.objects.create(name=f"قسم {number}").pk for number in range(MOST_SECTIONS + 1)
    )

    assert desk.post(PAGE, sent(*stories)).status_code == 422
    assert desk.post(PAGE, sent(*stories[:-1], newest_leads="on")).status_code == 422
    assert desk.post(PAGE, sent(sections=sections)).status_code == 422
    assert FrontPage.load().version == 0
    assert desk.post(PAGE, sent(*stories[:-1], sections=sections[:-1])).status_code == 302


ODD = ["x", "-1", "0", "9" * 40, "\u202e", "' OR 1=1 --", "<script>", "\0"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_values_are_refused_and_shown_again(desk, published, odd):
    for typed in (sent(odd), sent(sections=(odd,))):
        answer = desk.post(PAGE, typed)
        assert answer.status_code == 422
        assert "<script>steal" not in answer.content.decode()
    assert desk.post(PAGE, sent(published().pk, version=odd)).status_code in {302, 409, 422}
    assert desk.get(PAGE, {"story": odd}).status_code in {200, 400}


def test_a_form_that_was_tampered_with_breaks_nothing(desk, published):
    whole = sent(published().pk)
    for change in (
        {"stories-TOTAL_FORMS": "x"},
        {"sections-INITIAL_FORMS": ""},
        {"stories-TOTAL_FORMS": "9" * 9},
        {"stories-0-position": "-3"},
        {"stories-0-position": "9" * 30},
    ):
        assert desk.post(PAGE, whole | change).status_code in {302, 422}
    assert desk.post(PAGE, {}).status_code == 422


def test_any_text_may_be_sent(desk):
    for text in shared_texts()[::9]:
        assert desk.post(PAGE, sent(text, sections=(text,), version=text)).status_code < 500


def test_a_story_that_was_deleted_meanwhile_is_told_beside_its_place(desk, draft, published):
    story, kept = draft("تحذف"), published("تبقى")
    typed = sent(story.pk, kept.pk)
    story.delete()

    answer = desk.post(PAGE, typed)

    assert answer.status_code == 422
    assert [bool(form.errors) for form in answer.context["ordering"].stories] == [True, False]


# From a story


def test_a_story_is_brought_to_the_page_from_its_form(desk, published):
    first, second = published("أول"), published("ثان")
    desk.post(PAGE, sent(first.pk))

    form = desk.get(reverse("admin:articles_article_change", args=[second.pk])).content.decode()
    assert f"{PAGE}?story={second.pk}" in form
    shown = desk.get(PAGE, {"story": second.pk})

    assert [title for _number, title in rows_of(shown)] == ["أول", "ثان"]
    assert shown.context["ordering"].is_unsaved
    assert not desk.get(PAGE, {"story": first.pk}).context["ordering"].is_unsaved
    assert chosen_stories() == {0: first.pk}


def test_deleting_a_chosen_draft_leaves_the_rest(desk, draft, published):
    gone, kept = draft("مسودة"), published("تبقى")
    desk.post(PAGE, sent(gone.pk, kept.pk))
    page = reverse("admin:articles_article_delete", args=[gone.pk])
    assert len(desk.get(page).context["deleted_objects"]) == 2, "what goes along is told"

    desk.post(page, {"post": "yes"})

    assert not Article.objects.filter(pk=gone.pk).exists()
    assert chosen_stories() == {1: kept.pk}


def test_deleting_a_chosen_category_frees_its_place(as_user, chief, category):
    other = Category.objects.create(name="أخرى")
    desk = as_user(chief)
    desk.post(PAGE, sent(sections=(other.pk, category.pk)))

    desk.post(reverse("admin:articles_category_delete", args=[other.pk]), {"post": "yes"})

    assert chosen_sections() == [category.pk]


# Rights


def test_editors_and_chiefs_order_the_page_and_nobody_else(
    client, as_user, writer, editor, moderator, chief
):
    answers = [
        [each.get(PAGE).status_code, each.post(PAGE, sent()).status_code]
        for each in (client, *map(as_user, (writer, moderator, editor, chief)))
    ]

    assert answers == [[302, 302], [403, 403], [403, 403], [200, 302], [200, 302]]


def test_the_desk_leads_to_the_page_whoever_may_order_it(as_user, writer, editor):
    for user, is_led in ((writer, False), (editor, True)):
        assert (f'href="{PAGE}"' in as_user(user).get("/admin/").content.decode()) is is_led


def test_whoever_may_order_but_not_see_drafts_finds_none_and_keeps_those_that_stand_there(
    as_user, draft, published
):
    hidden, chosen, public = draft("سرّ"), draft("مختارة"), published("عامة")
    choose(stories={0: chosen.pk}, sections=[], version=0)
    user = User.objects.create_user("guest", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_frontpage"))
    guest = as_user(user)

    refused = guest.post(PAGE, sent(hidden.pk))
    assert refused.status_code == 422
    assert (
        "سرّ"
        not in refused.content.decode() + guest.get(PAGE, {"story": hidden.pk}).content.decode()
    )
    assert guest.post(PAGE, sent(public.pk, chosen.pk)).status_code == 302
    assert chosen_stories() == {0: public.pk, 1: chosen.pk}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_at_one_pick_and_at_three(
    count, desk, published, django_assert_num_queries
):
    stories = [published(f"خبر {number}").pk for number in range(count)]
    sections = tuple(Category.objects.create(name=f"قسم {number}").pk for number in range(count))
    desk.post(PAGE, sent(*stories, sections=sections))
    desk.get(PAGE)

    with django_assert_num_queries(10):
        desk.get(PAGE)
