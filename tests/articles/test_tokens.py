"""Tokens of the API: what is kept of them, what they open, and how the desk makes and ends them."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from articles import tokens
from articles.models import ApiToken, Scope

ADD = "/admin/articles/apitoken/add/"
LIST = "/admin/articles/apitoken/"
TYPED = {"name": "برنامج التوزيع", "scopes": ["drafts", "pictures"], "days": "90"}


@pytest.fixture
def made(writer) -> tuple[ApiToken, str]:
    return tokens.make(writer, name="برنامج", scopes=[Scope.DRAFTS], days=30)


def test_nothing_that_is_kept_of_a_token_opens_anything(made):
    token, told = made
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM articles_apitoken t")
        row = cursor.fetchone()[0]

    assert told not in row
    assert told.removeprefix(tokens.PREFIX) not in row
    with pytest.raises(ApiToken.DoesNotExist):
        tokens.find(token.digest)


def test_a_token_is_found_by_what_it_says_and_the_day_of_its_use_is_noted(made):
    token, told = made

    found = tokens.find(told)

    assert (found, found.user) == (token, token.user)
    token.refresh_from_db()
    assert token.used_on == timezone.localdate()


@pytest.mark.parametrize("told", ["", "newsroom_", "x", "\udcff", "newsroom_" + "ا" * 43])
def test_what_no_token_says_finds_none(db, told):
    with pytest.raises(ApiToken.DoesNotExist):
        tokens.find(told)


@pytest.mark.parametrize("ended", ["revoked", "over", "account closed", "no longer of the paper"])
def test_a_token_that_has_ended_opens_nothing(writer, ended):
    token, told = tokens.make(writer, name="برنامج", scopes=[Scope.DRAFTS], days=30)
    assert token.works
    if ended == "revoked":
        assert tokens.revoke(token)
        assert not tokens.revoke(token)
    elif ended == "over":
        ApiToken.objects.all().delete()
        token, told = _of_the_past(writer)
    else:
        writer.is_active = ended != "account closed"
        writer.is_staff = ended == "account closed"
        writer.save()

    with pytest.raises(ApiToken.DoesNotExist):
        tokens.find(told)
    assert not ApiToken.objects.select_related("user").get().works


def _of_the_past(user) -> tuple[ApiToken, str]:
    """A token that was over a moment after it was made."""
    token, told = tokens.make(user, name="برنامج", scopes=[Scope.DRAFTS], days=1)
    now = timezone.now()
    row = ApiToken(
        user=user,
        name="قديم",
        scopes=[Scope.DRAFTS],
        digest=token.digest,
        expires_at=now + timedelta(milliseconds=50),
    )
    token.delete()
    row.save()
    while timezone.now() < row.expires_at:
        pass
    return row, told


@pytest.mark.parametrize(
    "change",
    [
        {"scopes": [Scope.MODERATION]},
        {"digest": "0" * 64},
        {"expires_at": timezone.now() + timedelta(days=3650)},
        {"name": "آخر"},
    ],
)
def test_the_database_lets_nobody_change_what_a_token_is(made, change):
    with pytest.raises(ProgrammingError), transaction.atomic():
        ApiToken.objects.update(**change)


def test_the_database_lets_nobody_bring_a_revoked_token_back(made):
    tokens.revoke(made[0])

    with pytest.raises(ProgrammingError), transaction.atomic():
        ApiToken.objects.update(revoked_at=None)


@pytest.mark.parametrize("scopes", [[], ["all"], ["drafts", "all"]])
def test_the_database_keeps_no_token_without_a_known_scope(writer, scopes):
    with pytest.raises(IntegrityError), transaction.atomic():
        tokens.make(writer, name="برنامج", scopes=scopes, days=1)


# At the desk


def test_a_token_is_shown_once_and_opens_what_it_was_made_for(as_user, writer):
    browser = as_user(writer)
    page = browser.post(ADD, TYPED)

    told = re.findall(r'value="(newsroom_[\w-]{43})"', page.content.decode())
    assert len(told) == 1
    assert "no-store" in page["Cache-Control"]
    token = tokens.find(told[0])
    assert (token.user, token.name, token.scopes) == (writer, TYPED["name"], ["drafts", "pictures"])
    assert timedelta(days=89) < token.expires_at - timezone.now() < timedelta(days=90)
    for address in (LIST, f"{LIST}{token.pk}/change/", "/admin/"):
        page = browser.get(address, follow=True).content.decode()
        assert told[0] not in page
        assert token.digest not in page
    kept = "".join(f"{each.object_repr}{each.change_message}" for each in LogEntry.objects.all())
    assert told[0] not in kept


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "ا" * 101}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["all"]}, "scopes"),
        ({"days": "36500"}, "days"),
        ({"days": ""}, "days"),
    ],
)
def test_a_token_that_cannot_be_is_an_error_beside_its_field(as_user, writer, typed, field):
    page = as_user(writer).post(ADD, TYPED | typed)

    assert page.status_code == 200
    assert list(page.context["adminform"].form.errors) == [field]
    assert not ApiToken.objects.exists()


def test_everybody_sees_and_revokes_their_own_tokens_and_the_chief_all(
    as_user, editor, chief, made
):
    token, told = made
    revoke = f"{LIST}{token.pk}/revoke/"

    assert token.name not in as_user(editor).get(LIST).content.decode()
    assert as_user(editor).post(revoke).status_code == 404
    assert tokens.find(told) == token
    assert token.name in as_user(chief).get(LIST).content.decode()
    assert as_user(chief).post(revoke).status_code == 302
    with pytest.raises(ApiToken.DoesNotExist):
        tokens.find(told)
    assert LogEntry.objects.get().user == chief


def test_a_token_is_revoked_by_a_button_on_its_page(as_user, writer, made):
    browser, page = as_user(writer), f"{LIST}{made[0].pk}/change/"
    assert f"{LIST}{made[0].pk}/revoke/" in browser.get(page).content.decode()

    browser.post(f"{LIST}{made[0].pk}/revoke/")

    assert f"{LIST}{made[0].pk}/revoke/" not in browser.get(page).content.decode()
    assert browser.post(page, TYPED).status_code == 403


def test_somebody_without_a_role_makes_no_token(db, as_user):
    guest = User.objects.create_user("guest", is_staff=True)

    assert as_user(guest).post(ADD, TYPED).status_code == 403
