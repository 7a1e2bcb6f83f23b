"""Renditions are served for ever; nothing else of the media folder is."""

from pathlib import Path

import pytest

from articles.models import ArchiveImage

pytestmark = pytest.mark.django_db


def test_a_rendition_is_served_to_be_kept_for_ever(client, image: ArchiveImage):
    response = client.get(image.url)

    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"
    response.close()


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
