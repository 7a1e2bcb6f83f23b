"""`manage.py scan_for_leaks`: whether a commenter's address can be found anywhere."""

from collections import defaultdict
from typing import Any

from django.core.management.base import CommandError

from articles.management.command import NewsroomCommand
from newsroom.leaks.scan import Find, Report, scan
from newsroom.leaks.scratch import scratch_database

_NAMED = 3  # disguises told of one place


class Command(NewsroomCommand):
    help = (
        "Plant commenters with random addresses and look for each address, its usual encodings "
        "and its digests in every public page, answer of the API, feed, page of the admin, mail, "
        "log, cache, file and in pg_dump. It works in a database of its own beside the real one, "
        "with the settings and keys of this installation, and drops that database at the end: no "
        "reader sees a canary, and nothing is sent. Run it on the machine that serves the site. "
        "It ends with status 1 where anything was found, or could not be searched."
    )
    examples = (("scan_for_leaks", "takes some minutes, and counts the texts of each kind"),)
    when_stopped = "The scan's own database is dropped; nothing else was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        with scratch_database():
            report = scan(progress=self.progress(options))
        for kind, count in sorted(report.texts.items()):
            self.stdout.write(f"  {kind}: {count} texts")
        for unheard in report.unheard:
            self.stdout.write(f"Not searched: {unheard}.")
        self.stdout.write(
            f"Searched {report.texts.total()} texts from {len(report.places)} places."
        )
        if not report.is_clean:
            raise CommandError("\n".join(complaints(report)))
        self.stdout.write("No address was found: 0 places.")


def complaints(report: Report) -> list[str]:
    """A line for each place with something in it, and for each that was not searched."""
    by_place: dict[tuple[str, str], list[Find]] = defaultdict(list)
    for find in sorted(report.finds):
        by_place[find.kind, find.place].append(find)
    found = [
        f"{kind}: {place}: {', '.join(f'{each.disguise} ({each.of})' for each in finds[:_NAMED])}"
        + (f" and {len(finds) - _NAMED} more" if len(finds) > _NAMED else "")
        for (kind, place), finds in by_place.items()
    ]
    gaps = [f"Not searched: {gap}." for gap in report.gaps]
    return [*found, *gaps, f"Places with a find: {len(found)}. Gaps in the search: {len(gaps)}."]
