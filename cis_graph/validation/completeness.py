"""What is known of each project of a record, once its places and labels are resolved."""

from collections.abc import Iterator, Sequence

from cis_graph.model.places import Place
from cis_graph.model.records import NO_LICENCE, Actor, Project, Record
from cis_graph.validation.quality import Completeness

_LEADS = frozenset({"porteur", "co-porteur"})


def of_record(record: Record) -> Iterator[tuple[str, Completeness]]:
    """The completeness of each project of a record, by its node, as if nobody else told of it.

    Grants are not asked for what projects have.
    """
    actors = {actor.node: actor for actor in record.actors}
    for project in record.projects:
        if project.kind is None or project.kind.concept != "grant":
            parts = [part for part in record.participations if part.project == project.node]
            involved = [actors[node] for node in dict.fromkeys(part.actor for part in parts) if node in actors]
            roles = frozenset(part.role.concept for part in parts)
            yield project.node, _completeness(record, project, involved, leads=not _LEADS.isdisjoint(roles))


def _completeness(record: Record, project: Project, actors: Sequence[Actor], *, leads: bool) -> Completeness:
    is_placed = _is_placed(project.places)
    return Completeness(
        label=bool(project.label),
        description_length=len(project.description or ""),
        theme=any(label.concept for label in project.themes),
        audience_or_method=any(label.concept for label in (*project.audiences, *project.methods)),
        territory=is_placed,
        coded_territory=is_placed,
        actors=len(actors),
        typed_actors=sum(actor.actor_type is not None for actor in actors),
        identified_actors=sum(bool(actor.siren or actor.siret or actor.rna) for actor in actors),
        lead=leads,
        start_date=project.started is not None,
        source_page=record.page is not None,
        open_licence=record.licence != NO_LICENCE,
        english=record.language == "en",
        contributors=1,
    )


def _is_placed(places: Sequence[Place]) -> bool:
    return any(place.territory for place in places)
