"""What the machine decides, and nothing else does: where the database and the folders lie, how mail leaves.

Each can be given in the environment (`CHUYENHOA_DATA_DIR=/srv/chuyenhoa`), in a file `.env` in the working folder
(the same lines), or in `chuyenhoa.toml` there (`data_dir = "/srv/chuyenhoa"`); the first of these that has it counts.
What the plan decides is never here: it lies in `plans/`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from rules.errors import Refusal


class Settings(BaseSettings):
    """The settings of this machine. A key in `chuyenhoa.toml` that is none of these is refused."""

    model_config = SettingsConfigDict(
        env_prefix="CHUYENHOA_", env_file=".env", toml_file="chuyenhoa.toml", extra="ignore", frozen=True
    )

    plan: str = Field(default="qd-1426-2017", description="the plan in force: a folder of plans/")
    time_zone: str = Field(default="Asia/Ho_Chi_Minh", description="in which officers' days begin and end")
    data_dir: Path = Field(default=Path("data"), description="database, documents, forms, mail and export folders")
    database_url: str = Field(default="", description="default: chuyenhoa.db (SQLite) in the data folder")
    ministers_list: tuple[str, ...] = Field(
        default=(), description="codes of the communes on the Minister's list (Thông tư 15/2010/TT-BCA)"
    )
    mail_host: str = Field(default="", description="SMTP server; without one, mail is written to files")
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_from: str = "chuyenhoa@localhost"
    mail_from_name: str = "Phòng Tham mưu Công an tỉnh"
    key_file: Path | None = Field(
        default=None, description="the key to officers' secrets; default: keys/officers.key in the data folder"
    )
    mail_dir: Path | None = Field(default=None, description="mail as files; default: mail/ in the data folder")

    ui_url: str = Field(default="", description="where officers open the Prefect UI, for the links in mails")
    gate_charts: bool = Field(default=True, description="charts beside the form of a gate")
    page_pictures: bool = Field(
        default=True, description="the draft's pages beside its gate (needs LibreOffice, poppler)"
    )

    @field_validator("time_zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except ZoneInfoNotFoundError as unknown:
            raise ValueError(f"no time zone {name}") from unknown
        return name

    @property
    def database(self) -> str:
        """The database's URL."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'chuyenhoa.db').absolute()}"

    @property
    def mail_folder(self) -> Path:
        """Where mail is written as files."""
        return self.mail_dir or self.data_dir / "mail"

    @property
    def key_path(self) -> Path:
        """Where the key to officers' secrets lies: never in the database, nor in its backups."""
        return self.key_file or self.data_dir / "keys" / "officers.key"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of officers' days."""
        return ZoneInfo(self.time_zone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was given in code, then the environment, `.env`, and `chuyenhoa.toml`."""
        return init_settings, env_settings, dotenv_settings, _KnownKeys(settings_cls)


class _KnownKeys(TomlConfigSettingsSource):
    """`chuyenhoa.toml`, in which a misspelt key would otherwise pass unseen."""

    def __call__(self) -> dict[str, Any]:
        given = super().__call__()
        unknown = sorted(given.keys() - self.settings_cls.model_fields.keys())
        if unknown:
            raise Refusal(f"Tệp chuyenhoa.toml có mục không hợp lệ: {', '.join(unknown)}; hãy sửa hoặc xóa mục đó.")
        return given
