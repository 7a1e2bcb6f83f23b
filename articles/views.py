"""The readers' pages."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import bodies, finding, front_page, rendering, sharing
from articles.addresses import Gone, Moved, find_public, public_bylines, public_tags
from articles.archive import Archive, Month, months_with_stories, neighbours, stories_of
from articles.models import (
    Article,
    ArticleQuerySet,
    Category,
    CategoryTree,
    PreviewLink,
    StaticPage,
)
from articles.neighbours import neighbours_of
from articles.numbers import whole_number
from articles.previews import Preview, find_link
from articles.reading import length_of
from articles.related import related_articles
from articles.results import results_of
from articles.search_form import SearchForm
from articles.sections import newest_of_sections

ARTICLES_PER_PAGE = 20
RESULTS_PER_PAGE = 10
_A_DAY = 24 * 3600


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The lead and the stories beside it, the sections, then all others on as many pages as needed.

    What stands above the others on the first page is on no further one.
    """
    tree, top = CategoryTree(), front_page.stories_on_top()
    shown = {story.pk for story in top}
    sections = newest_of_sections(tree, front_page.sections_shown(tree), without=shown)
    shown.update(story.pk for _section, stories in sections for story in stories)
    others = Article.objects.public().newest_first().exclude(pk__in=shown)
    page = _page(request, others.for_lists())
    context: dict[str, Any] = {
        "category_tree": tree,
        "page_obj": page,
        "head": sharing.head_of_list(request.path, page.number),
    }
    if page.number == 1:
        context |= {
            "lead": top[0] if top else None,
            "seconds": top[1:],
            "sections_with_articles": sections,
        }
    return render(request, "articles/front_page.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """One story with its related box and its discussion."""
    try:
        found = find_public(slug, Article.objects.for_page())
    except Moved as moved:
        return redirect(moved.article, permanent=True)
    except Gone:
        return _gone(request)
    except Article.DoesNotExist as error:
        raise Http404 from error
    return render_article(request, found)


def render_article(
    request: HttpRequest, article: Article, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page of a public article; `extra` is added to what its template sees."""
    tree = CategoryTree()
    path, tags = tree.path(article.category_id), article.tags.all()
    context = {
        "article": article,
        "head": sharing.head_of_story(article, path=path, tags=tags),
        "body": bodies.render(article),
        "minutes": length_of(article.body).minutes,
        "category_tree": tree,
        "path": path,
        "tags": tags,
        "further_categories": tree.pick(article.further_category_ids),
        "related": related_articles(article),
        "neighbours": neighbours_of(article),
    }
    return render(request, "articles/article.html", context | extra, status=status)


@require_safe
def title_card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The title of a story without a picture, drawn now where it is not drawn yet.

    Its address holds a digest of all that is drawn; a former one leads to the present
    one, or to the story where it has none any more.
    """
    try:
        found = find_public(slug, Article.objects.select_related("category"))
    except Moved as moved:
        found = moved.article
    except Gone:
        return _gone(request)
    except Article.DoesNotExist as error:
        raise Http404 from error
    card = sharing.title_card(found)
    if card is None:
        return redirect(found)
    if card.digest != digest:
        return redirect(sharing.card_path(found, card))
    response = HttpResponse(rendering.title_card_file(card), content_type=card.MEDIA_TYPE)
    # No longer: a story may be retracted, and its title stands on the card.
    patch_cache_control(response, public=True, max_age=_A_DAY)
    return response


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "410.html", status=410)


@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """A story in any status, for whoever holds a working link to it; 404 for any other token."""
    try:
        link = find_link(token)
    except PreviewLink.DoesNotExist as error:
        raise Http404 from error
    return render_preview(request, link.article_id, Preview(until=link.until))


def render_preview(request: HttpRequest, article_id: int, preview: Preview) -> HttpResponse:
    """The page as readers will see it, without its discussion, kept and listed by nobody."""
    found = get_object_or_404(Article.objects.for_page(), pk=article_id)
    response = render_article(request, found, preview=preview)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories of a category and of all below it."""
    found = get_object_or_404(Category, slug=slug)
    tree = CategoryTree()
    context = {
        "category_tree": tree,
        "heading": found.name,
        "description": found.description,
        "feed": reverse("category-feed", args=[found.slug]),
        "path": tree.path(found.pk)[:-1],
        "current_section": tree.path(found.pk)[0].slug,
        "children": tree.children(found.pk),
    }
    return _list(request, Article.objects.public().in_categories(tree.branch(found.pk)), context)


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories that carry a tag."""
    found = get_object_or_404(public_tags(), slug=slug)
    context = {"heading": found.name, "kicker": _("Tag")}
    return _list(request, Article.objects.public().filter(tags=found), context)


@require_safe
def byline(request: HttpRequest, slug: str) -> HttpResponse:
    """The stories signed with a byline."""
    found = get_object_or_404(public_bylines(), slug=slug)
    context = {"heading": found.name, "kicker": _("Byline")}
    return _list(request, Article.objects.public().filter(byline=found), context)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """All months in which stories came out."""
    all_months = Archive()
    steps = [(all_months.name, request.path)]
    context = {
        "heading": all_months.name,
        "months": months_with_stories(),
        "head": sharing.head_of_list(request.path, 1, steps),
    }
    return render(request, "articles/archive.html", context)


@require_safe
def archive_of_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The stories of one month; 404 where there are none."""
    found = Month(year, month)
    stories = stories_of(found)
    if not stories.exists():
        raise Http404
    earlier, later = neighbours(found)
    context = {
        "heading": found.name,
        "path": [Archive()],
        "earlier_month": earlier,
        "later_month": later,
    }
    return _list(request, stories, context)


def static_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A page that is no story: about the paper, its privacy, the rules of its discussions."""
    return _static_page(request, get_object_or_404(StaticPage, slug=slug))


@require_safe
def _static_page(request: HttpRequest, found: StaticPage) -> HttpResponse:
    context = {
        "static_page": found,
        "body": bodies.render_without_pictures(found.body),
        "head": sharing.head_of_static_page(found),
    }
    return render(request, "articles/static_page.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The stories that a reader's words find; 400 for filters that make no sense."""
    tree = CategoryTree()
    form = SearchForm(request.GET, tree=tree)
    context: dict[str, Any] = {
        "form": form,
        "category_tree": tree,
        "address": sharing.full_address(request.path),
    }
    if not form.is_valid():
        return render(request, "articles/search.html", context, status=400)
    asked = form.asked
    context["asked"] = asked
    if asked.can_be_found:
        found = finding.find_keys(asked, form.scope)
        page = _page(request, found.keys, RESULTS_PER_PAGE)
        context |= {
            "page_obj": page,
            "results": results_of(list(page.object_list), asked),
            "found": len(found.keys),
            "are_too_many": found.are_more,
        }
    return render(request, "articles/search.html", context)


def _list(request: HttpRequest, articles: ArticleQuerySet, context: dict[str, Any]) -> HttpResponse:
    page = _page(request, articles.newest_first().for_lists())
    steps = [(each.name, each.get_absolute_url()) for each in context.get("path", [])]
    steps.append((context["heading"], request.path))
    head = sharing.head_of_list(request.path, page.number, steps)
    return render(request, "articles/list.html", context | {"page_obj": page, "head": head})


def _page(
    request: HttpRequest,
    articles: ArticleQuerySet | Sequence[int],
    length: int = ARTICLES_PER_PAGE,
) -> Page:
    """The page asked for by `?page=N`; 404 where there is none."""
    number = whole_number(request.GET.get("page", "1"))
    try:
        return Paginator(articles, length).page(number or 0)
    except InvalidPage as error:
        raise Http404 from error
