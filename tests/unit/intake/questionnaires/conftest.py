"""Forms as LibreOffice computes them, all of them converted at once."""

import shutil
import subprocess

import pytest

from tests.unit.intake.questionnaires.computed import every_form
from tests.unit.intake.questionnaires.forms import shown


@pytest.fixture(scope="session")
def computed(tmp_path_factory):
    """A function from the name of a form to its workbook with computed values."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("no LibreOffice to compute the sheets; values written with them are compared")
    folder = tmp_path_factory.mktemp("computed")
    forms = every_form()
    places = {name: folder / f"{'-'.join(name)}.xlsx" for name in forms}
    for name, place in places.items():
        place.write_bytes(forms[name])
    profile = f"-env:UserInstallation=file://{folder}/profile"
    kind = "xlsx:Calc MS Excel 2007 XML"
    command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", folder / "out"]
    subprocess.run([*command, *places.values()], check=True, capture_output=True, timeout=300)
    return lambda *name: shown((folder / "out" / places[name].name).read_bytes())
