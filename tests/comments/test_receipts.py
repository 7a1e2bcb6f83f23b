"""The private receipt of a comment: its state, and what its writer may wish."""

import pytest
from django.test.html import Element

from articles import publishing
from comments import commenters, editing, moderation, policy, posting
from comments.models import ArticlePolicy, Comment, CommentStatus, Standing
from comments.pseudonyms import public_pseudonym
from tests.comments.pages import (
    assert_private,
    attribute,
    comment_ids,
    element,
    elements,
    parse,
    text,
)
from tests.conftest import ADDRESS, comment_data


@pytest.fixture
def accepted(article) -> posting.Accepted:
    return posting.submit(article, comment_data(body="تعليقي هذا."))


# The receipt


def forms(page: Element) -> list[Element]:
    """What can be done on a page, beside searching the paper."""
    return elements(page, "form", method="post")


def actions(page: Element) -> list[str]:
    """What the forms of a receipt do."""
    return [(attribute(each, "action") or "").split("/")[-2] for each in forms(page)]


@pytest.mark.parametrize("status", CommentStatus)
def test_a_receipt_tells_the_state_and_the_text_until_it_is_withdrawn(client, accepted, status):
    if status != CommentStatus.PENDING:
        moderation.decide(accepted.comment.pk, status, rule="test")

    response = client.get(accepted.receipt_url)

    assert response.status_code == 200
    assert_private(response)
    withdrawn = status == CommentStatus.WITHDRAWN
    assert (accepted.comment.body in response.content.decode()) is not withdrawn
    assert actions(parse(response)) == ([] if withdrawn else ["take-name-back", "withdraw"])


@pytest.fixture
def told(client, accepted):
    """The headline of the receipt."""
    return lambda: text(element(parse(client.get(accepted.receipt_url)), "h1"))


def test_a_receipt_tells_what_a_person_decided_and_not_why(client, accepted, moderator, told):
    headlines: dict[str, list[str]] = {}
    for status in ("pending", "approved", "rejected", "spam", "trash", "withdrawn"):
        if status != "pending":
            moderation.decide(
                accepted.comment.pk, CommentStatus(status), by=moderator, reason="سبب لا يقال"
            )
        headlines.setdefault(told(), []).append(status)
        assert "سبب لا يقال" not in client.get(accepted.receipt_url).content.decode()

    assert [*headlines.values()] == [
        ["pending"],
        ["approved"],
        ["rejected", "spam", "trash"],
        ["withdrawn"],
    ]


@pytest.mark.parametrize("status", ["rejected", "spam", "trash"])
def test_what_a_rule_set_aside_reads_as_waiting(client, accepted, moderator, told, status):
    waiting = client.get(accepted.receipt_url).content
    moderation.decide(accepted.comment.pk, CommentStatus(status), rule="banned")
    by_a_rule = client.get(accepted.receipt_url).content
    moderation.decide(accepted.comment.pk, CommentStatus.PENDING, by=moderator)
    moderation.decide(accepted.comment.pk, CommentStatus(status), by=moderator)

    assert by_a_rule == waiting
    assert client.get(accepted.receipt_url).content != waiting


def test_the_receipt_of_a_banned_commenter_is_that_of_anybody(client, article, accepted, moderator):
    waiting = client.get(accepted.receipt_url).content.decode()
    commenters.set_standing(accepted.comment.commenter_id, Standing.BANNED, by=moderator)

    sent, at = comment_data(body=accepted.comment.body), accepted.comment.submitted_at
    second = posting.submit(article, sent, at=at)

    assert Comment.objects.latest("id").status == CommentStatus.REJECTED
    assert second.status == accepted.status == "pending"
    page = client.get(second.receipt_url).content.decode()
    assert page.replace(second.receipt, accepted.receipt) == waiting


def test_the_receipt_of_a_published_comment_leads_to_it(client, accepted):
    moderation.decide(accepted.comment.pk, CommentStatus.APPROVED, rule="test")

    page = parse(client.get(accepted.receipt_url))

    pk = accepted.comment.pk
    links = [attribute(each, "href") for each in elements(page, "a")]
    assert f"/comments/{pk}/#comment-{pk}" in links


def test_the_receipt_of_a_comment_on_a_story_that_is_gone_still_opens(client, article, accepted):
    moderation.decide(accepted.comment.pk, CommentStatus.APPROVED, rule="test")
    publishing.retract(article)

    page = parse(client.get(accepted.receipt_url))

    assert text(element(page, "div", class_="comment-body")) == accepted.comment.body
    assert article.title not in str(page)
    assert actions(page) == ["take-name-back", "withdraw"]


def test_a_receipt_tells_how_long_the_address_is_kept(client, accepted, settings):
    settings.COMMENT_ADDRESS_DAYS = 37

    page = parse(client.get(accepted.receipt_url))

    assert "37" in text(element(page, "p", class_="address-promise"))


def test_a_receipt_tells_that_the_newsroom_edited_the_comment(client, accepted, moderator):
    before = parse(client.get(accepted.receipt_url))
    editing.edit(accepted.comment.pk, "نصٌّ محرَّر", by=moderator)
    after = parse(client.get(accepted.receipt_url))

    assert elements(before, class_="comment-edited") == []
    assert len(elements(after, class_="comment-edited")) == 1
    assert text(element(after, "div", class_="comment-body")) == "نصٌّ محرَّر"


def test_a_receipt_tells_which_name_readers_see_once_they_see_one(client, article, accepted):
    policy.change(ArticlePolicy(article=article), {"pseudonyms": True})

    def shown() -> str:
        return text(element(parse(client.get(accepted.receipt_url)), "article", class_="comment"))

    invented = public_pseudonym(accepted.comment.pk)
    assert (accepted.comment.name in shown(), invented in shown()) == (True, False)
    moderation.decide(accepted.comment.pk, CommentStatus.APPROVED, rule="test")
    assert (accepted.comment.name in shown(), invented in shown()) == (True, True)


def test_no_receipt_ties_its_comment_to_another_one_under_the_address(client, article, accepted):
    """Or whoever tries addresses under a frozen article would learn whose comments those are."""
    policy.change(ArticlePolicy(article=article), {"pseudonyms": True})
    again = posting.submit(article, comment_data(body="تعليق ثانٍ تحت العنوان نفسه"))
    for each in (accepted, again):
        moderation.decide(each.comment.pk, CommentStatus.APPROVED, rule="test")
    invented = [public_pseudonym(each.comment.pk) for each in (accepted, again)]

    page = client.get(accepted.receipt_url).content.decode()

    assert [each in page for each in invented] == [True, False]


# Taking one's name back


@pytest.mark.parametrize("status", ["pending", "approved", "rejected"])
def test_a_name_that_is_taken_back_is_on_no_page(client, article, status):
    accepted = posting.submit(article, comment_data(website="https://example.org/layla"))
    if status != "pending":
        moderation.decide(accepted.comment.pk, CommentStatus(status), rule="test")
    form = forms(parse(client.get(accepted.receipt_url)))[0]

    answers = [client.post(attribute(form, "action")) for _twice in range(2)]

    assert [(each.status_code, each["Location"]) for each in answers] == [
        (303, accepted.receipt_url)
    ] * 2
    for each in answers:
        assert_private(each)
    receipt = parse(client.get(accepted.receipt_url))
    story = client.get(article.get_absolute_url()).content.decode()
    for shown in (str(receipt), story):
        assert "ليلى" not in shown
        assert "example.org/layla" not in shown
    assert (editing.READER in story) is (status == "approved")
    assert actions(receipt) == ["withdraw"]
    assert elements(receipt, class_="comment-edited") == []
    comment = Comment.objects.get()
    assert (comment.name, comment.website, comment.status) == (editing.READER, "", status)
    assert comment.decisions.filter(action="rename").count() == 1


def test_taking_a_name_back_is_not_a_link(client, accepted):
    assert client.get(f"{accepted.receipt_url}take-name-back/").status_code == 405
    assert Comment.objects.get().name == accepted.comment.name


def test_only_the_right_code_opens_a_receipt(client, accepted):
    wrong = accepted.receipt[:-1] + ("A" if accepted.receipt[-1] != "A" else "B")

    assert client.get(f"/comments/receipt/{accepted.receipt}/").status_code == 200
    for code in (wrong, accepted.receipt[:-1], str(accepted.comment.pk), "x", "9" * 300):
        assert client.get(f"/comments/receipt/{code}/").status_code == 404
        assert client.post(f"/comments/receipt/{code}/withdraw/").status_code == 404
        assert client.post(f"/comments/receipt/{code}/take-name-back/").status_code == 404
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
    form = forms(parse(client.get(accepted.receipt_url)))[-1]
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
