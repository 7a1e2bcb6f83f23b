"""The names of a story's tags beside its own text, so that one index column holds both.

The database keeps them by itself, in the transaction that puts a tag on, takes it off or renames
it, so that no bulk update, import or psql gets round it.
"""

import pgtrigger

# Whatever is written to the column, it holds the names of this moment. Between two stands a word
# that is not indexed, so that no phrase runs from one into the other.
WRITE_TAG_NAMES = pgtrigger.Trigger(
    name="write_tag_names",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("indexed_tags"),
    func="""
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
)

# Whoever renames one of these tags at this moment goes first, or waits.
_TAGS_STAY = "PERFORM FROM articles_tag WHERE id IN (SELECT tag_id FROM put_on) FOR SHARE;"


def _written_anew(stories: str) -> str:
    """SQL that has the names written for these stories, locked in the order of their keys."""
    return f"""
    PERFORM FROM articles_article WHERE id IN ({stories}) ORDER BY id FOR NO KEY UPDATE;
    UPDATE articles_article SET indexed_tags = '' WHERE id IN ({stories});
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


# PostgreSQL wants a trigger of its own for each statement whose rows it is to see as a table.
TAGS_OF_STORIES = [
    _after_each_statement(
        "name_tags_put_on",
        pgtrigger.Insert,
        _TAGS_STAY + _written_anew("SELECT content_object_id FROM put_on"),
        new="put_on",
    ),
    _after_each_statement(
        "name_tags_exchanged",
        pgtrigger.Update,
        _TAGS_STAY
        + _written_anew(
            "SELECT content_object_id FROM put_on UNION SELECT content_object_id FROM taken_off"
        ),
        old="taken_off",
        new="put_on",
    ),
    _after_each_statement(
        "name_tags_taken_off",
        pgtrigger.Delete,
        _written_anew("SELECT content_object_id FROM taken_off"),
        old="taken_off",
    ),
]

RENAMED_TAGS = _after_each_statement(
    "name_renamed_tags",
    pgtrigger.Update,
    _written_anew(
        "SELECT tagged.content_object_id FROM articles_taggedarticle tagged"
        " JOIN after_it ON after_it.id = tagged.tag_id JOIN before_it ON before_it.id = after_it.id"
        " WHERE after_it.name <> before_it.name"
    ),
    old="before_it",
    new="after_it",
)
