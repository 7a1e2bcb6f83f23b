"""The desk is the newsroom's: the worker's queue is of no use there."""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

admin.site.unregister(ProcrastinateJob)
