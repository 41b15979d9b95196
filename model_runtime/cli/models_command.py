"""``models``: list, inspect, download, import, verify and remove model bundles."""

from __future__ import annotations

import json
from pathlib import Path

import click

from model_runtime import store


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
        if not known["embedded"] and name not in {model.name for model in found}:
            total, there = sum(file.size for file in store.published_files(name)), store.fetched_bytes(name)
            part = f", {there / 1e6:.0f} MB of it are here" if there else ""
            click.echo(f"{name}\tnot downloaded ({total / 1e6:.0f} MB{part}); see `models info {name}`")
    return 0


@command.command("info")
@click.argument("name")
def info(name: str) -> int:
    """Show a model's card and streams, or what is known of a published one that is not installed."""
    known = store.known_models().get(name)
    installed = {model.name: model for model in store.list_models()}
    if name not in installed and known is not None and not known["embedded"]:
        told = {"name": name, "installed": False, **known, "card": store.published_card(name)}
        click.echo(json.dumps(told, indent=2))
        return 0
    model = store.find_model(name)
    from model_runtime.model.files import bundle_sha256, read_scheduler
    from model_runtime.streams import read_streams

    scheduler = read_scheduler(model.path)
    click.echo(f"name: {model.name}\npath: {model.path}\nsha256: {bundle_sha256(model.path)}")
    click.echo(f"state: {'embedded' if model.embedded else store.state_of(model)}")
    if known is not None:
        click.echo(f"licence: {known['licence']}")
    click.echo(f"evaluations: {scheduler.num_inference_steps} (fast {scheduler.fast_inference_steps})")
    for stream in read_streams(model.path / "modalities.json"):
        click.echo(f"stream {stream.name}: {stream.recipe}, {stream.pixel_size:g} m, latent {stream.latent_shape}")
    card = model.path / "README.md"
    if card.is_file():
        click.echo("\n" + card.read_text(encoding="utf-8"))
    return 0


@command.command("import")
@click.option("--transformer", required=True, metavar="FILE", help="Published .pth or .safetensors.")
@click.option("--vae", required=True, metavar="FILE|DIR", help="LDM .pth, or diffusers folder or weights.")
@click.option("--output", required=True, metavar="DIR", help="Folder of the bundle; must not exist.")
def import_model(transformer: str, vae: str, output: str) -> int:
    """Make a bundle of a published checkpoint."""
    from model_runtime.downloads import published_sources
    from model_runtime.model.checkpoints import import_published

    sources = published_sources(Path(transformer), Path(vae))
    import_published(Path(transformer), Path(vae), Path(output), sources)
    click.echo(str(Path(output).resolve()))
    return 0


@command.command("download")
@click.argument("name")
@click.option("--from", "source", default="", metavar="URL|DIR", help="A mirror of the hub, or a folder of the files.")
def download(name: str, source: str) -> int:
    """Fetch a published model, check it and make a bundle of it; goes on where it stopped."""
    from model_runtime.downloads import download_model, published_files

    known = store.known_models().get(name, {})
    for file in published_files(name):
        click.echo(f"{file.name} of {file.repository}, {file.size / 1e6:.0f} MB", err=True)
    click.echo(f"licence: {known.get('licence')}\n\n{store.published_card(name)}", err=True)
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
    """Remove one of the user's models."""
    click.echo(f"removed {store.remove_model(name)}")
    return 0
