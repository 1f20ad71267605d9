"""The machine's settings: environment before `.env` before `chuyenhoa.toml`."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from rules.errors import Refusal
from settings import Settings


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for key in ("DATA_DIR", "DATABASE_URL", "MAIL_DIR", "MAIL_HOST", "PLAN"):
        monkeypatch.delenv(f"CHUYENHOA_{key}", raising=False)
    return tmp_path


def test_without_any_setting_all_lies_in_the_data_folder(folder):
    settings = Settings()
    assert settings.plan == "qd-1426-2017"
    assert settings.database == f"sqlite:///{folder / 'data' / 'chuyenhoa.db'}"
    assert settings.mail_folder == Path("data/mail")
    assert settings.zone.key == "Asia/Ho_Chi_Minh"


def test_the_nearer_setting_counts(folder, monkeypatch):
    (folder / "chuyenhoa.toml").write_text('plan = "toml"\nmail_host = "toml"\nmail_port = 25\n')
    (folder / ".env").write_text("CHUYENHOA_PLAN=env-file\nCHUYENHOA_MAIL_HOST=env-file\nOTHER=1\n")
    monkeypatch.setenv("CHUYENHOA_PLAN", "environment")
    settings = Settings()
    assert (settings.plan, settings.mail_host, settings.mail_port) == ("environment", "env-file", 25)


def test_a_misspelt_key_is_refused(folder):
    (folder / "chuyenhoa.toml").write_text('data_folder = "/srv"\n')
    with pytest.raises(Refusal, match="data_folder"):
        Settings()


@pytest.mark.parametrize(("key", "value"), [("MAIL_PORT", "0"), ("MAIL_SECURITY", "maybe"), ("TIME_ZONE", "Ca_Mau")])
def test_a_value_that_cannot_be_is_refused(monkeypatch, key, value):
    monkeypatch.setenv(f"CHUYENHOA_{key}", value)
    with pytest.raises(ValidationError):
        Settings()


def test_the_mail_password_is_not_printed(monkeypatch):
    monkeypatch.setenv("CHUYENHOA_MAIL_PASSWORD", "bí mật")
    assert "bí mật" not in repr(Settings())
