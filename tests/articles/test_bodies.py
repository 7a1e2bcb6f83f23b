"""Stored bodies as readers and clients see them."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from articles import bodies
from articles.models import ArchiveImage, Article
from tests.conftest import jpeg


@pytest.fixture
def pictures(db: None) -> list[ArchiveImage]:
    return [
        ArchiveImage.objects.create(
            file=ContentFile(jpeg(640, 360, color), name="p.jpg"),
            alt=f"صورة {color}",
            credit="ليلى",
        )
        for color in ("#111111", "#222222", "#333333")
    ]


def figure(image: ArchiveImage, caption: str = "") -> str:
    inner = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-picture="{image.pk}">{inner}</figure>'


def words(html: str) -> list[str]:
    return re.sub("<[^>]*>", " ", html).split()


class Elements(HTMLParser):
    """The elements of a text, in order, with what they are closed by."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.attributes += attrs
        if tag not in {"img", "br", "hr", "source"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def assert_well_formed(html: str) -> None:
    elements = Elements(html)
    assert elements.open == []
    assert not [name for name, _value in elements.attributes if name in {"style", "onclick"}]


def test_a_picture_is_shown_with_its_caption_for_this_place_its_credit_and_the_archive_mark(
    draft: Callable[..., Article], image: ArchiveImage
):
    html = bodies.render(draft(body=f"<p>قبل</p>{figure(image, 'رسا <em>هنا</em>')}<p>بعد</p>"))

    assert_well_formed(html)
    assert 'alt="قوارب صيد في المرفأ"' in html
    assert f'src="{image.url}"' in html
    assert "رسا <em>هنا</em> · أرشيف الجريدة" in html
    assert "المرفأ صباحاً" not in html
    assert html.count("archive-label") == 1
    assert html.startswith("<p>قبل</p><figure") and html.endswith("</figure><p>بعد</p>")


def test_without_a_caption_of_its_own_a_picture_has_that_of_the_archive(
    draft: Callable[..., Article], image: ArchiveImage
):
    image.caption = "<b>المرفأ</b>"
    image.save()

    html = bodies.render(draft(body=figure(image)))

    assert "&lt;b&gt;المرفأ&lt;/b&gt; · أرشيف الجريدة" in html


def test_a_picture_that_says_nothing_has_no_caption_below_it(draft: Callable[..., Article]):
    bare = ArchiveImage.objects.create(file=ContentFile(jpeg(), name="p.jpg"), alt="صورة")

    assert "figcaption" not in bodies.render(draft(body=figure(bare)))


def test_a_picture_that_is_gone_leaves_nothing(draft: Callable[..., Article]):
    body = '<p>قبل</p><figure data-picture="999999999999999999"><figcaption>س</figcaption></figure>'

    assert bodies.render(draft(body=f"{body}<p>بعد</p>")) == "<p>قبل</p><p>بعد</p>"


@pytest.mark.parametrize("count", [1, 3])
def test_all_pictures_of_a_body_cost_one_query(
    count, draft, pictures, django_assert_num_queries: Callable
):
    article = draft(body="".join(map(figure, pictures[:count])) * 2)

    with django_assert_num_queries(1):
        html = bodies.render(article)

    assert html.count("<img ") == 2 * count


def test_a_body_without_pictures_costs_no_query(draft, django_assert_num_queries: Callable):
    article = draft(body="<p>نص</p><table><tr><td>أ</td></tr></table>")

    with django_assert_num_queries(0):
        bodies.render(article)


def test_a_table_scrolls_by_itself_under_its_name(draft: Callable[..., Article]):
    table = "<table><caption>الأسعار &amp; الكمية</caption><tr><td>أ</td></tr></table>"

    html = bodies.render(draft(body=f"{table}<p>نص</p><table><tr><td>ب</td></tr></table>"))

    assert_well_formed(html)
    regions = re.findall(
        r'<div class="body-table" role="region" tabindex="0" aria-label="(.*?)">', html
    )
    assert regions[0] == "الأسعار &amp; الكمية"
    assert len(regions) == 2
    assert words(html) == ["الأسعار", "&amp;", "الكمية", "أ", "نص", "ب"]


def test_a_video_is_a_plain_link_that_names_the_site_it_leads_to(draft: Callable[..., Article]):
    address = "https://user@www.example.org:8443/v?a=1&amp;b=2"
    card = f'<figure class="video-card"><a href="{address}">جولة &lt;في&gt; السوق</a></figure>'

    html = bodies.render(draft(body=card))

    assert_well_formed(html)
    assert f'<a href="{address}" rel="noopener">' in html
    assert "جولة &lt;في&gt; السوق" in html
    assert '<bdi class="video-card-host">example.org:8443</bdi>' in html
    assert not re.search("<(iframe|img|script|video)", html)


def test_what_a_caption_or_a_title_says_is_no_markup(draft, image):
    evil = "&lt;script&gt;steal()&lt;/script&gt;"
    body = f'{figure(image, evil)}<figure class="video-card"><a href="https://e.org">{evil}</a></figure>'

    html = bodies.render(draft(body=body))

    assert html.count(evil) == 2
    assert "<script" not in html


def test_readers_see_the_rendered_body(published, image, client: Client):
    article = published(body=f"<p>نص</p>{figure(image, 'رسا هنا')}")

    page = client.get(article.get_absolute_url()).content.decode()

    assert str(bodies.render(article)) in page
    assert "data-picture" not in page


def test_clients_get_the_rendered_body_with_full_addresses(published, image, client: Client):
    link = '<p><a href="/articles/x/">أ</a> <a href="https://e.org/">ب</a></p>'
    article = published(body=f"{link}{figure(image, 'رسا هنا')}")

    body = client.get(reverse("article-detail", args=[article.slug])).json()["body"]

    assert_well_formed(body)
    assert 'href="http://testserver/articles/x/"' in body
    assert 'href="https://e.org/"' in body
    addresses = re.findall(r'(?:src|srcset)="([^"]*)"', body)
    each = [part for address in addresses for part in address.split(", ")]
    assert len(each) > 1
    assert all(part.startswith("http://testserver/media/renditions/") for part in each)


def test_a_list_shows_no_caption_of_a_picture_in_a_summary(published, image, client: Client):
    published(body=f"{figure(image, 'رسا هنا')}<p>أقر المجلس الموازنة.</p>")
    Article.objects.update(excerpt="")

    [listed] = client.get(reverse("article-list")).json()["results"]

    assert listed["excerpt"] == "أقر المجلس الموازنة."
