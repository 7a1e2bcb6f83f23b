"""The discussions' part of the REST API."""
