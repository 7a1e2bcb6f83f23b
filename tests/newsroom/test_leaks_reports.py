"""When posting a comment breaks, the operator is told where, and nothing of who sent what."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from django.utils.log import AdminEmailHandler

from newsroom.leaks.canaries import random_letters, random_network
from newsroom.leaks.disguises import disguises_of_address, disguises_of_network
from newsroom.leaks.search import Search
from newsroom.logs import WithoutSecrets
from tests.conftest import comment_data

pytestmark = pytest.mark.django_db

ADDRESS = f"{random_letters()}@example.org"
NETWORK = random_network()


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the console shows, and, in mails to the ADMINS, what Django reports of errors."""
    stream = io.StringIO()
    console, mailed = logging.StreamHandler(stream), AdminEmailHandler(include_html=True)
    console.setFormatter(WithoutSecrets())
    logger = logging.getLogger("django")
    for handler in (console, mailed):
        logger.addHandler(handler)
    yield stream
    for handler in (console, mailed):
        logger.removeHandler(handler)


@pytest.fixture
def broken(settings) -> None:
    settings.ADMINS = [("desk", "desk@newsroom.example")]
    settings.COMMENT_EMAIL_PUBLIC_KEY = "broken"


def post_in_both_ways(article) -> list[int]:
    sent = comment_data(email=ADDRESS)
    reader = Client(raise_request_exception=False, REMOTE_ADDR=NETWORK)
    answers = [
        reader.post(f"/articles/{article.slug}/comments/", sent),
        reader.post(f"/api/v1/articles/{article.slug}/comments/", sent, "application/json"),
    ]
    return [answer.status_code for answer in answers]


def mailed() -> str:
    """Every mail, with both of its bodies."""
    return "\n".join(
        f"{message.subject}\n{message.body}\n{message.alternatives}" for message in mail.outbox
    )


def finds(text: str) -> set[tuple[str, str]]:
    disguises = [*disguises_of_address(ADDRESS), *disguises_of_network(NETWORK)]
    return Search(("the reader", disguise) for disguise in disguises).finds(text)


def test_neither_the_log_nor_a_mail_to_the_admins_holds_the_address(article, broken, logged):
    assert post_in_both_ways(article) == [500, 500]

    assert len(mail.outbox) == 2
    for text in (logged.getvalue(), mailed()):
        assert text.count("COMMENT_EMAIL_PUBLIC_KEY is not a key") >= 2
        assert "comments/posting.py" in text
        assert finds(text) == set()


def test_the_report_that_django_would_make_holds_it(article, broken, settings, logged):
    settings.DEFAULT_EXCEPTION_REPORTER = "django.views.debug.ExceptionReporter"
    handler = AdminEmailHandler(include_html=True)
    logging.getLogger("django").addHandler(handler)
    try:
        post_in_both_ways(article)
    finally:
        logging.getLogger("django").removeHandler(handler)

    assert finds(mailed()) != set()


def test_an_error_without_an_exception_is_reported_without_a_traceback(broken, logged):
    logging.getLogger("django").error("The worker is late.")

    assert [message.subject for message in mail.outbox] == ["[Django] ERROR: The worker is late."]
