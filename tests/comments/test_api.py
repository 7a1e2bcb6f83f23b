"""Comments for REST clients: posting one, and what an article says of its discussion."""

import json

import pytest
from django.test import Client

from articles import publishing
from articles.models import Article
from comments import moderation, policy, posting
from comments.models import ArticlePolicy, Comment, CommentPolicy, CommentStatus
from tests.conftest import ADDRESS, comment_data, many_approved


def address(article: Article) -> str:
    return f"/api/v1/articles/{article.slug}/comments/"


@pytest.fixture
def post(client: Client, article: Article):
    """Posts JSON to the article's comments."""

    def send(sent, to: str = address(article), **headers):
        text = sent if isinstance(sent, str | bytes) else json.dumps(sent)
        return client.post(to, text, content_type="application/json", headers=headers)

    return send


def test_a_good_comment_is_held_and_answered_with_its_receipt(client, article, post):
    response = post(comment_data())

    assert response.status_code == 201
    assert response["Cache-Control"] == "no-store"
    comment = Comment.objects.get()
    answer = response.json()
    assert [*answer] == ["status", "receipt"]
    assert answer["status"] == comment.status == "pending"
    assert answer["receipt"].startswith("http://testserver/comments/receipt/")
    assert comment.body in client.get(answer["receipt"]).content.decode()


def test_only_name_address_and_text_must_be_sent(post):
    sent = {name: comment_data()[name] for name in ("name", "email", "body")}

    assert post(sent).status_code == 201
    second = {**sent, "body": "ثانٍ", "website": None, "parent": None}
    assert post(second).status_code == 201
    assert [*Comment.objects.values_list("website", "parent")] == [("", None)] * 2


def test_a_reply_names_its_parent_by_number_or_by_text(article, post):
    (parent,) = many_approved(article, 1)

    for name in (parent.pk, str(parent.pk)):
        assert post(comment_data(parent=name, body=f"ردّ: {name!r}")).status_code == 201
    assert [*Comment.objects.exclude(pk=parent.pk).values_list("parent", flat=True)] == [
        *(parent.pk, parent.pk)
    ]


def test_what_is_wrong_is_told_by_field(post):
    response = post({"name": "", "email": "x", "website": "x y"})

    assert response.status_code == 400
    assert {name: [type(each) for each in told] for name, told in response.json().items()} == {
        "body": [str],
        "name": [str],
        "email": [str],
        "website": [str],
    }
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("field", ["name", "email", "website", "body", "parent"])
@pytest.mark.parametrize("value", [[], ["a"], {}, {"a": 1}, True, False, 1.5], ids=str)
def test_what_is_no_text_is_wrong_in_its_field(post, field, value):
    response = post({**comment_data(), field: value})

    assert (response.status_code, [*response.json()]) == (400, [field])
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("field", ["name", "email", "website", "body"])
def test_a_number_is_no_text(post, field):
    """The schema says text, and no client should learn otherwise."""
    response = post({**comment_data(), field: 5})

    assert (response.status_code, [*response.json()]) == (400, [field])


@pytest.mark.parametrize("extra", [1, [1], {"a": "b"}, None], ids=str)
def test_a_field_that_nobody_knows_is_passed_over(post, extra):
    assert post({**comment_data(), "status": "approved", "\ud800": extra}).status_code == 201
    assert Comment.objects.get().status == "pending"


@pytest.mark.parametrize(
    "sent", ["", "{", "[]", '"text"', "1", "null", "NaN", '{"name": NaN}', b"\xff\xfe", "[" * 10**5]
)
def test_what_is_no_json_object_is_refused(post, sent):
    assert post(sent).status_code == 400
    assert Comment.objects.count() == 0


def test_a_closed_discussion_takes_nothing(published, post):
    response = post(comment_data(), to=address(published("غيره", comments_open=False)))

    assert (response.status_code, [*response.json()]) == (403, ["detail"])
    assert Comment.objects.count() == 0


def test_a_draft_is_not_there_and_a_retracted_story_is_gone(article, draft, post):
    on_a_draft = post(comment_data(), to=address(draft("مسودة")))
    on_nothing = post(comment_data(), to="/api/v1/articles/nothing/comments/")
    publishing.retract(article)
    gone = post(comment_data())

    assert [each.status_code for each in (on_a_draft, on_nothing, gone)] == [404, 404, 410]
    assert on_a_draft.content == on_nothing.content
    assert Comment.objects.count() == 0


def test_a_comment_sent_to_a_former_address_is_told_the_new_one(article, post):
    former = address(article)
    article.slug = "new-name"
    article.save()

    response = post(comment_data(), to=former)

    assert (response.status_code, response["Location"]) == (308, address(article))
    assert post(comment_data(), to=response["Location"]).status_code == 201


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", "x"],
)
def test_anything_but_json_is_refused(client, article, content_type):
    """So no form on another site can post here: a browser asks first before it sends JSON."""
    response = client.post(address(article), "name=a", content_type=content_type)

    assert response.status_code == 415
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_comment_is_neither_changed_nor_deleted(client, article, method):
    assert getattr(client, method)(address(article)).status_code == 405


def test_an_article_tells_whether_comments_are_open_and_how_many_are_shown(
    client, article, published, pending
):
    many_approved(article, 3)
    for status in (CommentStatus.SPAM, CommentStatus.TRASH, CommentStatus.REJECTED):
        moderation.decide(pending().pk, status, rule="test")
    pending()
    closed = published("غيره", minutes_ago=90, comments_open=False)

    listed = client.get("/api/v1/articles/").json()["results"]

    assert {each["id"]: each["comments"] for each in listed} == {
        article.pk: {"open": True, "count": 3},
        closed.pk: {"open": False, "count": 0},
    }
    detail = client.get(f"/api/v1/articles/{article.slug}/").json()
    assert detail["comments"] == {"open": True, "count": 3}


def test_no_answer_holds_what_is_private(client, article, approved, post):
    comment = approved(name="ليلى")
    accepted = post(comment_data(body="ثانٍ"))
    refused = post(comment_data(name="", website="x y"))
    answers = [accepted, refused, client.get(f"/api/v1/articles/{article.slug}/")]

    digests = [comment.commenter.digest, comment.receipt_digest]
    private = [ADDRESS, *(bytes(each).hex() for each in digests)]
    for answer in answers:
        assert [each for each in private if each in answer.content.decode()] == []
    assert [answer.status_code for answer in answers] == [201, 400, 200]


def test_the_schema_describes_the_post_and_nothing_private(client):
    schema = client.get("/api/v1/schema/", headers={"accept": "application/json"})
    text = schema.content.decode()

    assert schema.status_code == 200
    assert "CommentPost" in text
    for private in ("sealed", "digest", "commenter_id", "user_agent", "topic"):
        assert private not in text


def test_a_known_commenter_is_told_that_the_comment_is_shown(article, post):
    first = post(comment_data())
    moderation.decide(Comment.objects.get().pk, CommentStatus.APPROVED, rule="test")

    second = post(comment_data(body="ثانٍ"))

    assert [each.json()["status"] for each in (first, second)] == ["pending", "approved"]
    assert [*Comment.objects.order_by("id").values_list("status", flat=True)] == ["approved"] * 2


def test_a_frozen_discussion_is_not_open_and_takes_nothing(client, article, post):
    policy.change(ArticlePolicy(article=article), {"frozen": True})

    response = post(comment_data())

    assert (response.status_code, response.json()) == (403, {"detail": str(posting.FROZEN)})
    detail = client.get(f"/api/v1/articles/{article.slug}/").json()
    assert detail["comments"] == {"open": False, "count": 0}
    assert Comment.objects.count() == 0


def test_too_many_comments_are_told_when_to_try_again(post):
    policy.change(CommentPolicy.load(), {"per_minute": 1})

    first, second = post(comment_data()), post(comment_data(body="ثانٍ"))

    assert (first.status_code, second.status_code) == (201, 429)
    assert 1 <= int(second["Retry-After"]) <= 60
    assert second.json() == {"detail": "ترسل التعليقات بسرعة كبيرة. انتظر قليلاً ثم أعد الإرسال."}
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("count", [3, 300])
def test_posting_takes_as_many_queries_whatever_the_length_of_the_discussion(
    article, post, django_assert_num_queries, count
):
    policy.change(CommentPolicy.load(), {"per_hour": 0})
    many_approved(article, count)
    post(comment_data(body="للتمهيد"))

    with django_assert_num_queries(24):
        response = post(comment_data(body="ثانٍ"))

    assert response.json()["status"] == "approved"
