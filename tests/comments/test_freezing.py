"""The emergency brake: for one article and for the whole site, by hand and by the command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from comments import freezing, posting
from comments.models import Comment, PolicyChange
from comments.policy import policy_of
from comments.rules.discussion import DiscussionState
from tests.conftest import comment_data, while_another_waits

pytestmark = pytest.mark.django_db


@pytest.fixture
def bread(published) -> Article:
    return published("خبز الفرن القديم")


def changes() -> list[tuple]:
    """The record of policies, oldest first: whose, what, from, to."""
    rows = PolicyChange.objects.order_by("id")
    return [*rows.values_list("article", "field", "old", "new")]


def state(article: Article) -> tuple[str, bool]:
    """Whether the discussion takes comments, and whether it shows pseudonyms."""
    in_force = policy_of(Article.objects.get(pk=article.pk))
    return in_force.state().value, in_force.pseudonyms


def run(*arguments: str) -> list[str]:
    """What the command says, line by line."""
    said = StringIO()
    call_command("freeze_comments", *arguments, stdout=said)
    return said.getvalue().splitlines()


# Freezing


def test_a_frozen_article_takes_no_comments_and_the_others_do(article, bread):
    freezing.freeze(article)

    assert (state(article), state(bread)) == (("frozen", False), ("open", False))
    with pytest.raises(posting.DiscussionClosed) as refused:
        posting.submit(article, comment_data())
    assert refused.value.state == DiscussionState.FROZEN
    assert posting.submit(bread, comment_data()).comment.article == bread


def test_a_frozen_site_freezes_every_article(article, bread):
    freezing.freeze(None, pseudonyms=True)

    assert (state(article), state(bread)) == (("frozen", True), ("frozen", True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whole_site", [False, True])
def test_a_freeze_waits_for_the_comment_that_is_being_kept(article, whole_site):
    kept, frozen = while_another_waits(
        lambda: posting.submit(article, comment_data()),
        lambda: freezing.freeze(None if whole_site else article),
    )

    assert [row.field for row in frozen] == ["frozen"]
    assert Comment.objects.get() == kept.comment


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("whole_site", [False, True])
def test_a_comment_that_comes_while_a_freeze_is_written_is_refused(article, whole_site):
    def post() -> str:
        with pytest.raises(posting.DiscussionClosed) as refused:
            posting.submit(article, comment_data())
        return refused.value.state

    _frozen, refused = while_another_waits(
        lambda: freezing.freeze(None if whole_site else article), post
    )

    assert (refused, Comment.objects.count()) == (DiscussionState.FROZEN, 0)


def test_freezing_twice_changes_nothing_the_second_time(article, moderator):
    first = freezing.freeze(article, by=moderator, reason="تحريض", pseudonyms=True)
    second = freezing.freeze(article, by=moderator, reason="تحريض", pseudonyms=True)

    assert ([row.field for row in first], second) == (["frozen", "pseudonyms"], [])
    assert [*PolicyChange.objects.values_list("by__username", "reason")] == [
        *[("moderator", "تحريض")] * 2
    ]
    assert changes() == [
        (article.pk, "frozen", "False", "True"),
        (article.pk, "pseudonyms", "False", "True"),
    ]


def test_a_freeze_shows_no_name_that_was_hidden(article):
    freezing.hide_names(article)
    freezing.freeze(article)
    freezing.thaw(article)

    assert state(article) == ("open", True)
    freezing.thaw(article, pseudonyms=True)
    assert state(article) == ("open", False)


def test_hiding_names_leaves_the_discussion_open(article):
    freezing.hide_names(None)
    assert state(article) == ("open", True)

    freezing.show_names(None)
    assert state(article) == ("open", False)
    assert changes() == [
        (None, "pseudonyms", "False", "True"),
        (None, "pseudonyms", "True", "False"),
    ]


def test_an_article_thawed_under_a_frozen_site_stays_frozen(article):
    freezing.freeze(None)
    freezing.freeze(article)
    freezing.thaw(article)
    assert state(article) == ("frozen", False)

    freezing.thaw(None)
    assert state(article) == ("open", False)


# The command


def test_the_command_freezes_articles_and_says_so_a_second_time(article, bread):
    assert run(article.slug, bread.slug, "--pseudonyms", "--reason", "ليلة الاقتراع") == [
        f"{article.slug}: frozen, names replaced by pseudonyms",
        f"{bread.slug}: frozen, names replaced by pseudonyms",
    ]
    assert run(bread.slug) == [f"{bread.slug}: frozen already"]
    assert (state(article), state(bread)) == (("frozen", True), ("frozen", True))
    assert {*PolicyChange.objects.values_list("by", "reason")} == {(None, "ليلة الاقتراع")}


def test_the_command_freezes_and_thaws_the_whole_site(article):
    assert run("--site") == ["the whole site: frozen"]
    assert run("--site", "--pseudonyms") == [
        "the whole site: frozen already, names replaced by pseudonyms"
    ]
    assert state(article) == ("frozen", True)
    assert run("--site", "--thaw") == ["the whole site: takes comments again"]
    assert state(article) == ("open", True)
    assert run("--site", "--thaw", "--pseudonyms") == [
        "the whole site: was not frozen, own names shown again"
    ]
    assert state(article) == ("open", False)


def test_thawing_says_what_is_still_frozen(article, bread):
    run(article.slug, bread.slug, "--site")

    assert run(article.slug, "--thaw") == [
        f"{article.slug}: takes comments again",
        "The whole site is still frozen: thaw it with --site --thaw.",
    ]
    assert run("--site", "--thaw") == [
        "the whole site: takes comments again",
        f"Still frozen by themselves: {bread.slug}",
    ]


def test_the_command_knows_a_former_address_and_a_draft(article, draft):
    former = article.slug
    article.slug = "عنوان-جديد"
    article.save()
    hidden = draft("مسودة")

    assert run(former, hidden.slug) == [
        *("عنوان-جديد: frozen", f"{hidden.slug}: frozen"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give --site, or the slug of at least one article."),
        (["--thaw"], "Give --site, or the slug of at least one article."),
        (["لا-شيء"], "There is no article at “لا-شيء”. Nothing was changed."),
        (["\udcff"], "There is no article at “\udcff”. Nothing was changed."),
        (
            ["--site", "--reason", "س" * 501],
            "Error: argument --reason: give one line of at most 500 characters",
        ),
        (
            ["--site", "--reason", "\udcff"],
            "Error: argument --reason: give one line of at most 500 characters",
        ),
        (
            ["--site", "--reason", "طلب من layla @ example.org"],
            "Error: argument --reason: leave the address out: the record is kept for ever",
        ),
    ],
)
def test_what_the_command_cannot_do_it_says_in_one_line(arguments, said):
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert str(refused.value) == said
    assert changes() == []


def test_one_unknown_slug_leaves_the_others_as_they_were(article):
    with pytest.raises(CommandError):
        run(article.slug, "لا-شيء", "--site")
    assert (state(article), changes()) == (("open", False), [])
