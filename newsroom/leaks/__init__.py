"""Canaries: commenters with random addresses, planted by every way in and looked for everywhere.

`manage.py scan_for_leaks` runs it in a scratch database. No other part of the site imports this.
"""
