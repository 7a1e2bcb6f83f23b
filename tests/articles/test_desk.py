"""No address and no forged form of the desk ends in a 500, nor steps over a right."""

import io
import threading

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from PIL import Image

from articles import rendering
from articles.models import ArchiveImage, Article
from tests.conftest import jpeg

LIST = "/admin/articles/article/"


@pytest.fixture
def desk(as_user, editor):
    return as_user(editor)


@pytest.mark.django_db
def test_a_writer_cannot_change_a_picture_that_readers_see(as_user, writer, published, image):
    address = f"/admin/articles/archiveimage/{image.pk}/change/"
    by_writer = as_user(writer)
    assert by_writer.post(address, {"alt": "جديد", "file": ""}).status_code == 302

    published(image=image)

    assert by_writer.post(address, {"alt": "غيره", "file": ""}).status_code == 403
    assert ArchiveImage.objects.get(pk=image.pk).alt == "جديد"


@pytest.mark.parametrize(
    "address",
    [
        f"{LIST}?status__exact=%00",
        f"{LIST}?title__regex=(",
        f"{LIST}?q=%00",
        "/admin/articles/archiveimage/?sha256__startswith=a",
        "/admin/autocomplete/?term=%00&app_label=articles&model_name=article&field_name=byline",
    ],
)
def test_a_look_up_that_no_list_offers_is_a_bad_request(desk, address: str):
    assert desk.get(address).status_code == 400


def test_a_bulk_action_on_what_is_no_row_is_a_bad_request(desk, article):
    sent = {"action": "retract_selected", "_selected_action": ["x", str(article.pk)]}

    assert desk.post(LIST, sent).status_code == 400
    assert Article.objects.public().count() == 1


@pytest.mark.parametrize("value", ["abc", "\x00", "9" * 5000, "-1", "1.5"])
def test_a_pick_that_is_no_row_is_an_error_beside_its_field(desk, value: str):
    sent = {"title": "عنوان", "language": "ar", "byline": value, "image": value}
    for total in ("TOTAL", "INITIAL"):
        sent[f"related_posts-{total}_FORMS"] = "0"

    response = desk.post(f"{LIST}add/", sent)

    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"byline", "image"}
    assert Article.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_one_story_sent_several_times_at_once_loses_nothing(as_user, editor):
    sent = {"title": "خبر عاجل", "language": "ar", "body": "<p>نص</p>"}
    for total in ("TOTAL", "INITIAL"):
        sent[f"related_posts-{total}_FORMS"] = "0"
    statuses: list[int] = []

    def send() -> None:
        statuses.append(as_user(editor).post(f"{LIST}add/", sent).status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [302] * 4
    assert sorted(Article.objects.values_list("slug", flat=True)) == [
        "خبر-عاجل",
        *(f"خبر-عاجل-{number}" for number in (2, 3, 4)),
    ]


@pytest.mark.django_db(transaction=True)
def test_one_picture_sent_twice_at_once_is_kept_once_and_told(as_user, editor):
    statuses: list[int] = []

    def send() -> None:
        file = io.BytesIO(jpeg())
        file.name = "same.jpg"
        sent = {"file": file, "alt": "صورة"}
        answer = as_user(editor).post("/admin/articles/archiveimage/add/", sent)
        statuses.append(answer.status_code)
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200, 302]
    assert ArchiveImage.objects.count() == 1


@pytest.mark.django_db
def test_a_tag_and_a_byline_of_drafts_alone_tell_nothing(client, draft, published, byline):
    secret = draft("سر")
    secret.tags.set(["وسم سري"])
    addresses = ["/tag/وسم-سري/", byline.get_absolute_url()]
    clients = ["/api/v1/articles/?tag=وسم-سري", f"/api/v1/articles/?byline={byline.slug}"]

    assert [client.get(each).status_code for each in addresses] == [404, 404]
    assert [client.get(each).status_code for each in clients] == [400, 400]

    published("علن").tags.set(["وسم سري"])
    assert [client.get(each).status_code for each in addresses + clients] == [200] * 4


@pytest.mark.django_db
def test_a_picture_with_sixteen_bits_of_grey_keeps_its_greys(settings):
    ramp = Image.new("I;16", (256, 8))
    ramp.putdata([level * 257 for level in range(256)] * 8)
    buffer = io.BytesIO()
    ramp.save(buffer, "PNG")

    image = ArchiveImage.objects.create(
        file=ContentFile(buffer.getvalue(), name="ramp.png"), alt="تدرّج"
    )
    rendering.make_all(image)

    with default_storage.open(image.thumbnail.name) as file, Image.open(file) as shown:
        greys = [shown.convert("L").getpixel((x, 4)) for x in (0, 64, 128, 192, 255)]
    assert all(abs(g - want) <= 4 for g, want in zip(greys, (0, 64, 128, 192, 255), strict=True))
