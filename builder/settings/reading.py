"""Reading catalogue.toml. Unknown keys are errors that say what was meant."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path

from pydantic import BaseModel, ValidationError

from builder.errors import SettingsError
from builder.settings.tables import Settings
from builder.settings.views import DescriptorSettings, ViewSettings

FILE_NAME = "catalogue.toml"


def read(folder: Path) -> Settings:
    """Read catalogue.toml in `folder`; without one, the defaults.

    Raises:
        SettingsError: it is no TOML, or holds unknown or impossible settings.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return Settings()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"is not UTF-8 (byte {error.start})", FILE_NAME, "save it as UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"is not valid TOML: {error}", FILE_NAME, "mend that line") from error
    except OSError as error:
        raise SettingsError(
            f"cannot be read ({error.strerror})", FILE_NAME, "make it readable"
        ) from error
    return parse(tables)


def parse(tables: dict[str, object]) -> Settings:
    """Check settings that were read from TOML; the first fault is told in words."""
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        raise _explain(error) from error


def _explain(error: ValidationError) -> SettingsError:
    fault = error.errors()[0]
    keys = [key for key in fault["loc"] if isinstance(key, str)]
    place = ".".join(str(key) for key in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return SettingsError(f'unknown setting "{place}"', FILE_NAME, _suggest(keys))
    reason = fault["msg"].removeprefix("Value error, ")
    reason = reason[0].lower() + reason[1:]
    return SettingsError(f'setting "{place}" is wrong: {reason}', FILE_NAME, "correct it")


def _suggest(keys: list[str]) -> str:
    """The known keys beside an unknown one, the closest first."""
    table: type[BaseModel] = Settings
    for key in keys[:-1]:
        table = _model_of(table, key)
    known = list(table.model_fields)
    if table is ViewSettings:
        known += [key for key in DescriptorSettings.model_fields if key not in (*known, "weight")]
    close = difflib.get_close_matches(keys[-1], known, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return "known here are " + ", ".join(known)


def _model_of(table: type[BaseModel], key: str) -> type[BaseModel]:
    default = table.model_fields[key].default
    if isinstance(default, tuple):
        default = default[0]
    return type(default)
