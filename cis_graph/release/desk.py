"""The desk where people decide who is who: what they name, what is asked of them, and the table of decisions."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import combinations, product
from pathlib import Path

from cis_graph.errors import ReleaseFault
from cis_graph.model.decisions import Question, Verdict
from cis_graph.model.nodes import NodeId
from cis_graph.reconciliation.decisions import Decision, DecisionLog, Recorded, in_force, load_decisions
from cis_graph.release.backup import CURATION as DATA_CURATION
from cis_graph.release.naming import Named, Naming
from cis_graph.release.questions import read_questions
from cis_graph.release.shelf import Shelf
from cis_graph.release.signing import check_said
from cis_graph.resources import CURATION
from cis_graph.settings import Settings

TABLE = "decisions.sssom.tsv"
_MOST_PAIRS = 50_000  # lines of one decision


class Desk:
    """Decisions of one data folder; fulfils :class:`~cis_graph.model.decisions.DecisionDesk`."""

    def __init__(self, settings: Settings, curation: Path = CURATION) -> None:
        self._settings, self._curation = settings, curation
        self._log = DecisionLog(settings.data / DATA_CURATION / TABLE)
        self._asked: tuple[int, tuple[Question, ...]] = (0, ())

    def decisions(self) -> tuple[Decision, ...]:
        """All decisions, oldest first: those of the project, then those kept here."""
        return (*self._projects(), *self._log.read())

    def same(self, one: str, other: str, *, by: str, why: str) -> Recorded:
        """Two records or entities are one thing; what was said against it before is overruled.

        Raises:
            ReleaseFault: a name leads to nothing that can be decided on, or who or why is missing.
        """
        first, second = self._two(one, other)
        pair = frozenset((first.node, second.node))
        force = in_force(self.decisions())
        against = (
            (a, b)
            for a, b in product(first.members, second.members)
            if (said := force.get(frozenset((a, b)))) and not said.same and frozenset((a, b)) != pair
        )
        return self._decide([*against, (first.node, second.node)], by=by, why=why, same=True)

    def different(self, one: str, other: str, *, by: str, why: str) -> Recorded:
        """Two records, or all records of two entities, are not one thing.

        Raises:
            ReleaseFault: a name leads to nothing that can be decided on, or who or why is missing.
        """
        first, second = self._two(one, other)
        if first.entity == second.entity:
            return self._decide([(first.node, second.node)], by=by, why=why, same=False)
        return self._decide(product(first.members, second.members), by=by, why=why, same=False)

    def unmerge(self, name: str, *, by: str, why: str) -> Recorded:
        """Every record of an entity tells of a thing of its own, those included that are withdrawn for now.

        Raises:
            ReleaseFault: the name leads to nothing, or only one record tells of it.
        """
        members = Naming(self._settings).whole(name)
        if len(members) == 1:
            raise ReleaseFault(f"{name}: only {members[0]} tells of it; there is nothing to part")
        return self._decide(combinations(members, 2), by=by, why=why, same=False)

    def questions(self) -> tuple[Question, ...]:
        """What the published release leaves open and nobody has decided since, most valuable first."""
        shelf = Shelf(self._settings.data)
        number = shelf.current_number()
        if number is None:
            return ()
        if self._asked[0] != number:
            self._asked = (number, read_questions(shelf.place(number)))
        force = in_force(self.decisions())
        return tuple(one for one in self._asked[1] if frozenset((one.one.node, one.other.node)) not in force)

    def answer(self, question: Question, verdict: Verdict, *, by: str, why: str) -> None:
        """Keeps a decision on the two things of a question, which the next build hears.

        Raises:
            ReleaseFault: who or why is missing, or the table of decisions cannot be read.
        """
        pair = (question.one.node, question.other.node)
        every = [pair, *product(question.one.members, question.other.members)]
        self._decide([pair] if verdict == "same" else every, by=by, why=why, same=verdict == "same")

    def _two(self, one: str, other: str) -> tuple[Named, Named]:
        naming = Naming(self._settings)
        first, second = naming.named(one), naming.named(other)
        if first.node == second.node:
            raise ReleaseFault(f"{one} and {other} are both {first.node}; name two")
        if first.kind != second.kind:
            raise ReleaseFault(f"{one} is one {first.kind} and {other} one {second.kind}: they can only be different")
        return first, second

    def _decide(self, pairs: Iterable[tuple[NodeId, NodeId]], *, by: str, why: str, same: bool) -> Recorded:
        check_said(who=by, why=why)
        every = list(dict.fromkeys(pairs))
        if len(every) > _MOST_PAIRS:
            raise ReleaseFault(f"That is {len(every)} pairs of records, and {_MOST_PAIRS} at once are the most")
        date = datetime.now(UTC).date().isoformat()
        made = (Decision(first=a, second=b, same=same, by=by, date=date, why=why) for a, b in every)
        return self._log.record(made, self._projects())

    def _projects(self) -> tuple[Decision, ...]:
        return load_decisions(self._curation / TABLE)
