"""The picture drawn for a story without one, and the cut of one that it has."""

import io
import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image, ImageChops, features

from articles import pictures, publishing, rendering, sharing
from articles.models import Article
from articles.renditions import TitleCard, can_draw, draw, plan_cut, plan_shared, title_cards
from tests.articles.picture_files import archived, kept_files, opened
from tests.conftest import jpeg

needs_raqm = pytest.mark.skipif(not can_draw(), reason="no FriBiDi on this machine")
DIGEST = "ab" * 32


def card(title: str = "المجلس يقر موازنة الأرصفة", **fields: object) -> TitleCard:
    return TitleCard(
        **{"section": "محليات", "paper": "المرفأ", "is_rtl": True, **fields}, title=title
    )


def drawn(card: TitleCard) -> Image.Image:
    picture = Image.open(io.BytesIO(draw(card)))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    return picture.convert("RGB")


def ink(picture: Image.Image, area: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The box of all that is not paper in an area."""
    part = picture.crop(area)
    paper = Image.new("RGB", part.size, title_cards._PAPER)
    return ImageChops.difference(part, paper).getbbox()


def strokes(title: str) -> int:
    """How many pieces with paper between them a title is drawn in."""
    area = drawn(card(title)).crop((0, 120, 1200, 500))
    paper = Image.new("RGB", area.size, title_cards._PAPER)
    inked, _rows = ImageChops.difference(area, paper).convert("L").getprojection()
    return sum(after and not before for before, after in pairwise(inked))


def fetched(client: Client, address: str) -> HttpResponse:
    """The answer with a file, which is read to its end."""
    response = client.get(address)
    assert b"".join(response)
    return response


def address(article: Article) -> str:
    found = sharing.title_card(article)
    assert found is not None
    return sharing.card_path(article, found)


@pytest.fixture(autouse=True)
def _name_of_the_paper(settings) -> None:
    settings.SITE_NAME = "المرفأ"


# Drawing


@needs_raqm
@pytest.mark.parametrize(
    "title",
    [
        "ك",
        "المجلس يقر موازنة الأرصفة",
        "عنوان طويل جداً يمتد على سطور " * 8,
        "كلمةواحدةلاتنتهي" * 16,
        "خبر عن API 2.0 و“اقتباس” (2026)",
        "\u202e\u2066 خبر \x0b\n سطر",
        "🙂",
    ],
)
def test_a_title_of_any_length_stays_in_its_place(title):
    picture = drawn(card(title[:250]))

    margin = title_cards._MARGIN
    assert ink(picture, (0, 20, margin - 20, 630)) is None
    assert ink(picture, (1200 - margin + 20, 20, 1200, 630)) is None
    above_the_rule = (0, title_cards._TITLE_BOTTOM + 8, 1200, title_cards._RULE_TOP - 1)
    assert ink(picture, above_the_rule) is None


@needs_raqm
def test_text_begins_at_the_side_where_its_language_begins():
    area = (0, 120, 1200, 500)
    arabic = ink(drawn(card("خبر")), area)
    english = ink(drawn(card("News", is_rtl=False)), area)

    assert arabic[0] > 600
    assert arabic[2] > 1100
    assert english[0] < 100
    assert english[2] < 600


@needs_raqm
def test_arabic_letters_are_joined():
    """Joined, they are one stroke; the sign that keeps letters apart makes three of them."""
    assert strokes("ععع") == 1
    assert strokes("ع\u200cع\u200cع") == 3


def test_what_is_drawn_alike_has_one_name_and_all_else_another():
    assert card().name == card().name
    others = [card("غيره"), card(section="رياضة"), card(paper="غيرها"), card(is_rtl=False)]
    assert len({each.name for each in [card(), *others]}) == 5


# Its address


@needs_raqm
def test_a_card_is_drawn_on_first_need_and_not_again(client, article, settings):
    first = client.get(address(article))

    assert first.status_code == 200
    assert first["Content-Type"] == "image/png"
    assert first["Cache-Control"] == "public, max-age=86400"
    assert Image.open(io.BytesIO(first.content)).size == (1200, 630)
    (kept,) = kept_files(settings)
    written = next(Path(settings.MEDIA_ROOT).rglob(kept)).stat().st_mtime_ns
    assert client.get(address(article)).status_code == 200
    assert next(Path(settings.MEDIA_ROOT).rglob(kept)).stat().st_mtime_ns == written


@needs_raqm
def test_a_page_names_the_card_of_its_story(client, article, settings):
    page = client.get(article.get_absolute_url()).content.decode()

    assert f'content="{settings.SITE_URL}{address(article)}"' in page
    assert kept_files(settings) == []


@needs_raqm
def test_a_former_card_leads_to_the_present_one(client, article):
    former = address(article)
    article.title = "عنوان آخر"
    article.slug = "عنوان-آخر"
    article.save()

    response = client.get(former)
    assert (response.status_code, response["Location"]) == (302, address(article))


@needs_raqm
def test_there_is_no_card_of_what_readers_may_not_see(client: Client, draft, published, editor):
    unseen = [draft("مسودة"), published("مسحوب")]
    addresses = [address(each) for each in unseen]
    for each in addresses[1:]:
        assert client.get(each).status_code == 200

    publishing.retract(unseen[1], by=editor, reason="خطأ")

    assert [client.get(each).status_code for each in addresses] == [404, 410]
    assert client.get(addresses[0]).content == client.get(f"/articles/no/{DIGEST}.png").content


@needs_raqm
def test_a_card_of_last_week_is_removed_and_drawn_again_on_need(
    client, article, published, settings
):
    week = 7 * 24 * 3600
    for story, age in ((article, week + 3600), (published("خبر جديد"), week - 3600)):
        name = sharing.title_card(story).name
        assert client.get(address(story)).status_code == 200
        os.utime(Path(settings.MEDIA_ROOT, name), (time.time() - age,) * 2)

    assert pictures.remove_leftovers() == 1
    assert kept_files(settings) == [Path(name).name]

    assert client.get(address(article)).status_code == 200
    assert len(kept_files(settings)) == 2


def test_the_card_of_a_story_that_has_a_picture_leads_to_the_story(client, published, image):
    pictured = published("مصور", image=image)

    response = client.get(f"{pictured.get_absolute_url()}{DIGEST}.png")

    assert (response.status_code, response["Location"]) == (302, pictured.get_absolute_url())


def test_where_letters_cannot_be_joined_no_picture_is_named(client, article, monkeypatch):
    monkeypatch.setattr(features, "check", lambda feature: False)

    page = client.get(article.get_absolute_url()).content.decode()

    assert "og:image" not in page
    assert '<meta name="twitter:card" content="summary">' in page


# The cut of a picture


@pytest.mark.parametrize(
    ("size", "focal", "box"),
    [
        ((2400, 1260), (0, 100), (0, 0, 2400, 1260)),
        ((3000, 1260), (50, 50), (300, 0, 2400, 1260)),
        ((3000, 1260), (100, 0), (600, 0, 2400, 1260)),
        ((1200, 1630), (50, 10), (0, 100, 1200, 630)),
    ],
)
def test_the_cut_is_as_large_as_can_be_and_keeps_the_focal_point(size, focal, box):
    cut = plan_cut(*size, focal_x=focal[0], focal_y=focal[1])

    found = (cut.left, cut.top, cut.width, cut.height)
    assert found == pytest.approx(box)


@pytest.mark.parametrize(
    ("size", "shared"),
    [
        ((4000, 3000), (1200, 630)),
        ((800, 600), (800, 420)),
        ((300, 40), (76, 40)),
        ((1, 1), (1, 1)),
    ],
)
def test_the_cut_is_never_upscaled(size, shared):
    cut = plan_cut(*size, focal_x=50, focal_y=50)

    planned = plan_shared(DIGEST, cut, focal_x=50, focal_y=50)
    assert (planned.width, planned.height) == shared


def test_the_cut_is_made_on_first_need_and_removed_with_its_picture(
    client, db, settings, django_capture_on_commit_callbacks
):
    source = Image.new("RGB", (2000, 3000), "#335577")
    source.paste("#aa2200", (0, 0, 2000, 1100))
    buffer = io.BytesIO()
    source.save(buffer, "JPEG")
    image = archived(buffer.getvalue(), focal_y=0)

    response = fetched(client, image.shared.url)

    assert response.status_code == 200
    assert response["Content-Type"] == "image/jpeg"
    made = opened(settings, image.shared)
    assert made.size == (1200, 630)
    red, green, blue = made.getpixel((600, 600))
    assert (red > 160, green < 44, blue < 10) == (True, True, True)
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert kept_files(settings) == []


def test_a_cut_around_another_point_has_another_name(client, db):
    image = archived(jpeg(2000, 1500))
    former = image.shared.url
    image.focal_x = 10
    image.save()

    assert image.shared.url != former
    assert fetched(client, image.shared.url).status_code == 200
    assert client.get(former).status_code == 404


def test_a_cut_that_is_there_is_not_made_again(db, settings):
    image = archived(jpeg(2000, 1500))
    rendering.make_shared(image)
    path = Path(settings.MEDIA_ROOT, image.shared.name)
    written = path.stat().st_mtime_ns

    rendering.make_shared(image)

    assert path.stat().st_mtime_ns == written
