"""Places and labels of a record to keys of territories and concepts; nothing is guessed, nothing is dropped unsaid."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from cis_graph.concepts.labels import Labels
from cis_graph.concepts.suggest import Suggestions
from cis_graph.model.findings import Finding
from cis_graph.model.places import Coordinates, Place, PlaceAnswer, PlaceStatus
from cis_graph.model.records import NO_LICENCE, Actor, Event, Label, Participation, Programme, Project, Record
from cis_graph.resolution import notices
from cis_graph.territories.resolver import Resolver


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is needed to resolve a record."""

    places: Resolver
    labels: Labels
    suggestions: Suggestions = field(default_factory=Suggestions)

    def resolve(self, record: Record, source: str) -> tuple[Record, tuple[Finding, ...]]:
        """The record with its territories and concepts; the words that stay unknown are findings.

        An unknown label of a project becomes a keyword. A less precise place of the record stands in for an unknown
        one. Texts of a record without a licence are left out: facts only.
        """
        desk = _Desk(self, record, source)
        resolved = replace(
            record,
            projects=tuple(map(desk.project, record.projects)),
            actors=tuple(map(desk.actor, record.actors)),
            programmes=tuple(map(desk.programme, record.programmes)),
            participations=tuple(map(desk.participation, record.participations)),
            events=tuple(map(desk.event, record.events)),
        )
        return resolved, tuple(desk.findings)


@dataclass(slots=True)
class _Desk:
    """One record under way, with what there is to say about it."""

    resolution: Resolution
    record: Record
    source: str
    findings: dict[Finding, None] = field(default_factory=dict)  # each said once, in order

    def project(self, project: Project) -> Project:
        facts = self._facts_only(project) if self.record.licence == NO_LICENCE else project
        themes, no_themes = self._labels(facts.themes)
        audiences, no_audiences = self._labels(facts.audiences)
        methods, no_methods = self._labels(facts.methods)
        return replace(
            facts,
            places=self._places(facts.places, self._points(facts.coordinates)),
            themes=themes,
            audiences=audiences,
            methods=methods,
            keywords=tuple(dict.fromkeys((*facts.keywords, *no_themes, *no_audiences, *no_methods))),
        )

    def actor(self, actor: Actor) -> Actor:
        types, _ = self._labels((actor.actor_type,) if actor.actor_type else ())
        places = self._places(actor.places) or self._places((), self._points(actor.coordinates))
        actor_type = types[0] if types else None
        if (places, actor_type) == (actor.places, actor.actor_type):
            return actor
        return replace(actor, places=places, actor_type=actor_type)

    def programme(self, programme: Programme) -> Programme:
        return replace(programme, audiences=self._labels(programme.audiences)[0])

    def participation(self, participation: Participation) -> Participation:
        roles, _ = self._labels((participation.role,))
        role = roles[0] if roles else participation.role
        return replace(participation, role=role, places=self._places(participation.places))

    def event(self, event: Event) -> Event:
        return replace(
            event,
            places=self._places(event.places),
            themes=self._labels(event.themes)[0],
            methods=self._labels(event.methods)[0],
        )

    def _facts_only(self, project: Project) -> Project:
        if project.description or project.lessons:
            self._say(notices.text_left_out(self.record, self.source))
        return replace(project, description=None, lessons=())

    def _labels(self, labels: tuple[Label, ...]) -> tuple[tuple[Label, ...], tuple[str, ...]]:
        known: dict[str | None, Label] = {}
        unknown: list[str] = []
        for label in labels:
            found = self.resolution.labels.resolve(self.record.contributor, label)
            known.update((each.concept, each) for each in found)
            if not found:
                unknown.append(label.text)
                near = self.resolution.suggestions.suggest(label)
                self._say(notices.unknown_label(self.record, self.source, label, near))
        return tuple(known.values()), tuple(unknown)

    def _places(self, places: tuple[Place, ...], more: Iterable[Place] = ()) -> tuple[Place, ...]:
        found = [self._place(place) for place in places]
        by_territory = {place.territory: place for place in (*found, *more) if place is not None}
        return tuple(by_territory.values())

    def _place(self, place: Place) -> Place | None:
        answer = self._answer(place)
        if answer.status is PlaceStatus.FOUND:
            return replace(place, territory=answer.territory, otherwise=None)
        self._say(notices.unknown_place(self.record, self.source, place, answer))
        return self._place(place.otherwise) if place.otherwise else None

    def _answer(self, place: Place) -> PlaceAnswer:
        if place.territory:
            return PlaceAnswer(status=PlaceStatus.FOUND, territory=place.territory, confidence=1.0)
        return self.resolution.places.resolve(place)

    def _points(self, points: tuple[Coordinates, ...]) -> Iterable[Place]:
        for point in points:
            departement = self.resolution.places.departement_of(point)
            text = f"{point.latitude}, {point.longitude}"
            if departement is None:
                self._say(notices.point_outside(self.record, self.source, text))
            else:
                yield Place(text=text, level="departement", territory=f"departement-{departement}")

    def _say(self, finding: Finding) -> None:
        self.findings[finding] = None
