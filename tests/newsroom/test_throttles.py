"""How many requests of the API one client or one token may make."""

import pytest
from django.core.cache import caches
from rest_framework.throttling import SimpleRateThrottle

from articles.models import Scope
from comments.models import Comment
from newsroom.environment import per_minute
from tests.articles.api import LIST
from tests.articles.desk_api import STORIES, Program, program_of
from tests.articles.test_api import detail_of
from tests.conftest import comment_data
from tests.newsroom.commands import manage

HERE, THERE = "198.51.100.7", "203.0.113.9"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _little_is_much(monkeypatch):
    rates = {"reads": "2/minute", "posts": "2/minute", "token-writes": "2/minute"}
    for scope, rate in rates.items():
        monkeypatch.setitem(SimpleRateThrottle.THROTTLE_RATES, scope, rate)


def statuses(client, network: str, count: int = 3, address: str = LIST) -> list[int]:
    return [client.get(address, REMOTE_ADDR=network).status_code for _time in range(count)]


def post(client, article, network: str, **fields):
    address = f"{detail_of(article)}comments/"
    sent = comment_data(**fields)
    return client.post(address, sent, content_type="application/json", REMOTE_ADDR=network)


def test_who_reads_too_much_is_told_when_to_try_again(client, article):
    assert statuses(client, HERE) == [200, 200, 429]

    answer = client.get(detail_of(article), REMOTE_ADDR=HERE)

    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert answer["Content-Type"] == "application/json"
    detail = "طلباتك كثيرة في وقت قصير. انتظر قليلاً ثم أعد المحاولة."
    assert answer.content.decode() == f'{{"detail":"{detail}"}}'
    assert "Cache-Control" not in answer.headers


@pytest.mark.parametrize(
    ("one", "other"),
    [(HERE, THERE), ("2001:db8:0:1::1", "2001:db8:0:2::1")],
)
def test_what_one_client_is_refused_falls_on_no_other(client, article, one, other):
    assert statuses(client, one) == [200, 200, 429]

    assert statuses(client, other) == [200, 200, 429]


@pytest.mark.parametrize(
    ("one", "same"), [("2001:db8::1", "2001:db8::ffff:2"), (HERE, f"::ffff:{HERE}")]
)
def test_all_addresses_of_one_line_are_one_client(client, article, one, same):
    assert statuses(client, one, 2) == [200, 200]

    assert statuses(client, same, 1) == [429]


def test_an_answer_that_nothing_changed_counts_too(client, article):
    tag = client.get(LIST, REMOTE_ADDR=THERE)["ETag"]
    held = {"if-none-match": tag}

    answers = [client.get(LIST, headers=held, REMOTE_ADDR=HERE) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [304, 304, 429]


def test_who_asks_too_much_costs_the_database_nothing(client, article, django_assert_num_queries):
    statuses(client, HERE)

    with django_assert_num_queries(0):
        assert statuses(client, HERE, 1) == [429]


@pytest.mark.parametrize("own", ["127.0.0.1", "::1", ""])
def test_what_stands_on_this_machine_reads_for_many(client, article, own):
    assert statuses(client, own) == [200, 200, 200]


def test_the_root_and_the_schema_count_too(client):
    assert statuses(client, HERE, address="/api/v1/") == [200, 200, 429]
    assert statuses(client, THERE, address="/api/v1/schema/") == [200, 200, 429]


def test_who_posts_too_much_is_told_so_whatever_is_posted(client, article):
    answers = [post(client, article, HERE, name="") for _time in range(2)]
    answers += [post(client, article, HERE), post(client, article, THERE)]

    assert [answer.status_code for answer in answers] == [400, 400, 429, 201]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60
    assert [*answers[2].json()] == ["detail"]
    assert Comment.objects.count() == 1
    assert statuses(client, HERE, 1) == [200]


def test_what_stands_on_this_machine_posts_for_many(client, article):
    answers = [post(client, article, "127.0.0.1", name="") for _time in range(3)]

    assert [answer.status_code for answer in answers] == [400, 400, 400]


def test_a_token_counts_by_itself_wherever_it_is_used(writer, editor):
    one, other = program_of(writer, Scope.DRAFTS), program_of(editor, Scope.DRAFTS)

    def read(program: Program, network: str) -> int:
        return program.get(STORIES, REMOTE_ADDR=network).status_code

    def write(program: Program, network: str) -> int:
        return program.post(STORIES, REMOTE_ADDR=network).status_code

    assert [read(one, network) for network in (HERE, THERE, "127.0.0.1")] == [200, 200, 429]
    assert [read(other, HERE) for _time in range(3)] == [200, 200, 429]
    assert [write(one, network) for network in (HERE, THERE, HERE)] == [400, 400, 429]


def test_no_address_is_kept_of_whoever_asks(client, article):
    statuses(client, HERE)
    post(client, article, HERE)

    kept = caches["throttles"]._cache

    assert len(kept) == 2
    assert HERE not in repr(kept)


def test_many_clients_make_nobody_forgotten_who_asks_much(client, article):
    room = caches["throttles"]
    statuses(client, HERE)

    for number in range(room._max_entries + 1):
        room.set(f"somebody-{number}", [1.0])
        if number % 1_000 == 0:
            assert statuses(client, HERE, 1) == [429]

    assert len(room._cache) <= room._max_entries


def test_a_rate_is_a_number_of_requests_and_none_is_no_limit(monkeypatch, client, article):
    monkeypatch.setenv("API_READS_PER_MINUTE", "75")
    assert per_minute("API_READS_PER_MINUTE", default=600) == "75/minute"
    assert per_minute("API_POSTS_PER_MINUTE", default=30) == "30/minute"
    monkeypatch.setenv("API_READS_PER_MINUTE", "0")
    monkeypatch.setitem(
        SimpleRateThrottle.THROTTLE_RATES, "reads", per_minute("API_READS_PER_MINUTE", default=600)
    )

    assert statuses(client, HERE) == [200, 200, 200]


def test_a_rate_that_is_no_number_stops_the_start():
    ended = manage("check", API_READS_PER_MINUTE="many")

    assert ended.returncode == 1
    assert ended.stderr.startswith("API_READS_PER_MINUTE is 'many': ")


def test_who_knocks_with_tokens_that_open_nothing_is_stopped(client, db):
    guessed = {"authorization": "Bearer guessed"}

    answers = [client.get(STORIES, headers=guessed, REMOTE_ADDR=HERE) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [401, 401, 429]
