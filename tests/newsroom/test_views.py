"""Renditions are served for ever; nothing else of the media folder is."""

from pathlib import Path

import pytest
from PIL import Image

from articles.models import ArchiveImage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("media_type", ["avif", "webp", "jpeg"])
def test_a_rendition_is_made_on_first_need_and_served_to_be_kept_for_ever(
    client, settings, image: ArchiveImage, media_type
):
    [rendition] = [each for each in image.renditions if each.name.endswith(f"-320.{media_type}")]
    file = Path(settings.MEDIA_ROOT, rendition.name)
    assert not file.exists()

    response = client.get(rendition.url)

    sent = b"".join(response.streaming_content)
    assert (response.status_code, response["Content-Type"]) == (200, f"image/{media_type}")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert sent == file.read_bytes()
    with Image.open(file) as shown:
        assert shown.size == (320, 180)
    assert [each.name for each in file.parent.iterdir()] == [file.name]
    response.close()


def test_a_rendition_that_is_there_is_served_without_a_query(
    client, image, django_assert_num_queries
):
    client.get(image.url).close()

    with django_assert_num_queries(0):
        client.get(image.url).close()


def test_only_planned_renditions_of_pictures_that_are_there_are_made(client, settings, image):
    name = image.thumbnail.url
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*"))

    for wrong in (
        name.replace("-320.", "-321."),
        name.replace("-320.", "-960."),
        name.replace("-320.", "-0320."),
        name.replace("-320.webp", "-320.png"),
        name.replace("-320.", "-999999."),
        name.replace(image.sha256, "0" * 64),
        name.replace(f"/{image.sha256[:2]}/", "/zz/"),
    ):
        assert client.get(wrong).status_code == 404, wrong
        assert client.post(wrong).status_code in {404, 405}
    elsewhere = name.replace(f"/{image.sha256[:2]}/", "/00/" if name[18:20] != "00" else "/01/")
    assert client.get(elsewhere).status_code == 404
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*")) == before


def test_a_rendition_whose_original_is_lost_or_damaged_is_not_found(client, settings, image):
    original = Path(settings.MEDIA_ROOT, image.file.name)

    original.write_bytes(original.read_bytes()[:300])
    assert client.get(image.url).status_code == 404
    original.unlink()
    assert client.get(image.url).status_code == 404


def test_an_original_is_served_by_no_spelling_of_its_address(client, settings, image):
    original = Path(settings.MEDIA_ROOT, image.file.name)
    disguised = original.with_suffix(".webp")
    original.rename(disguised)
    inside = disguised.relative_to(settings.MEDIA_ROOT)

    for address in (
        f"/media/{inside}",
        f"/media/renditions/../{inside}",
        f"/media/renditions/%2e%2e/{inside}",
        f"/media/renditions/..%2f{inside}",
        f"/media/renditions/x/../../{inside}",
        "/media/renditions/",
        "/media/",
    ):
        assert client.get(address).status_code == 404


def test_the_probes_are_answered_whatever_host_they_name(client):
    for address in ("/healthz", "/readyz"):
        response = client.get(address, headers={"host": "10.1.2.3"})
        assert (response.status_code, response.content) == (200, b"ok\n")
