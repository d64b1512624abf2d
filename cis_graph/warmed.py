"""Imported by the process from which trials and pushes are forked: what each of them reads is read once."""

from cis_graph.gatehouse import project_ground
from cis_graph.settings import Settings

project_ground(Settings.from_environment().base)
