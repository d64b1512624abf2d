"""Where the project's data files lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSIDE = _PACKAGE / "_resources"
_ROOT = _INSIDE if _INSIDE.is_dir() else _PACKAGE.parent

CURATION = _ROOT / "curation"
DEMONSTRATION = _ROOT / "demonstration"
ONTOLOGY = _ROOT / "ontology"
SHAPES = _ROOT / "shapes"
SPARQL = _ROOT / "sparql"
TERRITORIES = _PACKAGE / "territories" / "data"
TEMPLATES = _PACKAGE / "web" / "templates"
STATIC = _PACKAGE / "web" / "static"
LOCALES = _PACKAGE / "web" / "locales"
