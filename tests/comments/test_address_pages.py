"""The two pages near an address: only with the right, only by POST, never without a record."""

import logging
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from comments.models import AddressAccess, Commenter
from comments.privacy import generate_key_pair
from tests.comments.pages import attribute, element, elements, parse, text
from tests.conftest import ADDRESS

pytestmark = pytest.mark.django_db

REASON = "أمر قضائي رقم ١٧"
LOOK_UP = "/admin/comments/commenter/look-up/"


def disclosure(commenter: Commenter) -> str:
    return f"/admin/comments/commenter/{commenter.pk}/disclose/"


@pytest.fixture
def private_key(settings) -> str:
    private, settings.COMMENT_EMAIL_PUBLIC_KEY = generate_key_pair()
    return private


@pytest.fixture
def person(as_user) -> Callable[..., Client]:
    """The browser of somebody at the desk with just these rights."""

    def make(*rights: str) -> Client:
        user = User.objects.create_user("person", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=rights))
        return as_user(user)

    return make


def record() -> list[tuple]:
    rows = AddressAccess.objects.order_by("pk")
    return [*rows.values_list("kind", "commenter", "by__username", "reason")]


def answer(response) -> str:
    return text(element(parse(response), class_="answer"))


def wrong_fields(response) -> list[str]:
    """The fields that have an error beside them, or nothing where the form was taken."""
    rows = elements(parse(response), "div", class_="errors")
    return [attribute(elements(row, "label")[0], "for") or "" for row in rows]


# Looking up


def test_the_exact_address_leads_to_its_commenter(person, pending):
    commenter = pending().commenter
    browser = person("look_up_address", "view_commenter")

    response = browser.post(LOOK_UP, {"address": ADDRESS.upper(), "reason": REASON})

    assert response.status_code == 200
    links = elements(element(parse(response), class_="answer"), "a")
    assert [(attribute(each, "href"), text(each)) for each in links] == [
        (f"/admin/comments/commenter/{commenter.pk}/change/", str(commenter))
    ]
    assert record() == [("look_up", commenter.pk, "person", REASON)]


def test_whoever_may_not_see_commenters_learns_the_pseudonym_alone(person, pending):
    commenter = pending().commenter

    response = person("look_up_address").post(LOOK_UP, {"address": ADDRESS, "reason": REASON})

    assert answer(response).endswith(str(commenter))
    assert elements(element(parse(response), class_="answer"), "a") == []


def test_that_nobody_comments_under_an_address_is_said_and_recorded(person, pending):
    pending()

    response = person("look_up_address").post(
        LOOK_UP, {"address": "nobody@example.org", "reason": REASON}
    )

    assert response.status_code == 200
    assert str(Commenter.objects.get()) not in answer(response)
    assert record() == [("look_up", None, "person", REASON)]


@pytest.mark.parametrize("query", ["", f"?address={ADDRESS}&reason={REASON}", f"?q={ADDRESS}"])
def test_nothing_is_looked_up_but_by_post(person, pending, query):
    pending()

    response = person("look_up_address").get(LOOK_UP + query)

    assert response.status_code == 200
    assert elements(parse(response), class_="answer") == []
    assert record() == []


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        ({"address": ADDRESS, "reason": ""}, "id_reason"),
        ({"address": ADDRESS, "reason": "لأن"}, "id_reason"),
        ({"address": ADDRESS, "reason": "ـــــــــــــــــــــــ"}, "id_reason"),
        (
            {"address": ADDRESS, "reason": "\u200f" * 9 + "سبب"},
            "id_reason",
        ),
        ({"address": ADDRESS, "reason": "س" * 501}, "id_reason"),
        ({"address": ADDRESS, "reason": f"شكوى من {ADDRESS} أمس"}, "id_reason"),
        ({"address": ADDRESS, "reason": "شكوى من layla＠example.org أمس"}, "id_reason"),
        ({"address": ADDRESS, "reason": "سبب وجيه\x00 طويل"}, "id_reason"),
        ({"address": "", "reason": REASON}, "id_address"),
        ({"address": "layla", "reason": REASON}, "id_address"),
        ({"address": "layla@-", "reason": REASON}, "id_address"),
        ({"address": f"{'a' * 300}@example.org", "reason": REASON}, "id_address"),
        ({"address": f"\x00{ADDRESS}", "reason": REASON}, "id_address"),
    ],
)
def test_without_a_whole_reason_or_address_nothing_is_looked_up(person, pending, data, wrong):
    pending()

    response = person("look_up_address").post(LOOK_UP, data)

    assert (response.status_code, wrong_fields(response)) == (422, [wrong])
    assert record() == []
    assert ADDRESS not in element_values(response)


def element_values(response) -> list[str | None]:
    return [attribute(each, "value") for each in elements(parse(response), "input")]


# Disclosing


def test_the_private_key_shows_the_address_in_that_one_answer(person, private_key, pending):
    commenter = pending().commenter
    browser = person("disclose_address")

    response = browser.post(
        disclosure(commenter), {"private_key": f" {private_key}\n", "reason": REASON}
    )

    assert response.status_code == 200
    page = parse(response)
    assert text(element(page, "bdi", class_="disclosed")) == ADDRESS
    assert response.content.decode().count(ADDRESS) == 1
    assert ADDRESS not in text(element(page, "title"))
    assert {"no-store", "private"} <= {*response["Cache-Control"].split(", ")}
    assert "Location" not in response
    assert record() == [("disclosure", commenter.pk, "person", REASON)]


def test_nothing_of_it_is_left_behind(person, private_key, pending, caplog):
    commenter = pending().commenter
    browser = person("disclose_address", "look_up_address", "view_commenter")
    with caplog.at_level(logging.DEBUG):
        browser.post(disclosure(commenter), {"private_key": private_key, "reason": REASON})
        browser.post(LOOK_UP, {"address": ADDRESS, "reason": REASON})

    again = browser.get(disclosure(commenter))

    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    logged = [
        each.getMessage()
        for each in caplog.records
        # Statements and their parameters are written out by tests alone.
        if each.name != "django.db.backends"
    ]
    everywhere = " ".join([again.content.decode(), *kept, *logged, str(browser.cookies)])
    hidden = [ADDRESS, private_key]
    assert [each for each in hidden if each in everywhere] == []
    assert LogEntry.objects.count() == 0


def test_a_wrong_key_is_said_beside_its_field_and_recorded(person, private_key, pending):
    commenter = pending().commenter
    wrong = generate_key_pair()[0]

    response = person("disclose_address").post(
        disclosure(commenter), {"private_key": wrong, "reason": REASON}
    )

    assert (response.status_code, wrong_fields(response)) == (422, ["id_private_key"])
    assert [each for each in (wrong, ADDRESS) if each in response.content.decode()] == []
    assert record() == [("failed_disclosure", commenter.pk, "person", REASON)]


@pytest.mark.parametrize("reason", ["", " ", "لأنني", f"العنوان {ADDRESS} مطلوب"])
def test_without_a_reason_the_key_is_not_even_tried(person, private_key, pending, reason):
    commenter = pending().commenter

    response = person("disclose_address").post(
        disclosure(commenter), {"private_key": private_key, "reason": reason}
    )

    assert (response.status_code, wrong_fields(response)) == (422, ["id_reason"])
    assert private_key not in response.content.decode()
    assert record() == []


def test_a_destroyed_address_is_said_to_be_destroyed(person, private_key, pending):
    commenter = pending().commenter
    Commenter.objects.update(sealed_address=None)
    browser = person("disclose_address")

    shown = browser.get(disclosure(commenter))
    sent = browser.post(disclosure(commenter), {"private_key": private_key, "reason": REASON})

    for response in (shown, sent):
        assert response.status_code == 200
        assert answer(response)
        assert elements(element(parse(response), id="content-main"), "form") == []
    assert record() == []


def test_the_key_is_asked_for_in_a_field_that_nothing_remembers(person, pending):
    page = parse(person("disclose_address").get(disclosure(pending().commenter)))
    field = element(page, "input", id="id_private_key")

    assert (attribute(field, "type"), attribute(field, "autocomplete")) == ("password", "off")
    assert attribute(field, "value") is None


def test_a_commenter_who_is_not_there_has_no_address(person):
    browser = person("disclose_address")

    for key in ("1", "999999999999999999999999"):
        assert browser.get(f"/admin/comments/commenter/{key}/disclose/").status_code == 404


# Who may


def test_no_role_may_look_up_or_disclose(request, as_user, private_key, pending):
    commenter = pending().commenter
    for role in ("moderator", "editor", "writer"):
        browser = as_user(request.getfixturevalue(role))
        for address, data in (
            (LOOK_UP, {"address": ADDRESS, "reason": REASON}),
            (disclosure(commenter), {"private_key": private_key, "reason": REASON}),
        ):
            assert browser.get(address).status_code == 403
            assert browser.post(address, data).status_code == 403
    assert record() == []


def test_each_right_opens_its_own_page_alone(person, private_key, pending):
    commenter = pending().commenter
    browser = person("look_up_address", "view_commenter", "view_comment", "moderate_comment")

    assert browser.get(LOOK_UP).status_code == 200
    assert browser.get(disclosure(commenter)).status_code == 403
    assert offered(browser, commenter) == [LOOK_UP]


def test_the_pages_are_offered_to_whoever_may_open_them(person, pending):
    commenter = pending().commenter
    browser = person("disclose_address", "view_commenter")

    assert browser.get(LOOK_UP).status_code == 403
    assert offered(browser, commenter) == [disclosure(commenter)]


def offered(browser: Client, commenter: Commenter) -> list[str]:
    """Which of both pages the list and the commenter's page lead to."""
    links = [
        attribute(each, "href")
        for address in ("", f"{commenter.pk}/change/")
        for each in elements(parse(browser.get(f"/admin/comments/commenter/{address}")), "a")
    ]
    return [address for address in (LOOK_UP, disclosure(commenter)) if address in links]


def test_a_superuser_may_do_both(as_user, private_key, pending):
    commenter = pending().commenter
    browser = as_user(User.objects.create_superuser("chief"))

    assert offered(browser, commenter) == [LOOK_UP, disclosure(commenter)]
    response = browser.post(disclosure(commenter), {"private_key": private_key, "reason": REASON})
    assert ADDRESS in response.content.decode()


def test_a_disclosure_from_another_site_is_refused(private_key, pending):
    commenter = pending().commenter
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.create_superuser("chief"))

    for address, data in (
        (LOOK_UP, {"address": ADDRESS, "reason": REASON}),
        (disclosure(commenter), {"private_key": private_key, "reason": REASON}),
    ):
        assert strict.post(address, data).status_code == 403
    assert record() == []


def test_no_page_of_a_commenter_shows_an_address_or_anything_made_from_one(person, pending):
    comment = pending()
    commenter = comment.commenter
    browser = person(
        *("look_up_address", "disclose_address", "view_commenter", "view_comment"),
        *("moderate_comment", "view_addressaccess", "view_commenterdecision"),
    )
    browser.post(LOOK_UP, {"address": ADDRESS, "reason": REASON})
    browser.post(disclosure(commenter), {"private_key": generate_key_pair()[0], "reason": REASON})
    made = [bytes(each) for each in (commenter.digest, commenter.sealed_address)]
    hidden = [ADDRESS, ADDRESS.split("@")[0], *(each.hex() for each in made)]
    hidden += [encode(each).decode() for each in made for encode in (b64encode, urlsafe_b64encode)]

    for address in (
        reverse("admin:comments_commenter_changelist"),
        reverse("admin:comments_commenter_change", args=[commenter.pk]),
        reverse("admin:comments_commenter_history", args=[commenter.pk]),
        reverse("admin:comments_addressaccess_changelist"),
        *(LOOK_UP, disclosure(commenter)),
    ):
        response = browser.get(address)
        assert response.status_code == 200
        assert str(commenter) in response.content.decode() or address == LOOK_UP
        assert [each for each in hidden if each in response.content.decode()] == []
