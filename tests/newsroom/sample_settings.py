"""The site's settings, for workers that know the sample jobs too."""

from newsroom.settings import *  # noqa: F403
from newsroom.settings import PROCRASTINATE_WORKER_DEFAULTS as SITE

PROCRASTINATE_IMPORT_PATHS = ["tests.newsroom.sample_jobs"]
# Longer than any test: what these workers do was announced to them, and none is given up.
PROCRASTINATE_WORKER_DEFAULTS = {
    **SITE,
    "fetch_job_polling_interval": 3600.0,
    "stalled_worker_timeout": 3600.0,
}
