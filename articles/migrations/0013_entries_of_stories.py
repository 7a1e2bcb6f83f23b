"""Stories are found without being opened: `articles.search.entries` says what is added."""

import articles.search.entries
import django.contrib.postgres.fields
import django.contrib.postgres.search
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


# A text-search vector holds at most 2^20 bytes: what does not fit of a giant text is left away.
MAKE_ENTRIES = """
CREATE FUNCTION articles_search_entries(
    words tsvector, category bigint, further bigint[], byline bigint, published timestamptz
) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 100
RETURN words || array_to_tsvector((
    WITH word AS (
        SELECT lexeme, positions FROM unnest(words)
    ), neighbour AS (
        SELECT lexeme, place, lead(lexeme) OVER (ORDER BY place) AS next
            FROM (SELECT lexeme, unnest(positions) AS place FROM word) AS placed
    ), made AS (
        SELECT lexeme || ' ' || next AS entry, place
            FROM neighbour WHERE octet_length(lexeme) + octet_length(next) < 2000
        UNION ALL
        SELECT left(lexeme, length) || ' *', positions[1]
            FROM word, generate_series(2, least(char_length(lexeme), 8)) AS length
    ), room AS (
        SELECT 1000000 - sum(octet_length(lexeme) + 2 * cardinality(positions) + 4) AS bytes
            FROM word
    ), fitting AS (
        SELECT CASE WHEN sum(octet_length(entry) + 2) < (SELECT bytes FROM room)
            THEN array_agg(entry)
            ELSE (
                SELECT array_agg(entry) FROM (
                    SELECT entry, sum(octet_length(entry) + 2) OVER (ORDER BY place) AS bytes
                        FROM made
                ) AS so_far WHERE bytes < (SELECT bytes FROM room)
            )
            END AS entries FROM made
    )
    SELECT array_remove(
        coalesce(entries, '{}')
            || (SELECT array_agg('category=' || key::text) FROM unnest(category || further) AS key)
            || ('byline=' || byline::text)
            || ('year=' || year::text)
            || ('month=' || (year * 12 + month - 1)::text),
        NULL
    ) FROM fitting,
        CAST(extract(year FROM published AT TIME ZONE 'UTC') AS bigint) AS year,
        CAST(extract(month FROM published AT TIME ZONE 'UTC') AS bigint) AS month
));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_any_language"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="article_search",
        ),
        migrations.AddField(
            model_name="article",
            name="indexed_categories",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                db_default=[],
                default=list,
                editable=False,
                size=None,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="write_further_categories",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    NEW.indexed_categories := ARRAY(\n        SELECT category_id FROM articles_article_further_categories\n            WHERE article_id = NEW.id ORDER BY category_id\n    );\n    RETURN NEW;\n    ",
                    hash="42694ac6681e5bb6a93885999739250d9d489f3f",
                    operation='INSERT OR UPDATE OF "indexed_categories"',
                    pgid="pgtrigger_write_further_categories_73685",
                    table="articles_article",
                    when="BEFORE",
                ),
            ),
        ),
        # The trigger writes what is there already.
        migrations.RunSQL(
            "UPDATE articles_article SET indexed_categories = '{}'"
            " WHERE id IN (SELECT article_id FROM articles_article_further_categories)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            MAKE_ENTRIES,
            "DROP FUNCTION articles_search_entries(tsvector, bigint, bigint[], bigint, timestamptz)",
        ),
        migrations.AddIndex(
            model_name="article",
            index=articles.search.entries.StoryIndex(
                models.Func(
                    "search_index",
                    "category_id",
                    "indexed_categories",
                    "byline_id",
                    "published_at",
                    function="articles_search_entries",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name="article_search",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="furthercategory",
            trigger=pgtrigger.compiler.Trigger(
                name="name_categories_put_on",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM FROM articles_article WHERE id IN (SELECT article_id FROM put_on) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE articles_article SET indexed_categories = '{}' WHERE id IN (SELECT article_id FROM put_on);\n    RETURN NULL;\n    ",
                    hash="01e863490a1fe350672d6c7669aa6df2f1b6d228",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_name_categories_put_on_a6cee",
                    referencing="REFERENCING NEW TABLE AS put_on ",
                    table="articles_article_further_categories",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="furthercategory",
            trigger=pgtrigger.compiler.Trigger(
                name="name_categories_exchanged",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM FROM articles_article WHERE id IN (SELECT article_id FROM put_on UNION SELECT article_id FROM taken_off) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE articles_article SET indexed_categories = '{}' WHERE id IN (SELECT article_id FROM put_on UNION SELECT article_id FROM taken_off);\n    RETURN NULL;\n    ",
                    hash="5dbb2111f2a49c1a3e3a9b79139c42db1aca7b61",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_name_categories_exchanged_dd056",
                    referencing="REFERENCING OLD TABLE AS taken_off  NEW TABLE AS put_on ",
                    table="articles_article_further_categories",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="furthercategory",
            trigger=pgtrigger.compiler.Trigger(
                name="name_categories_taken_off",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    PERFORM FROM articles_article WHERE id IN (SELECT article_id FROM taken_off) ORDER BY id FOR NO KEY UPDATE;\n    UPDATE articles_article SET indexed_categories = '{}' WHERE id IN (SELECT article_id FROM taken_off);\n    RETURN NULL;\n    ",
                    hash="9cf88b7a549c34b45a8b6b39046d8d3e527a0ccd",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_name_categories_taken_off_062a4",
                    referencing="REFERENCING OLD TABLE AS taken_off ",
                    table="articles_article_further_categories",
                    when="AFTER",
                ),
            ),
        ),
    ]
