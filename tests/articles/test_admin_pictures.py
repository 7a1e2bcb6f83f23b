"""The picture library and the page of one picture: lists, filters, rights, uses, deleting."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from articles import publishing
from articles.models import ArchiveImage
from articles.models.picture_fields import DAY_OF_NO_PHOTOGRAPH, IN_THE_PICTURE
from tests.articles.desk import address, errors_of
from tests.articles.picture_files import archived
from tests.articles.tables import run
from tests.conftest import jpeg

LIBRARY = "/admin/articles/archiveimage/"


@pytest.fixture(autouse=True)
def _known_content_types(db) -> None:
    """Django asks for the type of a row's history once in each process."""
    ContentType.objects.get_for_model(ArchiveImage)


def many(count: int, **fields) -> list[ArchiveImage]:
    return [archived(jpeg(width=100 + n), alt=f"صورة {n}", **fields) for n in range(count)]


def listed(desk, **query) -> set[int]:
    response = desk.get(LIBRARY, query)
    assert response.status_code == 200
    return {image.pk for image in response.context["cl"].result_list}


def put_into_text(article, image) -> None:
    body = f'<p>نص.</p><figure data-picture="{image.pk}"><figcaption></figcaption></figure>'
    run("UPDATE articles_article SET body = %s WHERE id = %s", body, article.pk)


# The library


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_library_takes_the_same_queries_at_any_size(count, desk, django_assert_num_queries):
    many(count)

    with django_assert_num_queries(8):
        assert len(listed(desk)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_every_filter_at_once_takes_few_queries(count, desk, django_assert_max_num_queries):
    many(count)
    query = {"q": "صورة", "described": "yes", "use": "none", "is_archive__exact": 0, "_facets": 1}

    with django_assert_max_num_queries(15):
        assert len(listed(desk, **query)) == count


def test_the_library_is_filtered_by_what_matters_at_a_desk(desk, editor, draft, image):
    bare = archived(jpeg(color="#112233"), alt="", uploaded_by=editor)
    within = archived(jpeg(color="#332211"), alt="في النص")
    draft(image=image)
    put_into_text(draft("آخر"), within)

    assert listed(desk) == {image.pk, bare.pk, within.pk}
    assert listed(desk, described="no") == {bare.pk}
    assert listed(desk, described="yes") == {image.pk, within.pk}
    assert listed(desk, use="none") == {bare.pk}
    assert listed(desk, use="some") == {image.pk, within.pk}
    assert listed(desk, is_archive__exact="1") == {image.pk}
    assert listed(desk, uploaded_by__id__exact=editor.pk) == {bare.pk}
    assert listed(desk, q="القَوارِب") == {image.pk}
    for filtered in ("described", "use"):
        assert desk.get(LIBRARY, {filtered: "nonsense"})["Location"] == f"{LIBRARY}?e=1"


def test_the_library_tells_how_many_pictures_need_a_description(desk, image):
    assert "described=no" not in _notice(desk)
    many_bare = [archived(jpeg(width=90 + n), alt="") for n in range(3)]

    notice = _notice(desk)
    assert "described=no" in notice
    assert str(len(many_bare)) in notice


def _notice(desk) -> str:
    page = desk.get(LIBRARY).content.decode()
    return page.partition('class="picture-notice"')[2].partition("</p>")[0]


def test_how_often_a_picture_is_used_is_told_in_the_library(desk, draft, image):
    draft("فوق", image=image)
    article = draft("كلاهما", image=image)
    put_into_text(article, image)

    [row] = desk.get(LIBRARY).context["cl"].result_list
    assert row.use_count == 2


# One picture


def test_a_picture_says_where_it_is_used(desk, draft, image):
    above, within = draft("خبر فوق", image=image), draft("خبر داخل")
    put_into_text(within, image)

    page = desk.get(address(ArchiveImage, "change", image.pk)).content.decode()

    for story in (above, within):
        assert f'href="/admin/articles/article/{story.pk}/change/">{story.title}</a>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_picture_takes_the_same_queries_however_much_it_is_used(
    count, desk, draft, image, django_assert_num_queries
):
    for number in range(count):
        draft(f"خبر {number}", image=image)

    with django_assert_num_queries(7):
        desk.get(address(ArchiveImage, "change", image.pk))


def test_the_focal_point_is_set_and_leads_the_cuts(desk, image):
    sent = {"alt": image.alt, "focal_x": "33", "focal_y": "98"}

    desk.post(address(ArchiveImage, "change", image.pk), sent)

    image = ArchiveImage.objects.get()
    assert (image.focal_x, image.focal_y) == (33, 98)
    assert image.focal_classes == "focal-x-35 focal-y-100"


@pytest.mark.parametrize("wrong", ["101", "-1", "x", "9" * 30, "1.5"])
def test_a_focal_point_outside_of_the_picture_is_an_error_beside_its_field(desk, image, wrong):
    response = desk.post(
        address(ArchiveImage, "change", image.pk), {"alt": image.alt, "focal_x": wrong}
    )

    [(field, [sentence])] = errors_of(response).items()
    assert field == "focal_x"
    assert (sentence == IN_THE_PICTURE) is wrong.lstrip("-").isdecimal()
    assert ArchiveImage.objects.get().focal_x == 50


@pytest.mark.parametrize("wrong", ["0001-01-01", "1825-12-31", "3000-01-01", "in two days"])
def test_a_day_on_which_nothing_was_photographed_is_an_error_beside_its_field(desk, image, wrong):
    day = _in_days(2) if wrong == "in two days" else wrong
    page = address(ArchiveImage, "change", image.pk)

    response = desk.post(page, {"alt": image.alt, "taken_on": day})

    assert errors_of(response) == {"taken_on": [DAY_OF_NO_PHOTOGRAPH]}
    assert ArchiveImage.objects.get().taken_on is None


@pytest.mark.parametrize("days", [0, 1])
def test_a_picture_of_today_or_of_where_tomorrow_has_begun_is_taken(desk, image, days):
    desk.post(
        address(ArchiveImage, "change", image.pk), {"alt": image.alt, "taken_on": _in_days(days)}
    )

    assert ArchiveImage.objects.get().taken_on.isoformat() == _in_days(days)


def _in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_a_focal_point_left_empty_is_the_middle(desk, image):
    sent = {"alt": image.alt, "focal_x": "", "focal_y": "20"}

    desk.post(address(ArchiveImage, "change", image.pk), sent)

    assert ArchiveImage.objects.values_list("focal_x", "focal_y").get() == (50, 20)


def test_words_are_kept_each_once_in_one_line(desk, image):
    sent = {"alt": image.alt, "keywords": "بحر, قوارب؛ بحر ،", "people": "ليلى حداد,سعيد"}

    desk.post(address(ArchiveImage, "change", image.pk), sent)

    image = ArchiveImage.objects.get()
    assert (image.keywords, image.people) == ("بحر، قوارب", "ليلى حداد، سعيد")


def test_whoever_adds_a_picture_is_written_down(desk, editor):
    desk.post(
        address(ArchiveImage, "add"), {"file": ContentFile(jpeg(), name="a.jpg"), "alt": "مرفأ"}
    )

    assert ArchiveImage.objects.get().uploaded_by == editor


# Rights


@pytest.mark.parametrize("where", ["above", "in the text"])
def test_a_writer_changes_a_picture_until_a_story_with_it_is_public(
    writer, as_user, draft, image, where
):
    article = draft(image=image if where == "above" else None)
    if where == "in the text":
        put_into_text(article, image)
    page = address(ArchiveImage, "change", image.pk)

    assert as_user(writer).post(page, {"alt": "وصف الكاتب"}).status_code == 302
    publishing.publish(article)
    assert as_user(writer).post(page, {"alt": "حرّفه"}).status_code == 403
    assert as_user(writer).get(page).status_code == 200
    assert ArchiveImage.objects.get().alt == "وصف الكاتب"


def test_a_moderator_has_nothing_to_do_with_pictures(moderator, as_user, image):
    desk = as_user(moderator)

    for page in (
        LIBRARY,
        f"{LIBRARY}upload/",
        address(ArchiveImage, "add"),
        address(ArchiveImage, "change", image.pk),
        address(ArchiveImage, "delete", image.pk),
    ):
        assert desk.get(page).status_code == 403
    assert desk.post(f"{LIBRARY}{image.pk}/describe/", {"alt": "x"}).status_code == 403
    assert desk.post(f"{LIBRARY}upload/", {}).status_code == 403


def test_whoever_may_not_change_a_picture_sees_it_and_no_link_to_its_file(
    as_user, writer, published, image
):
    published(image=image)

    page = as_user(writer).get(address(ArchiveImage, "change", image.pk)).content.decode()

    assert f'src="{image.url}"' in page
    assert image.file.name not in page


# Deleting


@pytest.mark.parametrize("where", ["above", "in the text"])
def test_deleting_a_picture_in_use_names_the_stories_and_deletes_nothing(desk, draft, image, where):
    article = draft("خبر فيه صورة", image=image if where == "above" else None)
    if where == "in the text":
        put_into_text(article, image)

    page = desk.get(address(ArchiveImage, "delete", image.pk))
    forged = desk.post(address(ArchiveImage, "delete", image.pk), {"post": "yes"})
    chosen = {"action": "delete_selected", "_selected_action": [image.pk]}
    asked = desk.post(LIBRARY, chosen)
    forced = desk.post(LIBRARY, {**chosen, "post": "yes"})

    for response in (page, forged, asked, forced):
        assert response.status_code == 200
        assert article.title in response.content.decode()
        assert f"/admin/articles/article/{article.pk}/change/" in response.content.decode()
    assert ArchiveImage.objects.exists()


def test_a_picture_in_no_story_is_deleted_by_an_editor_and_by_no_writer(
    desk, writer, as_user, image
):
    page = address(ArchiveImage, "delete", image.pk)

    assert as_user(writer).post(page, {"post": "yes"}).status_code == 403
    assert desk.post(page, {"post": "yes"}).status_code == 302
    assert not ArchiveImage.objects.exists()
