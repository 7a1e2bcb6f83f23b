"""An article's discussion as readers see it: threads, the address of a comment, names, the door."""

from datetime import timedelta

import pytest
from django.test import Client
from django.test.html import Element
from django.utils import timezone

from articles import publishing
from articles.models import Article, RelatedPost
from comments import editing, moderation, policy, posting
from comments.models import ArticlePolicy, Comment, CommentPolicy, CommentStatus, Mode
from comments.pseudonyms import public_pseudonym
from comments.threads import THREADS_PER_PAGE
from tests.comments.pages import (
    attribute,
    comment_ids,
    element,
    elements,
    parse,
    post_address,
    text,
)
from tests.conftest import ADDRESS, comment_data, many_approved

# The discussion on the page


def test_the_discussion_shows_approved_comments_in_their_thread(client, article, pending):
    first, second, third = many_approved(article, 3)
    hidden = pending(body="لم يُنشر بعد")

    response = client.get(article.get_absolute_url())

    page = parse(response)
    shown = elements(page, "article", class_="comment")
    assert comment_ids(page) == [first.pk, second.pk, third.pk]
    assert [attribute(each, "class") for each in shown] == [
        f"comment depth-{depth}" for depth in range(3)
    ]
    assert [text(element(each, "div", class_="comment-body")) for each in shown] == [
        comment.body for comment in (first, second, third)
    ]
    assert hidden.body not in response.content.decode()


def mentions(root: Element) -> list[tuple[str | None, ...]]:
    """Whom each reply names: the class of the words, the name, and the link where there is one."""
    said = [
        words
        for shown in elements(root, "article", class_="comment")
        for words in elements(element(shown, "header"), "p")[1:]
    ]
    return [
        (
            attribute(words, "class"),
            text(element(words, "bdi")),
            *(attribute(each, "href") for each in elements(words, "a")),
        )
        for words in said
    ]


def test_a_deep_thread_goes_on_flat_and_names_whom_each_reply_answers(client, article):
    made = many_approved(article, 6, thread=6)

    page = parse(client.get(article.get_absolute_url()))

    shown = elements(page, "article", class_="comment")
    assert [(attribute(each, "class") or "")[-1] for each in shown] == [*"012333"]
    assert mentions(page) == [
        ("hidden", made[0].name),
        ("hidden", made[1].name),
        ("hidden", made[2].name),
        ("comment-parent", made[3].name, f"#comment-{made[3].pk}"),
        ("comment-parent", made[4].name, f"#comment-{made[4].pk}"),
    ]


def test_a_reply_that_stands_away_from_what_it_answers_names_it(client, article, approved):
    first = approved(name="الأولى")
    approved(name="الثانية", parent=first.pk)
    approved(name="الثالثة", parent=first.pk)

    page = parse(client.get(article.get_absolute_url()))

    assert mentions(page) == [
        ("hidden", "الأولى"),
        ("comment-parent", "الأولى", f"#comment-{first.pk}"),
    ]


# The page


def test_the_pages_of_a_discussion_lead_to_each_other_and_back_to_it(client, article):
    made = many_approved(article, THREADS_PER_PAGE + 1, thread=1)
    address = article.get_absolute_url()

    first, second = parse(client.get(address)), parse(client.get(address, {"page": "2"}))

    assert comment_ids(first) + comment_ids(second) == [comment.pk for comment in made]
    assert attribute(element(first, "a", rel="next"), "href") == f"{address}?page=2#comments"
    assert attribute(element(second, "a", rel="prev"), "href") == f"{address}#comments"
    assert len(elements(second, id="comments")) == 1


def test_links_of_readers_are_marked_as_theirs(client, approved):
    comment = approved(website="https://example.org/?a=1&b='2'")

    page = parse(client.get(comment.article.get_absolute_url()))
    link = element(element(page, "p", class_="comment-name"), "a")

    assert attribute(link, "href") == comment.website
    assert set((attribute(link, "rel") or "").split()) == {"nofollow", "ugc", "noopener"}


@pytest.mark.parametrize("count", [3, 300])
def test_the_page_of_a_story_takes_thirteen_queries_at_most_with_few_comments_and_with_many(
    client, published, category, image, django_assert_num_queries, count
):
    article = published(image=image)
    article.further_categories.add(category)
    article.tags.add("موازنة", "أرصفة")
    for number in range(3):
        neighbour = published(f"خبر {number}", image=image)
        neighbour.tags.add("موازنة")
    RelatedPost.objects.create(from_article=article, to_article=neighbour)
    first, *_others = many_approved(article, count)

    with django_assert_num_queries(12):
        page = parse(client.get(article.get_absolute_url()))
    with django_assert_num_queries(13):
        client.get(article.get_absolute_url(), {"reply_to": first.pk})

    assert len(comment_ids(page)) == min(count, 3 * THREADS_PER_PAGE)
    assert len(elements(element(page, "aside", class_="related"), "h3")) == 3


def test_every_reader_is_sent_the_same_page(article, approved, moderator, as_user):
    approved()
    address = article.get_absolute_url()

    anonymous, known = Client().get(address), as_user(moderator).get(address)

    assert anonymous.content == known.content
    assert "csrf" not in anonymous.content.decode().lower()
    assert not anonymous.cookies
    assert "Cookie" not in anonymous.get("Vary", "")


# The address of a comment


def test_the_address_of_a_comment_leads_to_its_place_as_it_is_now(client, article):
    made = many_approved(article, THREADS_PER_PAGE + 1, thread=1)
    address = article.get_absolute_url()

    def place(comment: Comment) -> str:
        response = client.get(f"/comments/{comment.pk}/")
        assert response.status_code == 302
        return response["Location"]

    assert place(made[0]) == f"{address}#comment-{made[0].pk}"
    assert place(made[-1]) == f"{address}?page=2#comment-{made[-1].pk}"
    assert made[-1].pk in comment_ids(parse(client.get(place(made[-1]))))
    moderation.decide(made[0].pk, CommentStatus.TRASH, rule="test")
    assert place(made[-1]) == f"{address}#comment-{made[-1].pk}"


def test_the_address_of_a_comment_stands_under_it(client, article):
    made = many_approved(article, THREADS_PER_PAGE + 1, thread=1)

    for number, comment in ((1, made[0]), (2, made[-1])):
        page = parse(client.get(article.get_absolute_url(), {"page": number}))
        shown = element(page, "article", id=f"comment-{comment.pk}")
        link = attribute(element(shown, "a", class_="permalink"), "href")
        assert link == f"/comments/{comment.pk}/#comment-{comment.pk}"


@pytest.mark.parametrize("path", ["", "report/"])
def test_a_comment_that_is_not_public_has_no_address(client, approved, pending, path):
    hidden = [pending()]
    for status in (CommentStatus.REJECTED, CommentStatus.SPAM, CommentStatus.TRASH):
        hidden.append(pending())
        moderation.decide(hidden[-1].pk, status, rule="test")
    hidden.append(approved())
    moderation.withdraw(hidden[-1])

    answers = [client.get(f"/comments/{pk}/{path}") for pk in (0, 10**30, *(c.pk for c in hidden))]

    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert client.get(f"/comments/{'9' * 5000}/{path}").status_code == 404
    assert client.get(f"/comments/٣/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "report/"])
def test_a_comment_is_gone_with_its_story(client, article, approved, path):
    shown = approved()
    publishing.retract(article)

    assert client.get(f"/comments/{shown.pk}/{path}").status_code == 410


@pytest.mark.parametrize("path", ["", "report/"])
def test_a_comment_on_a_story_that_comes_later_is_not_there_yet(client, article, approved, path):
    shown = approved()
    Article.objects.update(published_at=timezone.now() + timedelta(hours=1))

    assert client.get(f"/comments/{shown.pk}/{path}").status_code == 404


@pytest.mark.parametrize("count", [3, 300])
def test_the_address_of_a_comment_takes_three_queries(
    client, article, django_assert_num_queries, count
):
    last = many_approved(article, count)[-1]

    with django_assert_num_queries(3):
        client.get(f"/comments/{last.pk}/")


# Closed, and suspended for the time being


def closed(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(comments_open=False)


def closed_by_its_policy(article: Article) -> None:
    policy.change(ArticlePolicy(article=article), {"mode": Mode.CLOSED})


def too_old(article: Article) -> None:
    policy.change(CommentPolicy.load(), {"closes_after_days": 0})


def frozen(article: Article) -> None:
    policy.change(ArticlePolicy(article=article), {"frozen": True})


def frozen_with_the_site(article: Article) -> None:
    policy.change(CommentPolicy.load(), {"frozen": True})


@pytest.mark.parametrize(
    ("shut", "told"),
    [
        (closed, posting.CLOSED),
        (closed_by_its_policy, posting.CLOSED),
        (too_old, posting.CLOSED),
        (frozen, posting.FROZEN),
        (frozen_with_the_site, posting.FROZEN),
    ],
)
def test_a_discussion_that_is_shut_says_so_everywhere(client, article, shut, told):
    (shown,) = many_approved(article, 1)
    address, api = article.get_absolute_url(), f"/api/v1/articles/{article.slug}/"
    open_page = parse(client.get(address))
    was_open = client.get(api).json()["comments"]["open"]
    shut(article)

    page = parse(client.get(address, {"reply_to": shown.pk}))
    refused = client.post(post_address(article), comment_data())
    by_api = client.post(f"{api}comments/", comment_data(), content_type="application/json")

    shown_open = [
        elements(open_page, **each) for each in ({"id": "comment-form"}, {"class_": "closed"})
    ]
    assert [len(each) for each in shown_open] == [1, 0]
    assert was_open is True
    for each in (page, parse(refused)):
        assert comment_ids(each) == [shown.pk]
        assert elements(each, id="comment-form") == elements(each, "a", class_="reply") == []
        assert text(element(each, "p", class_="closed")) == str(told)
        assert len(elements(each, "a", class_="report-link")) == 1
    assert (refused.status_code, by_api.status_code) == (403, 403)
    assert by_api.json() == {"detail": str(told)}
    assert client.get(api).json()["comments"]["open"] is False
    assert Comment.objects.count() == 1


def test_a_comment_that_came_too_late_is_given_back_to_be_copied(client, published):
    article = published(comments_open=False)

    page = parse(client.post(post_address(article), comment_data(body="كتبتُه طويلاً.")))

    given_back = element(page, "div", class_="error-summary")
    assert attribute(given_back, "role") == "alert"
    assert text(element(given_back, "blockquote")) == "كتبتُه طويلاً."
    assert ADDRESS not in str(page)
    assert elements(parse(client.get(article.get_absolute_url())), "blockquote") == []


# Names


def test_where_pseudonyms_are_on_no_page_shows_a_name(client, article, approved):
    names = ("ليلى", "سلمى", "هند")
    first = approved(name=names[0], website="https://example.org/layla")
    approved(name=names[1], email="salma@example.org", parent=first.pk)
    approved(name=names[2], email="hind@example.org", parent=first.pk)
    policy.change(ArticlePolicy(article=article), {"pseudonyms": True})
    address = article.get_absolute_url()

    pages = [
        client.get(address),
        client.get(address, {"reply_to": first.pk}),
        client.post(post_address(article), comment_data(name="", parent=first.pk)),
        client.get(f"/comments/{first.pk}/report/"),
        client.get(f"{address}feed/"),
    ]

    invented = public_pseudonym(first.pk)
    for page in pages:
        shown = page.content.decode()
        assert [each for each in (*names, "example.org/layla") if each in shown] == []
        assert invented in shown


def test_an_edited_comment_is_marked(client, article, approved, moderator):
    plain, edited = approved(), approved(body="قبل")
    editing.edit(edited.pk, "بعد", by=moderator)

    page = parse(client.get(article.get_absolute_url()))

    marks = {
        comment.pk: len(
            elements(element(page, "article", id=f"comment-{comment.pk}"), class_="comment-edited")
        )
        for comment in (plain, edited)
    }
    assert marks == {plain.pk: 0, edited.pk: 1}
    assert "قبل" not in str(page)


def test_the_page_of_a_story_leads_to_the_feed_of_its_comments(client, article, approved):
    empty = parse(client.get(article.get_absolute_url()))
    approved()
    page = parse(client.get(article.get_absolute_url()))

    for each in (empty, page):
        of_the_paper, link = elements(element(each, "head"), "link", rel="alternate")
        assert attribute(of_the_paper, "href") == "/feed/"
        assert attribute(link, "type") == "application/rss+xml"
        assert client.get(attribute(link, "href")).status_code == 200
    assert attribute(element(element(page, "p", class_="follow"), "a"), "href") == attribute(
        link, "href"
    )
    assert elements(empty, "p", class_="follow") == []
