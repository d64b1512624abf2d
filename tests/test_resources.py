import importlib
import importlib.util
from pathlib import Path

import pytest

from cis_graph import resources

FOLDERS = {name: place for name, place in vars(resources).items() if name.isupper() and not name.startswith("_")}


@pytest.mark.parametrize("name", FOLDERS)
def test_every_named_folder_is_there(name: str) -> None:
    """In a checkout each data folder lies where the package looks for it."""
    assert FOLDERS[name].is_dir()


def test_a_wheel_carries_its_data_inside(tmp_path: Path) -> None:
    """Where ``_resources`` stands beside the code, it is taken and the folder above is not."""
    package = tmp_path / "site" / "package"
    (package / "_resources").mkdir(parents=True)
    copy = package / "resources.py"
    copy.write_text(Path(resources.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    specification = importlib.util.spec_from_file_location("resources_of_a_wheel", copy)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)

    assert package / "_resources" / "ontology" == module.ONTOLOGY
    assert package / "web" / "static" == module.STATIC
