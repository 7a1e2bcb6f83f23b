"""What a story's index holds of other tables: the names of its tags, its further categories.

It stands beside the story's own text, so that one index finds by all of it. The database keeps it
by itself, in the transaction that puts a tag on, takes it off or renames it, so that no bulk
update, import or psql gets round it.
"""

import pgtrigger


def _written_by_the_database(name: str, column: str, func: str) -> pgtrigger.Trigger:
    """Whatever is written to the column, it holds what is true at this moment."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(column),
        func=func,
    )


WRITE_WHAT_IS_INDEXED = [
    # Between two names stands a word that says nothing: no phrase runs from one into the other.
    _written_by_the_database(
        "write_tag_names",
        "indexed_tags",
        """
    NEW.indexed_tags := coalesce(
        (
            SELECT string_agg(t.name, ' من ' ORDER BY tagged.id)
                FROM articles_taggedarticle tagged JOIN articles_tag t ON t.id = tagged.tag_id
                WHERE tagged.content_object_id = NEW.id
        ),
        ''
    );
    RETURN NEW;
    """,
    ),
    _written_by_the_database(
        "write_further_categories",
        "indexed_categories",
        """
    NEW.indexed_categories := ARRAY(
        SELECT category_id FROM articles_article_further_categories
            WHERE article_id = NEW.id ORDER BY category_id
    );
    RETURN NEW;
    """,
    ),
]

# Whoever renames one of these tags at this moment goes first, or waits.
_TAGS_STAY = "PERFORM FROM articles_tag WHERE id IN (SELECT tag_id FROM put_on) FOR SHARE;"


def _written_anew(blank: str, stories: str) -> str:
    """SQL that has a column written for these stories, locked in the order of their keys."""
    return f"""
    PERFORM FROM articles_article WHERE id IN ({stories}) ORDER BY id FOR NO KEY UPDATE;
    UPDATE articles_article SET {blank} WHERE id IN ({stories});
    RETURN NULL;
    """  # noqa: S608 - the names stand below


def _after_each_statement(
    name: str, operation: pgtrigger.Operation, func: str, **tables: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**tables),
        func=func,
    )


def _put_on_and_taken_off(
    things: str, blank: str, story: str, before: str = ""
) -> list[pgtrigger.Trigger]:
    """Triggers that write a column anew wherever a row joins a thing to a story.

    PostgreSQL wants one of its own for each statement whose rows it is to see as a table.
    """
    put_on, taken_off = (f"SELECT {story} FROM {rows}" for rows in ("put_on", "taken_off"))  # noqa: S608
    return [
        _after_each_statement(
            f"name_{things}_put_on",
            pgtrigger.Insert,
            before + _written_anew(blank, put_on),
            new="put_on",
        ),
        _after_each_statement(
            f"name_{things}_exchanged",
            pgtrigger.Update,
            before + _written_anew(blank, f"{put_on} UNION {taken_off}"),
            old="taken_off",
            new="put_on",
        ),
        _after_each_statement(
            f"name_{things}_taken_off",
            pgtrigger.Delete,
            _written_anew(blank, taken_off),
            old="taken_off",
        ),
    ]


_NO_TAGS, _NO_CATEGORIES = "indexed_tags = ''", "indexed_categories = '{}'"
TAGS_OF_STORIES = _put_on_and_taken_off("tags", _NO_TAGS, "content_object_id", _TAGS_STAY)
FURTHER_CATEGORIES = _put_on_and_taken_off("categories", _NO_CATEGORIES, "article_id")

RENAMED_TAGS = _after_each_statement(
    "name_renamed_tags",
    pgtrigger.Update,
    _written_anew(
        _NO_TAGS,
        "SELECT tagged.content_object_id FROM articles_taggedarticle tagged"
        " JOIN after_it ON after_it.id = tagged.tag_id JOIN before_it ON before_it.id = after_it.id"
        " WHERE after_it.name <> before_it.name",
    ),
    old="before_it",
    new="after_it",
)
