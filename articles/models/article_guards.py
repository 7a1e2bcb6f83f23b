"""What the database itself holds stories to: constraints, the indexes of each list, triggers."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.lookups import Regex

from articles import arabic
from articles.constraints import language_code, not_blank, one_of, slug_of_an_address
from articles.models.decision import status_needs_a_decision
from articles.models.indexed import WRITE_WHAT_IS_INDEXED
from articles.models.picture_use import KEEP_BODY_PICTURES, STORY_SHOWS_DESCRIBED_PICTURES
from articles.models.revision import OWN_COLUMNS, kept_at_commit
from articles.models.status import UNFINISHED, ArticleStatus
from articles.search import STORY_ENTRIES, StoryIndex

# The database's own reading of what a body's markup shows.
TEXT_OF_BODY = models.Func(
    "body",
    models.Value("<[^>]*>|&nbsp;"),
    models.Value(""),
    models.Value("g"),
    function="regexp_replace",
    output_field=models.TextField(),
)

CONSTRAINTS: list[models.BaseConstraint] = [
    not_blank("article", "title"),
    slug_of_an_address("article"),
    one_of("article", "status", ArticleStatus),
    language_code("article"),
    models.CheckConstraint(
        name="article_public_only_when_complete",
        condition=models.Q(status__in=UNFINISHED)
        | models.Q(
            Regex(TEXT_OF_BODY, arabic.NOT_BLANK_PATTERN),
            models.Q(status=ArticleStatus.SCHEDULED) | models.Q(published_at__isnull=False),
            byline__isnull=False,
            category__isnull=False,
        ),
    ),
    models.CheckConstraint(
        name="article_moment_of_a_schedule",
        condition=models.Q(publish_at__isnull=True) ^ models.Q(status="scheduled"),
    ),
    # A form that is sent twice makes one story.
    models.UniqueConstraint(fields=["owner", "form_key"], name="article_made_once_by_its_form"),
]

INDEXES: list[models.Index] = [
    # Front page, feeds, API: ORDER BY published_at DESC, id DESC over public stories.
    models.Index(fields=["status", "-published_at", "-id"], name="article_newest"),
    # A category's page and the related box.
    models.Index(
        fields=["category", "status", "-published_at", "-id"],
        name="article_newest_of_category",
    ),
    # The stories that have a category beside their main one.
    GinIndex(fields=["indexed_categories"], name="article_further_categories"),
    # A byline's page.
    models.Index(
        fields=["byline", "status", "-published_at", "-id"], name="article_newest_of_byline"
    ),
    # What is due: WHERE status = 'scheduled' AND publish_at <= now().
    models.Index(
        fields=["publish_at"],
        condition=models.Q(status="scheduled"),
        name="article_scheduled",
    ),
    # A writer's own stories, by status.
    models.Index(fields=["owner", "status", "-id"], name="article_of_owner"),
    # The desk's list.
    models.Index(fields=["-created_at", "-id"], name="article_desk"),
    # When readers' stories last changed: max(updated_at).
    models.Index(fields=["status", "-updated_at"], name="article_changed"),
    StoryIndex(STORY_ENTRIES, name="article_search"),
]

TRIGGERS = [
    KEEP_BODY_PICTURES,
    STORY_SHOWS_DESCRIBED_PICTURES,
    *WRITE_WHAT_IS_INDEXED,
    status_needs_a_decision(
        initial=ArticleStatus.DRAFT,
        decisions="articles_articledecision",
        foreign_key="article_id",
    ),
    pgtrigger.Trigger(
        name="schedule_needs_a_decision",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("publish_at"),
        timing=pgtrigger.Deferred,
        func="""
                IF EXISTS (
                    SELECT FROM articles_article a WHERE a.id = NEW.id
                        AND a.status = 'scheduled' AND a.publish_at IS DISTINCT FROM (
                            SELECT d.publish_at FROM articles_articledecision d
                                WHERE d.article_id = a.id ORDER BY d.id DESC LIMIT 1
                        )
                ) THEN
                    RAISE EXCEPTION 'the schedule of article % has no decision', NEW.id
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
                """,
    ),
    # Afterwards: only then has a story been waited for that leaves this address just now.
    pgtrigger.Trigger(
        name="slug_of_no_other_story",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("slug"),
        func="""
                IF EXISTS (
                    SELECT 1 FROM articles_formerslug
                        WHERE slug = NEW.slug AND article_id IS DISTINCT FROM NEW.id
                ) THEN
                    RAISE EXCEPTION 'another story was published at this address: %', NEW.slug
                        USING ERRCODE = 'unique_violation';
                END IF;
                RETURN NULL;
                """,
    ),
    pgtrigger.Trigger(
        name="keep_former_slug",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("slug"),
        condition=pgtrigger.Q(
            old__slug__df=pgtrigger.F("new__slug"), old__published_at__isnull=False
        ),
        func="""
                INSERT INTO articles_formerslug (slug, article_id) VALUES (OLD.slug, OLD.id)
                    ON CONFLICT (slug) DO UPDATE SET article_id = EXCLUDED.article_id;
                RETURN NULL;
                """,
    ),
    kept_at_commit(
        "revision_of_a_text",
        story="id",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*OWN_COLUMNS),
    ),
]
