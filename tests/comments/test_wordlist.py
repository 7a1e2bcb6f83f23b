"""The listed words as the rules search for them: always the list as it is now."""

from datetime import timedelta

import pytest

from articles.arabic import Hit
from comments import wordlist
from comments.models import ListedWord, WordAction

pytestmark = pytest.mark.django_db


def listed(text: str, action: WordAction = WordAction.HOLD, **fields: bool) -> ListedWord:
    return ListedWord.objects.create(text=text, action=action, **fields)


def found(text: str) -> list[tuple[str, str]]:
    """The key of each hit: the action and the word as listed."""
    return [hit.key for hit in wordlist.lexicon().hits(text)]


def test_a_hit_tells_the_action_the_word_as_listed_and_the_place():
    listed("خائن", WordAction.REJECT)

    assert wordlist.lexicon().hits("يا خـــائن") == [Hit(("reject", "خائن"), 3, 10)]


def test_an_empty_list_finds_nothing():
    assert found("يا خائن") == []


def test_latin_letters_are_read_only_where_the_entry_says_so():
    listed("خائن", latin=True)
    listed("حرامي")

    assert found("ya 5a2en ya 7arami") == [("hold", "خائن")]


def test_a_word_that_is_added_changed_or_taken_away_is_so_at_once():
    word = listed("خائن")
    assert found("خائن وسارق") == [("hold", "خائن")]

    listed("سارق", WordAction.SPAM)
    assert found("خائن وسارق") == [("hold", "خائن"), ("spam", "سارق")]

    word.action = WordAction.REJECT
    word.save()
    assert found("خائن وسارق") == [("reject", "خائن"), ("spam", "سارق")]

    word.delete()
    assert found("خائن وسارق") == [("spam", "سارق")]


def test_one_word_put_in_the_place_of_another_is_so_at_once():
    listed("خائن").delete()
    listed("خائن")
    assert found("خائن وسارق") == [("hold", "خائن")]

    ListedWord.objects.all().delete()
    listed("سارق")

    assert found("خائن وسارق") == [("hold", "سارق")]


def test_the_list_is_read_once_as_long_as_nothing_changes(django_assert_num_queries):
    listed("خائن")

    with django_assert_num_queries(2):
        built = wordlist.lexicon()
    with django_assert_num_queries(1):
        again = wordlist.lexicon()
    assert again is built


def test_a_change_that_becomes_visible_after_a_newer_one_is_not_overlooked():
    older, newer = listed("خائن"), listed("سارق")
    newer.action = WordAction.SPAM
    newer.save()
    assert found("خائن وسارق") == [("hold", "خائن"), ("spam", "سارق")]

    # As a transaction leaves it that wrote before the other change and was committed after it.
    ListedWord.objects.filter(pk=older.pk).update(
        action=WordAction.REJECT, updated_at=older.updated_at + timedelta(microseconds=1)
    )

    assert found("خائن وسارق") == [("reject", "خائن"), ("spam", "سارق")]
