"""The API answers the keys that its schema tells and no other, and nothing of what is private."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles import publishing
from articles.models import ArchiveImage, Article, Byline, Category, RelatedPost, Scope
from comments import reports
from comments.models import CommentStatus
from newsroom.leaks.canaries import Canaries, random_letters
from newsroom.leaks.disguises import Disguise, disguises_of_bytes
from newsroom.leaks.edition import make_edition
from newsroom.leaks.planting import MARK, Planting, plant
from newsroom.leaks.search import Search
from newsroom.leaks.visiting import Visits
from tests.articles.desk_api import program_of
from tests.conftest import comment_data
from tests.newsroom.api_keys import Schema, documented_answer, documented_keys, keys_of
from tests.newsroom.public_addresses import addresses

pytestmark = pytest.mark.django_db

API = "/api/v1/"
# Every address that answers data, as the schema names it; and those that tell of the API itself.
DATA = {
    *(f"{API}articles/", f"{API}articles/{{slug}}/", f"{API}articles/{{slug}}/related/"),
    *(f"{API}articles/{{slug}}/comments/", f"{API}categories/", f"{API}tags/", f"{API}images/"),
}
DESK = {
    *(f"{API}desk/{rows}/" for rows in ("articles", "images", "comments")),
    *(f"{API}desk/{rows}/{{id}}/" for rows in ("articles", "images", "comments")),
    f"{API}desk/comments/{{id}}/decisions/",
}
# Where programs of the newsroom send and nothing is read.
SENT_TO = {f"{API}desk/articles/{{id}}/submit/"}
OF_THE_API_ITSELF = {API, f"{API}schema/", f"{API}docs/", f"{API}changes/"}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# Wrong parameters, and parameters that a leaky filter would obey.
ASKED = (
    *("nonsense=1", "cursor=x", "page_size=0", "fields=email", "fields=title,owner"),
    *("email=a", "name=a", "status=draft", "owner=1", "search=a", "ordering=owner", "format=api"),
)
_SAID = ("name", "body")


def api_addresses(slug: str) -> set[str]:
    """Each address of the API with this slug, once by itself and once as its format names it."""
    found = addresses({"slug": slug, "pk": "{id}", "format": "json"})
    return {each for each in found if each.startswith(API)}


def is_plain(address: str) -> bool:
    """Whether it names no format: every client asks for it so."""
    return not address.rstrip("/").endswith("json")


@pytest.fixture
def schema(client) -> Schema:
    return client.get(f"{API}schema/", headers={"accept": "application/json"}).json()


@pytest.fixture
def complete(published, image, approved) -> Article:
    """An article that has all that an article can have, with one beside it that has too."""
    top = Category.objects.create(name="محليات")
    below = Category.objects.create(name="أحياء", parent=top)
    made = [published(title, category=below, image=image) for title in ("مختار", "المقال")]
    for each in made:
        each.tags.add("أرصفة")
        each.further_categories.add(top)
    picked, article = made
    RelatedPost.objects.create(from_article=article, to_article=picked)
    approved(on=article, website="https://example.org/")
    return article


def test_every_address_of_the_api_is_known_here(schema):
    known = DATA | DESK | SENT_TO
    assert set(filter(is_plain, api_addresses("{slug}"))) == known | OF_THE_API_ITSELF
    assert set(schema["paths"]) == known


@pytest.mark.parametrize("path", sorted(DESK))
def test_a_program_is_answered_the_keys_of_the_schema_and_no_other(schema, complete, chief, path):
    comment = complete.comments.get()
    reports.report(comment, reason="other", note="مكرر", network="192.0.2.7")
    rows = {"articles": complete.pk, "images": complete.image_id, "comments": comment.pk}
    program = program_of(chief, *Scope)

    # The queue shows by itself what waits alone.
    asked = "?tab=all" if path == f"{API}desk/comments/" else ""
    answer = program.get(path.replace("{id}", str(rows[path.split("/")[4]])) + asked)

    assert answer.status_code == 200
    told = set(documented_keys(schema, documented_answer(schema, path)))
    assert set(keys_of(answer.json())) <= told
    # No rule has found anything in this comment.
    assert {key for key in told - set(keys_of(answer.json())) if "reasons[]." not in key} == set()


@pytest.mark.parametrize("path", sorted(DATA))
def test_an_answer_has_the_keys_of_the_schema_and_no_other(client, schema, complete, path):
    answer = client.get(path.replace("{slug}", complete.slug))

    assert answer.status_code == 200
    told = documented_keys(schema, documented_answer(schema, path))
    assert set(keys_of(answer.json())) == set(told)


def test_the_receipt_of_a_comment_has_the_keys_of_the_schema_and_no_other(client, schema, article):
    path = f"{API}articles/{{slug}}/comments/"
    sent = json.dumps(comment_data())

    answer = client.post(
        path.replace("{slug}", article.slug), sent, content_type="application/json"
    )

    assert answer.status_code == 201
    told = documented_keys(schema, documented_answer(schema, path, "post", 201))
    assert set(keys_of(answer.json())) == set(told)


@pytest.mark.parametrize("path", sorted(DATA))
def test_an_error_has_no_key_but_what_was_asked_and_the_detail(client, complete, path):
    address = path.replace("{slug}", complete.slug)
    wrong = [client.get(f"{address}?{asked}") for asked in ASKED]
    others = [
        client.get(path.replace("{slug}", "لم-يكن")),
        client.delete(address),
        client.get(address, headers={"accept": "text/html"}),
    ]

    named = {asked.partition("=")[0] for asked in ASKED}
    refused = [each for each in wrong if each.status_code != 200]
    assert {key for each in refused for key in keys_of(each.json())} <= named | {"detail"}
    errors = [each for each in others if each.status_code != 200]
    assert {each.status_code for each in errors} >= {405, 406}
    assert {key for each in errors for key in keys_of(each.json())} == {"detail"}


# What is planted, and must be nowhere


@dataclass
class Secrets:
    """Texts that were written where no reader sees them."""

    search: Search
    plain: list[str] = field(default_factory=list)

    def new(self, name: str) -> str:
        return self.add(name, random_letters())

    def add(self, name: str, text: str) -> str:
        self.plain.append(text)
        digests = {each: hashlib.new(each, text.encode()) for each in ("md5", "sha1", "sha256")}
        found = [Disguise(f"{name} in plain letters", text)]
        for algorithm, digest in digests.items():
            found += disguises_of_bytes(f"{algorithm} of {name}", digest.digest())
        self.search.look_for((name, each) for each in found)
        return text


@pytest.fixture
def secrets() -> Secrets:
    return Secrets(Search())


@pytest.fixture
def planting(secrets) -> Planting:
    """A paper with readers' comments in every state, whose addresses and networks are known."""
    made = Planting(make_edition(), Visits(), Canaries(secrets.search))
    plant(made)
    for canary in made.canaries.all:
        secrets.plain += [canary.address.strip(), canary.network]
    for receipt in made.receipts:
        secrets.add("a receipt", receipt.strip("/").rpartition("/")[2])
    return made


@pytest.fixture
def shown(planting) -> str:
    """Letters that stand in the title of a story that is public."""
    letters = random_letters()
    Article.objects.filter(pk=planting.edition.closed.pk).update(title=f"خبر {letters}")
    return letters


@pytest.fixture
def hidden(planting, secrets, client) -> list[Article]:
    """What only the desk knows: stories, accounts, notes; and comments that readers do not see."""
    edition = planting.edition
    owner = edition.staff["writer"]
    owner.set_password(secrets.new("a password"))
    owner.save()
    secrets.add("the hash of a password", owner.password.rpartition("$")[2].rstrip("="))
    User.objects.filter(pk=owner.pk).update(
        username=secrets.new("an account"), email=f"{secrets.new('an address of staff')}@a.example"
    )
    _notes_on_a_picture(edition.article, secrets)
    _comment_with_a_user_agent(client, edition.article, secrets)
    for status in CommentStatus:
        if status != CommentStatus.APPROVED:
            _comment(planting, status, secrets)
    return [
        _unpublished(edition.article, owner, secrets),
        publishing.schedule(
            _unpublished(edition.article, owner, secrets), timezone.now() + timedelta(hours=1)
        ),
        publishing.retract(
            publishing.publish(_unpublished(edition.article, owner, secrets)),
            reason=secrets.new("why a story was retracted"),
        ),
    ]


def _unpublished(like: Article, owner: User, secrets: Secrets) -> Article:
    """A story of which nothing is known, with a byline and a tag of its own."""
    name = secrets.new("a story that is not public")
    story = Article.objects.create(
        title=f"سرّ {name}",
        body=f"<p>نص {secrets.new('a body that is not public')}</p>",
        excerpt="سرّ",
        byline=Byline.objects.create(name=secrets.new("a byline that is not public")),
        category=like.category,
        no_image_reason=secrets.new("why there is no picture"),
        owner=owner,
    )
    story.tags.add(secrets.new("a tag that is not public"))
    RelatedPost.objects.create(from_article=like, to_article=story, position=5)
    return story


def _notes_on_a_picture(article: Article, secrets: Secrets) -> None:
    notes = {name: secrets.new(f"{name} of a picture") for name in ("source", "keywords", "people")}
    ArchiveImage.objects.filter(pk=article.image_id).update(**notes)


def _comment(planting: Planting, status: CommentStatus, secrets: Secrets) -> None:
    """A comment by the form that comes to be of this status."""
    canary = planting.canaries.mint(f"a comment that is {status}")
    said = {name: secrets.new(f"the {name} of a comment that is {status}") for name in _SAID}
    planting.by_form(canary, planting.edition.article, expect=303, **said)
    if status != CommentStatus.PENDING:
        planting.decide(planting.comments[-1][1], status)


def _comment_with_a_user_agent(client: Client, article: Article, secrets: Secrets) -> None:
    agent = f"{secrets.new('a user agent')}/7.1"
    posted = client.post(
        f"/articles/{quote(article.slug)}/comments/", comment_data(), headers={"user-agent": agent}
    )
    assert posted.status_code == 303


def test_no_answer_of_the_api_holds_anything_that_is_private(
    client, planting, shown, hidden, secrets
):
    edition = planting.edition
    planting.canaries.learn_keyed_digests()
    slugs = [edition.article.slug, edition.former_slug, edition.retracted.slug, "لم-يكن"]
    slugs += [story.slug for story in hidden]

    every = {address for slug in slugs for address in api_addresses(quote(slug))}
    answers = [client.generic(method, address) for address in every for method in METHODS]
    plain = filter(is_plain, every)
    answers += [client.get(f"{address}?{asked}") for address in plain for asked in ASKED]
    answers += [client.get(address, headers={"accept": "text/html"}) for address in every]

    texts = [text_of(answer) for answer in answers]
    texts += [without_its_receipt(each) for each in sent_to_the_api(planting)]
    assert {answer.status_code for answer in answers} >= {200, 301, 400, 404, 405, 406, 410}
    assert {each.status for each in sent_to_the_api(planting)} >= {201, 400, 403, 410}
    assert all(any(seen in text for text in texts) for seen in (shown, MARK))
    assert [secret for secret in secrets.plain if not secrets.search.finds(secret)] == []
    assert {find for text in texts for find in secrets.search.finds(text)} == set()


def text_of(answer: Any) -> str:
    """All that an answer says, without the address by which it was asked."""
    said = f"{answer.headers} {answer.content.decode()}"
    asked = answer.wsgi_request.path
    return said.replace(quote(asked), "").replace(asked, "")


def sent_to_the_api(planting: Planting) -> list[Any]:
    """The answers to comments that were posted as JSON."""
    return [answer for _canary, answer in planting.answers if answer.address.startswith(API)]


def without_its_receipt(answer: Any) -> str:
    """What an answer says to whoever posts; the receipt is for them alone."""
    receipt = (answer.json() or {}).get("receipt", "\0")
    return f"{answer.headers} {answer.body}".replace(receipt, "")
