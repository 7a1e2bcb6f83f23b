"""What an article's address answers: the story, where it moved, that it is gone, or nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import publishing
from articles.addresses import Gone, Moved, find_public
from articles.models import Article


def rename(article: Article, slug: str) -> None:
    Article.objects.filter(pk=article.pk).update(slug=slug)


def test_a_public_story_is_found_at_its_address(article, published):
    published("غيره")

    assert find_public(article.slug) == article


def test_every_former_address_leads_to_the_present_one(article):
    former = article.slug
    rename(article, "الثاني")
    rename(article, "الثالث")

    for slug in (former, "الثاني"):
        with pytest.raises(Moved) as moved:
            find_public(slug)
        assert moved.value.article == article
    assert find_public("الثالث") == article


def test_a_story_that_came_back_to_a_former_address_is_found_there(article):
    former = article.slug
    rename(article, "الثاني")
    rename(article, former)

    assert find_public(former) == article


def test_a_retracted_story_is_gone_from_all_its_addresses(article):
    former = article.slug
    rename(article, "الثاني")
    publishing.retract(article)

    for slug in (former, "الثاني"):
        with pytest.raises(Gone):
            find_public(slug)


def test_a_retracted_story_that_is_published_again_is_found(article):
    publishing.publish(publishing.retract(article))

    assert find_public(article.slug) == article


def test_what_is_not_public_is_at_no_address(article, draft):
    draft("مسودة", slug="مسودة")
    publishing.schedule(draft("غداً", slug="غدا"), timezone.now() + timedelta(hours=1))
    former = article.slug
    rename(article, "الثاني")
    publishing.back_to_draft(article)

    for slug in ("مسودة", "غدا", former, "الثاني", "لم-يكن", ""):
        with pytest.raises(Article.DoesNotExist):
            find_public(slug)
