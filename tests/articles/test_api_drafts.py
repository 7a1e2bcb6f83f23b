"""Drafts for programs of the newsroom: who may do what, what is kept, what is refused by name."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from articles import publishing, revisions
from articles.models import Article, Scope
from tests.articles.desk_api import STORIES, Program, program_of
from tests.conftest import staff

SENT = {
    "title": "ترميم سور المرفأ",
    "subtitle": "يبدأ غداً",
    "body": "<p>تبدأ <em>الورشة</em> غداً.</p><script>x</script>",
    "excerpt": "ورشة جديدة.",
    "no_image_reason": "لم تصل",
    "tags": ["مرفأ", "آثار"],
    "language": "ar",
    "comments_open": False,
}


def deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _level in range(levels):
        nested = [nested]
    return nested


@pytest.fixture
def program() -> Callable[..., Program]:
    return lambda user, *scopes: program_of(user, *(scopes or [Scope.DRAFTS]))


def test_a_draft_is_written_and_read_again(program, writer, byline, category, image):
    client = program(writer)
    further = category.__class__.objects.create(name="أحياء")
    sent = SENT | {
        "byline": byline.name,
        "category": category.slug,
        "categories": [further.slug],
        "image": image.pk,
    }

    made = client.post(STORIES, sent)

    assert made.status_code == 201, made.content
    story = Article.objects.get()
    assert made["Location"] == f"http://testserver{STORIES}{story.pk}/"
    answer = client.get(made["Location"]).json()
    assert answer == made.json()
    assert {name: answer[name] for name in sent} == sent | {
        "body": "<p>تبدأ <em>الورشة</em> غداً.</p>"
    }
    assert (answer["status"], answer["owner"], answer["slug"], answer["missing"]) == (
        *("draft", "writer", "ترميم-سور-المرفأ"),
        [],
    )
    assert (story.owner, story.byline, story.category, story.image) == (
        *(writer, byline, category, image),
    )
    assert answer["desk"] == f"http://testserver/admin/articles/article/{story.pk}/change/"


def test_a_title_alone_is_a_draft_like_one_of_the_desk(program, writer):
    made = program(writer).post(STORIES, {"title": "عنوان"})

    assert made.status_code == 201, made.content
    story = Article.objects.get()
    assert (story.language, story.comments_open, story.byline) == ("ar", True, None)
    assert len(made.json()["missing"]) == 5


def test_what_a_program_saves_is_one_revision_of_its_account(program, writer):
    client = program(writer)
    made = client.post(STORIES, SENT).json()
    client.patch(
        f"{STORIES}{made['id']}/", {"title": "آخر", "tags": [], "revision": made["revision"]}
    )

    kept = list(revisions.of(Article.objects.get()))
    assert [(each.title, each.history_user, len(each.tag_ids)) for each in kept] == [
        ("آخر", writer, 0),
        (SENT["title"], writer, 2),
    ]


def test_fields_that_are_not_sent_stay_as_they_are(program, writer):
    client = program(writer)
    made = client.post(STORIES, SENT).json()

    changed = client.patch(
        f"{STORIES}{made['id']}/", {"subtitle": "", "revision": made["revision"]}
    ).json()

    varying = {"revision", "updated_at", "subtitle"}
    assert {name: value for name, value in changed.items() if name not in varying} == {
        name: value for name, value in made.items() if name not in varying
    }
    assert changed["subtitle"] == ""


def test_nothing_is_saved_over_a_newer_revision(program, writer, editor):
    client = program(writer)
    made = client.post(STORIES, SENT).json()
    page = f"{STORIES}{made['id']}/"
    program(editor).patch(page, {"title": "من التحرير", "revision": made["revision"]})

    refused = client.patch(page, {"title": "من الكاتب", "revision": made["revision"]})

    assert refused.status_code == 409
    assert "editor" in refused.json()["detail"]
    assert Article.objects.get().title == "من التحرير"


def test_a_draft_is_submitted_with_a_note(program, writer):
    client = program(writer)
    page = f"{STORIES}{client.post(STORIES, SENT).json()['id']}/"

    assert client.post(f"{page}submit/", {"note": "جاهز"}).json()["status"] == "in_review"

    decision = Article.objects.get().decisions.get()
    assert (decision.by, decision.reason) == (writer, "جاهز")
    again = client.post(f"{page}submit/")
    assert again.status_code == 409
    refused = client.patch(page, {"title": "آخر", "revision": 1})
    assert refused.status_code == 403


def test_what_was_sent_twice_under_one_key_is_one_story(program, writer):
    client, key = program(writer), {"HTTP_IDEMPOTENCY_KEY": str(uuid4())}

    first, again = (client.post(STORIES, SENT, **key) for _twice in range(2))

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    for other in ({"title": "آخر"}, {"body": "<p>نص آخر.</p>"}, {"tags": ["آخر"]}):
        assert client.post(STORIES, SENT | other, **key).status_code == 409
    blank = client.post(STORIES, SENT | {"title": f" {SENT['title']} "}, **key)
    assert blank.status_code == 200
    assert Article.objects.count() == 1
    for none in ("x", "{12345678-1234-5678-1234-567812345678}", "1234567812345678" * 2):
        wrong = client.post(STORIES, SENT, HTTP_IDEMPOTENCY_KEY=none)
        assert (wrong.status_code, list(wrong.json())) == (400, ["Idempotency-Key"])


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "  "}, "title"),
        ({"title": "ا" * 251}, "title"),
        ({"title": "\0"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"title": None}, "title"),
        ({"byline": "لا أحد"}, "byline"),
        ({"byline": "\0"}, "byline"),
        ({"byline": "\ud800"}, "byline"),
        ({"byline": {}}, "byline"),
        ({"image": 10**30}, "image"),
        ({"image": True}, "image"),
        ({"image": "x"}, "image"),
        ({"image": 1.5}, "image"),
        ({"byline": deep(450)}, "byline"),
        ({"image": deep(450)}, "image"),
        ({"language": "\ud800"}, "language"),
        ({"categories": ["محليات"] * 21}, "categories"),
        ({"category": "لا-قسم"}, "category"),
        ({"categories": ["لا-قسم"]}, "categories"),
        ({"categories": "x"}, "categories"),
        ({"tags": ["أ، ب"]}, "tags"),
        ({"tags": [""]}, "tags"),
        ({"tags": "مرفأ"}, "tags"),
        ({"tags": ["و" * 101]}, "tags"),
        ({"tags": [f"وسم {number}" for number in range(51)]}, "tags"),
        ({"slug": "a b"}, "slug"),
        ({"slug": "\0"}, "slug"),
        ({"language": "xx"}, "language"),
        ({"comments_open": "perhaps"}, "comments_open"),
        ({"headline": "عنوان"}, "headline"),
        ({"status": "published"}, "status"),
        ({"owner": "editor"}, "owner"),
    ],
)
def test_what_cannot_be_saved_is_an_error_of_its_field(program, writer, sent, field):
    client = program(writer)

    refused = client.post(STORIES, SENT | sent)

    assert (refused.status_code, list(refused.json())) == (400, [field]), refused.content
    assert not Article.objects.exists()
    made = client.post(STORIES, SENT).json()
    refused = client.patch(f"{STORIES}{made['id']}/", sent | {"revision": made["revision"]})
    assert (refused.status_code, list(refused.json())) == (400, [field]), refused.content


def test_what_is_wrong_with_rows_of_a_list_is_said_of_the_list(program, writer):
    refused = program(writer).post(STORIES, SENT | {"tags": [[], {}], "categories": ["لا"]})

    assert refused.status_code == 400
    errors = refused.json()
    assert {name: [type(each) for each in texts] for name, texts in errors.items()} == {
        "categories": [str],
        "tags": [str],
    }


@pytest.mark.parametrize("revision", [None, "", "x", 0, -1, {}])
def test_a_change_names_the_revision_that_it_is_based_on(program, writer, revision):
    client = program(writer)
    page = f"{STORIES}{client.post(STORIES, SENT).json()['id']}/"

    for sent in ({"title": "آخر", "revision": revision}, {"title": "آخر"}):
        refused = client.patch(page, sent)
        assert (refused.status_code, list(refused.json())) == (400, ["revision"])
    assert client.patch(page, {"title": "آخر", "revision": 10**17}).status_code == 409
    assert Article.objects.get().title == SENT["title"]


def test_a_number_beyond_all_numbers_is_no_picture(program, writer):
    refused = program(writer).send("post", STORIES, '{"title": "عنوان", "image": 1e400}')

    assert (refused.status_code, list(refused.json())) == (400, ["image"])


def test_a_field_whose_name_no_answer_can_hold_is_refused(program, writer):
    refused = program(writer).post(STORIES, SENT | {"\ud800": 1})

    assert (refused.status_code, list(refused.json())) == (400, ["?"])


@pytest.mark.parametrize("body", ["", "[]", "x", "[" * 100_000, '"x"', "{", "null"])
def test_what_is_no_object_is_refused(program, writer, body):
    refused = program(writer).send("post", STORIES, body)

    assert refused.status_code == 400
    assert refused.json()


def test_more_than_the_site_takes_at_once_is_refused(program, writer):
    refused = program(writer).post(STORIES, SENT | {"body": "و" * 2_000_000})

    assert (refused.status_code, list(refused.json())) == (400, ["detail"])


# Who may do what


def test_a_writer_reads_own_stories_and_public_ones(program, writer, draft, published):
    another = staff("another", role="writer")
    own, public = draft("مسودته", owner=writer), published("منشور", owner=another)
    hidden = draft("مسودة غيره", owner=another)
    client = program(writer)

    assert ids(client.get(STORIES)) == {own.pk, public.pk}
    assert ids(client.get(f"{STORIES}?mine=true")) == {own.pk}
    assert ids(client.get(f"{STORIES}?status=published")) == {public.pk}
    assert client.get(f"{STORIES}{hidden.pk}/").status_code == 404
    page = f"{STORIES}{hidden.pk}/"
    assert client.patch(page, {"title": "آخر", "revision": 1}).status_code == 404
    assert client.post(f"{page}submit/").status_code == 404
    assert client.patch(f"{STORIES}{public.pk}/", {"revision": 1}).status_code == 403


def ids(answer: Any) -> set[int]:
    assert answer.status_code == 200, answer.content
    return {each["id"] for each in answer.json()["results"]}


def test_an_editors_program_reads_all_stories_and_changes_drafts_alone(
    program, editor, writer, draft, published
):
    hidden, public = draft("مسودة", owner=writer), published("منشور")
    client = program(editor)

    assert ids(client.get(STORIES)) == {hidden.pk, public.pk}
    for story, status in ((hidden, 200), (public, 409)):
        newest = revisions.of(story).first().history_id
        page = f"{STORIES}{story.pk}/"
        answer = client.patch(page, {"title": "آخر", "revision": newest})
        assert answer.status_code == status, answer.content


def test_a_writer_leaves_the_address_of_what_was_published_alone(program, writer, published):
    story = publishing.back_to_draft(published("كان منشوراً", owner=writer))
    client, page = program(writer), f"{STORIES}{story.pk}/"
    newest = client.get(page).json()["revision"]

    refused = client.patch(page, {"slug": "آخر", "revision": newest})

    assert (refused.status_code, list(refused.json())) == (400, ["slug"])
    kept = client.patch(page, {"slug": story.slug, "title": "آخر", "revision": newest})
    assert kept.status_code == 200


def test_a_moderators_program_reads_no_story(program, moderator, article):
    client = program(moderator)

    assert client.get(STORIES).status_code == 403
    assert client.get(f"{STORIES}{article.pk}/").status_code == 403
    assert client.post(STORIES, SENT).status_code == 403


def test_a_token_opens_only_what_it_is_good_for(program, editor, article):
    client = program(editor, Scope.PICTURES, Scope.MODERATION)

    refused = client.get(STORIES)

    assert (refused.status_code, list(refused.json())) == (403, ["detail"])


@pytest.mark.parametrize(
    "sent", [None, "Bearer", "Bearer x", "Bearer x y", "Bearer \xff", "Basic eA=="]
)
def test_nobody_comes_in_without_a_token(db, client, article, sent):
    headers = {"HTTP_AUTHORIZATION": sent} if sent else {}
    for page in (STORIES, f"{STORIES}{article.pk}/"):
        answer = client.get(page, **headers)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
        assert list(answer.json()) == ["detail"]
        assert answer["Cache-Control"] == "private, no-store"


def test_a_session_of_the_desk_opens_nothing_here(as_user, editor, article):
    assert as_user(editor).get(STORIES).status_code == 401


def test_a_revoked_right_ends_what_its_tokens_could(program, writer):
    client = program(writer)
    assert client.get(STORIES).status_code == 200

    User.objects.get(pk=writer.pk).groups.clear()

    assert client.get(STORIES).status_code == 403


def test_no_cache_keeps_an_answer(program, writer):
    answer = program(writer).get(STORIES)

    assert answer["Cache-Control"] == "private, no-store"
    assert json.loads(answer.content) == {"next": None, "previous": None, "results": []}


@pytest.mark.parametrize("query", ["x=1", "status=x", "mine=perhaps", "cursor=x", "page_size=0"])
def test_an_unknown_parameter_or_value_is_refused_by_name(program, writer, query):
    refused = program(writer).get(f"{STORIES}?{query}")

    assert (refused.status_code, list(refused.json())) == (400, [query.split("=")[0]])


@pytest.mark.parametrize("pk", ["0", "9" * 18, "9" * 40])
def test_a_story_that_is_none_is_not_found(program, writer, pk):
    client = program(writer)

    assert client.get(f"{STORIES}{pk}/").status_code == 404
    assert client.patch(f"{STORIES}{pk}/", {"revision": 1}).status_code == 404
    assert client.post(f"{STORIES}{pk}/submit/").status_code == 404
