"""Discussions for REST clients, page by page."""

import pytest

from articles import publishing
from comments import moderation, policy
from comments.models import CommentPolicy, CommentStatus
from comments.threads import read_discussion
from tests.articles.api import all_pages, in_utc
from tests.comments.test_api import address
from tests.conftest import many_approved


def pages(client, article, size: int) -> list[list[int]]:
    return all_pages(client, f"{address(article)}?page_size={size}", "id")


def test_a_comment_has_the_fields_of_the_contract_and_no_other(client, article, approved):
    comment = approved(name="ليلى", website="https://example.org/", body="سطر.\nسطر <b>آخر</b>.")
    reply = approved(name="سامي", parent=comment.pk, body="نعم.")

    answer = client.get(address(article)).json()

    assert answer == {
        "next": None,
        "previous": None,
        "results": [
            {
                "id": each.pk,
                "parent": each.parent_id,
                "name": each.name,
                "website": each.website,
                "body": each.body,
                "submitted_at": in_utc(each.submitted_at),
                "depth": depth,
            }
            for each, depth in ((comment, 0), (reply, 1))
        ],
    }


def test_they_stand_in_the_order_of_the_page(client, article, approved):
    first, *_others = many_approved(article, 8)
    approved(parent=first.pk)

    shown = [comment.pk for comment in read_discussion(article).comments]

    assert pages(client, article, 100) == [shown]
    assert pages(client, article, 4) == [shown[0:4], shown[4:8], shown[8:]]


def test_one_can_page_back(client, article):
    many_approved(article, 5)
    first = client.get(address(article), {"page_size": 2}).json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()

    assert client.get(third["previous"]).json()["results"] == second["results"]
    back = client.get(second["previous"]).json()
    assert (back["results"], back["previous"]) == (first["results"], None)
    assert [first["previous"], third["next"]] == [None, None]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_where_the_last_comment_of_a_page_goes_the_next_page_goes_on(client, article, place):
    made = many_approved(article, 6)
    first = client.get(address(article), {"page_size": place + 1}).json()

    moderation.decide(made[place].pk, CommentStatus.TRASH, rule="test")

    rest = [key for page in all_pages(client, first["next"], "id") for key in page]
    assert rest == [each.pk for each in made[place + 1 :]]


def test_what_is_not_public_is_not_there(client, article, approved, pending):
    shown = approved()
    pending(body="ينتظر")
    hidden = approved(body="سيزال")
    answer = approved(body="ردّ", parent=hidden.pk)
    moderation.decide(hidden.pk, CommentStatus.SPAM, rule="test")

    results = client.get(address(article)).json()["results"]

    assert [(each["id"], each["parent"]) for each in results] == [
        (shown.pk, None),
        (answer.pk, None),
    ]


def test_where_pseudonyms_are_on_no_name_is_answered(client, article, approved):
    approved(name="ليلى", website="https://example.org/")
    policy.change(CommentPolicy.load(), {"pseudonyms": True})

    (comment,) = client.get(address(article)).json()["results"]

    assert comment["website"] == ""
    assert comment["name"] == read_discussion(article).comments[0].shown_name != "ليلى"


def test_a_closed_discussion_is_still_read(client, published):
    article = published(comments_open=False)
    made = many_approved(article, 2)

    assert pages(client, article, 20) == [[each.pk for each in made]]


def test_the_discussion_of_what_moved_is_gone_or_never_was(client, article, draft):
    assert client.get(address(draft("مسودة"))).status_code == 404
    publishing.retract(article)
    assert client.get(address(article)).status_code == 410


@pytest.mark.parametrize(("name", "value"), [("page", "2"), ("fields", "name"), ("cursor", "x")])
def test_what_cannot_be_asked_is_refused_by_its_name(client, article, name, value):
    response = client.get(address(article), {name: value})

    assert (response.status_code, [*response.json()]) == (400, [name])


@pytest.mark.parametrize("count", [1, 3])
def test_a_discussion_takes_the_same_queries_at_one_comment_and_at_three(
    client, article, count, django_assert_num_queries
):
    many_approved(article, count)

    with django_assert_num_queries(4):
        assert len(client.get(address(article)).json()["results"]) == count
