"""Which stories an account may open and change."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from articles import publishing, rights
from articles.models import Article
from tests.conftest import staff


@pytest.fixture
def stories(draft, published, writer) -> dict[str, Article]:
    """A story in each status, the writer's own and somebody else's."""
    another = staff("another", role="writer")
    made = {}
    for whose, owner in (("own", writer), ("other", another)):
        made[f"{whose} draft"] = draft(f"مسودة {whose}", owner=owner)
        made[f"{whose} in review"] = publishing.submit(draft(f"مراجعة {whose}", owner=owner))
        made[f"{whose} scheduled"] = publishing.schedule(
            draft(f"مجدول {whose}", owner=owner), timezone.now() + timedelta(hours=1)
        )
        made[f"{whose} published"] = published(f"منشور {whose}", owner=owner)
        made[f"{whose} retracted"] = publishing.retract(published(f"مسحوب {whose}", owner=owner))
    return made


def named(stories: dict[str, Article], articles) -> set[str]:
    return {name for name, article in stories.items() if article in articles}


def test_editors_and_the_chief_see_and_change_every_story(stories, editor, chief):
    for user in (editor, chief):
        assert named(stories, rights.visible_to(user)) == set(stories)
        assert all(rights.may_see(user, each) for each in stories.values())
        assert all(rights.may_change(user, each) for each in stories.values())


def test_a_writer_sees_their_own_and_what_readers_see(stories, writer):
    own = {name for name in stories if name.startswith("own")}

    assert named(stories, rights.visible_to(writer)) == own | {"other published"}
    for name, article in stories.items():
        assert rights.may_see(writer, article) == (name in own | {"other published"})


def test_how_a_story_came_to_be_is_read_by_editors_and_by_its_writer(
    stories, writer, editor, moderator
):
    def read_by(user) -> set[str]:
        return {name for name, each in stories.items() if rights.may_see_the_making(user, each)}

    assert read_by(editor) == set(stories)
    assert read_by(writer) == {name for name in stories if name.startswith("own")}
    assert read_by(moderator) == set()


def test_a_writer_changes_their_own_drafts_alone(stories, writer):
    changed = {name for name, each in stories.items() if rights.may_change(writer, each)}
    assert changed == {"own draft"}


def test_whoever_has_no_right_to_stories_knows_of_the_public_ones_alone(stories, moderator):
    for user in (moderator, AnonymousUser()):
        assert named(stories, rights.visible_to(user)) == {"own published", "other published"}
        assert not any(rights.may_see(user, each) for each in stories.values())
        assert not any(rights.may_change(user, each) for each in stories.values())


def test_a_story_that_nobody_owns_is_no_writers_own(draft, writer):
    assert not rights.may_see(writer, draft(owner=None))
    assert not rights.may_change(writer, draft("أخرى", owner=None))
