"""The settings: environment variables with prefix OOV_, also from `.env`. One frozen object, built once, passed inward."""

from __future__ import annotations

from pathlib import Path

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.database import sqlite_url
from corpus.errors import WrongSetting


class Settings(BaseSettings):
    """Every setting has a default that works on a laptop; a wrong value stops the start."""

    model_config = SettingsConfigDict(env_prefix="OOV_", env_file=".env", frozen=True, extra="ignore")

    data_dir: Path = Field(Path("data"), description="Map met de bibliotheek, de originelen en de zoekindex")
    database_url: str | None = Field(None, description="Database; standaard SQLite in de datamap")
    embedding_model: str | None = Field(None, description="Map of hubnaam van een sentence-transformers-model; standaard ingebouwd")
    rerank_model: str | None = Field(
        None, description="Map of hubnaam van een CrossEncoder die de beste passages nog eens leest; standaard geen"
    )
    llm_base_url: AnyHttpUrl | None = Field(
        None, description="Adres van een OpenAI-compatibel taalmodel; zonder adres citeert de assistent"
    )
    llm_model: str = Field("", description="Naam van het taalmodel op dat adres")
    llm_api_key: SecretStr = Field(SecretStr("geen"), description="Sleutel voor dat adres")
    llm_timeout: float = Field(60, gt=0, le=600, description="Seconden die het taalmodel over een heel antwoord mag doen")
    llm_context: int = Field(8192, ge=2048, le=1_000_000, description="Tokens die het taalmodel in één keer kan lezen en schrijven")
    sru_url: AnyHttpUrl = Field(
        AnyHttpUrl("https://zoekservice.overheid.nl/sru/Search"), description="Zoekdienst voor officiële regelingen (bwb:… en cvdr:…)"
    )
    api_url: AnyHttpUrl = Field(AnyHttpUrl("http://127.0.0.1:8000"), description="Waar de chat de API vindt")
    register_file: Path | None = Field(None, description="YAML met wat de organisatie zelf zegt in het Algoritmeregister")
    session_idle_minutes: int = Field(15, gt=0, le=1440, description="Minuten stilte waarna een sessie vervalt")
    session_hours: int = Field(10, gt=0, le=24, description="Uren waarna een sessie altijd vervalt")

    @property
    def database(self) -> str:
        return self.database_url or sqlite_url(self.data_dir / "oov.db")


def load(**given: object) -> Settings:
    """The settings from the environment, with what is given here on top. Raises WrongSetting naming the variable."""
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = "OOV_" + "_".join(str(part) for part in first["loc"]).upper()
        raise WrongSetting(f"{name} heeft geen bruikbare waarde (‘{first['input']}’): {_dutch(first['type'])}.") from None


def _dutch(kind: str) -> str:
    if "url" in kind:
        return "geef een adres als http://127.0.0.1:8081/v1"
    if kind.startswith(("float", "int", "greater", "less")):
        return "geef een getal binnen de grenzen"
    return "zie de handleiding, hoofdstuk Instellingen"
