"""`manage.py seed_articles` fills a database as it says, and refuses what it cannot fill."""

import signal

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from articles import revisions
from articles.models import Article, ArticleDecision, ArticleStatus, Category, RelatedPost
from tests.newsroom.commands import PRODUCTION, copied, manage, on_a_terminal

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_as_many_stories_are_written_as_are_asked_for_in_every_status(capsys):
    call_command("seed_articles", 30)

    assert Article.objects.count() == 30
    assert [each.history_type for each in revisions.Revision.objects.all()] == ["+"] * 30
    assert set(Article.objects.values_list("status", flat=True)) == set(ArticleStatus.values)
    assert Article.objects.filter(owner=None).count() == 0
    assert Category.objects.with_tree_fields().filter(tree_depth=1).exists()
    assert RelatedPost.objects.exists()
    assert capsys.readouterr().out == "30 stories were written.\n"


@pytest.mark.django_db(transaction=True)
def test_every_status_has_the_decision_that_gives_it():
    call_command("seed_articles", 60, verbosity=0)

    for article in Article.objects.exclude(status=ArticleStatus.DRAFT):
        newest = ArticleDecision.objects.filter(article=article).latest("pk")
        assert (newest.new, newest.publish_at) == (article.status, article.publish_at)


@pytest.mark.django_db(transaction=True)
def test_a_second_run_adds_stories_and_finds_the_accounts_again(capsys):
    call_command("seed_articles", 5, verbosity=0)
    accounts = set(User.objects.values_list("username", flat=True))
    call_command("seed_articles", 4, verbosity=0)

    assert Article.objects.count() == 9
    assert set(User.objects.values_list("username", flat=True)) == accounts
    assert not any(user.has_usable_password() is True for user in User.objects.all())
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("number", [0, -1, 10**9])
def test_a_number_that_cannot_be_written_is_wrong_usage(number):
    with pytest.raises(CommandError, match=r"^Give a number from 1 to 1,000,000\.$") as refused:
        call_command("seed_articles", number)

    assert refused.value.returncode == 2
    assert Article.objects.count() == 0


def test_a_site_for_readers_is_not_filled(settings):
    settings.LOCAL = False

    with pytest.raises(CommandError, match="This site is configured for readers"):
        call_command("seed_articles", 1)
    assert Article.objects.count() == 0


def test_what_is_no_number_ends_the_command_with_two():
    ended = manage("seed_articles", "many", **PRODUCTION, DATABASE_URL="postgres://nowhere/none")

    assert ended.returncode == 2
    assert "invalid int value: 'many'" in ended.stderr


def test_ctrl_c_ends_the_bar_leaves_nothing_and_says_so(migrated_var):
    with copied(migrated_var) as folder:
        with on_a_terminal("seed_articles", "200000", VAR_ROOT=str(folder)) as (running, shown):
            shown("stories: ")
            running.send_signal(signal.SIGINT)
            told = shown("written or none.")

        assert running.returncode == 130
        last = [line for line in told.splitlines() if line.strip()][-1]
        assert last.endswith("Stopped. Either all of the stories were written or none.")
        counted = manage("shell", "-v", "0", "-c", _COUNT, VAR_ROOT=str(folder))
        assert counted.stdout == "0\n"


_COUNT = "from articles.models import Article; print(Article.objects.count())"
