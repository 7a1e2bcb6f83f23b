"""The site's settings, for workers that know the sample jobs too."""

from newsroom.settings import *  # noqa: F403

PROCRASTINATE_IMPORT_PATHS = ["tests.newsroom.sample_jobs"]
