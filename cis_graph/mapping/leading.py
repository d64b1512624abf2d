"""A project and who leads it: what a list of projects with a column of leads tells."""

from cis_graph.mapping.source import Source
from cis_graph.model.dates import StatedDate
from cis_graph.model.records import Actor, Label, Participation, Project, Record


def led(
    source: Source, key: str, project: Project, lead: Actor | None, *, modified: StatedDate | None = None
) -> Record:
    """The record of a project with its lead, where one is told."""
    if lead is None:
        return source.record(key, projects=(project,), modified=modified)
    role = Label(text="porteur", scheme="role", concept="porteur")
    leads = Participation(actor=lead.node, project=project.node, role=role)
    return source.record(key, projects=(project,), actors=(lead,), participations=(leads,), modified=modified)
