"""What a page says of itself to search engines and to the cards of social networks.

Its addresses are those of `SITE_URL`, under whichever name of the site it is asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri, uri_to_iri
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article, Category, StaticPage, Tag
from articles.renditions import MEDIA_TYPES, TitleCard, can_draw
from articles.structured_data import Picture, Story, Thing, as_json, breadcrumb, news_article

# A language and where it is spoken, as Open Graph asks for both.
_LOCALES = {"ar": "ar_AR", "en": "en_US"}


@dataclass(frozen=True)
class Head:
    """What stands in the head of a page that may be found and shared."""

    address: str
    locale: str
    json_ld: SafeString
    picture: Picture | None = None

    @property
    def printed_address(self) -> str:
        """The address in its own letters, as somebody can read it off a sheet of paper."""
        return uri_to_iri(self.address)


def full_address(path: str) -> str:
    """The one address under which the page at this path is known to others."""
    return settings.SITE_URL + iri_to_uri(path)


def head_of_list(path: str, page: int, steps: Iterable[tuple[str, str]] = ()) -> Head:
    """The head of one page of a list, to which these names and paths lead from the front page.

    The front page, to which none leads, has no way to tell of.
    """
    steps = list(steps)
    return Head(
        address=full_address(f"{path}?page={page}" if page > 1 else path),
        locale=_LOCALES.get(settings.LANGUAGE_CODE, ""),
        json_ld=as_json(_way(steps)) if steps else SafeString(""),
    )


def head_of_story(article: Article, *, path: list[Category], tags: Iterable[Tag]) -> Head:
    """The head of a story's page; `path` are its categories."""
    address = full_address(article.get_absolute_url())
    picture = share_picture(article)
    published_at = article.published_at or article.created_at
    story = Story(
        address=address,
        title=article.title,
        summary=article.summary,
        language=article.language,
        published_at=published_at,
        changed_at=article.changed_at,
        byline=article.byline.name if article.byline else settings.SITE_NAME,
        byline_address=full_address(
            article.byline.get_absolute_url() if article.byline else reverse("front-page")
        ),
        section=path[-1].name if path else "",
        tags=[tag.name for tag in tags],
        corrections=[text for _at, text in article.corrections_shown],
        picture=picture,
    )
    steps = [(each.name, each.get_absolute_url()) for each in path]
    return Head(
        address=address,
        locale=_LOCALES.get(article.language, ""),
        json_ld=as_json(
            news_article(story, paper=settings.SITE_NAME, home=full_address(reverse("front-page"))),
            _way([*steps, (article.title, article.get_absolute_url())]),
        ),
        picture=picture,
    )


def head_of_static_page(page: StaticPage) -> Head:
    """The head of a page that is no story."""
    path = page.get_absolute_url()
    return Head(
        address=full_address(path),
        locale=_LOCALES.get(page.language, ""),
        json_ld=as_json(_way([(page.title, path)])),
    )


def _way(steps: Iterable[tuple[str, str]]) -> Thing:
    home = (_("Home"), reverse("front-page"))
    return breadcrumb([(name, full_address(path)) for name, path in (home, *steps)])


def share_picture(article: Article) -> Picture | None:
    """The cut of the story's picture, or its title drawn; None where neither can be had."""
    if article.image:
        cut = article.image.shared
        return Picture(
            address=full_address(cut.url),
            width=cut.width,
            height=cut.height,
            media_type=MEDIA_TYPES[cut.format],
            alt=article.image.alt,
        )
    card = title_card(article)
    if card is None:
        return None
    return Picture(
        address=full_address(card_path(article, card)),
        width=card.WIDTH,
        height=card.HEIGHT,
        media_type=card.MEDIA_TYPE,
        alt=article.title,
    )


def title_card(article: Article) -> TitleCard | None:
    """What is drawn for a story without a picture; None where there is one, or no way to draw."""
    if article.image_id or not can_draw():
        return None
    return TitleCard(
        title=article.title,
        section=article.category.name if article.category else "",
        paper=settings.SITE_NAME,
        is_rtl=article.direction == "rtl",
    )


def card_path(article: Article, card: TitleCard) -> str:
    return reverse("title-card", args=[article.slug, card.digest])
