"""Forms out once, reminders to whoever has not filed and to nobody else, once."""

from __future__ import annotations

from models import reading
from tasks import collection

PERIOD = "2017-first_selection"


def told(room, occasion):
    prefix = f"{occasion}:{PERIOD}/"
    return {key.removeprefix(prefix) for key in room.ask(reading.mail_keys, prefix)}


def test_every_reporter_gets_its_own_form_with_the_day_it_is_asked_for(room_at):
    room = room_at("installed").on(2017, 8, 31)
    sent = collection.send_forms(room.office, PERIOD)
    assert sent == len(told(room, "forms")) > 0
    assert told(room, "forms") <= {agency.id for agency in room.office.reporters(room.clock.on)}
    for mail in room.ask(reading.mails_unsent):
        (attached,) = mail.attachments
        assert (room.office.folder / attached).stat().st_size > 0
        assert "26/10/2017" in mail.body


def test_a_reporter_that_owns_nothing_in_a_period_is_not_asked(room_at):
    room = room_at("first_figures_asked")
    asked = told(room, "forms")
    assert "police_964" in asked
    for reporter in asked:
        spec = room.spec(reporter, PERIOD)
        assert spec.criteria or spec.targets or spec.measures or spec.has_budget


def test_forms_go_out_once(room_at):
    room = room_at("first_figures_asked")
    rows, files = room.rows(), room.files()
    assert collection.send_forms(room.office, PERIOD) == 0
    assert (room.rows(), room.files()) == (rows, files)


def test_forms_half_written_when_the_machine_stopped_are_written_and_sent_whole(room_at, monkeypatch):
    room = room_at("installed").on(2017, 8, 31)
    before = room.rows()
    written = []
    real = collection.write_whole

    def fails_at_the_third(spec, path, **options):
        if len(written) == 2:
            raise OSError("no power")
        written.append(path)
        real(spec, path, **options)

    with monkeypatch.context() as patch:
        patch.setattr(collection, "write_whole", fails_at_the_third)
        try:
            collection.send_forms(room.office, PERIOD)
        except OSError:
            assert room.rows() == before
    assert collection.send_forms(room.office, PERIOD) == len(told(room, "forms")) > 2


def test_reminders_go_to_the_missing_only_and_once(room_at):
    room = room_at("first_figures_asked").on(2017, 10, 24)
    room.file_all(PERIOD, without=("police_964", "division_traffic"))
    assert collection.remind(room.office, PERIOD) == 2
    assert told(room, "reminder") == {"police_964", "division_traffic"}
    before = room.rows()
    assert collection.remind(room.on(2017, 10, 25).office, PERIOD) == 0
    assert room.rows() == before


def test_a_late_notice_goes_to_the_missing_only_and_once(room_at):
    room = room_at("first_figures_asked").on(2017, 11, 1)
    room.file_all(PERIOD, without=("police_964",))
    assert collection.chase(room.office, PERIOD) == 1
    assert told(room, "overdue") == {"police_964"}
    assert collection.chase(room.on(2017, 11, 2).office, PERIOD) == 0


def test_a_nil_return_is_not_reminded(room_at):
    room = room_at("first_figures_asked").on(2017, 10, 24)
    room.file_all(PERIOD)
    assert collection.remind(room.office, PERIOD) == 0


def test_nobody_is_reminded_of_a_form_that_never_went_out(room_at):
    room = room_at("installed").on(2017, 10, 24)
    assert collection.remind(room.office, PERIOD) == 0
