"""Links to previews: who holds one sees the story until it ends, and nobody else does."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.db import IntegrityError
from django.utils import timezone

from articles import previews, publishing
from articles.models import ArticleStatus, PreviewLink
from tests.articles.pages import text_of

HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}


@pytest.fixture
def link(draft, editor) -> PreviewLink:
    return previews.make_link(draft("مسودة لم تنشر"), by=editor)


def move(link: PreviewLink, days: int) -> None:
    """As if the link had been made so many days earlier."""
    back = timedelta(days=days)
    PreviewLink.objects.filter(pk=link.pk).update(at=link.at - back, until=link.until - back)


def unknown(client) -> tuple[int, bytes, dict[str, str]]:
    answer = client.get("/preview/nothing/")
    return answer.status_code, answer.content, dict(answer.headers)


def is_like_an_unknown_page(client, address: str) -> bool:
    answer = client.get(address)
    return (answer.status_code, answer.content, dict(answer.headers)) == unknown(client)


def test_a_draft_is_shown_to_whoever_holds_a_link(client, link):
    answer = client.get(previews.address(link))

    assert answer.status_code == 200
    assert "مسودة لم تنشر" in text_of(answer)
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in answer.content.decode()


@pytest.mark.parametrize("image_and_all", [False, True])
def test_a_story_that_lacks_everything_is_shown_too(client, draft, editor, image, image_and_all):
    bare = {"byline": None, "category": None, "body": ""}
    story = draft("عنوان وحده", **({"image": image} if image_and_all else bare))

    answer = client.get(previews.address(previews.make_link(story, by=editor)))

    assert (answer.status_code, answer.context["article"]) == (200, story)


def test_a_preview_sets_no_cookie_and_asks_for_no_session(client, link):
    answer = client.get(previews.address(link))

    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_preview_has_neither_comments_nor_their_form_nor_their_feed(client, approved, editor):
    comment = approved(name="ليلى المعلقة", body="نص تعليق منشور")
    link = previews.make_link(comment.article, by=editor)

    public, preview = (
        client.get(comment.article.get_absolute_url()),
        client.get(previews.address(link)),
    )

    for told in (
        "ليلى المعلقة",
        "نص تعليق منشور",
        'id="comment-form"',
        f"{comment.article.get_absolute_url()}feed/",
    ):
        assert told in public.content.decode()
        assert told not in preview.content.decode()


@pytest.mark.parametrize("status", ArticleStatus.values)
def test_a_story_is_previewed_in_any_status(client, status, draft, published, editor):
    story = {
        "draft": lambda: draft(),
        "published": lambda: published(),
        "retracted": lambda: publishing.retract(published()),
    }.get(status, draft)()
    link = previews.make_link(story, by=editor)

    assert client.get(previews.address(link)).context["article"] == story


def test_it_is_said_that_the_page_is_a_preview_and_until_when(client, link, article):
    bar = client.get(previews.address(link)).content.decode().partition("preview-bar")[2]

    assert timezone.localtime(link.until).strftime("%H:%M") in bar
    assert "preview-bar" not in client.get(article.get_absolute_url()).content.decode()


def test_the_last_saved_state_is_shown(client, link):
    client.get(previews.address(link))
    link.article.title = "عنوان أحدث"
    link.article.save()

    assert "عنوان أحدث" in text_of(client.get(previews.address(link)))


def test_a_link_that_is_over_is_like_an_unknown_page(client, link, settings):
    move(link, settings.PREVIEW_DAYS)

    assert is_like_an_unknown_page(client, previews.address(link))


def test_a_link_opens_to_its_last_day(client, link, settings):
    assert (link.until - timezone.now()).days == settings.PREVIEW_DAYS - 1
    move(link, settings.PREVIEW_DAYS - 1)

    assert client.get(previews.address(link)).status_code == 200


def test_links_that_were_withdrawn_open_no_more_and_later_ones_do(client, link):
    second = previews.make_link(link.article, by=link.by)

    assert previews.withdraw_links(link.article) == 2
    assert previews.withdraw_links(link.article) == 0
    assert is_like_an_unknown_page(client, previews.address(link))
    assert is_like_an_unknown_page(client, previews.address(second))
    third = previews.make_link(link.article, by=link.by)
    assert client.get(previews.address(third)).status_code == 200


def test_links_of_other_stories_stay_when_those_of_one_are_withdrawn(client, link, draft):
    other = previews.make_link(draft("غيرها"), by=link.by)

    previews.withdraw_links(link.article)

    assert client.get(previews.address(other)).status_code == 200


def test_a_link_to_a_story_that_was_deleted_is_like_an_unknown_page(client, link):
    address = previews.address(link)
    link.article.delete()

    assert is_like_an_unknown_page(client, address)


@pytest.mark.parametrize(
    "forged",
    [
        *("1", "1:", ":", "1:2:3", "%00", "%D8%A7:%D8%A7", "1:" + "a" * 43, "x" * 5000),
        *(Signer().sign("1"), Signer(salt="other").sign("1"), "-1:a", "1%0A:a"),
    ],
)
def test_a_forged_token_is_like_an_unknown_page(client, link, forged):
    assert is_like_an_unknown_page(client, f"/preview/{forged}/")


def test_a_token_is_good_for_its_own_row_alone(client, link):
    key, _colon, signature = previews.address(link).split("/")[2].partition(":")

    assert is_like_an_unknown_page(client, f"/preview/{int(key) + 1}:{signature}/")


def test_a_preview_is_only_read(client, link):
    assert client.post(previews.address(link)).status_code == 405
    assert client.head(previews.address(link)).status_code == 200


def test_a_preview_is_on_no_public_page(client, link, article):
    for page in ("/", article.get_absolute_url(), "/api/v1/articles/"):
        answer = client.get(page).content.decode()
        assert "/preview/" not in answer
        assert link.article.title not in answer


def test_the_database_keeps_no_link_that_ends_before_it_begins(link):
    with pytest.raises(IntegrityError, match="previewlink_ends_after_it_begins"):
        PreviewLink.objects.filter(pk=link.pk).update(until=link.at)


def test_a_link_of_whoever_left_the_paper_opens_nothing(client, link, editor):
    editor.is_active = False
    editor.save()

    assert is_like_an_unknown_page(client, previews.address(link))


def test_a_link_opens_no_draft_that_its_maker_may_not_see(client, published, writer, editor):
    story = published(owner=writer)
    link = previews.make_link(story, by=writer)
    assert client.get(previews.address(link)).status_code == 200

    story.owner = editor
    story.save()
    publishing.back_to_draft(story, by=editor)

    assert is_like_an_unknown_page(client, previews.address(link))
