"""The form under an article: what it answers, whom it lets in, how a reply is made."""

import pytest
from django.test import Client

from articles import publishing
from comments import posting
from comments.models import Comment, Report
from tests.comments.pages import (
    assert_private,
    attribute,
    element,
    elements,
    filled_form,
    parse,
    post_address,
    smuggled,
    text,
)
from tests.conftest import comment_data, many_approved

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"


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
    assert filled_form(page) == {**typed, "topic": ""}
    helps = {"email": ["comment-email_helptext"]}
    for name, wrong in {"body": 0, "name": 1, "email": 1, "website": 1}.items():
        field = element(page, "div", class_=f"field-{name}")
        (control,) = [*elements(field, "input"), *elements(field, "textarea")]
        errors = elements(field, "ul", class_="errorlist")
        assert len(errors) == wrong
        assert attribute(control, "aria-invalid") == ("true" if wrong else None)
        described_by = (attribute(control, "aria-describedby") or "").split()
        assert sorted(described_by) == sorted(
            [*helps.get(name, []), *(attribute(each, "id") for each in errors)]
        )
        assert [len(elements(field, id=each)) for each in described_by] == [1] * len(described_by)
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
        if attribute(control, "type") != "hidden" and attribute(control, "name") != "topic"
    }
    marks = {
        attribute(each, "for"): bool(elements(each, "span", class_="required"))
        for each in elements(form, "label")
        if attribute(each, "for") != "comment-topic"
    }
    assert required == {"body": True, "name": True, "email": True, "website": False}
    assert marks == {f"comment-{name}": needed for name, needed in required.items()}


@pytest.mark.parametrize("field", ["name", "email", "website", "body", "parent"])
def test_hostile_input_comes_back_as_the_text_that_it_is(client, article, field):
    wrong_anyway = {"email": "x", "website": "x y", field: HOSTILE}

    page = parse(client.post(post_address(article), comment_data(**wrong_anyway)))

    assert filled_form(page)[field] == ("" if field == "parent" else HOSTILE)
    assert smuggled(page) == []


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


def test_people_do_not_meet_the_trap(client, article):
    form = element(parse(client.get(article.get_absolute_url())), "section", id="comment-form")

    trap = element(form, "p", class_="field-topic")
    control = element(trap, "input")
    assert attribute(trap, "aria-hidden") == "true"
    assert attribute(control, "name") == "topic"
    assert attribute(control, "tabindex") == "-1"
    assert attribute(control, "autocomplete") == "off"
    assert attribute(control, "required") is None
    assert [attribute(each, "for") for each in elements(trap, "label")] == [
        attribute(control, "id")
    ]


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
def test_a_post_from_another_site_is_refused(client, article, accepted, approved, headers):
    approved()
    before = [*Comment.objects.order_by("id").values_list("name", "status")]

    for address in (
        post_address(article),
        *(f"{accepted.receipt_url}{wish}/" for wish in ("withdraw", "take-name-back")),
        f"/comments/{Comment.objects.public().get().pk}/report/",
    ):
        sent = comment_data(reason="other")
        assert client.post(address, sent, headers=headers).status_code == 403
    assert [*Comment.objects.order_by("id").values_list("name", "status")] == before
    assert Report.objects.count() == 0


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
