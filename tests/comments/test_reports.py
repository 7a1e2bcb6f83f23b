"""A reader's report of a comment: a reason, a word more if they like, and nothing of themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import moderation, networks, policy, reports
from comments.models import (
    ArticlePolicy,
    Comment,
    CommentStatus,
    RecentPost,
    Report,
    ReportReason,
)
from tests.comments.pages import (
    assert_private,
    attribute,
    comment_ids,
    element,
    elements,
    parse,
    smuggled,
    text,
)
from tests.conftest import comment_data, many_approved

NETWORK = "203.0.113.5"


def address(comment: Comment) -> str:
    return f"/comments/{comment.pk}/report/"


@pytest.fixture
def comment(approved) -> Comment:
    return approved(name="هند", body="تعليق يُبلَّغ عنه.")


def filed() -> list[tuple[int, str, str]]:
    return [*Report.objects.order_by("id").values_list("comment", "reason", "note")]


# The page


def test_every_comment_of_a_discussion_can_be_reported(client, article):
    made = many_approved(article, 3)

    page = parse(client.get(article.get_absolute_url()))

    links = elements(page, "a", class_="report-link")
    assert [attribute(each, "href") for each in links] == [address(each) for each in made]
    assert [attribute(each, "rel") for each in links] == ["nofollow"] * 3
    assert client.get(attribute(links[0], "href")).status_code == 200


def test_the_page_quotes_the_comment_and_asks_for_a_reason_and_nothing_else(client, comment):
    response = client.get(address(comment))

    page = parse(response)
    form = element(page, "form", method="post")
    assert response.status_code == 200
    assert_private(response)
    assert text(element(page, "div", class_="comment-body")) == comment.body
    assert [
        (attribute(each, "name"), attribute(each, "value") or "", attribute(each, "type"))
        for each in elements(form, "input")
    ] == [*(("reason", value, "radio") for value in ReportReason.values), ("topic", "", "text")]
    assert [attribute(each, "name") for each in elements(form, "textarea")] == ["note"]
    assert {attribute(each, "checked") for each in elements(form, "input")} == {None}
    labels = [text(each) for each in elements(element(form, "fieldset"), "label")]
    assert labels == [str(label) for label in ReportReason.labels]


def test_the_trap_of_the_page_is_not_met_by_people(client, comment):
    trap = element(parse(client.get(address(comment))), "p", class_="field-topic")

    assert attribute(trap, "aria-hidden") == "true"
    assert attribute(element(trap, "input"), "tabindex") == "-1"


# Sending


def test_a_report_is_kept_and_thanked_for(client, article, comment):
    response = client.post(address(comment), {"reason": "insult", "note": " سبّ صريح \r\n هنا "})

    thanks = client.get(response["Location"])
    assert (response.status_code, thanks.status_code) == (303, 200)
    assert_private(response)
    assert_private(thanks)
    assert filed() == [(comment.pk, "insult", "سبّ صريح \n هنا")]
    comment.refresh_from_db()
    assert (comment.open_reports, comment.status) == (1, "approved")
    back = attribute(element(element(parse(thanks), "section", class_="message"), "a"), "href")
    assert back == f"/comments/{comment.pk}/#comment-{comment.pk}"
    assert comment_ids(parse(client.get(article.get_absolute_url()))) == [comment.pk]


def test_thanks_are_given_whatever_has_become_of_the_comment(client, comment):
    moderation.decide(comment.pk, CommentStatus.TRASH, rule="test")

    response = client.get(f"{address(comment)}thanks/")

    assert response.status_code == 200
    assert comment.body not in response.content.decode()
    assert client.get("/comments/0/report/thanks/").content == response.content


@pytest.mark.parametrize("shut", ["comments_open", "frozen"])
def test_a_comment_can_be_reported_where_nobody_can_answer_it(client, article, comment, shut):
    if shut == "frozen":
        policy.change(ArticlePolicy(article=article), {"frozen": True})
    else:
        article.comments_open = False
        article.save()

    assert client.post(address(comment), {"reason": "private"}).status_code == 303
    assert filed() == [(comment.pk, "private", "")]


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, ["reason"]),
        ({"reason": "nothing"}, ["reason"]),
        ({"reason": "\0"}, ["reason"]),
        ({"reason": "other", "note": "ن" * 501}, ["note"]),
        ({"reason": "other", "note": "ن\0"}, ["note"]),
        ({"note": "<script>alert(1)</script>"}, ["reason"]),
    ],
    ids=str,
)
def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_is_kept(
    client, comment, sent, wrong
):
    response = client.post(address(comment), sent)

    page = parse(response)
    assert response.status_code == 422
    assert_private(response)
    assert [*response.context["form"].errors] == wrong
    fields = [each for each in elements(page) if "field-wrong" in (attribute(each, "class") or "")]
    assert [attribute(each, "class") for each in fields] == [
        f"field field-{name} field-wrong" for name in wrong
    ]
    assert all(len(elements(each, "ul", class_="errorlist")) == 1 for each in fields)
    assert smuggled(page) == []
    if "\0" not in sent.get("note", ""):
        assert text(element(page, "textarea")) == sent.get("note", "")
    assert filed() == []


def test_the_longest_note_is_kept_whole(client, comment):
    note = "ن" * 249 + "\r\n" + "ن" * 250

    client.post(address(comment), {"reason": "other", "note": note})

    assert filed() == [(comment.pk, "other", note.replace("\r\n", "\n"))]


def test_what_a_program_filled_in_is_thanked_for_and_not_kept(client, comment):
    response = client.post(address(comment), {"reason": "spam", "topic": "casino"})

    assert (response.status_code, response["Location"]) == (303, f"{address(comment)}thanks/")
    assert filed() == []


def test_a_comment_that_is_not_public_is_reported_by_nobody(client, comment, pending):
    moderation.decide(comment.pk, CommentStatus.REJECTED, rule="test")

    for hidden in (comment, pending()):
        assert client.post(address(hidden), {"reason": "spam"}).status_code == 404
    assert filed() == []


# From one network


def test_a_second_report_from_one_network_is_answered_alike_and_changes_nothing(client, comment):
    answers = [
        client.post(address(comment), {"reason": reason, "note": reason})
        for reason in ("spam", "hate")
    ]

    assert [each.status_code for each in answers] == [303, 303]
    assert answers[0].headers == answers[1].headers
    assert filed() == [(comment.pk, "spam", "spam")]
    comment.refresh_from_db()
    assert comment.open_reports == 1


def test_another_network_is_another_report(client, comment):
    for network in ("203.0.113.5", "203.0.113.6", "2001:db8::1", "2001:db8::2"):
        sent = client.post(address(comment), {"reason": "spam"}, REMOTE_ADDR=network)
        assert sent.status_code == 303

    comment.refresh_from_db()
    assert (comment.open_reports, Report.objects.count()) == (3, 3)


def test_more_than_ten_reports_an_hour_are_refused_with_the_time_to_wait(client, article, comment):
    made = many_approved(article, reports.MOST_PER_HOUR, thread=1)
    for each in made:
        assert client.post(address(each), {"reason": "spam"}).status_code == 303

    refused = client.post(address(comment), {"reason": "spam", "note": "بقي ما كتبت"})
    again = client.post(address(made[0]), {"reason": "spam"})
    elsewhere = client.post(address(comment), {"reason": "spam"}, REMOTE_ADDR=NETWORK)

    assert [refused.status_code, again.status_code, elsewhere.status_code] == [429, 303, 303]
    assert 3500 < int(refused["Retry-After"]) <= 3600
    assert_private(refused)
    page = parse(refused)
    assert text(element(page, "textarea")) == "بقي ما كتبت"
    assert len(elements(page, "div", class_="error-summary")) == 1
    assert Report.objects.count() == reports.MOST_PER_HOUR + 1


def test_the_wait_ends_with_the_hour_of_the_first_report(article, comment):
    made = many_approved(article, reports.MOST_PER_HOUR, thread=1)
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    for minute, each in enumerate(made):
        at = noon + timedelta(minutes=minute)
        assert reports.report(each, ReportReason.SPAM, network=NETWORK, at=at)

    with pytest.raises(reports.TooManyReports) as refused:
        at = noon + timedelta(minutes=50)
        reports.report(comment, ReportReason.SPAM, network=NETWORK, at=at)
    at = noon + timedelta(seconds=refused.value.retry_after, minutes=50)

    assert refused.value.retry_after == 600
    assert reports.report(comment, ReportReason.SPAM, network=NETWORK, at=at)


def test_reports_do_not_count_as_comments_nor_comments_as_reports(client, article, comment):
    for number in range(reports.MOST_PER_HOUR):
        moderation.decide(comment.pk, CommentStatus.PENDING, rule="test")
        moderation.decide(comment.pk, CommentStatus.APPROVED, rule="test")
        sent = comment_data(body=f"تعليق {number}", name=f"قارئ {number}")
        assert client.post(f"/articles/{article.slug}/comments/", sent).status_code == 303

    assert client.post(address(comment), {"reason": "spam"}).status_code == 303
    assert networks.wait_of(
        networks.digest_of("127.0.0.1"), timezone.now(), most=reports.MOST_PER_HOUR + 1
    ) == timedelta(0)


def test_no_address_of_a_network_is_kept(client, comment):
    client.post(address(comment), {"reason": "spam"}, REMOTE_ADDR=NETWORK)

    kept = [bytes(Report.objects.get().network), bytes(RecentPost.objects.get().network)]
    assert kept == [networks.digest_of(NETWORK, "report")] * 2
    assert kept[0] != networks.digest_of(NETWORK)


def test_a_report_counts_from_when_it_was_sent(comment):
    at = timezone.now() - timedelta(days=3)

    reports.report(comment, ReportReason.SPAM, network=NETWORK, at=at)

    assert comment.reports.get().at == at
