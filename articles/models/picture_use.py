"""Which stories show which picture, and that what readers may see has a description.

The database keeps both by itself, so that no import, shell or bug gets round them.
"""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.status import ArticleStatus

_SHOWN = f"('{ArticleStatus.SCHEDULED}', '{ArticleStatus.PUBLISHED}')"
_REFUSE = """
    RAISE EXCEPTION 'picture % is shown by a story and has no description', undescribed
        USING ERRCODE = 'check_violation';
"""


class BodyPicture(models.Model):
    """That a story's body shows a picture; triggers write these rows when a body changes."""

    article = models.ForeignKey(
        "articles.Article", on_delete=models.CASCADE, related_name="body_pictures", db_index=False
    )
    image = models.ForeignKey(
        "articles.ArchiveImage", on_delete=models.PROTECT, related_name="body_pictures"
    )

    class Meta:
        verbose_name = _("picture in a story's text")
        verbose_name_plural = _("pictures in the texts of stories")
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="bodypicture_once")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="shown_with_a_description",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                declare=[("undescribed", "bigint")],
                func=f"""
                IF EXISTS (
                    SELECT FROM articles_article
                        WHERE id = NEW.article_id AND status IN {_SHOWN}
                ) THEN
                    PERFORM FROM articles_archiveimage WHERE id = NEW.image_id FOR SHARE;
                    SELECT id INTO undescribed FROM articles_archiveimage
                        WHERE id = NEW.image_id AND alt = '';
                    IF FOUND THEN {_REFUSE} END IF;
                END IF;
                RETURN NULL;
                """,  # noqa: S608 - the statuses are our own
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.image_id}"


# The id of a picture as `articles.html` lets it stand in a body.
_IDS_OF_BODY = """
    SELECT DISTINCT figure[1]::bigint FROM regexp_matches(
        NEW.body, '<figure\\s[^>]*data-picture="([0-9]{1,18})"', 'g'
    ) AS figure
"""

KEEP_BODY_PICTURES = pgtrigger.Trigger(
    name="keep_body_pictures",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("body"),
    declare=[("shown", "bigint[]")],
    func=f"""
    IF TG_OP = 'UPDATE' AND OLD.body = NEW.body THEN
        RETURN NULL;
    END IF;
    shown := ARRAY({_IDS_OF_BODY});
    DELETE FROM articles_bodypicture WHERE article_id = NEW.id AND image_id <> ALL (shown);
    -- The lock lets a picture that is being deleted at this moment go first.
    INSERT INTO articles_bodypicture (article_id, image_id)
        SELECT NEW.id, i.id FROM articles_archiveimage i WHERE i.id = ANY (shown)
            ORDER BY i.id FOR KEY SHARE
        ON CONFLICT DO NOTHING;
    RETURN NULL;
    """,  # noqa: S608 - no value of a user is in it
)

STORY_SHOWS_DESCRIBED_PICTURES = pgtrigger.Trigger(
    name="pictures_are_described",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "image_id"),
    declare=[("shown", "bigint[]"), ("undescribed", "bigint")],
    func=f"""
    IF NEW.status IN {_SHOWN} THEN
        shown := ARRAY(SELECT image_id FROM articles_bodypicture WHERE article_id = NEW.id)
            || NEW.image_id;
        PERFORM FROM articles_archiveimage WHERE id = ANY (shown) ORDER BY id FOR SHARE;
        SELECT id INTO undescribed FROM articles_archiveimage
            WHERE id = ANY (shown) AND alt = '' ORDER BY id LIMIT 1;
        IF FOUND THEN {_REFUSE} END IF;
    END IF;
    RETURN NULL;
    """,  # noqa: S608 - the statuses are our own
)

SHOWN_PICTURE_STAYS_DESCRIBED = pgtrigger.Trigger(
    name="shown_picture_stays_described",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("alt"),
    declare=[("undescribed", "bigint")],
    func=f"""
    IF NEW.alt = '' AND EXISTS (
        SELECT FROM articles_article a WHERE a.status IN {_SHOWN} AND (
            a.image_id = NEW.id OR EXISTS (
                SELECT FROM articles_bodypicture b
                    WHERE b.article_id = a.id AND b.image_id = NEW.id
            )
        )
    ) THEN
        undescribed := NEW.id;
        {_REFUSE}
    END IF;
    RETURN NULL;
    """,  # noqa: S608 - the statuses are our own
)
