"""``models``: list, inspect, download, import, verify and remove model bundles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from model_runtime import store
from model_runtime.contract import UsageError


@click.group(short_help="List, inspect, download, import, verify and remove models.")
def command() -> None:
    """List, inspect, download, import, verify and remove models."""


@command.command("list")
def list_models() -> int:
    """List the models found, the user's own first, and the published ones that are not there yet."""
    found = store.list_models()
    for model in found:
        where = "embedded" if model.embedded else f"{model.path}\t{store.state_of(model)}"
        click.echo(f"{model.name}\t{where}")
    for name, known in store.known_models().items():
        if not known.embedded and name not in {model.name for model in found}:
            click.echo(f"{name}\t{store.how_much_is_here(name)}; see `models info {name}`")
    return 0


@command.command("info")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def info(name: str, as_json: bool) -> int:
    """Show a model's card, licence, files and streams; of a published one that is not here, what is known of it."""
    told = _about(name)
    if as_json:
        click.echo(json.dumps(told))
        return 0
    for line in _lines(told):
        click.echo(line)
    return 0


def _about(name: str) -> dict[str, Any]:
    """Return what is known of a model, ready for JSON."""
    known = store.known_models().get(name)
    told: dict[str, Any] = {"name": name}
    if known is not None:
        files = [{**asdict(file), "revision": file.revision or None} for file in known.files]
        told |= {"title": known.title, "licence": known.licence, "files": files}
        if not known.embedded and name not in {model.name for model in store.list_models()}:
            state = f"{store.how_much_is_here(name)}; `models download {name}` fetches it"
            return {**told, "installed": False, "state": state, "card": store.published_card(name)}
    model = store.find_model(name)
    from model_runtime.model.files import bundle_sha256, read_scheduler
    from model_runtime.streams import read_streams

    scheduler, card = read_scheduler(model.path), model.path / "README.md"
    return {
        **told,
        "installed": True,
        "state": "embedded" if model.embedded else store.state_of(model),
        "path": str(model.path),
        "sha256": bundle_sha256(model.path),
        "steps": scheduler.num_inference_steps,
        "fast_steps": scheduler.fast_inference_steps,
        "streams": [asdict(stream) for stream in read_streams(model.path / "modalities.json")],
        "card": card.read_text(encoding="utf-8") if card.is_file() else "",
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    """Give the same for people."""
    for key in ("name", "title", "state", "path", "sha256", "licence"):
        if key in told:
            yield f"{key}: {told[key]}"
    for file in told.get("files", []):
        licence = f", {file['licence']}" if file["licence"] else ""
        yield f"file {file['name']}: {file['role']}, {file['size'] / 1e6:.0f} MB{licence}"
        yield f"  from {file['repository']}, {file['revision'] or 'the newest revision'}"
        yield f"  sha256 {file['sha256']}"
    if "steps" in told:
        yield f"evaluations: {told['steps']} (fast {told['fast_steps']})"
    for stream in told.get("streams", []):
        latent = tuple(stream[f"latent_{side}"] for side in ("channels", "height", "width"))
        yield f"stream {stream['name']}: {stream['recipe']}, {stream['pixel_size']:g} m, latent {latent}"
    # Without the settings for the hub at its head.
    card = re.sub(r"\A---\n.*?\n---\n", "", told["card"], flags=re.DOTALL)
    if card:
        yield f"\n{card}"


@command.command("import")
@click.option("--transformer", metavar="FILE", help="Published .pth or .safetensors.")
@click.option("--vae", metavar="FILE|DIR", help="Its autoencoder: LDM .pth, or diffusers folder or weights.")
@click.option("--bundle", metavar="DIR", help="Instead of both: the folder of a bundle, which is copied.")
@click.option("--output", required=True, metavar="DIR", help="Folder of the bundle; must not exist.")
def import_model(transformer: str | None, vae: str | None, bundle: str | None, output: str) -> int:
    """Make a bundle of a published checkpoint, or of another bundle."""
    store.sweep(Path(output).parent)
    if bundle is not None and transformer is None and vae is None:
        from model_runtime.copying import copy_bundle

        copy_bundle(Path(bundle), Path(output))
    elif bundle is None and transformer is not None and vae is not None:
        from model_runtime.downloads import published_sources
        from model_runtime.model.checkpoints import import_published

        sources = published_sources(Path(transformer), Path(vae))
        import_published(Path(transformer), Path(vae), Path(output), sources)
    else:
        raise UsageError("models import: give --transformer and --vae, or --bundle.")
    click.echo(str(Path(output).resolve()))
    return 0


@command.command("download")
@click.argument("name")
@click.option("--from", "source", default="", metavar="URL|DIR", help="A mirror of the hub, or a folder of the files.")
def download(name: str, source: str) -> int:
    """Fetch a published model, check it and make a bundle of it; goes on where it stopped."""
    from model_runtime.downloads import download_model

    store.published_files(name)
    for line in _lines(_about(name)):
        click.echo(line, err=True)
    click.echo(str(download_model(name, source, lambda line: click.echo(line, err=True))))
    return 0


@command.command("verify")
@click.argument("name")
def verify(name: str) -> int:
    """Check that a model's files are complete, its weights fit, and all is as it was installed."""
    from model_runtime.model.files import bundle_sha256
    from model_runtime.verification import verify_model

    model = store.find_model(name)
    told = verify_model(model)
    click.echo(f"{model.name}: {told}, sha256 {bundle_sha256(model.path)}")
    return 0


@command.command("remove")
@click.argument("name")
def remove(name: str) -> int:
    """Remove one of the user's models, or what was fetched of one."""
    from model_runtime.downloads import remove_download

    here = name in {model.name for model in store.list_models()}
    click.echo(f"removed {store.remove_model(name) if here else remove_download(name)}")
    return 0
