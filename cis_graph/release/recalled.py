"""A release that answers from memory alone, for those who must not wait; what it lacks, the release itself is asked."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NoReturn

from cis_graph.model.meetings import Meeting
from cis_graph.model.releases import ReleaseInformation, Unrecalled
from cis_graph.model.terms import Statements, Term
from cis_graph.rdf.iris import SKOS
from cis_graph.search.meetings import Meetings
from cis_graph.store.recalling import Recalled

_LABEL = f"{SKOS}prefLabel"
_About = Callable[[Iterable[str], Collection[str]], Mapping[str, Statements]]


def called(about: _About, iris: Iterable[str]) -> Mapping[str, tuple[Term, ...]]:
    """What each of some IRIs is called, in every language, as ``about`` tells it."""
    return {iri: said.get(_LABEL, ()) for iri, said in about(iris, (_LABEL,)).items()}


class _Recalling:
    """What has no answer for whatever it has no method for."""

    def __getattr__(self, name: str) -> NoReturn:
        raise Unrecalled


class FromMemory(_Recalling):
    """Fulfils :class:`~cis_graph.model.releases.OpenRelease` as far as memory goes.

    Raises:
        Unrecalled: at the first question that takes more.
    """

    def __init__(self, information: ReleaseInformation, store: Recalled, meetings: Meetings) -> None:
        self.information = information
        self.matchmaker = _Known(meetings)
        self.about, self.pointing, self.told = store.about, store.pointing, store.told

    def names(self, iris: Iterable[str]) -> Mapping[str, tuple[Term, ...]]:
        """What each of some IRIs is called, in every language."""
        return called(self.about, iris)


class _Known(_Recalling):
    """Whom somebody might meet, as it was told last."""

    def __init__(self, meetings: Meetings) -> None:
        self._meetings = meetings

    def of(self, kind: str, key: str, *, most: int) -> tuple[Meeting, ...]:
        if (told := self._meetings.recalled(kind, key, most)) is None:
            raise Unrecalled
        return told
