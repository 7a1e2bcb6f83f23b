"""The listed words at the desk: found in any spelling, tried on a text, added many at once."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from comments.admin.words import ManyWordsForm
from comments.models import ListedWord
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import shared

pytestmark = pytest.mark.django_db

LIST = "/admin/comments/listedword/"
MANY = f"{LIST}add-many/"
TRY = f"{LIST}try/"


@pytest.fixture
def desk(chief: User, as_user) -> Client:
    """The chief's browser."""
    return as_user(chief)


def listed() -> list[tuple[str, str, bool]]:
    return [*ListedWord.objects.order_by("id").values_list("text", "action", "latin")]


def found(desk: Client, query: str) -> list[str]:
    response = desk.get(LIST, {"q": query})
    assert response.status_code == 200
    return [word.text for word in response.context["cl"].result_list]


def letters(shown: str) -> str:
    """A text without its blanks, which the reading of a page does not keep around marks."""
    return "".join(shown.split())


# The list


def test_a_word_is_found_in_whatever_spelling_it_is_asked_for(desk):
    ListedWord.objects.create(text="إرهابي")
    ListedWord.objects.create(text="كلب")

    for spelling in ("إرهابي", "ارهابى", "إِرْهَابِيّ", "ارهـــابي", "الإرهابي", "ارهاب"):
        assert found(desk, spelling) == ["إرهابي"]
    assert found(desk, "ك ل ب") == ["كلب"]
    assert found(desk, "قطة") == []


@pytest.mark.parametrize("query", ["ـ", "!", " ", "\u202e", "%", "_", "\\", "س" * 5000])
def test_a_search_for_what_is_no_word_answers_a_list(desk, query):
    ListedWord.objects.create(text="كلب")
    assert set(found(desk, query)) <= {"كلب"}


def test_the_list_is_narrowed_by_what_becomes_of_the_comment(desk):
    for action in ("hold", "reject", "spam"):
        ListedWord.objects.create(text=f"كلمة {action}", action=action)

    narrowed = desk.get(f"{LIST}?action__exact=spam").context["cl"].result_list
    assert [word.action for word in narrowed] == ["spam"]


def test_the_chief_adds_changes_and_deletes_a_word(desk):
    assert desk.post(f"{LIST}add/", {"text": "كلب", "action": "hold"}).status_code == 302
    (word,) = ListedWord.objects.all()
    page = f"{LIST}{word.pk}/"
    sent = {"text": "كلبة", "action": "spam", "latin": "on"}
    assert desk.post(f"{page}change/", sent).status_code == 302
    assert listed() == [("كلبة", "spam", True)]
    assert desk.post(f"{page}delete/", {"post": "yes"}).status_code == 302
    assert listed() == []


@pytest.mark.parametrize("word", ["", "ـ", "\u202e", "!", "ك", "س" * 101, "ﷺ" * 100])
def test_what_cannot_be_listed_is_told_beside_the_word(desk, word):
    response = desk.post(f"{LIST}add/", {"text": word, "action": "hold"})
    assert response.status_code == 200
    assert [*response.context["adminform"].form.errors] == ["text"]
    assert listed() == []


def test_another_spelling_of_a_listed_word_is_told_to_be_listed(desk):
    ListedWord.objects.create(text="إرهابي")
    response = desk.post(f"{LIST}add/", {"text": "الارهابى", "action": "spam"})
    assert [*response.context["adminform"].form.errors] == ["text"]
    assert listed() == [("إرهابي", "hold", False)]


# Trying a text


def test_a_tried_text_shows_its_listed_words_marked_where_they_stand(desk):
    ListedWord.objects.create(text="كلب", action="reject")
    ListedWord.objects.create(text="عرب", latin=True)
    typed = "يا كـلـب يا 3arab،\nوهذا كلام"

    response = desk.post(TRY, {"text": typed})
    page = parse(response)

    assert [text(each) for each in elements(page, "mark")] == ["كـلـب", "3arab"]
    assert letters(text(element(page, "p", class_="tried"))) == letters(typed)
    assert len(elements(element(page, "ul", class_="found"), "li")) == 2
    assert attribute(element(page, "textarea"), "name") == "text"
    assert text(element(page, "textarea")) == " ".join(typed.split())
    assert listed() == [("كلب", "reject", False), ("عرب", "hold", True)]


def test_a_tried_text_is_text(desk):
    ListedWord.objects.create(text="كلب")
    hostile = "<script>alert(1)</script> كلب <img src=x onerror=alert(1)>"

    page = element(parse(desk.post(TRY, {"text": hostile})), "p", class_="tried")
    assert letters(text(page)) == letters(hostile)
    assert elements(page, "script") == elements(page, "img") == []


@pytest.mark.parametrize("sent", [{}, {"text": ""}, {"text": "س" * 20_001}])
def test_a_text_that_cannot_be_tried_is_told(desk, sent):
    response = desk.post(TRY, sent)
    assert response.status_code == 200
    assert len(elements(parse(response), "ul", class_="errorlist")) == 1


def test_naughty_strings_can_be_tried_and_listed(desk):
    strings = json.loads(shared("data", "naughty-strings.json").read_text(encoding="utf-8"))
    for string in strings:
        assert desk.post(TRY, {"text": string}).status_code in {200, 400}
    joined = "\n".join(strings).replace("\x00", "")
    assert desk.post(MANY, {"words": joined, "action": "hold"}).status_code == 200
    assert desk.post(TRY, {"text": joined[:20_000]}).status_code == 200


# Many at once


def test_many_words_are_added_and_it_is_told_which_were_there(desk, chief):
    ListedWord.objects.create(text="إرهابي", action="spam")
    lines = "كلب\r\n\r\n الارهابى \r\nكـلب\r\nابن الكلب\r\nكلب\r\n"

    response = desk.post(MANY, {"words": lines, "action": "reject", "latin": "on"})

    assert listed() == [
        *(("إرهابي", "spam", False), ("كلب", "reject", True), ("ابن الكلب", "reject", True)),
    ]
    added = response.context["added"]
    assert (added.new, added.listed, added.refused) == (
        *(["كلب", "ابن الكلب"], ["كـلب", "الارهابى"], []),
    )
    shown = text(element(parse(response), "section"))
    assert [word in shown for word in ("كلب", "ابن الكلب", "الارهابى")] == [True, True, True]
    assert text(element(parse(response), "textarea")) == ""
    logged = LogEntry.objects.values_list("user__username", "action_flag")
    assert [*logged] == [("chief", 1)] * 2


def test_lines_that_cannot_be_listed_come_back_and_the_others_are_kept(desk):
    bad = ["ك", "!!", "س" * 101, "ﷺ" * 100]
    response = desk.post(MANY, {"words": "\n".join(["كلب", *bad]), "action": "spam"})

    assert listed() == [("كلب", "spam", False)]
    page = parse(response)
    assert text(element(page, "textarea")).split() == bad
    (chosen,) = [
        each for each in elements(page, "option") if attribute(each, "selected") is not None
    ]
    assert attribute(chosen, "value") == "spam"
    assert len(elements(element(page, "ul", class_="errorlist"), "li")) == 4


def test_sending_the_same_words_twice_adds_them_once(desk):
    for _twice in range(2):
        response = desk.post(MANY, {"words": "كلب\nخنزير", "action": "hold"})
    assert len(listed()) == 2
    assert response.context["added"].listed == ["كلب", "خنزير"]


@pytest.mark.parametrize(
    "sent",
    [
        {"words": "", "action": "hold"},
        {"words": "كلب", "action": "burn"},
        {"words": "كلب"},
        {"words": "كلب" + " " * 200_000 + "كلب", "action": "hold"},
    ],
)
def test_a_form_that_is_not_whole_adds_nothing_and_keeps_what_was_typed(desk, sent):
    response = desk.post(MANY, sent)

    assert (response.status_code, listed()) == (200, [])
    assert len(elements(parse(response), "ul", class_="errorlist")) == 1
    assert isinstance(response.context["form"], ManyWordsForm)
    assert text(element(parse(response), "textarea")) == " ".join(sent["words"].split())


# Who may


def test_a_moderator_sees_the_list_and_tries_a_text_and_changes_nothing(as_user, moderator):
    word = ListedWord.objects.create(text="كلب")
    browser = as_user(moderator)

    assert browser.get(LIST).status_code == 200
    assert browser.post(TRY, {"text": "كلب"}).status_code == 200
    assert browser.get(MANY).status_code == 403
    assert browser.post(MANY, {"words": "خنزير", "action": "hold"}).status_code == 403
    assert browser.post(f"{LIST}{word.pk}/delete/", {"post": "yes"}).status_code == 403
    assert len(listed()) == 1


def test_a_writer_sees_no_list(as_user, writer):
    browser = as_user(writer)
    assert [browser.get(page).status_code for page in (LIST, TRY, MANY)] == [403, 403, 403]


def test_whoever_may_add_words_alone_adds_many(as_user):
    helper = User.objects.create_user("helper", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="add_listedword"))
    browser = as_user(helper)

    assert browser.post(MANY, {"words": "كلب", "action": "hold"}).status_code == 200
    assert browser.post(TRY, {"text": "كلب"}).status_code == 403
    assert listed() == [("كلب", "hold", False)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_for_one_word_and_for_three(
    desk, django_assert_num_queries, count
):
    for number in range(count):
        ListedWord.objects.create(text=f"كلمة رقم{number}")

    with django_assert_num_queries(6):
        desk.get(LIST)
