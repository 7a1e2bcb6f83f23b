"""The preview at the desk: the page in frames, links made and withdrawn."""

import pytest

from articles import previews
from articles.models import Article, PreviewLink
from tests.articles.desk import address


@pytest.fixture
def pages(draft, writer):
    """The preview's page of a writer's draft, and the page in its frame."""
    story = draft("مسودة", owner=writer)
    return address(Article, "preview", story.pk), address(Article, "preview_page", story.pk)


def test_the_frame_holds_the_page_as_readers_will_see_it(desk, pages):
    page, frame = pages

    assert f'<iframe src="{frame}"' in desk.get(page).content.decode()
    shown = desk.get(frame)
    assert shown.templates[0].name == "articles/article.html"
    assert "مسودة" in shown.content.decode()
    assert {name: shown[name] for name in ("X-Frame-Options", "X-Robots-Tag")} == {
        "X-Frame-Options": "SAMEORIGIN",
        "X-Robots-Tag": "noindex, nofollow, noarchive",
    }
    assert "no-store" in shown["Cache-Control"]


def test_no_other_page_of_the_site_may_be_framed(desk, article):
    for other in ("/", article.get_absolute_url(), address(Article, "change", article.pk)):
        assert desk.get(other)["X-Frame-Options"] == "DENY"


def test_a_link_is_made_recorded_and_opens_without_an_account(desk, client, pages, editor):
    page, _frame = pages

    shown = desk.post(page, {"make": "1"}, follow=True)

    link = PreviewLink.objects.get()
    assert (link.by, link.article.title) == (editor, "مسودة")
    [(listed, whole_address, opens)] = shown.context["links"]
    assert (listed, opens) == (link, True)
    assert whole_address == f"http://testserver{previews.address(link)}"
    assert client.get(previews.address(link)).status_code == 200


def test_all_links_are_withdrawn_with_one_press(desk, client, pages):
    page, _frame = pages
    for _each in range(2):
        desk.post(page, {"make": "1"})

    shown = desk.post(page, {"withdraw": "1"}, follow=True)

    assert not shown.context["has_working_links"]
    for link, whole_address, opens in shown.context["links"]:
        assert (link.withdrawn_at is None, opens) == (False, False)
        assert whole_address not in shown.content.decode()
        assert client.get(previews.address(link)).status_code == 404


def test_whoever_may_see_the_story_may_make_links_and_nobody_else(
    pages, client, as_user, moderator, writer
):
    page, frame = pages
    for who, answers in (
        (client, [302, 302, 302]),
        (as_user(moderator), [404, 404, 404]),
        (as_user(writer), [200, 200, 302]),
    ):
        asked = [who.get(page), who.get(frame), who.post(page, {"make": "1"})]
        assert [answer.status_code for answer in asked] == answers
    assert [link.by for link in PreviewLink.objects.all()] == [writer]


def test_whoever_sees_only_what_is_public_neither_makes_links_nor_reads_those_of_others(
    as_user, published, editor, writer
):
    story = published(owner=editor)
    link = previews.make_link(story, by=editor)
    page = address(Article, "preview", story.pk)

    shown = as_user(writer).get(page)

    assert shown.context["links"] == []
    assert previews.address(link) not in shown.content.decode()
    assert 'name="make"' not in shown.content.decode()
    assert as_user(writer).post(page, {"make": "1"}).status_code == 403


def test_the_link_of_whoever_left_the_paper_is_told_to_open_no_longer(desk, draft, writer):
    story = draft(owner=writer)
    link = previews.make_link(story, by=writer)
    writer.is_active = False
    writer.save()

    shown = desk.get(address(Article, "preview", story.pk))

    assert [opens for _link, _address, opens in shown.context["links"]] == [False]
    assert previews.address(link) not in shown.content.decode()


@pytest.mark.parametrize("page", ["preview", "preview_page"])
@pytest.mark.parametrize("key", ["0", "x", "9" * 40])
def test_the_preview_of_no_story_is_not_found(desk, page, key):
    assert desk.get(address(Article, page, key)).status_code == 404


def test_the_form_leads_to_the_preview(desk, article):
    page = address(Article, "preview", article.pk)

    assert f'href="{page}"' in desk.get(address(Article, "change", article.pk)).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_at_one_link_and_at_three(
    count, desk, draft, editor, django_assert_num_queries
):
    story = draft()
    for _each in range(count):
        previews.make_link(story, by=editor)

    with django_assert_num_queries(10):
        desk.get(address(Article, "preview", story.pk))
