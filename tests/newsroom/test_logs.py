"""No row of the database and no code of a receipt stands in a log."""

import io
import logging

import pytest
from django.db import IntegrityError, transaction

from articles import tokens
from comments.models import Comment
from newsroom.logs import WithoutSecrets

SECRET = "ما لا يجوز أن يظهر في سجل"
BODY = f"{SECRET}\n{SECRET}\n\nTraceback (most recent call last):\n{SECRET}"


@pytest.mark.django_db
def test_a_refused_row_is_logged_without_what_was_in_it(pending):
    comment = pending(body=BODY)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutSecrets())
    logger = logging.getLogger("test")
    logger.addHandler(handler)

    try:
        with transaction.atomic():
            Comment.objects.filter(pk=comment.pk).update(name=" ")
    except IntegrityError as error:
        assert SECRET in str(error)
        logger.exception("refused")
    finally:
        logger.removeHandler(handler)

    logged = stream.getvalue()
    assert "comment_name_not_blank" in logged
    assert f'{__name__.replace(".", "/")}.py", line ' in logged
    assert SECRET not in logged
    assert bytes(comment.receipt_digest).hex() not in logged


def test_a_token_of_the_api_is_left_out(writer):
    _token, told = tokens.make(writer, name="برنامج", scopes=["drafts"], days=1)
    record = logging.makeLogRecord({"msg": "refused: %s", "args": (f"Bearer {told}",)})

    assert WithoutSecrets().format(record) == "refused: Bearer newsroom_…"


def test_a_code_of_a_receipt_is_left_out():
    record = logging.makeLogRecord({"msg": "Forbidden: %s", "args": ("/comments/receipt/aBc-_9/",)})

    assert WithoutSecrets().format(record) == "Forbidden: /comments/receipt/…/"


def test_what_visitors_asked_for_in_vain_is_not_logged_and_what_broke_is():
    requests = logging.getLogger("django.request")

    assert not requests.isEnabledFor(logging.WARNING)
    assert requests.isEnabledFor(logging.ERROR)


@pytest.mark.parametrize(
    "complaint", ["DisallowedHost", "DisallowedModelAdminLookup", "TooManyFilesSent"]
)
def test_no_stranger_fills_the_log(complaint):
    assert not logging.getLogger(f"django.security.{complaint}").isEnabledFor(logging.ERROR)
