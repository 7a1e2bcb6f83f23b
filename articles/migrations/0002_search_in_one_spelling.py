"""The search index in the one spelling of `articles.arabic`, as the query is from now on.

A generated column cannot be altered: it is dropped and computed anew from the stories.
"""

from functools import reduce
from operator import add

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import migrations, models
from django.db.models.functions import Coalesce, Left

REMOVED = (
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u0640\u064b-\u065f\u0670\u0674\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    r"\u0883-\u0885\u0898-\u089f\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    r"\ufbb2-\ufbc2\ufc5e-\ufc63\ufcf2-\ufcf4\ufe20-\ufe2f\ufe70-\ufe7f\u0001-\u0008"
    r"\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u17b4\u17b5\u180b-\u180f"
    r"\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
TYPED = (
    "ٱٲٳٮٻپڀٹٺټٿٽڃڄځڂڅڇڿڈډڊڋڍۮڌڎڏڐڑړڒڔڕږۯژڗڙښڛڜۺڝڞۻڟڠۼڡڢڣڤڥڦٯڧڨکڪڬڮػؼڭڰڱڲڳڴګڵڶڷڸںڹڻڼڽ"
    "ةھہەۃۿۄۅۆۇۈۉۊۋۏىیۍێېۑےؠؽؾؿ٠۰١۱٢۲٣۳٤۴٥۵٦۶٧۷٨۸٩۹\u115f\u1160\u2800"
)
WRITTEN = (
    "اااببببتتتتثججحححچچددددددذذذذرررررررزززسسششصضضظغغففففففقققككككككگگگگگگگللللننننن"
    "ههههههوووووووووييييييييييي00112233445566778899   "
)
STEMS = (
    (r"(?<![\u0621-\u064a\u0686\u06af])[وف]?(?:[بك]?ال|لل)(?=[\u0621-\u064a\u0686\u06af]{3})", ""),
    (r"([\u0621-\u064a\u0686\u06af]{3})ات(?![\u0621-\u064a\u0686\u06af])", r"\1ه"),
    (r"([\u0621-\u064a\u0686\u06af]{3}ي)(?:ين|ون)(?![\u0621-\u064a\u0686\u06af])", r"\1"),
)


def replaced(text, pattern, written):
    return models.Func(
        text,
        models.Value(pattern),
        models.Value(written),
        models.Value("g"),
        function="regexp_replace",
        output_field=models.TextField(),
    )


def spelled(text):
    apart = models.Func(
        replaced(text, REMOVED, ""),
        function="normalize",
        template="%(function)s(%(expressions)s, NFKD)",
        output_field=models.TextField(),
    )
    written = models.Func(
        replaced(apart, REMOVED, ""),
        models.Value(TYPED),
        models.Value(WRITTEN),
        function="translate",
        output_field=models.TextField(),
    )
    return reduce(lambda so_far, rule: replaced(so_far, *rule), STEMS, written)


def weighed(field, weight):
    beginning = Left(Coalesce(field, models.Value("")), 200_000)
    return SearchVector(Left(spelled(beginning), 200_000), config="arabic", weight=weight)


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="article", name="article_search"),
        migrations.RemoveField(model_name="article", name="search_index"),
        migrations.AddField(
            model_name="article",
            name="search_index",
            field=models.GeneratedField(
                expression=reduce(
                    add,
                    [
                        weighed("title", "A"),
                        weighed("subtitle", "B"),
                        weighed("excerpt", "C"),
                        weighed("body", "D"),
                    ],
                ),
                output_field=SearchVectorField(),
                db_persist=True,
                editable=False,
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=GinIndex(fields=["search_index"], name="article_search"),
        ),
    ]
