"""Files with data or keys are their owner's alone."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from core.start.files import database_files, faults_of_files, keep_to_oneself
from core.start.refusal import refuse_faults


@pytest.mark.parametrize("ending", ["", "-wal", "-shm", "-journal"])
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602, 0o610])
def test_a_file_of_the_database_that_others_may_open_is_told(tmp_path, ending, mode):
    name = tmp_path / "a.sqlite3"
    files = database_files(str(name))
    for path in files:
        path.touch(0o600)
    assert list(faults_of_files(files)) == []
    open_to_others = name.with_name(name.name + ending)
    open_to_others.chmod(mode)
    assert list(faults_of_files(files)) == [f"{open_to_others} kan läsas av andra: kör chmod 600 på den."]


def test_a_file_that_is_not_there_is_no_fault(tmp_path):
    assert list(faults_of_files([tmp_path / "heads"])) == []


def test_the_settings_name_every_file_with_data_or_keys():
    from samverkan.settings import SECRET_FILES

    names = {path.name for path in SECRET_FILES}
    assert ".env" in names
    assert len([name for name in names if "heads" in name]) == 1


def test_what_the_program_makes_is_its_users_alone(tmp_path):
    before = os.umask(0o022)
    try:
        keep_to_oneself()
        (tmp_path / "made").touch()
        (tmp_path / "folder").mkdir()
        with closing(sqlite3.connect(tmp_path / "a.sqlite3", isolation_level=None)) as database:
            database.executescript("PRAGMA journal_mode = WAL; CREATE TABLE t (c)")
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert set(modes) == {"made", "folder", "a.sqlite3", "a.sqlite3-wal", "a.sqlite3-shm"}
    assert [name for name, mode in modes.items() if mode & 0o077] == []


def test_all_faults_are_told_in_one_line_without_a_trace(capsys):
    with pytest.raises(SystemExit) as ended:
        refuse_faults(["Det ena.", "Det\nandra."])
    assert ended.value.code == 1
    assert capsys.readouterr().err == "Samverkan startar inte osäkert. Det ena. Det andra.\n"


def test_no_fault_lets_the_program_go_on():
    refuse_faults([])
