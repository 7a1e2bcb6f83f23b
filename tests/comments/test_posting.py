"""`comments.posting` is the one way in: the page's form and the API are given the same answer."""

import json

import pytest
from django.test import Client
from django.test.html import Element

from articles.models import Article
from comments import moderation, posting
from comments.models import Comment, Commenter, CommentStatus
from comments.privacy import address_digest, generate_key_pair, unseal
from comments.threads import THREADS_PER_PAGE
from tests.comments.pages import attribute, comment_ids, element, elements, filled_form, parse, text
from tests.conftest import ADDRESS, comment_data, shared, while_another_waits

MEGABYTE = 1024 * 1024

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
    """What the API says is wrong, by field."""
    response = client.post(
        f"/api/v1/articles/{article.slug}/comments/", sent, content_type="application/json"
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
    assert offered == comment_data(body="ردّ على ذلك", website="")
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


# Wild input


def name_and_text(comment: Element) -> tuple[str, str]:
    """What a page shows of a comment, which holds no element and no attribute but our own."""
    below = elements(comment)
    assert {each.name for each in below} <= {
        *("header", "p", "a", "bdi", "div", "br", "footer", "span", "time")
    }
    assert {name for each in below for name, _value in each.attributes} <= {
        *("class", "dir", "href", "rel", "datetime")
    }
    name = element(element(comment, "p", class_="comment-name"), "bdi")
    return text(name), text(element(comment, "div", class_="comment-body"))


def test_every_naughty_string_is_refused_kindly_or_shown_as_it_was_written(client, article):
    naughty = json.loads(shared("data", "naughty-strings.json").read_text())
    statuses = [
        client.post(
            f"/articles/{article.slug}/comments/", comment_data(name=string[:80], body=string)
        ).status_code
        for string in naughty
    ]
    kept = [*Comment.objects.order_by("id")]
    for comment in kept:
        moderation.decide(comment.pk, CommentStatus.APPROVED, rule="test")

    pages = [
        parse(client.get(article.get_absolute_url(), {"page": number}))
        for number in range(1, 2 + len(kept) // THREADS_PER_PAGE)
    ]

    assert set(statuses) == {303, 422}
    assert statuses.count(303) == len(kept) > 480
    assert [pk for page in pages for pk in comment_ids(page)] == [comment.pk for comment in kept]
    assert [
        name_and_text(shown)
        for page in pages
        for shown in elements(page, "article", class_="comment")
    ] == [(" ".join(each.name.split()), " ".join(each.body.split())) for each in kept]
    assert {each.body for each in kept} <= {string.strip() for string in naughty}
    for page in pages:
        assert elements(page, "script") == elements(page, "img") == elements(page, "iframe") == []


@pytest.mark.parametrize("field", ["name", "email", "website", "body", "parent", "\ud800"])
@pytest.mark.parametrize("text_", ["\ud800", "نعم \udfff", "a@\ud800.org", "https://a.org/\udc00"])
def test_half_a_character_sent_as_json_is_refused(client, article, field, text_):
    sent = json.dumps({**comment_data(), field: text_})

    response = client.post(
        f"/api/v1/articles/{article.slug}/comments/", sent, content_type="application/json"
    )

    if field in comment_data():
        assert (response.status_code, [*response.json()]) == (400, [field])
    else:
        assert response.status_code == 201


def test_bytes_that_are_no_text_are_never_an_error_of_the_server(client, article):
    form = {"content_type": "application/x-www-form-urlencoded"}
    address = f"/articles/{article.slug}/comments/"
    good = "email=layla@example.org"

    assert client.post(address, f"name=%ff%fe&body=%c0%80&{good}", **form).status_code == 303
    assert client.post(address, f"name=%00&body=%ed%a0%80&{good}", **form).status_code == 422
    assert client.post(address, b"\xff\xfe", **form).status_code == 422
    assert client.post(address, "{", content_type="multipart/form-data").status_code == 400
    assert (
        client.post(address, b"--b\r\n", content_type="multipart/form-data; boundary=b").status_code
        == 422
    )


def test_ten_megabytes_are_refused_by_the_form_and_by_the_api(client, article):
    sent = comment_data(body="n" * 10 * MEGABYTE)

    by_page = client.post(
        f"/articles/{article.slug}/comments/",
        "body=" + sent["body"],
        content_type="application/x-www-form-urlencoded",
    )
    by_api = client.post(
        f"/api/v1/articles/{article.slug}/comments/", sent, content_type="application/json"
    )

    assert (by_page.status_code, by_api.status_code) == (400, 400)
    assert Comment.objects.count() == 0


def test_a_picture_sent_for_a_text_is_not_taken(client, article, image):
    with image.file.open() as picture:
        response = client.post(f"/articles/{article.slug}/comments/", comment_data(body=picture))

    assert response.status_code == 422
    assert attribute(element(parse(response), "textarea"), "aria-invalid") == "true"
