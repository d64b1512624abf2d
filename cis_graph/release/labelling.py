"""The desk where people decide what contributors mean: labels that a release does not know, and what was accepted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cis_graph.concepts.accepted import Accepted, AcceptedLog, replayed
from cis_graph.concepts.labels import Labels
from cis_graph.concepts.suggest import Nearness, Suggestions
from cis_graph.concepts.tables import ACCEPTED, LabelTables
from cis_graph.errors import ReleaseFault
from cis_graph.mapping.names import slug
from cis_graph.model.findings import Finding
from cis_graph.model.records import SCHEMES, Label, Scheme
from cis_graph.rdf.iris import CONCEPT
from cis_graph.rdf.schemes import Schemes, load_schemes
from cis_graph.release.backup import CURATION as DATA_CURATION
from cis_graph.release.information import read_findings
from cis_graph.release.shelf import Shelf
from cis_graph.release.signing import check_said
from cis_graph.resolution.notices import UNKNOWN_LABEL, scheme_called
from cis_graph.resources import CURATION
from cis_graph.settings import Settings

_LONGEST = 500  # characters of a label


def label_tables(settings: Settings, curation: Path = CURATION) -> LabelTables:
    """What labels mean by the project, and by the curators of a data folder."""
    return LabelTables(curation, settings.data / DATA_CURATION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """A contributor's label that nobody knows, and in how many records it stands."""

    contributor: str
    label: Label
    records: int


class LabelDesk:
    """Labels of one data folder; with ``nearness``, suggestions are by meaning too."""

    def __init__(self, settings: Settings, nearness: Nearness | None = None, curation: Path = CURATION) -> None:
        self._settings, self._nearness = settings, nearness
        self._tables = label_tables(settings, curation)
        self._log = AcceptedLog(settings.data / DATA_CURATION / ACCEPTED)

    @cached_property
    def schemes(self) -> Schemes:
        """The schemes of which concepts may be named."""
        return load_schemes()

    def unknown(self, contributors: Iterable[str]) -> tuple[Unknown, ...]:
        """What the published release does not know and nobody accepted since, that of most records first.

        Raises:
            ReleaseFault: nothing is published yet, or what was accepted cannot be read.
        """
        place = Shelf(self._settings.data).served_place()
        labels, found = self._labels(), dict[tuple[str, str, str], tuple[Label, set[str | None]]]()
        for contributor in contributors:
            for finding in read_findings(place, contributor):
                label = _label(finding)
                if label and not labels.find(contributor, label):
                    key = (contributor, label.scheme, slug(label.text))
                    found.setdefault(key, (label, set()))[1].add(finding.record)
        every = (
            Unknown(contributor=contributor, label=label, records=len(records))
            for (contributor, _, _), (label, records) in found.items()
        )
        return tuple(sorted(every, key=lambda one: (-one.records, one.contributor, one.label.scheme, one.label.text)))

    def is_awaited(self, one: Accepted) -> bool:
        """Whether a record of the published release has this label without a concept."""
        place = Shelf(self._settings.data).current_place()
        labels = map(_label, read_findings(place, one.contributor)) if place else ()
        return any(label and (label.scheme, slug(label.text)) == one.place[1:] for label in labels)

    def suggestions(self) -> Suggestions:
        """Suggestions by the names of concepts and by all that contributors are known to mean now."""
        return Suggestions.load(self.schemes.words, self._labels().known, self._nearness)

    def accept(
        self, contributor: str, text: str, concepts: Iterable[str], *, by: str, why: str
    ) -> tuple[Accepted, ...]:
        """Keeps that a contributor's label means some concepts, each ``scheme/key`` or its address; what is new.

        Raises:
            ReleaseFault: there is no such concept, or none is named, or the label, who or why is missing.
        """
        return self._record(contributor, text, [self._concept(name) for name in concepts], by=by, why=why, means=True)

    def take_back(
        self, contributor: str, text: str, concepts: Iterable[str], *, by: str, why: str
    ) -> tuple[Accepted, ...]:
        """Keeps that a contributor's label no longer means some concepts.

        Raises:
            ReleaseFault: no table says that it means them, or it is their name; or something is missing, as above.
        """
        known = replayed(self._tables.written(self.schemes.keys), self._log.read())
        names = Labels.of({}, self.schemes.words).names
        places = [_scheme_and_key(name) for name in concepts]
        for scheme, key in places:
            if key not in known.get((contributor, scheme, slug(text)), ()):
                raise ReleaseFault(f'No table says that "{text}" of {contributor} means {scheme}/{key}')
            if key in names.get((scheme, slug(text)), ()):
                raise ReleaseFault(f'"{text}" is a name of {scheme}/{key}, which is found by it whatever tables say')
        return self._record(contributor, text, places, by=by, why=why, means=False)

    def _record(
        self, contributor: str, text: str, places: Sequence[tuple[str, str]], *, by: str, why: str, means: bool
    ) -> tuple[Accepted, ...]:
        check_said(who=by, why=why)
        _check_texts(text, by, why)
        if not places:
            raise ReleaseFault(f'Say what "{text}" means: a concept or several, each as SCHEME/CONCEPT')
        date = datetime.now(UTC).date().isoformat()
        made = (
            Accepted(
                contributor=contributor, text=text, scheme=scheme, concept=key, means=means, by=by, date=date, why=why
            )
            for scheme, key in places
        )
        return self._log.record(made, self._tables.written(self.schemes.keys))

    def _concept(self, name: str) -> tuple[str, str]:
        scheme, key = _scheme_and_key(name)
        if key not in self.schemes.keys[scheme]:
            near = Suggestions.load(self.schemes.words, {}).suggest(Label(text=key, scheme=scheme))
            perhaps = f"; perhaps {', '.join(f'{scheme}/{one.concept}' for one in near)}" if near else ""
            raise ReleaseFault(f'"{key}" is no concept of scheme {scheme}{perhaps}')
        return scheme, key

    def _labels(self) -> Labels:
        return self._tables.labels(self.schemes.keys, self.schemes.words)


def _label(finding: Finding) -> Label | None:
    """The label that a finding says nobody knows."""
    scheme = scheme_called(finding.field)
    if finding.rule != UNKNOWN_LABEL or scheme is None or not finding.value:
        return None
    return Label(text=finding.value, scheme=scheme)


def _scheme_and_key(name: str) -> tuple[Scheme, str]:
    text, _, key = name.strip().removeprefix(CONCEPT).strip("/").partition("/")
    scheme = next((one for one in SCHEMES if one == text), None)
    if scheme is None or not key:
        raise ReleaseFault(
            f'"{name}" names no concept: give SCHEME/CONCEPT, where SCHEME is one of {", ".join(SCHEMES)}'
        )
    return scheme, key


def _check_texts(text: str, *said: str) -> None:
    """Lets a label pass that a line can hold and that can be looked up."""
    if not slug(text) or len(text) > _LONGEST:
        raise ReleaseFault(f"A label is a text of 1 to {_LONGEST} characters with a letter or a figure in it")
    for one in (text, *said):
        try:
            one.encode("utf-8")
        except UnicodeEncodeError as error:
            raise ReleaseFault(f"{one!r} is no text: {error.reason}") from None
