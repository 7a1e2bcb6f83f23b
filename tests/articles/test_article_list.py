"""The list of stories: what each tab, filter and search finds, for whom, and at what cost."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from articles.models import Article, ArticleStatus, Byline, Category
from tests.articles.stories import scheduled, sent_in, story

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def found(client, **asked: str) -> list[str]:
    """The titles that the list shows, in its order."""
    response = client.get(LIST, asked)
    assert response.status_code == 200, response.get("Location")
    return [article.title for article in response.context["cl"].result_list]


def tabs(client, **asked: str) -> list[tuple[str, bool]]:
    offered = client.get(LIST, asked).context["cl"].tabs()
    return [(tab["address"], tab["is_present"]) for tab in offered]


# Tabs


def test_a_writer_sees_own_stories_until_the_public_ones_of_others_are_asked_for(
    as_user, writer, editor
):
    story("لي", owner=writer)
    story("لغيري", owner=editor)
    story("منشور لغيري", (ArticleStatus.PUBLISHED, None, ""), owner=editor)
    client = as_user(writer)

    assert found(client) == ["لي"]
    assert found(client, owner="") == ["منشور لغيري", "لي"]
    assert found(client, owner=str(editor.pk)) == ["منشور لغيري"]


def test_an_editor_sees_everybodys_stories_at_first(desk, writer, editor):
    story("لي", owner=editor)
    story("للكاتب", owner=writer)
    story("بلا حساب")

    assert found(desk) == ["بلا حساب", "للكاتب", "لي"]
    assert found(desk, owner=str(editor.pk)) == ["لي"]
    assert found(desk, owner="0") == ["بلا حساب"]


def test_the_tabs_are_addresses_and_the_present_one_is_marked(as_user, writer, editor):
    mine, all_of_them = f"?owner={writer.pk}&status__exact=", "?owner=&status__exact="
    by_status = [
        f"?owner=&status__exact={status}" for status in ("in_review", "scheduled", "published")
    ]

    assert tabs(as_user(writer)) == [
        (mine, True),
        *((each, False) for each in (all_of_them, *by_status)),
    ]
    assert [present for _address, present in tabs(as_user(editor))] == [True, *[False] * 4]
    shown = dict(tabs(as_user(writer), owner="", status__exact="scheduled"))
    assert [address for address, present in shown.items() if present] == [by_status[1]]


# Filters


def test_a_status_is_chosen(desk, writer, editor):
    sent_in("تنتظر", writer)
    scheduled("مجدولة", writer, editor, timezone.now() + timedelta(hours=1))
    story("مسودة")

    assert found(desk, status__exact="in_review") == ["تنتظر"]
    assert found(desk, status__exact="scheduled") == ["مجدولة"]
    assert found(desk, status__exact="") == ["مسودة", "مجدولة", "تنتظر"]


def test_a_category_is_chosen_with_all_below_it_and_indented(desk):
    top = Category.objects.create(name="أعلى", slug="top")
    below = Category.objects.create(name="أسفل", slug="below", parent=top)
    other = Category.objects.create(name="غير ذلك", slug="other")
    story("في الأسفل", category=below)
    story("في غيره", category=other)
    further = story("في غيره أيضاً", category=other)
    further.further_categories.add(below)

    assert found(desk, category__id__exact=str(top.pk)) == ["في غيره أيضاً", "في الأسفل"]
    page = desk.get(LIST).content.decode()
    assert f'<option value="{top.pk}">أعلى</option>' in page
    assert f'<option value="{below.pk}">\u2003أسفل</option>' in page


def test_a_byline_and_a_language_are_chosen(desk):
    other = Byline.objects.create(name="وكالة")
    story("لوكالة", byline=other)
    story("بالإنكليزية", language="en")

    assert found(desk, byline__id__exact=str(other.pk)) == ["لوكالة"]
    assert found(desk, language__exact="en") == ["بالإنكليزية"]


def test_a_day_is_one_of_the_papers_own_time_zone(desk, published):
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for title, at in (
        ("اليوم", today),
        ("أمس", today - timedelta(seconds=1)),
        ("قبل أسبوع", today - timedelta(days=6)),
        ("قبل ثمانية أيام", today - timedelta(days=6, seconds=1)),
    ):
        Article.objects.filter(pk=published(title).pk).update(published_at=at, created_at=at)
    story("مسودة")

    assert found(desk, published="today") == ["اليوم"]
    assert found(desk, published="week") == ["اليوم", "أمس", "قبل أسبوع"]
    yesterday = (today - timedelta(days=1)).date().isoformat()
    assert found(desk, since=yesterday, until=yesterday) == ["أمس"]
    assert found(desk, until=yesterday) == ["أمس", "قبل أسبوع", "قبل ثمانية أيام"]


def test_addresses_of_before_still_work(desk, published):
    published("منشور")
    year = str(timezone.localtime().year)

    assert found(desk, status__exact="published", published_at__year=year, o="-1") == ["منشور"]
    assert found(desk, published_at__year="1999") == []
    assert found(desk, p="1", all="", language__exact="ar") == ["منشور"]


@pytest.mark.parametrize(
    "asked",
    [
        {"status__exact": "nonsense"},
        {"owner": "-1"},
        {"owner": "9" * 5000},
        {"category__id__exact": "١"},
        {"byline__id__exact": "999999"},
        {"language__exact": "xx"},
        {"published": "tomorrow"},
        {"since": "2026-02-30"},
        {"until": "0001-01-01"},
        {"published_at__year": "99999999"},
        {"published_at__month": "abc"},
    ],
)
def test_what_no_filter_offers_leads_to_a_page_that_says_so(desk, draft, asked):
    draft()
    response = desk.get(LIST, asked)

    assert (response.status_code, response["Location"]) == (302, f"{LIST}?e=1")
    assert desk.get(f"{LIST}?e=1").status_code == 200


@pytest.mark.parametrize("asked", ["owner__username=a", "owner__password__startswith=p", "body=a"])
def test_no_other_column_can_be_asked_for(desk, asked):
    assert desk.get(f"{LIST}?{asked}").status_code == 400


# Search


def test_words_are_found_in_any_spelling_wherever_they_stand(desk):
    story("مدرسة الضاحية")
    story("خبر", subtitle="عن المدرسه القديمة")
    story("خبر آخر", body="<p>فتحت والمدرسة أبوابها.</p>")
    story("ثالث").tags.add("مدارس ومدرسة")
    story("لا شيء")

    assert set(found(desk, q="المَدْرَسَةُ")) == {"مدرسة الضاحية", "خبر", "خبر آخر", "ثالث"}
    assert found(desk, q="المدرسة")[0] == "مدرسة الضاحية"


def test_the_last_word_is_found_by_its_beginning(desk):
    story("قرية الصيادين")

    assert found(desk, q="الصيادين قر") == ["قرية الصيادين"]
    assert found(desk, q="قر الصيادين") == []


def test_a_slug_a_former_slug_an_address_and_a_number_are_found_exactly(desk, published):
    article = published("موازنة الأرصفة")
    former = article.slug
    article.slug = "الأرصفة-من-جديد"
    article.save()
    other = story("غيره")

    for typed in (article.slug, former, f"https://paper.example/articles/{former}/"):
        assert found(desk, q=typed) == ["موازنة الأرصفة"], typed
    assert found(desk, q=str(article.pk)) == ["موازنة الأرصفة"]
    assert found(desk, q=f"#{other.pk}") == ["غيره"]


@pytest.mark.parametrize("typed", ["'", "\\", "a & | b", '"', "!!!", ":*", "9" * 30, "ـ", "<b>"])
def test_any_text_can_be_searched_for(desk, typed):
    story("مدرسة")

    assert found(desk, q=typed) == []


def test_a_search_stays_within_the_filters(as_user, writer, editor):
    story("مدرسة لي", owner=writer)
    story("مدرسة لغيري", owner=editor)

    assert found(as_user(writer), q="مدرسة") == ["مدرسة لي"]


# Rows and actions


def test_a_row_says_when_it_goes_out_that_it_is_late_and_lacks_a_picture(
    desk, writer, editor, published, image
):
    late = scheduled("متأخرة", writer, editor, timezone.now() - timedelta(minutes=1))
    published("بصورة", image=image)

    page = desk.get(LIST).content.decode()

    assert page.count('class="lacks"') == 1
    assert page.count('class="late"') == 1
    assert timezone.localtime(late.publish_at).isoformat() in page


def test_a_title_is_shown_as_text(desk):
    story("<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in desk.get(LIST).content.decode()


def test_the_actions_keep_their_names(desk, draft):
    one, other = draft("واحد"), draft("آخر")

    def act(action: str) -> None:
        keys = [str(one.pk), str(other.pk)]
        sent = {"action": action, "_selected_action": keys, "_retract": "1", "note": "لماذا"}
        assert desk.post(LIST, sent).status_code == 302

    act("publish_selected")
    assert Article.objects.public().count() == 2
    act("retract_selected")
    assert set(Article.objects.values_list("status", flat=True)) == {ArticleStatus.RETRACTED}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("asked", "queries"), [({}, 9), ({"q": "خبر"}, 15), ({"published": "week"}, 9)]
)
def test_the_list_takes_the_same_queries_at_one_row_and_at_three(
    count, asked, queries, desk, published, writer, django_assert_num_queries
):
    for number in range(count):
        article = published(f"خبر {number}", byline=Byline.objects.create(name=f"توقيع {number}"))
        Article.objects.filter(pk=article.pk).update(owner=writer)

    with django_assert_num_queries(queries):
        assert len(found(desk, **asked)) == count


@pytest.mark.parametrize("typed", ["%00", "/articles/%00/", "%", "%%2500", "#9999999999999999999"])
def test_an_address_that_cannot_be_finds_nothing(desk, published, typed):
    published("خبر")

    assert found(desk, q=typed) == []


def test_no_body_is_read_for_a_list(desk, published):
    published("خبر")

    (row,) = desk.get(LIST).context["cl"].result_list

    assert {"body", "search_index"} <= row.get_deferred_fields()
    assert Article.objects.filter(pk=row.pk, title=F("title")).exists()
