"""`forms`: the Excel forms of a period, one a reporter, pre-filled with what they need to compare with."""

from __future__ import annotations

from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from commands.installation import open_installation
from commands.speech import print_json, say
from forms.spec import FormSpec, is_empty
from forms.words import period_title
from forms.writing import write_form
from models.db import read
from plans.schema import Agency
from rules.errors import Refusal
from rules.periods import Period, period
from tasks.collection import ILLUSTRATIVE, figures_before, spec_of
from tasks.office import Office


def write_forms(period_id: str, folder: Path, reporter_id: str | None, as_json: bool) -> None:
    """Writes the forms of the period into `folder`; those of one reporter only, if named. Overwrites nothing."""
    office = open_installation()
    of = period(office.plan, period_id)
    specs = _specs(office, of, _reporters(office, of, reporter_id))
    if not specs:
        name = office.plan.agency(reporter_id or "").name
        raise Refusal(f"{name} ({reporter_id}) không phải báo cáo số liệu nào trong kỳ {of.id} ({period_title(of)}).")
    paths = {folder / f"{of.id}-{spec.reporter.id}.xlsx": spec for spec in specs}
    _check_free(folder, paths)
    folder.mkdir(parents=True, exist_ok=True)
    _write(paths, ILLUSTRATIVE if office.illustrative else "")
    if as_json:
        print_json([{"reporter": spec.reporter.id, "path": str(path)} for path, spec in paths.items()])
    else:
        say(f"Đã ghi {len(paths)} biểu số liệu của kỳ {of.id} vào thư mục {folder}.")


def _write(paths: dict[Path, FormSpec], mark: str) -> None:
    for path, spec in paths.items():
        try:
            write_form(spec, path, mark=mark)
        except FileCreateError as error:  # the writer's own wrapping of what the system answered
            raise OSError(*error.args[0].args[:2], str(path)) from None


def _specs(office: Office, of: Period, reporters: tuple[Agency, ...]) -> list[FormSpec]:
    with read(office.engine) as session:
        before = figures_before(session, office, of)
        found = [spec_of(session, office, of, reporter, previous=before) for reporter in reporters]
    return [spec for spec in found if not is_empty(spec)]


def _reporters(office: Office, of: Period, wanted: str | None) -> tuple[Agency, ...]:
    known = office.reporters(office.timetable.collection(of.id).forms_out_on)
    if wanted is None:
        return known
    found = tuple(agency for agency in known if agency.id == wanted)
    if not found:
        raise Refusal(
            f"Không có đơn vị báo cáo “{wanted}” trong kỳ {of.id} ({period_title(of)}); đề nghị chọn một trong các "
            f"đơn vị: {', '.join(f'{agency.id} ({agency.name})' for agency in known)}."
        )
    return found


def _check_free(folder: Path, paths: dict[Path, FormSpec]) -> None:
    """A form with the same name may be one that somebody has filled in."""
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} không phải là thư mục; hãy chọn thư mục khác.")
    if there := [path.name for path in paths if path.exists()]:
        raise Refusal(f"Thư mục {folder} đã có tệp {there[0]}; hãy chọn thư mục khác để không ghi đè lên biểu đã điền.")
