"""The reader's side of comments: the discussion, the form under it, and the private receipt."""

import pytest
from django.test import Client

from articles import publishing
from articles.models import Article, RelatedPost
from comments import moderation, posting
from comments.models import Comment, CommentStatus
from comments.threads import THREADS_PER_PAGE
from tests.comments.pages import (
    attribute,
    comment_ids,
    element,
    elements,
    filled_form,
    parse,
    text,
)
from tests.conftest import ADDRESS, comment_data, many_approved

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"


def post_address(article: Article) -> str:
    return f"/articles/{article.slug}/comments/"


def assert_private(response) -> None:
    """Kept by no cache, listed nowhere, its address told to no other site, without a cookie."""
    assert set(response["Cache-Control"].split(", ")) == {"no-store", "private"}
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies


@pytest.fixture
def accepted(article) -> posting.Accepted:
    return posting.submit(article, comment_data(body="تعليقي هذا."))


# Posting


def test_a_good_comment_leads_to_its_receipt(client, article):
    response = client.post(post_address(article), comment_data())

    assert response.status_code == 303
    assert_private(response)
    receipt = client.get(response["Location"])
    assert receipt.status_code == 200
    assert text(element(parse(receipt), "div", class_="comment-body")) == comment_data()["body"]


def test_a_comment_needs_neither_a_cookie_nor_a_token(article):
    strict = Client(enforce_csrf_checks=True)

    assert not strict.get(article.get_absolute_url()).cookies
    assert strict.post(post_address(article), comment_data()).status_code == 303
    assert not strict.cookies


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(client, article):
    typed = comment_data(name="", email="ليست عنواناً", website="x y", body="نص طويل كتبته")

    response = client.post(post_address(article), typed)

    page = parse(response)
    assert response.status_code == 422
    assert_private(response)
    assert filled_form(page) == typed
    for name, wrong in {"body": 0, "name": 1, "email": 1, "website": 1}.items():
        field = element(page, "div", class_=f"field-{name}")
        (control,) = [*elements(field, "input"), *elements(field, "textarea")]
        errors = elements(field, "ul", class_="errorlist")
        assert len(errors) == wrong
        assert attribute(control, "aria-invalid") == ("true" if wrong else None)
        assert [attribute(each, "id") for each in errors] == (
            (attribute(control, "aria-describedby") or "").split()
        )
        assert [attribute(each, "for") for each in elements(field, "label")] == [
            attribute(control, "id")
        ]
    assert Comment.objects.count() == 0


def test_the_summary_of_errors_leads_to_each_wrong_field(client, article):
    response = client.post(post_address(article), comment_data(name="", body=""))

    page = parse(response)
    summary = element(page, "div", class_="error-summary")
    targets = [(attribute(link, "href") or "").removeprefix("#") for link in elements(summary, "a")]
    assert attribute(summary, "role") == "alert"
    assert [attribute(element(page, id=target), "name") for target in targets] == ["body", "name"]


def test_a_page_without_errors_says_nothing_of_errors(client, article):
    page = parse(client.get(article.get_absolute_url()))

    assert elements(page, "div", class_="error-summary") == []
    assert elements(page, "ul", class_="errorlist") == []
    assert [each for each in elements(page) if attribute(each, "aria-invalid")] == []


def test_required_fields_are_marked_for_eyes_and_for_machines(client, article):
    form = element(parse(client.get(article.get_absolute_url())), "section", id="comment-form")

    required = {
        attribute(control, "name"): attribute(control, "required") is not None
        for control in [*elements(form, "input"), *elements(form, "textarea")]
        if attribute(control, "type") != "hidden"
    }
    marks = {
        attribute(each, "for"): bool(elements(each, "span", class_="required"))
        for each in elements(form, "label")
    }
    assert required == {"body": True, "name": True, "email": True, "website": False}
    assert marks == {f"comment-{name}": needed for name, needed in required.items()}


@pytest.mark.parametrize("field", ["name", "email", "website", "body", "parent"])
def test_hostile_input_comes_back_as_the_text_that_it_is(client, article, field):
    wrong_anyway = {"email": "x", "website": "x y", field: HOSTILE}

    page = parse(client.post(post_address(article), comment_data(**wrong_anyway)))

    assert filled_form(page)[field] == ("" if field == "parent" else HOSTILE)
    assert elements(page, "script") == elements(page, "img") == []


def test_a_closed_discussion_shows_no_form_and_takes_nothing(client, published):
    article = published(comments_open=False)
    (shown,) = many_approved(article, 1)

    for response in (
        client.get(article.get_absolute_url()),
        client.post(post_address(article), comment_data()),
    ):
        page = parse(response)
        assert comment_ids(page) == [shown.pk]
        assert elements(page, "form") == elements(page, "a", class_="reply") == []
        assert len(elements(page, "p", class_="closed")) == 1
    assert response.status_code == 403
    assert_private(response)
    assert Comment.objects.count() == 1


def test_the_address_of_the_form_leads_back_to_the_story(client, article):
    for method in (client.get, client.head):
        response = method(post_address(article))
        assert (response.status_code, response["Location"]) == (302, article.get_absolute_url())
    assert client.put(post_address(article)).status_code == 405


def test_a_comment_on_a_draft_and_on_nothing_get_the_same_answer(client, draft):
    on_a_draft = client.post(post_address(draft()), comment_data())
    on_nothing = client.post("/articles/nothing/comments/", comment_data())

    assert (on_a_draft.status_code, on_nothing.status_code) == (404, 404)
    assert on_a_draft.content == on_nothing.content
    assert Comment.objects.count() == 0


def test_a_comment_on_a_retracted_story_is_told_that_it_is_gone(client, article):
    publishing.retract(article)

    assert client.post(post_address(article), comment_data()).status_code == 410
    assert Comment.objects.count() == 0


def test_a_comment_sent_to_a_former_address_arrives(client, article):
    former = post_address(article)
    article.slug = "عنوان-جديد"
    article.save()

    response = client.post(former, comment_data(), follow=True)

    assert [status for _address, status in response.redirect_chain] == [308, 303]
    assert Comment.objects.get().article == article


# Other sites


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "http://testserver.elsewhere.example"},
        {"origin": "http://testserver:8080"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": ""},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    ],
    ids=str,
)
def test_a_post_from_another_site_is_refused(client, article, accepted, headers):
    withdrawal = f"{accepted.receipt_url}withdraw/"

    assert client.post(post_address(article), comment_data(), headers=headers).status_code == 403
    assert client.post(withdrawal, headers=headers).status_code == 403
    assert [*Comment.objects.values_list("status", flat=True)] == ["pending"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://testserver"},
        {"sec-fetch-site": "same-origin", "origin": "http://testserver"},
        {"sec-fetch-site": "none"},
    ],
    ids=str,
)
def test_a_post_from_this_site_is_taken(client, article, accepted, headers):
    withdrawal = f"{accepted.receipt_url}withdraw/"

    assert client.post(post_address(article), comment_data(), headers=headers).status_code == 303
    assert client.post(withdrawal, headers=headers).status_code == 303
    assert {*Comment.objects.values_list("status", flat=True)} == {"pending", "withdrawn"}


def test_pages_are_read_from_anywhere(client, article, accepted):
    for address in (article.get_absolute_url(), accepted.receipt_url, post_address(article)):
        response = client.get(address, headers={"sec-fetch-site": "cross-site"})
        assert response.status_code in {200, 302}


# Replies without a script


def test_the_reply_link_opens_a_form_that_answers_that_comment(client, article):
    first, second = many_approved(article, 2, thread=1)
    page = parse(client.get(article.get_absolute_url()))
    link = element(element(page, "article", id=f"comment-{second.pk}"), "a", class_="reply")
    address, _hash, fragment = (attribute(link, "href") or "").partition("#")

    replying = parse(client.get(address))
    form = {**filled_form(replying), **comment_data(body="ردّي عليك", parent=second.pk)}
    sent = client.post(post_address(article), form)

    assert filled_form(page)["parent"] == ""
    assert filled_form(replying)["parent"] == str(second.pk)
    assert second.name in text(element(replying, "div", class_="replying-to"))
    assert first.name not in text(element(replying, "div", class_="replying-to"))
    assert len(elements(replying, id=fragment)) == 1
    assert sent.status_code == 303
    assert Comment.objects.get(body="ردّي عليك").parent == second


def test_a_wrong_reply_is_shown_again_as_a_reply(client, article, approved):
    parent = approved()

    page = parse(client.post(post_address(article), comment_data(name="", parent=parent.pk)))

    assert filled_form(page)["parent"] == str(parent.pk)
    assert parent.name in text(element(page, "div", class_="replying-to"))


@pytest.mark.parametrize(
    "wanted", ["", "x", "0", "-1", "9" * 30, "٣", "²", "\0", "pending", "other"]
)
def test_a_reply_to_what_cannot_be_answered_is_a_plain_form(
    client, article, published, pending, wanted
):
    (elsewhere,) = many_approved(published("غيره"), 1)
    wanted = {"pending": str(pending().pk), "other": str(elsewhere.pk)}.get(wanted, wanted)

    response = client.get(article.get_absolute_url(), {"reply_to": wanted})

    page = parse(response)
    assert response.status_code == 200
    assert filled_form(page)["parent"] == ""
    assert elements(page, "div", class_="replying-to") == []


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


def test_a_deep_thread_is_set_in_no_further_than_four_steps(client, article):
    many_approved(article, 7, thread=7)

    shown = elements(parse(client.get(article.get_absolute_url())), "article", class_="comment")

    assert [(attribute(each, "class") or "")[-1] for each in shown] == [*"0123444"]


def test_the_link_of_a_comment_names_its_page_and_its_place(client, article):
    made = many_approved(article, THREADS_PER_PAGE + 1, thread=1)
    address = article.get_absolute_url()

    for number, comment in ((1, made[0]), (2, made[-1])):
        page = parse(client.get(address, {"page": number}))
        shown = element(page, "article", id=f"comment-{comment.pk}")
        link = attribute(element(shown, "a", class_="permalink"), "href")
        assert link == f"{address}{'?page=2' if number == 2 else ''}#comment-{comment.pk}"
        assert comment.pk in comment_ids(parse(client.get(link or "")))


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
def test_the_page_of_a_story_takes_eight_queries_at_most_with_few_comments_and_with_many(
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

    with django_assert_num_queries(7):
        page = parse(client.get(article.get_absolute_url()))
    with django_assert_num_queries(8):
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


# The receipt


@pytest.mark.parametrize("status", CommentStatus)
def test_a_receipt_tells_the_state_and_the_text_until_it_is_withdrawn(client, accepted, status):
    if status != CommentStatus.PENDING:
        moderation.decide(accepted.comment.pk, status, rule="test")

    response = client.get(accepted.receipt_url)

    assert response.status_code == 200
    assert_private(response)
    withdrawn = status == CommentStatus.WITHDRAWN
    assert (accepted.comment.body in response.content.decode()) is not withdrawn
    assert len(elements(parse(response), "form")) == (0 if withdrawn else 1)


def test_a_receipt_tells_what_became_of_the_comment_and_not_why(client, accepted):
    told: dict[str, list[str]] = {}
    for status in ("pending", "approved", "rejected", "spam", "trash", "withdrawn"):
        if status != "pending":
            moderation.decide(accepted.comment.pk, CommentStatus(status), rule="secret_rule")
        page = parse(client.get(accepted.receipt_url))
        told.setdefault(text(element(page, "h1")), []).append(status)
        assert "secret_rule" not in str(page)

    assert [*told.values()] == [
        ["pending"],
        ["approved"],
        ["rejected", "spam", "trash"],
        ["withdrawn"],
    ]


def test_only_the_right_code_opens_a_receipt(client, accepted):
    wrong = accepted.receipt[:-1] + ("A" if accepted.receipt[-1] != "A" else "B")

    assert client.get(f"/comments/receipt/{accepted.receipt}/").status_code == 200
    for code in (wrong, accepted.receipt[:-1], str(accepted.comment.pk), "x", "9" * 300):
        assert client.get(f"/comments/receipt/{code}/").status_code == 404
        assert client.post(f"/comments/receipt/{code}/withdraw/").status_code == 404
    assert Comment.objects.get().status == CommentStatus.PENDING


def test_no_public_page_knows_the_way_to_a_receipt(client, article, accepted):
    moderation.decide(accepted.comment.pk, CommentStatus.APPROVED, rule="test")

    page = client.get(article.get_absolute_url()).content.decode()

    assert accepted.comment.body in page
    assert accepted.receipt not in page
    assert "/comments/receipt/" not in page


def test_a_withdrawn_comment_leaves_the_page_and_stays_away(client, article, accepted):
    moderation.decide(accepted.comment.pk, CommentStatus.APPROVED, rule="test")
    shown_before = comment_ids(parse(client.get(article.get_absolute_url())))
    (form,) = elements(parse(client.get(accepted.receipt_url)), "form")
    withdrawal = attribute(form, "action")

    answers = [client.post(withdrawal) for _twice in range(2)]

    assert [(each.status_code, each["Location"]) for each in answers] == [
        (303, accepted.receipt_url)
    ] * 2
    for each in answers:
        assert_private(each)
    assert shown_before == [accepted.comment.pk]
    assert comment_ids(parse(client.get(article.get_absolute_url()))) == []
    assert [*accepted.comment.decisions.values_list("old", "new")][:1] == [
        ("approved", "withdrawn")
    ]
    assert accepted.comment.decisions.count() == 2


def test_a_withdrawal_is_not_a_link(client, accepted):
    assert client.get(f"{accepted.receipt_url}withdraw/").status_code == 405
    assert Comment.objects.get().status == CommentStatus.PENDING


def test_a_receipt_shows_no_address(client, accepted):
    response = client.get(accepted.receipt_url)

    assert accepted.comment.name in response.content.decode()
    assert ADDRESS not in response.content.decode()
