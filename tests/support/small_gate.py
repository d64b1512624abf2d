"""A gate that finds the same in everything it is handed; names are invented."""

from dataclasses import dataclass, field

from cis_graph.errors import GateClosed
from cis_graph.model.accounts import Merged, RowAccount, SourceAccount
from cis_graph.model.findings import Fate, Finding
from cis_graph.model.gate import Choice, Examined, Handed, Outcome, Progress, Pushed
from cis_graph.model.notices import Both

FINDING = Finding(
    contributor="ruches", source="ruches", fate=Fate.RECORD_REJECTED, rule="valeur-necessaire", rows=(2,), field="Nom",
    value="<script>", message_fr="manque", message_en="is missing", remedy_fr="renseignez", remedy_en="fill in",
)  # fmt: skip
EXAMINED = Examined(contributor="ruches", source="ruches", records=1, published={"1": "La Ruche"}, findings=(FINDING,))
ACCOUNT = SourceAccount(
    contributor="ruches", source="ruches", rows=RowAccount(), records=1, alone=0, together=1, rejected=0,
    merged=(Merged(record="1", entity="project/abc", others=1, contributors=("fleurs",), records=("fleurs/9",)),),
)  # fmt: skip


@dataclass(slots=True)
class SmallGate:
    """A gate that remembers what it was handed; ``fault`` is raised instead of an answer."""

    outcome: Outcome = "published"
    fault: GateClosed | None = None
    handed: list[tuple[Handed, bool | None]] = field(default_factory=list)

    def choices(self) -> tuple[Choice, ...]:
        """Three sources of three contributors, one of many files."""
        many = tuple(f"subventions-versees-aux-associations-en-{year}.csv" for year in range(2001, 2021))
        return (
            Choice(source="ruches", contributor="ruches", title="Ruches", files=("ruches.csv",)),
            Choice(source="fleurs", contributor="fleurs", title="Fleurs", files=("a.csv", "b.csv")),
            Choice(source="prairies", contributor="prairies", title="Prairies", files=many),
        )

    def examine(self, handed: Handed) -> Examined:
        """The same for everything."""
        if self.fault:
            raise self.fault
        self.handed.append((handed, None))
        return EXAMINED

    def holder(self, token: str) -> str | None:
        """One token is known."""
        return {"cis_good": "ruches"}.get(token)

    def push(self, handed: Handed, *, whole: bool) -> Pushed:
        """Ends as it is told to."""
        if self.fault:
            raise self.fault
        self.handed.append((handed, whole))
        why = Both("parce que", "because") if self.outcome == "refused" else None
        return Pushed(outcome=self.outcome, examined=EXAMINED, release=8, account=ACCOUNT, why=why, id="p1")

    def progress(self, contributor: str, push: str) -> Progress | None:
        """One push is known, and stands as it is told to."""
        known = (contributor, push) == ("ruches", "p1")
        return Progress(id=push, contributor=contributor, source="ruches", at="2026-01-01T00:00:00+00:00",
                        outcome=self.outcome, records=1, publishable=1, release=8) if known else None  # fmt: skip
