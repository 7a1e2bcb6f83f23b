"""`manage.py seed_comments` fills a database as it says, and refuses what it cannot fill."""

import pytest
from django.core.management import CommandError, call_command

from comments.models import Comment, CommentStatus

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_as_many_are_made_as_are_asked_for(capsys):
    numbers = {"comments": 60, "pending": 7, "articles": 3, "commenters": 5}

    call_command("seed_comments", anywhere=True, **numbers)

    pending = Comment.objects.filter(status=CommentStatus.PENDING)
    assert (Comment.objects.count(), pending.count()) == (60, 7)
    assert capsys.readouterr().out == "60 comments on 3 articles, 7 of them pending.\n"


@pytest.mark.parametrize(
    "numbers",
    [
        {"comments": 10, "pending": 10},
        {"comments": 10, "pending": -1},
        {"articles": 0},
        {"commenters": 0},
        {"comments": 10**20},
        {"comments": 10, "pending": 1, "articles": 10**20},
    ],
)
def test_what_cannot_be_made_is_told_in_one_line(numbers):
    with pytest.raises(CommandError, match=r"^Give .*\.$"):
        call_command("seed_comments", anywhere=True, **numbers)
    assert Comment.objects.count() == 0
