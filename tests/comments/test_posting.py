"""`comments.posting` is the one way in: the page's form and the API are given the same answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.test import Client

from articles.models import Article
from comments import moderation, policy, posting
from comments.models import Comment, Commenter, CommentPolicy, CommentStatus
from comments.privacy import address_digest, generate_key_pair, unseal
from tests.comments.pages import element, filled_form, parse, text
from tests.conftest import ADDRESS, comment_data, while_another_waits

# What is sent instead of a good comment, and the fields that are wrong with it.
SENT = {
    "a good comment": ({}, []),
    "a website": ({"website": "https://example.org/?q=خبر"}, []),
    "a website without its scheme": ({"website": "example.org"}, []),
    "a website of 200 characters": ({"website": "https://example.org/" + "a" * 180}, []),
    "blanks around everything": ({"name": "  ليلى ", "body": "\n نعم \n", "website": " "}, []),
    "the longest name": ({"name": "ن" * 80}, []),
    "the longest text": ({"body": "ن" * 5000}, []),
    "the longest address": ({"email": "a" * 242 + "@example.org"}, []),
    "an address in capitals": ({"email": "LAYLA@EXAMPLE.ORG"}, []),
    "an address with an Arabic domain": ({"email": "layla@جريدة.مثال"}, []),
    "letters outside the basic plane": ({"name": "👩‍👩‍👧", "body": "𝒩𝑜 🍞"}, []),
    "no name": ({"name": None}, ["name"]),
    "no address": ({"email": None}, ["email"]),
    "no text": ({"body": None}, ["body"]),
    "nothing": (
        dict.fromkeys(["name", "email", "body", "website", "parent"]),
        [*("body", "email", "name")],
    ),
    "an empty name": ({"name": ""}, ["name"]),
    "a name of blanks": ({"name": "   "}, ["name"]),
    "a name of no-break spaces": ({"name": "\u00a0\u00a0"}, ["name"]),
    "a name without width": ({"name": "\u200b\u200f"}, ["name"]),
    "a name of tatweel": ({"name": "ــــ"}, ["name"]),
    "a text without width": ({"body": "\ufeff\u200d"}, ["body"]),
    "a text of tatweel": ({"body": "ــــ"}, ["body"]),
    "too long a name": ({"name": "ن" * 81}, ["name"]),
    "too long a text": ({"body": "ن" * 5001}, ["body"]),
    "too long an address": ({"email": "a" * 243 + "@example.org"}, ["email"]),
    "too long an address in bytes": ({"email": "a@" + "ج." * 80 + "مثال"}, ["email"]),
    "no mailbox": ({"email": "example.org"}, ["email"]),
    "two mailboxes": ({"email": "a@example.org,b@example.org"}, ["email"]),
    "an address with a line break": ({"email": "a@example.org\nBcc: b@example.org"}, ["email"]),
    "a script for a website": ({"website": "javascript:alert(1)"}, ["website"]),
    "a website by file transfer": ({"website": "ftp://example.org/"}, ["website"]),
    "a broken website": ({"website": "https://[example.org"}, ["website"]),
    "a website of 201 characters": ({"website": "https://example.org/" + "a" * 181}, ["website"]),
    "NUL in the name": ({"name": "لي\0لى"}, ["name"]),
    "NUL in the text": ({"body": "نعم\0"}, ["body"]),
    "NUL everywhere": (
        dict.fromkeys(["name", "email", "body", "website", "parent"], "\0"),
        [*("body", "email", "name", "parent", "website")],
    ),
    "a parent that never was": ({"parent": "1000000"}, ["parent"]),
    "a parent without end": ({"parent": "9" * 4000}, ["parent"]),
    "a parent below zero": ({"parent": "-1"}, ["parent"]),
    "a parent in words": ({"parent": "الأول"}, ["parent"]),
    "everything wrong": (
        {"name": "", "email": "x", "body": "", "website": "x y", "parent": "x"},
        ["body", "email", "name", "parent", "website"],
    ),
}


def page_answers(client: Client, article: Article, sent: dict[str, str]) -> dict[str, list[str]]:
    """What the form says is wrong, by field."""
    response = client.post(f"/articles/{article.slug}/comments/", sent)
    if response.status_code == 303:
        return {}
    assert response.status_code == 422
    return {name: list(errors) for name, errors in response.context["comment_form"].errors.items()}


def api_answers(client: Client, article: Article, sent: dict[str, str]) -> dict[str, list[str]]:
    """What the API says is wrong, by field, to somebody on another network."""
    response = client.post(
        f"/api/v1/articles/{article.slug}/comments/",
        sent,
        content_type="application/json",
        REMOTE_ADDR="198.51.100.7",
    )
    if response.status_code == 201:
        return {}
    assert response.status_code == 400
    return response.json()


@pytest.mark.parametrize(("changed", "wrong"), SENT.values(), ids=SENT.keys())
def test_the_form_and_the_api_give_one_verdict(client, article, changed, wrong):
    data = comment_data(**changed)
    sent = {name: value for name, value in data.items() if value is not None}

    by_page = page_answers(client, article, sent)
    by_api = api_answers(client, article, sent)

    assert sorted(by_page) == wrong
    assert by_api == by_page
    kept = [*Comment.objects.values_list("name", "body", "website", "parent", "commenter")]
    assert len(kept) == (0 if wrong else 2)
    assert kept[:1] == kept[1:]


def test_the_parent_is_judged_alike_by_the_form_and_the_api(client, article, published, pending):
    public = pending()
    moderation.decide(public.pk, CommentStatus.APPROVED, rule="test")
    elsewhere = posting.submit(other := published("غيره"), comment_data()).comment
    moderation.decide(elsewhere.pk, CommentStatus.APPROVED, rule="test")
    parents = {public: [], elsewhere: ["parent"], pending(): ["parent"]}

    for parent, wrong in parents.items():
        sent = comment_data(parent=str(parent.pk))
        assert sorted(page_answers(client, article, sent)) == wrong
        assert sorted(api_answers(client, article, sent)) == wrong
    assert [*Comment.objects.filter(parent__isnull=False).values_list("parent", "article")] == [
        (public.pk, article.pk)
    ] * 2
    assert other.comments.count() == 1


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_line_break_counts_as_one_character_however_it_is_sent(article, line_break):
    """A browser counts one and sends two: its `maxlength` and our limit must agree."""
    longest = "ن" + line_break + "ن" * 4998

    kept = posting.submit(article, comment_data(body=longest)).comment

    assert kept.body == "ن\n" + "ن" * 4998


def test_a_comment_is_held_until_somebody_decides(client, article):
    accepted = posting.submit(article, comment_data(body="لم يره أحد بعد."))

    assert accepted.comment.status == CommentStatus.PENDING
    assert [*Comment.objects.public()] == []
    assert "لم يره أحد بعد." not in client.get(article.get_absolute_url()).content.decode()


def test_the_address_is_kept_sealed_and_apart_from_what_was_written(article, settings):
    private_key, settings.COMMENT_EMAIL_PUBLIC_KEY = generate_key_pair()

    comment = posting.submit(article, comment_data(email="Layla.Private@Example.org")).comment

    commenter = Commenter.objects.get()
    assert comment.commenter == commenter
    assert unseal(bytes(commenter.sealed_address), private_key) == ADDRESS
    assert bytes(commenter.digest) == address_digest(ADDRESS)


def test_a_mailbox_is_one_commenter_however_it_is_spelled(article):
    spellings = [ADDRESS, ADDRESS.upper(), f" {ADDRESS} ", "reader@جريدة.مثال"]
    spellings.append("READER@" + "جريدة.مثال".encode("idna").decode())

    by = [posting.submit(article, comment_data(email=each)).comment.commenter for each in spellings]

    assert by == [by[0]] * 3 + [by[3]] * 2
    assert Commenter.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_first_comments_of_one_address_at_once_are_both_kept(article):
    accepted = while_another_waits(
        lambda: posting.submit(article, comment_data(body="الأول")),
        lambda: posting.submit(article, comment_data(body="الثاني")),
    )

    assert [each.comment.body for each in accepted] == ["الأول", "الثاني"]
    assert {each.comment.commenter for each in accepted} == {Commenter.objects.get()}
    assert Comment.objects.count() == 2


def test_a_reply_to_a_comment_that_is_gone_is_offered_as_a_comment_of_its_own(
    client, article, approved
):
    parent = approved()
    moderation.decide(parent.pk, CommentStatus.SPAM, rule="test")

    answer = client.post(
        f"/articles/{article.slug}/comments/", comment_data(parent=parent.pk, body="ردّ على ذلك")
    )
    offered = filled_form(parse(answer))
    again = client.post(f"/articles/{article.slug}/comments/", offered)

    assert (answer.status_code, again.status_code) == (422, 303)
    assert offered == comment_data(body="ردّ على ذلك", website="", topic="")
    assert [*Comment.objects.exclude(pk=parent.pk).values_list("parent", "body")] == [
        (None, "ردّ على ذلك")
    ]


def test_a_refusal_names_the_fields_and_quotes_nothing_for_the_logs(article):
    with pytest.raises(posting.Invalid) as refused:
        posting.submit(article, comment_data(name="", website="x y"))

    assert str(refused.value) == "wrong: name, website"
    assert ADDRESS not in repr(refused.value)


def test_a_closed_discussion_takes_nothing(client, published):
    article = published(comments_open=False)

    with pytest.raises(posting.DiscussionClosed):
        posting.submit(article, comment_data())
    assert client.post(f"/articles/{article.slug}/comments/", comment_data()).status_code == 403
    assert Comment.objects.count() == 0
    assert Commenter.objects.count() == 0


# What the commenter is told


def test_the_form_says_how_long_the_address_is_kept(settings, article):
    settings.COMMENT_ADDRESS_DAYS = 37

    assert "37" in posting.CommentForm(article=article).fields["email"].help_text


@pytest.mark.parametrize("status", ["approved", "rejected", "spam", "pending"])
def test_a_sender_is_told_of_a_comment_that_is_shown_or_waits_and_nothing_else(pending, status):
    comment = pending()
    comment.status = status

    told = posting.Accepted(comment, "code").status

    assert told == ("approved" if status == "approved" else "pending")


def test_a_commenter_who_is_known_is_shown_at_once(client, article):
    first = posting.submit(article, comment_data()).comment
    moderation.decide(first.pk, CommentStatus.APPROVED, rule="test")

    second = posting.submit(article, comment_data(body="تعليق ثانٍ."))

    assert (first.held_by, second.status) == ("newcomer", "approved")
    assert second.comment.decisions.get().rule == "passed"


def test_what_a_program_filled_in_is_spam_and_is_answered_like_the_rest(client, article):
    by_page = client.post(
        f"/articles/{article.slug}/comments/", comment_data(topic="casino", body="أول")
    )
    by_api = client.post(
        f"/api/v1/articles/{article.slug}/comments/",
        comment_data(topic="casino", body="ثانٍ"),
        content_type="application/json",
    )

    assert (by_page.status_code, by_api.status_code) == (303, 201)
    assert by_api.json()["status"] == "pending"
    assert [*Comment.objects.values_list("status", flat=True)] == ["spam", "spam"]


def test_too_many_are_told_when_to_try_again_and_keep_what_they_typed(client, article):
    policy.change(CommentPolicy.load(), {"per_minute": 1})
    address = f"/articles/{article.slug}/comments/"

    first = client.post(address, comment_data())
    again = client.post(address, comment_data(body="ثانٍ"))
    by_api = client.post(
        f"/api{address.replace('/articles/', '/v1/articles/')}",
        comment_data(body="ثالث"),
        content_type="application/json",
    )

    assert [each.status_code for each in (first, again, by_api)] == [303, 429, 429]
    assert 1 <= int(again["Retry-After"]) <= 60
    assert 1 <= int(by_api["Retry-After"]) <= 60
    assert filled_form(parse(again)) == {**comment_data(body="ثانٍ"), "topic": ""}
    assert Comment.objects.count() == 1


def test_what_came_too_late_is_given_back_whole(client, published):
    article = published("خبر أُغلق نقاشه", comments_open=False)
    long = "سطر من تعليق طويل\n" * 400

    answer = client.post(f"/articles/{article.slug}/comments/", comment_data(body=long))

    assert answer.status_code == 403
    given_back = element(parse(answer), "blockquote")
    assert text(given_back).count("سطر من تعليق طويل") == 400


def test_a_second_click_is_told_that_the_comment_has_arrived(client, article):
    sent = comment_data(email="layla@example.org")
    client.post(f"/articles/{article.slug}/comments/", sent)

    page = parse(client.post(f"/articles/{article.slug}/comments/", sent))
    wrong = parse(client.post(f"/articles/{article.slug}/comments/", comment_data(email="")))

    titles = [text(element(each, "p", class_="error-summary-title")) for each in (page, wrong)]
    assert titles[0] == "وصل هذا التعليق."
    assert titles[1] != titles[0]


def test_a_refusal_passes_through_whatever_stands_around_it(article):
    """A frozen exception would break where Python notes on it what it has passed through."""

    @contextmanager
    def around() -> Iterator[None]:
        yield

    with pytest.raises(posting.Invalid) as refused, around():
        posting.submit(article, comment_data(email=""))
    assert [*refused.value.form.errors] == ["email"]
