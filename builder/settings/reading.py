"""Reading catalogue.toml. Unknown keys are errors that say what was meant."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import get_args

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
        raise _explain(error, tables) from error


def _explain(error: ValidationError, tables: dict[str, object]) -> SettingsError:
    fault = error.errors()[0]
    loc = fault["loc"] or ("views",)  # what is said of all settings at once is said of names
    keys = [key for key in loc if isinstance(key, str)]
    # A table that may be written several times was written once: its number says nothing.
    single = isinstance(tables.get(str(loc[0])), dict)
    place = ".".join(str(key) for key in loc if not (single and isinstance(key, int)))
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
    field = table.model_fields[key]
    if not isinstance(field.default, tuple):
        return type(field.default)
    if field.default:
        return type(field.default[0])
    # No default to look at: the annotation is tuple[Model, ...].
    model: type[BaseModel] = get_args(field.annotation)[0]
    return model
